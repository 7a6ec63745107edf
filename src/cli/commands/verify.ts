import { ConfigurationError } from '../../connector/errors.ts';
import type { Project } from '../../engine/ports/projects.ts';
import type { Run } from '../../engine/ports/runs.ts';
import type { RunReport } from '../../engine/run-report.ts';
import { valueText } from '../../reports/words.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { driveRun } from '../drive-run.ts';
import { exitCode, exitCodeOfReport } from '../exit-codes.ts';
import { verificationLine } from '../finish-run.ts';
import { positiveInteger } from '../parse-options.ts';
import { isLoading, pickRun, refuseUnfinished } from '../pick-run.ts';
import { print, projectOf, say, type Session } from '../session.ts';
import { table } from '../table.ts';
import { writeReports } from '../write-reports.ts';

export const verifyCommand: RegisterCommand = (program, host) => {
  program.command('verify').description('read everything back that the project wrote and compare every field; with --run: show how a past run came out')
    .argument('<project>', 'name of the project')
    .option('--run <id>', 'show this run\'s verification instead of reading anew').option('--findings <n>', 'show at most so many findings', positiveInteger, 100)
    .option('--workers <n>', 'batches at a time', positiveInteger)
    .addHelpText('after', examples('verify acme', 'verify acme --json', 'verify acme --run <run id>'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ run?: string; findings: number; workers?: number }>();
      const project = await projectOf(session, command.args[0] as string);
      const { engine, store } = await session.workspace();
      const report = options.run === undefined
        ? await readBack(session, project, options.workers ?? null)
        : await engine.report((await pickRun(store, project, options.run, 'any')).id);
      await printVerification(session, report, options.findings);
      if (report.status !== 'succeeded' && report.status !== 'withQuarantine' && options.run === undefined) {
        if (report.error !== null) say(session, `error: ${report.error.message}${report.error.remedy === null ? '' : `\n  What to do: ${report.error.remedy}`}\n  Code: ${report.error.code}`);
        return exitCodeOfReport(report);
      }
      return exitCode(report.verification.mismatch + report.verification.unreadable > 0 ? 'notVerified' : 'clean');
    }));
};

/** A run that writes nothing: only the last phase, which reads every written record. Its mode is that of the run that wrote. */
async function readBack(session: Session, project: Project, workers: number | null): Promise<RunReport> {
  const { engine, store } = await session.workspace();
  const writer: Run = await pickRun(store, project, undefined, 'loading');
  if (!isLoading(writer) || writer.mode === 'preview') {
    throw new ConfigurationError({ code: 'no-run', message: `Project '${project.name}' has written nothing that could be verified`, remedy: `start a run: portolan sample ${project.name} --records 200` });
  }
  await refuseUnfinished(store, project);
  const run = await engine.startRun({ project: project.name, mode: writer.mode, settings: { only: 'verify' }, by: session.by });
  say(session, `run ${run.id}`);
  const report = await driveRun(session, { runId: run.id, project: project.name, approveClean: true, workers });
  const written = await writeReports(session, report);
  say(session, `reports: ${written.folder} (open index.html)`);
  return report;
}

async function printVerification(session: Session, report: RunReport, limit: number): Promise<void> {
  const { store } = await session.workspace();
  const [mappings, fields] = await Promise.all([store.verificationCounts(report.run), store.verificationFields(report.run)]);
  const read = async (kind: 'mismatch' | 'unreadable' | 'declaredLossy') => await store.findings({ runId: report.run, class: kind, limit });
  const findings = [...await read('mismatch'), ...await read('unreadable'), ...await read('declaredLossy')].slice(0, limit);
  const wrong = findings.filter((finding) => finding.class !== 'declaredLossy');
  print(session, { run: report.run, project: report.project, mode: report.mode, status: report.status, verification: report.verification, mappings, fields, findings: findings.map(({ id: _place, ...finding }) => finding) }, [
    `run ${report.run}  ${report.mode}  ${report.status}`, '',
    ...(report.verification.records === 0 ? ['nothing was read back in this run'] : [
      table(['phase', 'mapping', 'records', 'fields', 'exact', 'equal', 'lossy', 'mismatch', 'unreadable'], mappings.map((row) => [row.phase, row.mapping, row.records, row.fields, row.exact, row.equalAfterNormalisation, row.declaredLossy, row.mismatch, row.unreadable])),
      '', verificationLine(report),
    ]),
    ...(wrong.length === 0 ? [] : ['', table(['mapping', 'source record', 'field', 'class', 'written', 'found'], wrong.map((row) => [row.mapping, row.sourceId, row.field, row.class, valueText(row.written), valueText(row.found)]))]),
  ].join('\n'));
}
