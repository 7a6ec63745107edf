import type { JsonObject } from '../../connector/json.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { confirmDestination } from '../destination-host.ts';
import { driveAndReport } from '../finish-run.ts';
import { positiveInteger } from '../parse-options.ts';
import { refuseUnfinished } from '../pick-run.ts';
import { projectOf } from '../session.ts';

interface DeltaOptions { readonly dryRun?: boolean; readonly changedOnly?: boolean; readonly thorough?: boolean; readonly yes?: boolean; readonly confirmDestination?: string; readonly workers?: number }

export const deltaCommand: RegisterCommand = (program, host) => {
  program.command('delta').description('read the source again and write only what is new, changed or gone there; any number of times')
    .argument('<project>', 'name of the project')
    .option('--dry-run', 'show what would be written; nothing is changed at the destination')
    .option('--changed-only', 'ask the source for changed records only, where it can tell them; deletions are then not seen')
    .option('--thorough', 'look up and compare unchanged records as well, for instance after users or stages were added at the destination')
    .option('--yes', 'do not ask, and open the gate of every phase whose counts add up and whose fields came back right')
    .option('--confirm-destination <host>', 'the destination\'s host name, instead of typing it')
    .option('--workers <n>', 'batches at a time', positiveInteger)
    .addHelpText('after', `\nWhat becomes of records that are gone at the source is the decision deleted-records (archive, delete, keep).
What people changed at the destination is never overwritten, archived or deleted; it is reported.
When more than a quarter of a mapping's records is gone, the run waits for: portolan approve <project> --phase deletions\n${examples('delta acme --dry-run', 'delta acme --yes --json', 'decide acme --set deleted-records=keep && portolan plan confirm acme')}`)
    .action(host.action(async (session, command) => {
      const options = command.opts<DeltaOptions>();
      const project = await projectOf(session, command.args[0] as string);
      const { engine, store } = await session.workspace();
      await refuseUnfinished(store, project);
      const dryRun = options.dryRun === true;
      if (!dryRun && (options.yes !== true || options.confirmDestination !== undefined)) {
        await confirmDestination(session, { project: project.name, projectId: project.id, given: options.confirmDestination, what: 'A delta' });
      }
      const settings: JsonObject = { ...(dryRun ? { dryRun } : {}), ...(options.changedOnly === true ? { changedOnly: true } : {}), ...(options.thorough === true ? { thorough: true } : {}), ...(options.yes === true ? { approveGates: true } : {}) };
      const run = await engine.startRun({ project: project.name, mode: 'delta', settings, by: session.by });
      return driveAndReport(session, { runId: run.id, project: project.name, approveClean: options.yes === true, workers: options.workers ?? null, dryRun });
    }));
};
