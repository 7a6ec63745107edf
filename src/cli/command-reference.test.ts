import { expect, it } from 'vitest';
import { buildProgram } from './cli.ts';
import { commandReference } from './command-reference.ts';

it('the command line reference is what the commands say', async () => {
  const program = buildProgram({ out: () => undefined, err: () => undefined, width: () => 100 }, { action: () => async () => undefined });
  await expect(commandReference(program)).toMatchFileSnapshot('../../docs/reference/cli.md');
});

it('every command says what it does and gives an example', () => {
  const program = buildProgram({ out: () => undefined, err: () => undefined, width: () => 100 }, { action: () => async () => undefined });
  const leaves = program.commands.flatMap((command) => (command.commands.length === 0 ? [command] : command.commands));
  for (const command of leaves) {
    let help = '';
    command.configureOutput({ writeOut: (text) => { help += text; } }).outputHelp();
    expect(command.description(), command.name()).toMatch(/\w/);
    expect(help, command.name()).toMatch(/Examples:\n {2}\$ portolan /);
  }
});
