import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { examples, type RegisterCommand } from '../command-host.ts';
import { pickRun } from '../pick-run.ts';
import { print, projectOf, type Session } from '../session.ts';
import type { ReportSheet } from '../../reports/report-files.ts';
import { fieldDiffSheet, sheetsOfRun, SPOT_CHECK_RECORDS, spotCheck } from '../compared-sheets.ts';
import { positiveInteger } from '../parse-options.ts';
import { reportFolder, writeReports, writeScope, writeSheet } from '../write-reports.ts';

export const reportCommand: RegisterCommand = (program, host) => {
  program.command('report').description('write the reports of a run: JSON, HTML, XLSX, CSV; with --json print the run report')
    .argument('<project>', 'name of the project')
    .option('--run <id>', 'which run (default: the latest)').option('--out <folder>', 'another folder than <data>/reports/<project>/<run>')
    .option('--spot-check', 'only the spot-check sheet: records drawn by chance, side by side, to be ticked and signed (reads the destination)')
    .option('--count <n>', 'with --spot-check: how many records', positiveInteger, SPOT_CHECK_RECORDS)
    .option('--seed <text>', 'with --spot-check: the same seed draws the same records (default: drawn anew)')
    .option('--diff', 'only the field-level diff of the run: source, planned, read back (reads the destination)')
    .option('--sandbox', 'of the sandbox instead of the destination')
    .option('--scope', 'only the scope document of the current plan: map, volumes, decisions, losses; needs no run')
    .addHelpText('after', examples('report acme', 'report acme --scope --out ./scope', 'report acme --json > run.json', 'report acme --spot-check --count 40 --seed audit-1', 'report acme --sandbox --spot-check', 'report acme --diff'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ run?: string; out?: string; scope?: boolean; spotCheck?: boolean; count: number; seed?: string; diff?: boolean; sandbox?: boolean }>();
      const project = await projectOf(session, command.args[0] as string, options.sandbox === true);
      const { engine, store } = await session.workspace();
      if (options.scope === true) {
        const folder = options.out === undefined ? reportFolder(session, project.name, 'scope') : resolve(session.io.cwd, options.out);
        const files = await writeScope(session, project, folder);
        return print(session, { folder, files }, [folder, ...files.map((file) => `  ${file}`)].join('\n'));
      }
      if (options.spotCheck === true) {
        const seed = options.seed ?? randomUUID().slice(0, 8);
        const sheet = await spotCheck(session, { project: project.name, run: options.run === undefined ? null : (await pickRun(store, project, options.run, 'any')).id, count: options.count, seed });
        const folder = options.out === undefined ? reportFolder(session, project.name, `spot-check-${seed}`) : resolve(session.io.cwd, options.out);
        return printSheet(session, sheet, `Portolan · ${project.name} · spot check`, folder);
      }
      if (options.diff === true) {
        const run = await pickRun(store, project, options.run, 'loading');
        const folder = options.out === undefined ? reportFolder(session, project.name, run.id) : resolve(session.io.cwd, options.out);
        return printSheet(session, await fieldDiffSheet(session, project.name, run.id), `Portolan · ${project.name} · ${run.mode} run ${run.id}`, folder);
      }
      const run = await pickRun(store, project, options.run, 'any');
      const report = await engine.report(run.id);
      const folder = options.out === undefined ? reportFolder(session, project.name, run.id) : resolve(session.io.cwd, options.out);
      const written = await writeReports(session, report, folder, await sheetsOfRun(session, report));
      print(session, report, [written.folder, ...written.files.map((file) => `  ${file}`)].join('\n'));
    }));
};

async function printSheet(session: Session, sheet: ReportSheet, about: string, folder: string): Promise<void> {
  const files = await writeSheet(sheet, about, folder);
  print(session, { folder, files, ...(sheet.data as object) }, [folder, ...files.map((file) => `  ${file}`), sheet.sheet.summary].join('\n'));
}
