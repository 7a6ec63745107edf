import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandBench, type CommandBench } from './testing/run-command.ts';

let bench: CommandBench;
beforeEach(async () => { bench = await commandBench(); });
afterEach(() => bench.remove());

async function connected(): Promise<void> {
  await bench.run('init', 'acme', '--route', 'alpha-to-beta');
  await bench.run('connect', 'acme', 'source', '--set', 'url=https://alpha.example');
  await bench.run('connect', 'acme', 'destination', '--set', 'url=https://beta.example');
  bench.installation.calls.length = 0;
}
const asked = (name: string) => bench.installation.calls.filter(([called]) => called === name).map(([, params]) => params);

describe('delta', () => {
  it('asks for the destination unless told yes, and says what it found', async () => {
    await connected();
    expect(await bench.run('delta', 'acme')).toMatchObject({ code: 2, err: expect.stringContaining('destination-not-confirmed') });
    bench.installation.reports.splice(0, 1, { delta: [{ mapping: 'people', object: 'contact', destinationObject: 'partner', new: 3, changed: 2, returned: 1, deleted: 4, conflicts: 1, unchanged: 90 }], retired: [{ mapping: 'people', sourceId: '=17', action: 'kept', reason: 'changed-since', destinationObject: 'partner', destinationId: '9', details: { fields: ['city'] } }] });
    const { code, out, err } = await bench.run('delta', 'acme', '--yes', '--changed-only');
    expect(code).toBe(0);
    expect(asked('startRun')).toEqual([expect.objectContaining({ mode: 'delta', settings: { changedOnly: true, approveGates: true } })]);
    expect(out).toMatch(/mapping\s+new\s+changed\s+returned\s+gone\s+conflicts\s+unchanged/);
    expect(err).toContain('reports:');
    const folder = join(bench.folder, 'data', 'reports', 'acme', 'r1');
    expect(await readFile(join(folder, 'delta.html'), 'utf8')).toContain('people changed it since');
    expect(await readFile(join(folder, 'delta-gone.csv'), 'utf8')).toContain("'=17");
  });

  it('shows a dry run without asking', async () => {
    await connected();
    const { code, err } = await bench.run('delta', 'acme', '--dry-run', '--thorough');
    expect([code, asked('startRun')]).toEqual([0, [expect.objectContaining({ settings: { dryRun: true, thorough: true } })]]);
    expect(err).toContain('next: portolan delta acme');
  });

  it('leaves the gate before suspicious deletions to a person, also with --yes', async () => {
    await connected();
    bench.installation.gates.push({ runId: 'r1', phase: 'deletions', openedAt: '2026-01-01T00:00:00Z', approvedAt: null, approvedBy: null });
    bench.installation.reports.splice(0, 1, { status: 'waiting' });
    const { code, err } = await bench.run('delta', 'acme', '--yes');
    expect([code, asked('approve')]).toEqual([9, []]);
    expect(err).toContain('the export may be incomplete');
    expect(err).toContain('portolan approve acme --phase deletions');
  });
});

describe('sample', () => {
  it('takes ids, conditions and a number', async () => {
    await connected();
    await bench.run('sample', 'acme');
    await bench.run('sample', 'acme', '--ids', 'contact:7', 'deal:8', '--alone');
    await bench.run('sample', 'acme', '--where', 'contact.city=Kraków', '--where', 'contact.name~a=b', '--records', '5');
    expect(asked('startRun').map((params) => (params as { settings: unknown }).settings)).toEqual([
      { records: 200 }, { ids: ['contact:7', 'deal:8'], alone: true }, { records: 5, where: ['contact.city=Kraków', 'contact.name~a=b'] },
    ]);
    expect(await bench.run('sample', 'acme', '--ids', 'seven')).toMatchObject({ code: 2, err: expect.stringContaining("'seven'") });
    expect(await bench.run('sample', 'acme', '--where', 'city')).toMatchObject({ code: 2, err: expect.stringContaining('object.field=value') });
  });

  it('ends with a field-level diff beside its reports', async () => {
    await connected();
    await bench.run('sample', 'acme', '--records', '5');
    expect(asked('compareRecords')).toEqual([{ project: 'acme', runId: 'r1', choice: { kind: 'all', limit: 2000 } }]);
    const files = await readdir(join(bench.folder, 'data', 'reports', 'acme', 'r1'));
    expect(files).toEqual(expect.arrayContaining(['field-diff.html', 'field-diff.xlsx', 'field-diff.json', 'field-diff-fields.csv']));
  });
});

describe('the spot-check sheet', () => {
  it('is drawn on demand, the same for the same seed, and after a production run', async () => {
    await connected();
    const out = join(bench.folder, 'sheet');
    const drawn = await bench.run('report', 'acme', '--spot-check', '--count', '25', '--seed', 'audit', '--out', out);
    expect([drawn.code, drawn.err.includes('note: a spot-check sheet')]).toEqual([0, false]);
    expect(asked('compareRecords')).toEqual([{ project: 'acme', runId: null, choice: { kind: 'random', count: 25, seed: 'audit' } }]);
    expect(await readdir(out)).toEqual(expect.arrayContaining(['spot-check.html', 'spot-check.xlsx', 'spot-check.json', 'spot-check-sign-off.csv']));
    expect(await readFile(join(out, 'spot-check.html'), 'utf8')).toContain('Signature');
    for (const count of ['19', '41']) expect((await bench.run('report', 'acme', '--spot-check', '--count', count, '--out', out)).err).toContain(`note: a spot-check sheet of ${count} records; 20 to 40 are usual`);
    await bench.run('run', 'acme', '--yes', '--confirm-destination', 'beta.example');
    expect(asked('compareRecords').at(-1)).toEqual({ project: 'acme', runId: 'r1', choice: { kind: 'random', count: 30, seed: 'r1' } });
    expect(await readFile(join(bench.folder, 'data', 'reports', 'acme', 'r1', 'index.html'), 'utf8')).toContain('spot-check.html');
  });
});

describe('owners', () => {
  it('are exported with an empty column login', async () => {
    await connected();
    const { out } = await bench.run('owners', 'export', 'acme');
    expect(out).toBe('\uFEFFowner,name,records,records of contact,records of deal,current user,decision,login\r\nada@x.example,Ada,4,3,1,,(unassigned),\r\n');
    const file = join(bench.folder, 'owners.csv');
    expect((await bench.run('owners', 'export', 'acme', '--out', file)).err).toContain('1 owner, 1 without a user (4 records)');
    expect(await readFile(file, 'utf8')).toBe(out);
  });

  it('are applied line by line: bad lines are named and left out, the exit code says so', async () => {
    await connected();
    const file = join(bench.folder, 'owners.csv');
    await writeFile(file, 'login;owner\nada;ada@x.example\n;bo@x.example\nboss;nobody@x.example\n');
    const { code, err } = await bench.run('owners', 'apply', 'acme', '--file', file);
    expect(asked('applyOwners')).toEqual([{ project: 'acme', by: 'ada', lines: [{ line: 2, owner: 'ada@x.example', login: 'ada' }, { line: 4, owner: 'nobody@x.example', login: 'boss' }] }]);
    expect(err).toContain('line 4: The source has no owner "nobody@x.example"');
    expect(code).toBe(6);
    await writeFile(file, 'login;owner\nboss;nobody@x.example\n');
    expect((await bench.run('owners', 'apply', 'acme', '--file', file, '--json')).code).toBe(2);
    await writeFile(file, 'owner\nada@x.example\n');
    expect(await bench.run('owners', 'apply', 'acme', '--file', file)).toMatchObject({ code: 2, err: expect.stringContaining("no column 'login'") });
    expect((await bench.run('owners', 'apply', 'acme', '--file', join(bench.folder, 'none.csv'))).code).toBe(2);
  });
});

describe('handoff', () => {
  it('writes every document with an index, a workbook, tables and data', async () => {
    await connected();
    await bench.run('run', 'acme', '--yes', '--confirm-destination', 'beta.example');
    const out = join(bench.folder, 'handoff');
    const { code, out: printed } = await bench.run('handoff', 'acme', '--out', out, '--json');
    expect(code).toBe(0);
    const files = await readdir(out);
    expect(files).toEqual(expect.arrayContaining(['index.html', 'handoff.json', 'handoff.xlsx', 'scope.html', 'custom-fields.html', 'reconciliation.html', 'verification.html', 'quarantine.html', 'cut-over.html', 'cut-over.json']));
    expect((JSON.parse(printed) as { files: string[] }).files.toSorted()).toEqual(files.toSorted());
    const checklist = await readFile(join(out, 'cut-over.html'), 'utf8');
    for (const word of ['Freeze', 'Final delta', 'Enable', 'Hypercare', 'Signature']) expect(checklist).toContain(word);
    const index = await readFile(join(out, 'index.html'), 'utf8');
    for (const [, name] of index.matchAll(/href="([^"]+)"/g)) expect(files, name).toContain(decodeURIComponent(name ?? ''));
  });

  it('needs a plan', async () => {
    await connected();
    bench.installation.plan = null;
    expect(await bench.run('handoff', 'acme')).toMatchObject({ code: 2, err: expect.stringContaining('portolan propose acme') });
  });
});

describe('a sandbox', () => {
  it('is connected under the project, and told apart from it', async () => {
    await connected();
    expect(await bench.run('run', 'acme', '--mode', 'sandbox')).toMatchObject({ code: 2, err: expect.stringContaining('portolan connect acme sandbox') });
    expect((await bench.run('connect', 'acme', 'sandbox', '--set', 'url=https://trial.example')).err).toContain('next: portolan run acme --mode sandbox');
    expect(bench.installation.projects.map((project) => project.name)).toEqual(['acme', 'acme~sandbox']);
    expect((await bench.run('status', '--json')).out).not.toContain('sandbox');
    await bench.run('run', 'acme', '--mode', 'sandbox', '--yes');
    expect(asked('startRun')).toEqual([expect.objectContaining({ project: 'acme', mode: 'sandbox' })]);
    await bench.run('rollback', 'acme', '--sandbox', '--yes');
    expect(asked('startRun').at(-1)).toMatchObject({ project: 'acme~sandbox', mode: 'rollback' });
  });
});
