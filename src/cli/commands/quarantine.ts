import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigurationError } from '../../connector/errors.ts';
import { quarantineCorrections, type QuarantineCorrections } from '../../reports/quarantine-corrections.ts';
import { wordsOf } from '../../reports/words.ts';
import { examples, type CommandHost, type RegisterCommand } from '../command-host.ts';
import { driveAndReport } from '../finish-run.ts';
import { positiveInteger } from '../parse-options.ts';
import { refuseUnfinished } from '../pick-run.ts';
import { print, projectOf, say } from '../session.ts';
import { table } from '../table.ts';
import type { CliStore } from '../workspace.ts';
import { fileError, quarantineCsvLines, writeQuarantineCsv } from '../write-reports.ts';

export const quarantineCommand: RegisterCommand = (program, host) => {
  const group = program.command('quarantine').description('records held back: list them, export them for correction, feed them back');
  listCommand(group, host);
  exportCommand(group, host);
  retryCommand(group, host);
};

function listCommand(group: Command, host: CommandHost): void {
  group.command('list').description('list held-back records with code, reason and remedy')
    .argument('<project>', 'name of the project')
    .option('--code <code>', 'only this code').option('--all', 'the ones that went in later too').option('--limit <n>', 'at most so many', positiveInteger, 100)
    .option('--csv', 'print the CSV that `retry` takes')
    .addHelpText('after', examples('quarantine list acme', 'quarantine list acme --code no-contact --csv > corrected.csv'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ code?: string; all?: boolean; limit: number; csv?: boolean }>();
      const project = await projectOf(session, command.args[0] as string);
      const { store } = await session.workspace();
      if (options.csv === true) {
        for await (const line of quarantineCsvLines(store, { projectId: project.id, code: options.code ?? null })) session.io.out(line);
        return;
      }
      const entries = await store.quarantine({ projectId: project.id, open: options.all === true ? null : true, code: options.code ?? null, limit: options.limit, after: null });
      const counts = await store.quarantineCounts(project.id);
      print(session, { counts, entries }, entries.length === 0 ? 'no record is held back' : [
        table(['mapping', 'code', 'records'], counts.map((row) => [row.mapping, row.code, row.count])), '',
        table(['source record', 'mapping', 'code', 'position', 'what happened'], entries.map((entry) => [entry.sourceId, entry.mapping, entry.code, entry.position, entry.message])),
      ].join('\n'));
      for (const remedy of new Set(entries.map((entry) => `${entry.code}: ${entry.remedy}`))) say(session, remedy);
      if (entries.length > 0) say(session, `next: portolan quarantine export ${project.name} --file corrected.csv`);
    }));
}

function exportCommand(group: Command, host: CommandHost): void {
  group.command('export').description('write the held-back records as a CSV to correct')
    .argument('<project>', 'name of the project').option('--file <path>', 'where to (default: stdout)').option('--code <code>', 'only this code')
    .option('--csv', 'as CSV (the only format, and the default)')
    .addHelpText('after', examples('quarantine export acme --file corrected.csv'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ file?: string; code?: string }>();
      const project = await projectOf(session, command.args[0] as string);
      const { store } = await session.workspace();
      const params = { projectId: project.id, code: options.code ?? null };
      if (options.file === undefined) {
        for await (const line of quarantineCsvLines(store, params)) session.io.out(line);
        return;
      }
      const path = resolve(session.io.cwd, options.file);
      const count = await writeQuarantineCsv(store, params, path).catch((error: unknown) => { throw fileError(path, error); });
      print(session, { file: path, records: count }, `${path}: ${wordsOf(count, 'record')}`);
      say(session, count === 0 ? 'no record is held back' : `next: correct it, then portolan quarantine retry ${project.name} --file ${options.file}`);
    }));
}

function retryCommand(group: Command, host: CommandHost): void {
  group.command('retry').description('feed a corrected CSV back: its records are loaded in a new run; without one, everything held back is tried again as it is')
    .argument('<project>', 'name of the project').option('--file <path>', 'the corrected CSV')
    .option('--workers <n>', 'batches at a time', positiveInteger)
    .addHelpText('after', examples('quarantine retry acme --file corrected.csv', 'quarantine retry acme'))
    .action(host.action(async (session, command) => {
      const options = command.opts<{ file?: string; workers?: number }>();
      const project = await projectOf(session, command.args[0] as string);
      const { engine, store } = await session.workspace();
      await refuseUnfinished(store, project);
      const { corrections, unreadable } = options.file === undefined ? await asTheyAre(store, project.id) : await readCorrections(store, { projectId: project.id, path: resolve(session.io.cwd, options.file) });
      say(session, `${wordsOf(corrections.length, 'record')} to retry, ${corrections.filter((correction) => Object.keys(correction.fields).length > 0).length} of them corrected`);
      if (unreadable.length > 0) say(session, `${wordsOf(unreadable.length, 'row')} of the file never became a record and stay held back (${unreadable.slice(0, 5).join(', ')}): correct them in the source export, then run again`);
      const run = await engine.retryQuarantine({ project: project.name, corrections, by: session.by });
      return driveAndReport(session, { runId: run.id, project: project.name, approveClean: true, workers: options.workers ?? null });
    }));
}

/** Everything that is held back, as a CSV that nobody has changed. @throws ConfigurationError when it is nothing */
async function asTheyAre(store: CliStore, projectId: string): Promise<QuarantineCorrections> {
  const lines: string[] = [];
  for await (const line of quarantineCsvLines(store, { projectId, code: null })) lines.push(line);
  if (lines.length < 2) throw new ConfigurationError({ code: 'quarantine-empty', message: 'No record is held back', remedy: 'nothing to retry' });
  return quarantineCorrections({ store, projectId, text: lines.join('\n'), name: 'What is held back' });
}

/** @throws ConfigurationError naming the file, line, column or id that is wrong. */
async function readCorrections(store: Pick<CliStore, 'quarantineEntries'>, params: Readonly<{ projectId: string; path: string }>): Promise<QuarantineCorrections> {
  const bytes = await readFile(params.path).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError({ code: 'file-not-readable', message: `The file '${params.path}' cannot be read (${error.code ?? error.message})`, remedy: 'give the path of the corrected CSV', cause: error });
  });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ConfigurationError({ code: 'quarantine-file-encoding', message: `The file '${params.path}' is not UTF-8 text`, remedy: 'save it from the spreadsheet as "CSV UTF-8"', cause: error });
  }
  return quarantineCorrections({ store, projectId: params.projectId, text, name: `The file '${params.path}'` });
}
