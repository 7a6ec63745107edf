import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuthenticationError, ConfigurationError } from '../connector/errors.ts';
import type { RollbackRow } from '../engine/ports/ledger.ts';
import { runReportSchema } from '../engine/run-report.ts';
import { planSchema } from '../plan/plan.ts';
import { parse } from 'yaml';
import { exampleEntry } from './testing/fake-installation.ts';
import { commandBench, type CommandBench } from './testing/run-command.ts';

let bench: CommandBench;
beforeEach(async () => { bench = await commandBench(); });
afterEach(() => bench.remove());

const production = ['run', 'acme', '--mode', 'production', '--yes', '--confirm-destination', 'beta.example'];
async function connected(): Promise<void> {
  await bench.run('init', 'acme', '--route', 'alpha-to-beta');
  await bench.run('connect', 'acme', 'source', '--set', 'url=https://alpha.example');
  await bench.run('connect', 'acme', 'destination', '--set', 'url=https://beta.example');
  bench.installation.calls.length = 0;
}
const asked = (name: string) => bench.installation.calls.filter(([called]) => called === name).map(([, params]) => params);

describe('the command line', () => {
  it('prints help on stdout with exit code 0 and opens nothing', async () => {
    for (const args of [['--help'], ['run', '--help'], ['plan', 'show', '--help'], ['help', 'connect']]) {
      const { code, out } = await bench.run(...args);
      expect(code).toBe(0);
      expect(out).toContain('Usage: portolan');
    }
    expect((await bench.run('run', '--help')).out).toContain('$ portolan run acme --mode production --yes --confirm-destination 127.0.0.1 --json');
    expect(bench.opened()).toBe(0);
  });

  it('lists every command in its help', async () => {
    const { out } = await bench.run('--help');
    expect([...out.matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1])).toEqual(['init', 'connect', 'check', 'discover', 'propose', 'plan', 'decide', 'owners', 'preview', 'estimate', 'sample', 'run', 'status', 'wait', 'pause', 'resume',
      'cancel', 'approve', 'quarantine', 'verify', 'reconcile', 'delta', 'rollback', 'report', 'handoff', 'guide', 'purge', 'serve', 'worker', 'demo', 'help']);
  });

  it.each([
    [['stauts'], 'Did you mean status'], [['run'], "missing required argument 'project'"], [['init', 'acme'], "required option '--route"], [['init', '../x', '--route', 'alpha-to-beta'], 'Use letters'],
    [['connect', 'acme', 'destnation'], 'Allowed choices are source, destination'], [['sample', 'acme', '--records', '0'], 'whole number'], [['run', 'acme', '--mode', 'test'], 'Allowed choices'],
    [['run', 'acme', '--colour'], "unknown option '--colour'"],
  ])('refuses %j with exit code 2 and says why on stderr', async (args, text) => {
    const { code, out, err } = await bench.run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(text);
  });

  it('tells of a usage error as one JSON document where JSON is asked for', async () => {
    const { code, out } = await bench.run('run', '--json');
    expect(JSON.parse(out)).toMatchObject({ exitCode: 2, error: { message: expect.stringContaining('project') } });
    expect(code).toBe(2);
  });

  it('suggests the nearest project', async () => {
    await bench.run('init', 'acme', '--route', 'alpha-to-beta');
    const { code, err } = await bench.run('status', 'amce');
    expect(code).toBe(2);
    expect(err).toContain("did you mean 'acme'?");
  });

  it('names the routes when one does not exist', async () => {
    const { code, err } = await bench.run('init', 'acme', '--route', 'alpha-to-bta');
    expect(code).toBe(2);
    expect(err).toMatch(/no route 'alpha-to-bta'[\s\S]*did you mean 'alpha-to-beta'/);
  });

  it('prints no stack unless it is asked for one', async () => {
    await connected();
    bench.installation.engineError = new Error('boom');
    const quiet = await bench.run('propose', 'acme');
    expect([quiet.code, quiet.err.includes('    at ')]).toEqual([1, false]);
    bench.env['PORTOLAN_DEBUG'] = '1';
    expect((await bench.run('propose', 'acme')).err).toContain('    at ');
  });

  it('closes the installation and tells errors as JSON too', async () => {
    await connected();
    bench.installation.engineError = new AuthenticationError({ code: 'access-denied', message: 'Beta refuses the login', remedy: 'check the password' });
    const { code, out, err } = await bench.run('check', 'acme', '--json');
    expect(code).toBe(3);
    expect(JSON.parse(out)).toEqual({ error: { code: 'access-denied', message: 'Beta refuses the login', remedy: 'check the password' }, exitCode: 3 });
    expect(err).toMatch(/error: Beta refuses the login\n {2}What to do: check the password\n {2}Code: access-denied/);
  });
});

describe('connect', () => {
  beforeEach(async () => { await bench.run('init', 'acme', '--route', 'alpha-to-beta'); });

  it('keeps settings and secrets apart and never prints a secret', async () => {
    bench.env['BETA_PASSWORD'] = 's3cret-word';
    const { code, out, err } = await bench.run('connect', 'acme', 'destination', '--set', 'url=https://beta.example', '--secret-env', 'password=BETA_PASSWORD', '--json');
    expect(code).toBe(0);
    expect(out + err + JSON.stringify(bench.installation.calls)).not.toContain('s3cret');
    expect(JSON.parse(out)).toMatchObject({ settings: { url: 'https://beta.example' }, secrets: ['password'] });
    expect(await bench.installation.store.loadConnection('p1', 'destination')).toMatchObject({ platform: 'beta', secrets: { password: 's3cret-word' } });
  });

  it('takes a secret from a file without its last line feed, and keeps what is not named again', async () => {
    await writeFile(join(bench.folder, 'word'), 'from-file\n');
    await bench.run('connect', 'acme', 'destination', '--set', 'url=https://beta.example', '--secret-file', 'password=word');
    await bench.run('connect', 'acme', 'destination', '--set', 'path=./x.zip');
    expect(await bench.installation.store.loadConnection('p1', 'destination')).toMatchObject({ settings: { url: 'https://beta.example', path: join(bench.folder, 'x.zip') }, secrets: { password: 'from-file' } });
  });

  it('hides a secret that an error of the engine repeats', async () => {
    bench.env['BETA_PASSWORD'] = 's3cret-word';
    bench.env['DATABASE_URL'] = 'postgres://me:db-pass-word@127.0.0.1/x';
    bench.installation.store.saveConnection = async () => { throw new Error('cannot store {"password":"s3cret-word"} at postgres://me:db-pass-word@127.0.0.1/x or http://u:other@h/'); };
    const { err } = await bench.run('connect', 'acme', 'destination', '--set', 'url=https://beta.example', '--secret-env', 'password=BETA_PASSWORD');
    expect(err).toContain('[secret]');
    expect(err).not.toMatch(/s3cret|db-pass|other@/);
  });

  it.each([
    [['--set', 'password=abc'], 'secret-on-command-line'], [['--set', 'ulr=x'], "did you mean 'url'"], [['--set', 'url=nonsense'], 'url: not an address'], [['--set', 'path=x'], "needs the setting 'url'"],
    [['--secret-env', 'password=NOT_SET'], "'NOT_SET'"], [['--secret-file', 'password=/nowhere/x'], 'ENOENT'], [['--set', 'url'], 'Write name=value'],
  ])('refuses %j', async (args, text) => {
    const { code, err } = await bench.run('connect', 'acme', 'destination', ...args);
    expect(code).toBe(2);
    expect(err).toContain(text);
  });

  it('shows what the platform needs where nothing is given', async () => {
    const { code, out } = await bench.run('connect', 'acme', 'source');
    expect(code).toBe(0);
    expect(out).toContain('https://beta.example');
  });
});

describe('run', () => {
  beforeEach(connected);

  it('prints the report as JSON of the published schema, the run id first on stderr, and writes the reports', async () => {
    const { code, out, err } = await bench.run(...production, '--json');
    expect(code).toBe(0);
    expect(runReportSchema.parse(JSON.parse(out)).run).toBe('r1');
    expect(err.split('\n')[0]).toBe('run r1');
    const folder = join(bench.folder, 'data', 'reports', 'acme', 'r1');
    expect(err).toContain(folder);
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['report.json', 'report.xlsx', 'index.html', 'reconciliation.html', 'verification.html', 'scope.html', 'quarantine.csv']));
    expect(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))).toEqual(JSON.parse(out));
    expect((await stat(join(folder, 'quarantine.csv'))).mode & 0o077).toBe(0);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('refuses a production run whose destination nobody confirmed', async () => {
    const { code, err } = await bench.run('run', 'acme', '--mode', 'production', '--yes');
    expect(code).toBe(2);
    expect(err).toContain('--confirm-destination beta.example');
    expect(asked('startRun')).toEqual([]);
  });

  it('refuses the name of another destination, given or typed', async () => {
    expect((await bench.run('run', 'acme', '--confirm-destination', 'other.example')).code).toBe(2);
    bench.answers.push('other.example');
    expect((await bench.run('run', 'acme')).code).toBe(2);
    expect(asked('startRun')).toEqual([]);
  });

  it('takes the name typed in a terminal', async () => {
    bench.answers.push('Beta.Example ');
    expect((await bench.run('run', 'acme')).code).toBe(0);
  });

  it('stops at a gate with exit code 9 and tells how to go on', async () => {
    bench.installation.reports.splice(0, 1, { status: 'waiting' });
    bench.installation.gates.push({ runId: 'r1', phase: 'people', openedAt: '', approvedAt: null, approvedBy: null });
    const { code, err } = await bench.run('run', 'acme', '--confirm-destination', 'beta.example');
    expect(code).toBe(9);
    expect(err).toContain('portolan approve acme --phase people && portolan resume acme');
    expect(asked('approve')).toEqual([]);
  });

  it('opens clean gates by itself with --yes and drives on', async () => {
    bench.installation.reports.splice(0, 1, { status: 'waiting' }, {});
    bench.installation.gates.push({ runId: 'r1', phase: 'people', openedAt: '', approvedAt: null, approvedBy: null });
    expect((await bench.run(...production)).code).toBe(0);
    expect(asked('approve')).toEqual([{ runId: 'r1', phase: 'people', by: 'ada' }]);
    expect(asked('driveRun')).toHaveLength(2);
  });

  it.each([
    ['a remainder', (): void => void bench.installation.reports.splice(0, 1, { status: 'waiting', phases: [{ phase: 'people', mapping: 'people', object: 'contact', destinationObject: 'partner', read: 2, created: 1, updated: 0, matched: 0, merged: 0, skipped: {}, quarantined: {}, failed: {}, deleted: 0, archived: 0, kept: {}, returned: 0, destinationBefore: 0, destinationAfter: 1, balanced: false, durationMs: 1 }] })],
    ['a mismatch', (): void => { bench.installation.reports.splice(0, 1, { status: 'waiting' }); bench.installation.mismatches.push({ phase: 'people', mapping: 'people', mismatch: 2 }); }],
  ])('leaves the gate of a phase with %s shut, also with --yes', async (_, arrange) => {
    arrange();
    bench.installation.gates.push({ runId: 'r1', phase: 'people', openedAt: '', approvedAt: null, approvedBy: null });
    const { code, err } = await bench.run(...production);
    expect(code).toBe(9);
    expect(err).toContain('not clean:');
    expect(asked('approve')).toEqual([]);
  });

  it('pauses at an interrupt, ends with 9 and tells the command that goes on', async () => {
    bench.installation.reports.splice(0, 1, { status: 'paused' });
    bench.installation.whileDriving = async () => bench.listeners.at(-1)?.();
    const { code, err } = await bench.run(...production);
    expect(code).toBe(9);
    expect(asked('pause')).toEqual(['r1']);
    expect(err).toContain('portolan resume acme');
  });

  it('refuses a second run beside one that is not finished, and resumes that one', async () => {
    bench.installation.reports.splice(0, 1, { status: 'paused' }, {});
    await bench.run(...production);
    const second = await bench.run(...production);
    expect([second.code, second.err.includes('run-unfinished')]).toEqual([2, true]);
    expect((await bench.run('resume', 'acme')).code).toBe(0);
    expect(asked('setDesired')).toEqual([{ runId: 'r1', desired: 'run' }]);
    expect((await bench.run('resume', 'acme')).code).toBe(2);
  });

  it('passes the code of a refusal through', async () => {
    bench.installation.engineError = new ConfigurationError({ code: 'plan-not-confirmed', message: 'two lines are open', remedy: 'confirm' });
    expect((await bench.run(...production)).code).toBe(5);
  });

  it('tells the outcome even where the reports cannot be written', async () => {
    await writeFile(join(bench.folder, 'data'), 'a file where the folder should be');
    const { code, out, err } = await bench.run(...production, '--json');
    expect([code, runReportSchema.parse(JSON.parse(out)).status]).toEqual([0, 'succeeded']);
    expect(err).toContain('the reports could not be written');
  });

  it('prints progress as plain lines where nobody watches', async () => {
    bench.installation.progress.push({ runId: 'r1', phase: 'people', step: 'load people', done: 1200, total: 3000, perSecond: 85.2, secondsLeft: 21.4 });
    expect((await bench.run(...production)).err).toContain('people · load people  1,200 of 3,000 (40%)  85/s  21 s left\n');
  });

  it('points at the verification where something came back wrong', async () => {
    bench.installation.reports.splice(0, 1, { status: 'withQuarantine', verification: { records: 1, fields: 1, exact: 0, equalAfterNormalisation: 0, declaredLossy: 0, mismatch: 1, unreadable: 0 } });
    const { code, err } = await bench.run(...production);
    expect(code).toBe(7);
    expect(err).toContain('next: portolan reconcile acme; portolan verify acme --run r1');
  });

  it('starts a sample without asking, and a verification that writes nothing', async () => {
    expect((await bench.run('sample', 'acme', '--records', '50', '--json')).code).toBe(0);
    const { code, out } = await bench.run('verify', 'acme', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ run: 'r2', verification: { records: 9, mismatch: 0 } });
    expect(asked('startRun')).toEqual([expect.objectContaining({ mode: 'sample', settings: { records: 50 } }), expect.objectContaining({ mode: 'sample', settings: { only: 'verify' } })]);
    expect(JSON.parse((await bench.run('reconcile', 'acme', '--json')).out)).toMatchObject({ run: 'r1', balanced: true });
  });

  it('lists what a dry run of a rollback would do with each record, with who changed what is kept', async () => {
    const row = (sourceId: string, change: Partial<RollbackRow> = {}): RollbackRow => ({ mapping: 'people', sourceId, fate: 'removed', destinationObject: 'partner', destinationId: `9${sourceId}`, reason: null, details: { label: `Person ${sourceId}` }, ...change });
    bench.installation.reports.splice(0, 1, { rollback: { deleted: 12, restored: 0, kept: 2, residue: [], fingerprintBefore: 'a', fingerprintAfter: 'a', identical: true, differences: [] } });
    bench.installation.rollbackRows.push(...Array.from({ length: 12 }, (_, at) => row(`a${String(at).padStart(2, '0')}`)),
      row('k1', { fate: 'kept', reason: 'changed-since', details: { label: 'Ada', fields: ['city'], changedBy: 'Ola Nowak', changedAt: '2026-03-01T10:00:00Z' } }),
      row('k2', { fate: 'kept', reason: 'changed-since', details: { fields: ['name'], changedBy: null, changedAt: null } }));
    const { code, out } = await bench.run('rollback', 'acme', '--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/mapping +would be kept +would be deleted\n.*people +2 +12/u);
    expect(out).toContain('would be kept: 2 records of people\n  k1 "Ada" -> partner 9k1; changed-since; city; changed by Ola Nowak, 2026-03-01T10:00:00Z\n  k2 -> partner 9k2; changed-since; name; changed by somebody (the platform does not tell who)');
    expect(out).toContain('would be deleted: 12 records of people (the first 10; --list 12 shows all)\n  a00 "Person a00" -> partner 9a00');
    expect(out).not.toContain('a10');
    const whole = JSON.parse((await bench.run('rollback', 'acme', '--dry-run', '--json')).out) as { records: { fates: unknown; listed: { sourceId: string; address: string | null }[]; complete: boolean } };
    expect(whole.records).toMatchObject({ complete: true, fates: [{ mapping: 'people', fate: 'removed', records: 12 }, { mapping: 'people', fate: 'kept', records: 2 }] });
    expect(whole.records.listed.map(({ sourceId }) => sourceId).slice(0, 3)).toEqual(['k1', 'k2', 'a00']);
    expect(JSON.parse((await bench.run('rollback', 'acme', '--dry-run', '--json', '--list', '3')).out)).toMatchObject({ records: { complete: false } });
  });

  it('hands the choices of a rollback on, and asks unless told not to', async () => {
    bench.installation.reports.splice(0, 1, { rollback: { deleted: 7, restored: 0, kept: 1, residue: [{ mapping: 'people', sourceId: 's1', reason: 'changed', details: {} }], fingerprintBefore: 'a', fingerprintAfter: 'b', identical: false, differences: ['partner'] } });
    expect((await bench.run('rollback', 'acme')).code).toBe(2);
    const dry = await bench.run('rollback', 'acme', '--dry-run');
    expect([dry.code, dry.out.includes('7 would be deleted'), dry.out.includes('differs')]).toEqual([0, true, false]);
    expect((await bench.run('rollback', 'acme', '--yes', '--json')).code).toBe(8);
    await bench.run('rollback', 'acme', '--yes', '--delete-changed', 'people:s1');
    await bench.run('rollback', 'acme', '--yes', '--delete-changed');
    expect((await bench.run('rollback', 'acme', '--yes', '--delete-changed', 'nonsense')).code).toBe(2);
    expect((await bench.run('rollback', 'acme', '--yes', '--delete-changed', '--keep-changed')).code).toBe(2);
    expect(asked('startRun').map((params) => (params as { settings: unknown }).settings)).toEqual([
      { dryRun: true, deleteChanged: false }, { dryRun: false, deleteChanged: false }, { dryRun: false, deleteChanged: ['people:s1'] }, { dryRun: false, deleteChanged: true },
    ]);
  });
});

describe('plan, quarantine and the rest', () => {
  beforeEach(connected);

  it('prints the plan as YAML that is the plan, and as JSON', async () => {
    expect(planSchema.parse(parse((await bench.run('plan', 'show', 'acme')).out))).toEqual(bench.installation.plan);
    expect(planSchema.parse(JSON.parse((await bench.run('plan', 'show', 'acme', '--json')).out))).toEqual(bench.installation.plan);
    expect((await bench.run('plan', 'show', 'acme', '--summary')).out).toContain('2 to review');
    expect(JSON.parse((await bench.run('plan', 'schema')).out)).toHaveProperty('properties.mappings');
  });

  it('confirms a plan, from a file too, and names what is wrong with a file', async () => {
    await writeFile(join(bench.folder, 'p.yaml'), (await bench.run('plan', 'show', 'acme')).out);
    expect((await bench.run('plan', 'confirm', 'acme', '--file', 'p.yaml', '--accept-recommendations')).code).toBe(0);
    expect(asked('confirmPlan')).toEqual([{ project: 'acme', by: 'ada', acceptRecommendations: true }]);
    expect((await bench.run('plan', 'diff', 'acme', '--file', 'p.yaml')).out).toContain('no difference');
    await writeFile(join(bench.folder, 'bad.yaml'), 'portolan: 1\nproject: acme\nnonsense: 3\n');
    const { code, err } = await bench.run('plan', 'validate', 'acme', '--file', 'bad.yaml');
    expect(code).toBe(2);
    expect(err).toMatch(/line 3/);
    expect((await bench.run('plan', 'confirm', 'acme', '--file', 'nowhere.yaml')).code).toBe(2);
  });

  it('answers decisions by value, label or free text, and refuses other answers', async () => {
    bench.installation.plan = { ...bench.installation.plan!, decisions: [{ id: 'rate', question: 'Rate?', options: [{ value: 2, label: 'two', effect: 'e' }], free: 'number', recommendation: null, answer: null, reason: 'r' }] };
    await bench.run('decide', 'acme', '--set', 'rate=two');
    await bench.run('decide', 'acme', '--set', 'rate=4.5');
    expect(asked('decide')).toEqual([expect.objectContaining({ answers: { rate: 2 } }), expect.objectContaining({ answers: { rate: 4.5 } })]);
    expect((await bench.run('decide', 'acme', '--set', 'rate=much')).err).toContain("give '2' or any number");
    expect((await bench.run('decide', 'acme', '--set', 'rte=2')).err).toContain("did you mean 'rate'");
    expect((await bench.run('decide', 'acme')).out).toContain('OPEN');
  });

  it('exports the quarantine and feeds only the corrected fields back', async () => {
    bench.installation.quarantineEntries.push(exampleEntry(), exampleEntry({ id: 'q2', sourceId: 's2', data: { full_name: 'Eve', email: 'e@x.test' } }), exampleEntry({ id: 'q3', sourceId: 's3', data: null, stage: 'extract', position: 'contacts.csv line 9' }));
    expect((await bench.run('quarantine', 'export', 'acme', '--file', 'q.csv', '--json')).out).toContain('"records": 3');
    const csv = await readFile(join(bench.folder, 'q.csv'), 'utf8');
    expect(csv).toContain("'=1+1@x.test");
    expect((await bench.run('quarantine', 'list', 'acme', '--csv')).out).toBe(csv);
    await writeFile(join(bench.folder, 'fixed.csv'), csv.replace("line 3,,'=1", "line 3,Ada,'=1"));
    const { code, err } = await bench.run('quarantine', 'retry', 'acme', '--file', 'fixed.csv');
    expect(code).toBe(0);
    expect(err).toMatch(/2 records to retry, 1 of them corrected[\s\S]*contacts.csv line 9/);
    expect(asked('retryQuarantine')).toEqual([{ project: 'acme', corrections: [{ id: 'q1', fields: { full_name: 'Ada' } }, { id: 'q2', fields: {} }], by: 'ada' }]);
  });

  it('tries everything held back again as it is, where no file is given; fields of the plan are no rows of the source', async () => {
    expect((await bench.run('quarantine', 'retry', 'acme')).err).toContain('No record is held back');
    bench.installation.quarantineEntries.push(exampleEntry({ id: 'q3', mapping: 'fields', data: null, position: 'plan, field contact.rating' }));
    expect((await bench.run('quarantine', 'retry', 'acme')).err).toMatch(/Only fields of the plan are held back \(plan, field contact\.rating\)[\s\S]*run again/u);
    bench.installation.quarantineEntries.push(exampleEntry());
    const { code, err } = await bench.run('quarantine', 'retry', 'acme');
    expect([code, err]).toEqual([0, expect.not.stringContaining('plan, field')]);
    expect(asked('retryQuarantine')).toEqual([{ project: 'acme', corrections: [{ id: 'q1', fields: {} }], by: 'ada' }]);
  });

  it.each([
    ['id,full_name\nq9,Ada\n', 'quarantine-id-unknown'], ['name\nAda\n', 'quarantine-column-missing'], ['', 'quarantine-file-empty'], ['id,full_name\n', 'quarantine-file-empty'],
    [Buffer.from([0x69, 0x64, 0x0a, 0xff, 0xfe]), 'quarantine-file-encoding'], ['id,full_name\nq3,Ada\n', 'quarantine-rows-unreadable'], ['id,full_name\nq4,Ada\n', 'quarantine-all-resolved'],
  ])('refuses the corrected file %j', async (content, code) => {
    bench.installation.quarantineEntries.push(exampleEntry(), exampleEntry({ id: 'q3', data: null }), exampleEntry({ id: 'q4', resolvedAt: '2026-01-01T00:00:00Z' }));
    await writeFile(join(bench.folder, 'c.csv'), content);
    const result = await bench.run('quarantine', 'retry', 'acme', '--file', 'c.csv');
    expect(result.code).toBe(2);
    expect(result.err).toContain(`Code: ${code}`);
  });

  it('writes the scope document before any run, and the reports of a run anew', async () => {
    expect(JSON.parse((await bench.run('report', 'acme', '--scope', '--out', 'scope', '--json')).out).files).toEqual(expect.arrayContaining(['scope.html', 'scope.xlsx', 'scope-map.csv']));
    expect(await readFile(join(bench.folder, 'scope', 'scope.html'), 'utf8')).toContain('full_name');
    expect((await bench.run('report', 'acme')).err).toContain('no run yet');
    await bench.run(...production);
    expect((await bench.run('report', 'acme', '--out', 'again')).out).toContain(join(bench.folder, 'again'));
    expect(await readdir(join(bench.folder, 'again'))).toContain('index.html');
  });

  it('says at every stage what to type next', async () => {
    expect((await bench.run('status')).out).toContain('portolan check acme && portolan discover acme');
    await bench.run(...production);
    const { out, err } = await bench.run('status', 'acme');
    expect(out).toContain('production  succeeded');
    expect(err).toContain('portolan rollback acme');
  });

  it('waits for a run and ends with its code', async () => {
    bench.installation.reports.splice(0, 1, { status: 'withQuarantine' });
    await bench.run(...production);
    expect((await bench.run('wait', 'acme')).code).toBe(6);
  });

  it('purges only when confirmed, the reports as well', async () => {
    await bench.run(...production);
    expect((await bench.run('purge', 'acme')).code).toBe(2);
    expect(asked('purge')).toEqual([]);
    expect((await bench.run('purge', 'acme', '--yes')).code).toBe(0);
    expect(await readdir(join(bench.folder, 'data', 'reports'))).toEqual([]);
  });

  it('prints the guide of a route from its data, without opening anything', async () => {
    const before = bench.opened();
    const { out } = await bench.run('guide', 'alpha-to-beta');
    for (const text of ['# Alpha → Beta', '| R-1 | contact | partner | one to one \\| by name | 0.1 |', 'Not moved yet', 'the avatar', '### Plan cap', '`plan-cap`', '1. **People**']) expect(out).toContain(text);
    expect(bench.opened()).toBe(before);
  });
});

describe('status without projects', () => {
  it('says how to make the first one', async () => {
    const { out, err } = await bench.run('status');
    expect(out).toBe('no project yet\n');
    expect(err).toContain('portolan init <project> --route alpha-to-beta');
  });
});
