import { resolve } from 'node:path';
import { ConfigurationError } from '../../connector/errors.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { SPOT_CHECK_RECORDS } from '../compared-sheets.ts';
import { collectHandoff } from '../collect-handoff.ts';
import { positiveInteger } from '../parse-options.ts';
import { print, projectOf, say } from '../session.ts';
import { table } from '../table.ts';
import { handoffFiles } from '../../reports/handoff-files.ts';
import { fileError, writeFiles } from '../write-reports.ts';

export const handoffCommand: RegisterCommand = (program, host) => {
  program.command('handoff').description('write the documents that are handed over: scope, map, vocabularies, spot check, proofs, cut-over checklist')
    .argument('<project>', 'name of the project')
    .option('--out <folder>', 'where to', './handoff')
    .option('--count <n>', 'records of the spot-check sheet', positiveInteger, SPOT_CHECK_RECORDS)
    .option('--seed <text>', 'the same seed draws the same records for the spot check (default: the id of the run that loaded)')
    .addHelpText('after', `\nHTML (ready to print; open index.html), one workbook, a CSV per table, JSON. Nothing is written at the destination;
the spot check reads some records there.\n${examples('handoff acme --out ./handoff', 'handoff acme --out ./handoff --count 40 --seed acceptance --json')}`)
    .action(host.action(async (session, command) => {
      const options = command.opts<{ out: string; count: number; seed?: string }>();
      const project = await projectOf(session, command.args[0] as string);
      const folder = resolve(session.io.cwd, options.out);
      const { documents, sheets, about, runs } = await collectHandoff(session, project, { count: options.count, seed: options.seed ?? null });
      if (documents.length === 0) throw new ConfigurationError({ code: 'nothing-to-hand-over', message: `Project '${project.name}' has no plan yet`, remedy: `run: portolan propose ${project.name}` });
      const files = await handoffFiles({ project: project.name, about, documents, sheets, runs });
      await writeFiles(folder, files).catch((error: unknown) => { throw fileError(folder, error); });
      const listed = [...documents, ...sheets.map((one) => one.sheet)].map(({ id, title, summary, good }) => ({ id, title, good, summary }));
      print(session, { folder, files: files.map((file) => file.name), documents: listed, runs }, table(['document', 'state', 'summary'], listed.map((document) => [document.title, document.good === null ? '' : document.good ? 'in order' : 'look at this', document.summary])));
      say(session, `${folder} (open index.html)`);
    }));
};
