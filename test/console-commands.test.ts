import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { texts } from '../console/src/texts.ts';
import { commandOf, piecesOf, places, plainly } from '../console/src/commands.ts';
import { buildProgram } from '../src/cli/cli.ts';

/** Rooms whose texts both doors show. The command line, the demo and the simulators speak to a terminal alone. */
const rooms = ['connector', 'connectors', 'plan', 'proposal', 'adviser', 'routes', 'engine', 'store', 'work', 'reports', 'server'];
const root = path.resolve(import.meta.dirname, '../src');
const files = rooms.flatMap((room) => readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => path.join(root, room, name)));

const program = buildProgram({ out: () => undefined, err: () => undefined, width: () => 100 }, { action: () => async () => undefined });
const commands = program.commands.flatMap((command) => (command.commands.length === 0 ? [command.name()] : command.commands.map((part) => `${command.name()} ${part.name()}`)));
const verbs = new Set(program.commands.map((command) => command.name()));

/** Commands in what people read: in backticks or not. Comments, and names such as those of database connections, are none. */
function named(source: string): readonly Readonly<{ text: string; marked: boolean }>[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(?<=^|\s)\/\/.*$/gm, '').replaceAll('\\`', '`');
  return [...code.matchAll(/(`?)portolan ([a-z]+)(?: [^`'\n]*)?/g)].filter(([text, , verb]) => verbs.has(verb ?? '') && !/^`?portolan (?:queue|schedules|presence|console|settings)\b/.test(text)).map(([text, mark]) => ({ text: text.replace(/^`/, ''), marked: mark === '`' }));
}

test('the console has a place for every command of the command line, or says that only a terminal does it', () => {
  expect(commands.filter((name) => !Object.hasOwn(places, name))).toEqual([]);
  expect(Object.keys(places).filter((name) => !commands.includes(name))).toEqual([]);
});

test('every command that a text of the engine names stands in backticks, and the console tells it as a place', () => {
  const found = files.flatMap((file) => named(readFileSync(file, 'utf8')).map((one) => ({ ...one, file: path.relative(root, file) })));
  expect(found.length).toBeGreaterThan(40);
  // Whoever starts a server sees these in his terminal.
  const terminal = new Set(['server/server.ts', 'server/run-driver.ts', 'reports/guide.ts', 'reports/owners-csv.ts']);
  const shown = found.filter(({ file }) => !terminal.has(file));
  expect(shown.filter(({ marked }) => !marked)).toEqual([]);
  expect(shown.filter(({ text }) => (commandOf(text) === null ? true : places[commandOf(text) ?? ''] === null))).toEqual([]);
});

test('no text of the engine asks for an option without its command', () => {
  const loose = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/remedy: (?:'[^'\n]*'|`(?:\\`|[^`\n])*`)/g)].filter(([text]) => /\s--[a-z]/.test(text.replaceAll(/\\?`portolan (?:\\[^`]|[^`\\])*\\?`/g, ''))).map(([text]) => `${path.relative(root, file)}: ${text}`));
  // The server of the database and the server itself are started in a terminal.
  expect(loose.filter((one) => !/^(?:store\/embedded|server)\//.test(one))).toEqual([]);
});

test('a command is told as the page and the button that do the same', () => {
  expect(plainly('Discover first: `portolan discover acme`')).toBe('Discover first: Discovery › Discover both sides');
  expect(plainly('Connect it: `portolan connect acme source --set <name>=<value>`.')).toBe('Connect it: Connect › Source.');
  expect(plainly('`portolan connect <project> source --set timezone=Area/City`, then discover again.')).toBe('Connect › Source › Timezone: Area/City, then discover again.');
  expect(plainly('`portolan connect acme destination --set ticketType=<name>`')).toBe('Connect › Destination › Ticket type');
  expect(plainly('`portolan connect acme source --secret-env restSecret=VARIABLE`')).toBe('Connect › Source › Rest secret');
  expect(plainly('`portolan connect acme sandbox --set <name>=<value>`')).toBe('Sample, sandbox › Sandbox');
  expect(plainly('`portolan discover acme && portolan propose acme`')).toBe('Discovery › Discover both sides, Discovery › Propose a plan');
  expect(plainly('if nothing was read in yet: `portolan preview acme`')).toBe('if nothing was read in yet: Run › Read in and preview; nothing is written');
  expect(plainly('`portolan run acme --mode sandbox`')).toBe('Sample, sandbox › Start a run into the sandbox');
  expect(plainly('`portolan plan confirm acme --accept-recommendations`')).toBe('Map › Accept all recommendations and confirm');
  expect(plainly('First `portolan delta acme --dry-run`, then `portolan delta acme --yes`.')).toBe('First Run › What changed since › Only show what it would do, then Run › What changed since.');
});

test('what is no command stays as it is, whatever a record holds', () => {
  for (const text of ['', 'nothing here', 'portolan discover acme', '`npm install`', '`portolan frobnicate acme`', '`portolan serve`', '`portolan discover', '``portolan``', 'a ` b ` c']) expect(plainly(text)).toBe(text);
  expect(piecesOf('see `portolan check acme`, now')).toEqual([{ kind: 'words', text: 'see ' }, { kind: 'place', page: 'connect', text: 'Connect › Check both sides' }, { kind: 'words', text: ', now' }]);
});

test('every kind of question that a route asks value by value has a title', () => {
  const families = files.filter((file) => /\/(?:routes|engine)\//.test(file)).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bid: (?:`([a-z-]+):\$\{|'([a-z-]+):[^']+', question)/g)].map(([, made, given]) => made ?? given ?? ''));
  expect(new Set(families).size).toBeGreaterThan(15);
  expect([...new Set(families)].filter((family) => !Object.hasOwn(texts.queue.families, family))).toEqual([]);
});
