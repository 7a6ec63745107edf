import type { Command } from 'commander';

/** Every command with its help, as Markdown: `docs/reference/cli.md` is this text. */
export function commandReference(program: Command): string {
  return [
    '# Command line', '',
    'Printed from the commands themselves; a test compares the two. Data goes to stdout, everything else to stderr; `--json` gives one JSON document.',
    'Exit codes: [exit-codes.md](exit-codes.md). The CSV of held-back records: [quarantine-csv.md](quarantine-csv.md).', '',
    '| environment variable | what it does |', '|---|---|',
    '| `PORTOLAN_HOME` | folder of the installation; `--data` goes before it; default `~/.portolan` |',
    '| `DATABASE_URL` | your own PostgreSQL instead of the embedded one |',
    '| `PORTOLAN_KEY` | key that encrypts stored secrets (base64 of 32 bytes); default: the key file of the data folder |',
    '| `PORTOLAN_USER` | your name in the audit log; default: the login name |',
    '| `PORTOLAN_MEMORY` | `off`: `portolan propose` goes by the catalogs alone, not by what people confirmed in other plans |',
    '| `PORTOLAN_DEBUG` | any text: debug log lines, and the stack of an error |',
    '| `PORTOLAN_NODE` | path of the Node to run with |', '',
    ...sections(program),
  ].join('\n');
}

function sections(command: Command): string[] {
  let help = '';
  command.configureOutput({ writeOut: (text) => { help += text; }, getOutHelpWidth: () => 110 }).outputHelp();
  const level = command.parent === null ? '##' : '###';
  return [`${level} ${fullName(command)}`, '', '```', help.trim(), '```', '', ...command.commands.flatMap(sections)];
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}
