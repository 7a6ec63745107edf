import type { Command } from 'commander';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigurationError } from '../../connector/errors.ts';
import { ownersCsv, parseOwnersCsv } from '../../reports/owners-csv.ts';
import { sumOf, wordsOf } from '../../reports/words.ts';
import { examples, type CommandHost, type RegisterCommand } from '../command-host.ts';
import { exitCode } from '../exit-codes.ts';
import { driveAndReport } from '../finish-run.ts';
import { positiveInteger } from '../parse-options.ts';
import { refuseUnfinished } from '../pick-run.ts';
import { print, projectOf, say } from '../session.ts';
import { table } from '../table.ts';
import { fileError } from '../write-reports.ts';

export const ownersCommand: RegisterCommand = (program, host) => {
  const group = program.command('owners').description('give the records of owners without a user to somebody, before or after the load');
  exportCommand(group, host);
  applyCommand(group, host);
};

function exportCommand(group: Command, host: CommandHost): void {
  group.command('export').description('write every owner of the source with records, user at the destination, decision, and an empty column login')
    .argument('<project>', 'name of the project').option('--out <path>', 'into a file (default: onto stdout)')
    .addHelpText('after', examples('owners export acme --out owners.csv', 'owners export acme --json'))
    .action(host.action(async (session, command) => {
      const project = await projectOf(session, command.args[0] as string);
      const { engine } = await session.workspace();
      const rows = await engine.owners(project.name);
      const { out } = command.opts<{ out?: string }>();
      if (out !== undefined) {
        const path = resolve(session.io.cwd, out);
        await writeFile(path, ownersCsv(rows), { mode: 0o600 }).catch((error: unknown) => { throw fileError(path, error); });
        const open = rows.filter((row) => row.currentUser === null);
        say(session, `${path}: ${wordsOf(rows.length, 'owner')}, ${open.length} without a user (${wordsOf(sumOf(open.flatMap((row) => Object.values(row.records))), 'record')})\nnext: fill in the column login, then portolan owners apply ${project.name} --file ${out}`);
        if (!session.json) return;
      }
      if (session.json) return print(session, rows, '');
      session.io.out(ownersCsv(rows));
    }));
}

function applyCommand(group: Command, host: CommandHost): void {
  group.command('apply').description('assign the records of each owner to the user of the column login; only these records are written')
    .argument('<project>', 'name of the project').requiredOption('--file <path>', 'the file that `owners export` wrote, with the column login filled in')
    .option('--workers <n>', 'batches at a time', positiveInteger)
    .addHelpText('after', `\nAn empty login leaves the owner as it is; a dash takes the user away. Lines that are wrong (unknown owner or login, an owner
twice) are listed with their number and left out, the rest is done, and the exit code is 6. The answers are kept in the plan,
so that later runs and deltas hold to them. What people re-assigned at the destination is never overwritten.\n${examples('owners apply acme --file owners.csv', 'owners apply acme --file owners.csv --json')}`)
    .action(host.action(async (session, command) => {
      const options = command.opts<{ file: string; workers?: number }>();
      const project = await projectOf(session, command.args[0] as string);
      const { engine, store } = await session.workspace();
      const text = await readFile(resolve(session.io.cwd, options.file), 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw new ConfigurationError({ code: 'file-not-readable', message: `The owners file '${options.file}' cannot be read (${error.code ?? error.message})`, remedy: 'give the path of a file that `portolan owners export` wrote', cause: error });
      });
      const lines = parseOwnersCsv(text);
      await refuseUnfinished(store, project);
      const { run, assigned, refused, unchanged } = await engine.applyOwners({ project: project.name, lines, by: session.by });
      for (const line of refused) say(session, `line ${line.line}: ${line.message} ${line.remedy}\n  Code: ${line.code}`);
      say(session, `${wordsOf(assigned.length, 'owner')} assigned, ${unchanged} had that user already, ${wordsOf(refused.length, 'line')} left out`);
      if (run === null) {
        print(session, { run: null, assigned, unchanged, refused }, refused.length === 0 ? 'nothing to assign: no line has a login that differs' : table(['line', 'owner', 'login', 'code'], refused.map((line) => [line.line, line.owner, line.login, line.code])));
        return exitCode(refused.length === 0 ? 'clean' : 'usage');
      }
      const code = await driveAndReport(session, { runId: run.id, project: project.name, approveClean: true, workers: options.workers ?? null, extra: { owners: { assigned, unchanged, refused } } });
      return code === exitCode('clean') && refused.length > 0 ? exitCode('withQuarantine') : code;
    }));
}
