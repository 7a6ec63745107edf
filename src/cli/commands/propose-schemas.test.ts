import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startStandIn } from '../../adviser/stand-in.ts';
import { commandBench, type CommandBench } from '../testing/run-command.ts';

let bench: CommandBench;
let folder: string;
beforeEach(async () => { [bench, folder] = await Promise.all([commandBench(), mkdtemp(join(tmpdir(), 'schemas-'))]); });
afterEach(async () => { await Promise.all([bench.remove(), rm(folder, { recursive: true })]); });

const file = async (name: string, document: unknown): Promise<string> => { const path = join(folder, name); await writeFile(path, typeof document === 'string' ? document : JSON.stringify(document)); return path; };
const source = { fields: [{ name: 'Nachname', type: 'string', samples: ['Wiesner', 'Lind'] }, { name: 'Merkmal 17', type: 'string', samples: ['xk', 'qq'] }, { name: '__proto__' }] };
const destination = { fields: [{ name: 'res.partner.name', label: 'Name', type: 'char', model: 'res.partner' }, { name: 'res.partner.ref', label: 'Reference', type: 'char', model: 'res.partner' }] };

it('matches two schema files without a project and prints one JSON document', async () => {
  const { code, out } = await bench.run('propose', '--source-schema', await file('a.json', source), '--destination-schema', await file('b.json', destination), '--json');
  expect(code).toBe(0);
  const document = JSON.parse(out) as Record<string, unknown>;
  expect(document['Nachname']).toEqual({ target: 'res.partner.name', confidence: expect.any(Number), ranked: expect.arrayContaining(['res.partner.name', 'res.partner.ref']), autoAccept: expect.any(Boolean), reasons: expect.arrayContaining([expect.stringContaining('last name')]) });
  expect(Object.keys(document)).toEqual(['Nachname', 'Merkmal 17', '__proto__']);
  expect(bench.opened()).toBe(0);
});

it('prints a table with a summary for people', async () => {
  const { out } = await bench.run('propose', '--source-schema', await file('a.json', source), '--destination-schema', await file('b.json', destination));
  expect(out).toMatch(/Nachname +res\.partner\.name/);
  expect(out).toMatch(/\d+ accepted, \d+ to review; 2 without a counterpart/);
});

it.each([[['--source-schema', 'a.json'], 'Only the source schema'], [[], 'nothing to propose'], [['--source-schema', 'missing.json', '--destination-schema', 'missing.json'], 'Cannot read missing.json'], [['--adviser', 'x'], 'nothing to propose']] as const)('refuses %j with a remedy', async (options, message) => {
  const { code, err } = await bench.run('propose', ...options);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

it('names the file and the place of what is not a schema', async () => {
  const { code, err } = await bench.run('propose', '--source-schema', await file('a.json', '{"fields":[{}]}'), '--destination-schema', await file('b.json', destination));
  expect(code).toBe(2);
  expect(err).toMatch(/a\.json.*fields\.0\.name/);
});

it('lets a language model look when asked to, says what was sent, and goes on without it when it fails', async () => {
  const server = await startStandIn();
  try {
    server.behave = { text: () => '{"f1":"res.partner.name","f2":"res.partner.ref","f3":null}' };
    const files = ['--source-schema', await file('a.json', source), '--destination-schema', await file('b.json', destination)];
    const adviser = ['--adviser', 'openai-compatible:m', '--adviser-url', server.url];
    const told = await bench.run('propose', ...files, ...adviser, '--json');
    expect([told.code, told.err]).toEqual([0, expect.stringMatching(/sent to m at 127\.0\.0\.1.*Merkmal 17.*asked about \d fields/s)]);
    expect(told.err).not.toContain('Wiesner');
    server.behave = { status: 500 };
    const failed = await bench.run('propose', ...files, '--adviser', 'openai-compatible:other', '--adviser-url', server.url);
    expect([failed.code, failed.err]).toEqual([0, expect.stringContaining('the rest stays as the matcher said')]);
    expect((await bench.run('propose', ...files, '--adviser', 'anthropic:m')).err).toContain('--adviser-key-env');
    expect((await bench.run('propose', ...files, '--adviser', 'm')).err).toContain('anthropic:<model>');
  } finally {
    await server.close();
  }
});
