import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { maximumLines, rooms } from './architecture/rules.ts';
import { importsOf, readTree, sourceFile } from './architecture/source-tree.ts';
import { violations } from './architecture/violations.ts';

const root = path.resolve(import.meta.dirname, '..');
const faults = (name: string, text: string): readonly string[] => violations([sourceFile(name, text)]);

describe('the source tree', () => {
  const files = readTree(path.join(root, 'src'));

  test('keeps the import rule', () => {
    expect(files.length).toBeGreaterThan(50); // an empty tree would keep any rule
    expect(violations(files)).toEqual([]);
  });

  test(`has no file over ${maximumLines} lines outside src either`, () => {
    const long = ['test', 'bench', 'scripts'].flatMap((folder) => readTree(path.join(root, folder))).filter((file) => file.lines > maximumLines);
    expect(long.map((file) => file.name)).toEqual([]);
  });

  test('lets the console know the types of the HTTP API, and nothing else of the server', () => {
    const pages = readTree(path.join(root, 'console/src'));
    const foreign = pages.flatMap((file) => file.imports.filter((line) => line.specifier.startsWith('../') && path.posix.join('console/src', path.posix.dirname(file.name), line.specifier).startsWith('src/'))
      .map((line) => ({ file: file.name, to: path.posix.join('console/src', path.posix.dirname(file.name), line.specifier), typeOnly: line.typeOnly })));
    expect(foreign.length).toBeGreaterThan(10); // no console would keep the rule as well
    expect(foreign.filter((line) => !line.typeOnly || !line.to.startsWith('src/server/schemas/'))).toEqual([]);
    expect(pages.filter((file) => file.lines > maximumLines).map((file) => file.name)).toEqual([]);
  });

  test('lists only rooms that the rule knows', () => {
    const named = Object.values(rooms).flatMap((room) => [...room.imports, ...(room.types ?? [])]);
    expect(named.filter((room) => rooms[room] === undefined)).toEqual([]);
  });
});

describe('the import rule', () => {
  test('reads every way to import', () => {
    expect(importsOf([
      "import { a } from './a.ts';", "import type { B } from './b.ts';", "import {\n  c,\n  d,\n} from './c.ts';", "import * as e from 'node:fs';",
      "import './f.ts';", "export { g } from './g.ts';", "const h = await import('./h.ts');", "const text = 'from nowhere';",
    ].join('\n')).map(({ specifier, typeOnly }) => `${specifier}${typeOnly ? ' (type)' : ''}`).sort())
      .toEqual(['./a.ts', './b.ts (type)', './c.ts', './f.ts', './g.ts', './h.ts', 'node:fs']);
  });

  for (const [what, name, text] of [
    ['an engine that names a connector', 'engine/load.ts', "import { connect } from '../connectors/odoo/odoo.ts';"],
    ['an engine that asks for a platform by name', 'engine/load.ts', "if (connector.name === 'odoo') split();"],
    ['a connector that imports a simulator', 'connectors/odoo/client.ts', "import { answer } from '../../simulators/odoo/answer.ts';"],
    ['a simulator that imports a connector', 'simulators/odoo/server.ts', "import { fields } from '../../connectors/odoo/fields.ts';"],
    ['a connector that imports another one', 'connectors/odoo/client.ts', "import { read } from '../instream/read.ts';"],
    ['running code where only types may come from', 'store/runs.ts', "import { start } from '../engine/run-states.ts';"],
    ['a plan that reads a file', 'plan/parse.ts', "import { readFileSync } from 'node:fs';"],
    ['a plan that reads the clock', 'plan/parse.ts', 'const now = new Date();'],
    ['a proposer that throws dice', 'proposal/match.ts', 'const score = Math.random();'],
    ['SQL outside the store', 'engine/runs.ts', "const rows = await query('select id from runs where state = $1');"],
    ['a SQL driver outside the store', 'server/runs.ts', "import pg from 'pg';"],
    ['a folder that nobody announced', 'helpers/text.ts', 'export const a = 1;'],
    ['a file that is too long', 'engine/long.ts', 'const line = 1;\n'.repeat(maximumLines + 1)],
    ['an import from outside src', 'engine/a.ts', "import { help } from '../../test/support/help.ts';"],
  ] as const) {
    test(`refuses ${what}`, () => expect(faults(name, text)).toHaveLength(1));
  }

  test('lets comments name platforms, tests bring rooms together, and doors name everything', () => {
    expect(faults('engine/load.ts', '// Odoo 17, measured: 3 calls\n/** as Odoo does */\nexport const calls = 3;')).toEqual([]);
    expect(faults('connectors/odoo/client.test.ts', "import { start } from '../../simulators/odoo/server.ts';")).toEqual([]);
    expect(faults('cli/registry.ts', "import { odoo } from '../connectors/odoo/odoo.ts';")).toEqual([]);
    expect(faults('store/runs.ts', "import type { Run } from '../engine/ports/runs.ts';\nconst text = 'select id from runs';")).toEqual([]);
  });

  test('finds a circle of imports over three files', () => {
    const circle = [sourceFile('engine/a.ts', "import { b } from './b.ts';"), sourceFile('engine/b.ts', "import { c } from './load/c.ts';"), sourceFile('engine/load/c.ts', "import { a } from '../a.ts';")];
    expect(violations(circle)).toEqual(['circular imports: engine/a.ts -> engine/b.ts -> engine/load/c.ts -> engine/a.ts']);
  });
});
