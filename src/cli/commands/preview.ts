import type { Project } from '../../engine/ports/projects.ts';
import type { RunReport } from '../../engine/run-report.ts';
import { sumOf, valueText } from '../../reports/words.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { driveRun } from '../drive-run.ts';
import { exitCodeOfReport } from '../exit-codes.ts';
import { refuseUnfinished } from '../pick-run.ts';
import { print, projectOf, say, type Session } from '../session.ts';
import { table } from '../table.ts';

export const previewCommand: RegisterCommand = (program, host) => {
  program.command('preview').description('show what the plan would do: of all records in counts, or of one record field by field; nothing is written')
    .argument('<project>', 'name of the project').argument('[object]', 'source object, e.g. contact').argument('[id]', 'id of the source record')
    .addHelpText('after', examples('preview acme', 'preview acme contact 4711'))
    .action(host.action(async (session, command) => {
      const [name, object, sourceId] = command.processedArgs as [string, string | undefined, string | undefined];
      const project = await projectOf(session, name);
      if (object === undefined) return previewAll(session, project);
      if (sourceId === undefined) command.error(`error: missing argument 'id': name one ${object} record, or leave the object out to preview all`);
      else await previewOne(session, project, { object, sourceId });
      return undefined;
    }));
};

/** Reads the whole source and takes every record through the plan; the counts are those that a run would show. */
async function previewAll(session: Session, project: Project): Promise<number> {
  const { engine, store } = await session.workspace();
  await refuseUnfinished(store, project);
  const run = await engine.startRun({ project: project.name, mode: 'preview', settings: {}, by: session.by });
  say(session, `run ${run.id}`);
  const report = await driveRun(session, { runId: run.id, project: project.name, approveClean: true, workers: null });
  print(session, report, `preview: nothing was written\n\n${previewTable(report)}`);
  if (report.error !== null) say(session, `error: ${report.error.message}${report.error.remedy === null ? '' : `\n  What to do: ${report.error.remedy}`}`);
  say(session, `next: portolan preview ${project.name} <object> <id> for one record; portolan sample ${project.name} --records 200`);
  // Records that would be held back are what a preview is for: they are no failure of it.
  const code = exitCodeOfReport(report);
  return report.status === 'withQuarantine' ? 0 : code;
}

function previewTable(report: RunReport): string {
  const reasons = (counts: Readonly<Record<string, number>>): string => Object.entries(counts).map(([reason, count]) => `${reason} ${count}`).join(', ');
  return table(['mapping', 'from', 'into', 'read', 'would create', 'would update', 'exists', 'merged', 'left out', 'would be held back'], report.phases.map((phase) => [
    phase.mapping, phase.object, phase.destinationObject, phase.read, phase.created, phase.updated, phase.matched, phase.merged,
    reasons(phase.skipped), sumOf(Object.values(phase.quarantined)) === 0 ? 0 : reasons(phase.quarantined),
  ]));
}

async function previewOne(session: Session, project: Project, params: Readonly<{ object: string; sourceId: string }>): Promise<void> {
  const { engine } = await session.workspace();
  const preview = await engine.preview({ project: project.name, ...params });
  const { mappings, notMoved } = preview;
  print(session, preview, mappings.length === 0 ? `no mapping of the plan takes ${params.object} records` : [...mappings.map(({ mapping, destinationObject, outcome, reason, fields }) => [
    `${mapping} → ${destinationObject}: ${outcome}${reason === null ? '' : ` (${reason})`}`,
    ...(fields.length === 0 ? [] : [table(['to', 'from', 'before', 'after', 'why', 'loss'], fields.map((field) => [field.to, field.from.join(' + '), valueText(field.before), valueText(field.after), [field.reason, field.warning].filter((text) => text !== null).join('; '), field.loss]))]),
  ].join('\n')), ...(notMoved.length === 0 ? [] : [`not moved:\n${table(['from', 'value', 'why'], notMoved.map(({ field, value, reason }) => [field, valueText(value), reason]))}`])].join('\n\n'));
}
