import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Catalog, CatalogField, FieldType } from '../../src/connector/catalog.ts';
import type { Connector } from '../../src/connector/connector.ts';
import { FatalError } from '../../src/connector/errors.ts';
import { createFlakyDestination, type FaultChances, type FlakyDestination } from '../../src/connector/testing/flaky-destination.ts';
import { hostileEvils, type HostileEvil } from '../../src/connector/testing/hostile-evils.ts';
import { hostileConnector } from '../../src/connector/testing/hostile-source.ts';
import { createMemoryDestination, type MemoryDestination } from '../../src/connector/testing/memory-destination.ts';
import type { Engine } from '../../src/engine/api.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { WorkQueue } from '../../src/engine/ports/work.ts';
import type { Route } from '../../src/engine/route.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import type { FieldLine, Mapping } from '../../src/plan/plan.ts';
import { openQueue } from '../../src/work/queue.ts';
import { expectClean, phaseOf } from '../support/reports.ts';
import { withTestStore } from '../support/store.ts';

/** The engine between a source that misbehaves and a destination that fails, both in memory, on a route of three mappings. */
const field = (name: string, type: FieldType, more: Partial<CatalogField> = {}): CatalogField => ({ name, label: name, type, required: false, readonly: false, custom: false, ...more });
const catalog: Catalog = {
  platform: 'memory', version: '1', edition: null, facts: {}, limits: [], notes: [], questions: [],
  objects: [
    { name: 'firm', label: 'Firm', count: null, fields: [field('name', 'text', { required: true, maxLength: 5000 }), field('city', 'text')] },
    { name: 'person', label: 'Person', count: null, fields: [field('name', 'text', { required: true, maxLength: 5000 }), field('mail', 'text'), field('firm', 'reference', { relatedObject: 'firm' })] },
    { name: 'person/firms', label: 'Firms of a person', count: null, fields: [field('record', 'reference', { relatedObject: 'person', required: true }), field('value', 'reference', { relatedObject: 'firm', required: true })] },
    { name: 'attachment', label: 'Attachment', count: null, fields: [field('name', 'text', { required: true, maxLength: 5000 }), field('of', 'reference', { relatedObject: 'person' }), field('data', 'binary')] },
    { name: 'entry', label: 'Entry', count: null, fields: [field('text', 'longText', { required: true, maxLength: 5000 }), field('of', 'reference', { relatedObject: 'person', required: true })] },
  ],
};

const confirmed = { status: 'proposed' as const, confidence: 1, reason: 'of the test' };
const line = (to: string, from: string, more: Partial<FieldLine> = {}): FieldLine => ({ to, from, ...confirmed, ...more });
const mapping = (id: string, source: string, destination: string, fields: FieldLine[], more: Partial<Mapping> = {}): Mapping => ({ id, source, destination, phase: id, identity: {}, fields, leftOut: [], ...confirmed, ...more });

const route: Route = {
  id: 'hostile-to-memory', label: 'Hostile → memory', source: 'hostile', destination: 'memory', rows: [], phases: [], gotchas: [], destinationObjects: ['firm', 'person', 'entry', 'person/firms', 'attachment'],
  readiness: () => [],
  propose: ({ project, sourceHash, destinationHash }) => ({
    portolan: 1, project, route: 'hostile-to-memory', source: { platform: 'hostile', catalog: sourceHash }, destination: { platform: 'memory', version: '1', catalog: destinationHash },
    decisions: [], schema: [], derived: [], facts: [],
    keys: { company: [{ kind: 'id', from: 'id', normalise: 'exact' }], contact: [{ kind: 'id', from: 'id', normalise: 'exact' }] },
    links: [
      { object: 'contact', name: 'company', to: 'company', by: [{ kind: 'id', from: 'company_id', normalise: 'exact' }] },
      { object: 'contact', name: 'self', to: 'contact', by: [{ kind: 'id', from: 'id', normalise: 'exact' }] },
      { object: 'file', name: 'contact', to: 'contact', by: [{ kind: 'id', from: 'contact_id', normalise: 'exact' }] },
      { object: 'note', name: 'contact', to: 'contact', by: [{ kind: 'id', from: 'contact_id', normalise: 'exact' }] },
    ],
    phases: ['firms', 'people', 'entries', 'ties', 'files'].map((name) => ({ name, label: name })),
    mappings: [
      mapping('firms', 'company', 'firm', [line('name', 'name', { required: true }), line('city', 'city')]),
      mapping('people', 'contact', 'person', [line('name', 'full_name', { required: true }), line('mail', 'email'), { to: 'firm', link: 'company', through: ['firms'], whenMissing: 'quarantine', ...confirmed }]),
      mapping('entries', 'note', 'entry', [line('text', 'body', { required: true }), { to: 'of', link: 'contact', through: ['people'], whenMissing: 'quarantine', ...confirmed }], { order: 'created_at' }),
      mapping('ties', 'contact', 'person/firms', [{ to: 'record', link: 'self', through: ['people'], whenMissing: 'quarantine', ...confirmed }, { to: 'value', link: 'company', through: ['firms'], whenMissing: 'quarantine', ...confirmed }]),
      mapping('files', 'file', 'attachment', [line('name', 'name', { required: true }), { to: 'of', link: 'contact', through: ['people'], whenMissing: 'quarantine', ...confirmed }, line('data', 'content')]),
    ],
  }),
};

const tests = withTestStore();
let queue: WorkQueue | null = null;
let serial = 0;
beforeAll(async () => { queue = await openQueue({ store: tests.store }); });
afterAll(() => queue?.close());

interface Rig { readonly engine: Engine; readonly project: string; readonly memory: MemoryDestination; readonly flaky: FlakyDestination; run(mode: 'production' | 'rollback'): Promise<RunReport> }

async function rig(params: Readonly<{ evils: readonly HostileEvil[]; records: number; chances: FaultChances; seed: number; deliveryMs?: number; fatalCreates?: number }>): Promise<Rig> {
  serial += 1;
  const project = `hostile-${serial}`;
  const memory = createMemoryDestination({ catalog, capabilities: { batchSize: { create: 20, update: 20, read: 20, delete: 20 }, ordersByCreation: ['entry'], naturalKeys: ['person/firms'], partOf: { 'person/firms': { field: 'record', object: 'person' } }, createBatchSize: { attachment: 3, 'person/firms': 30 } } });
  const flaky = createFlakyDestination(memory, { seed: params.seed, chances: params.chances, slowMs: 3, retryAfterMs: 1 });
  let fatal = params.fatalCreates ?? 0;
  const create: MemoryDestination['create'] = async (request) => {
    fatal -= 1;
    if (fatal >= 0) throw new FatalError({ code: 'made-up', message: 'The destination is out of order (made up).' });
    return flaky.create(request);
  };
  const destination: Connector = { platform: 'memory', label: 'Memory', settings: [], settingsSchema: z.object({}), openDestination: async () => ({ ...flaky, create, close: async () => undefined }) };
  const engine = createEngine({ store: tests.store, queue: delayed(queue ?? missing(), params.deliveryMs ?? 0), connectors: [hostileConnector, destination], routes: [route], backoffMs: () => 1 });
  const { id: projectId } = await tests.store.createProject({ name: project, route: route.id });
  await tests.store.saveConnection({ projectId, role: 'source', platform: 'hostile', settings: { seed: String(params.seed), records: String(params.records), evils: params.evils.join(',') }, secrets: {} });
  await tests.store.saveConnection({ projectId, role: 'destination', platform: 'memory', settings: {}, secrets: {} });
  const drive = async (mode: 'production' | 'rollback'): Promise<RunReport> => {
    const run = await engine.startRun({ project, mode, settings: mode === 'production' ? { approveGates: true } : {}, by: 'test' });
    for (let drives = 0; drives < 30; drives += 1) {
      const report = await engine.driveRun({ runId: run.id });
      if (report.status !== 'interrupted') return report;
    }
    throw new Error('still interrupted after 30 drives');
  };
  return { engine, project, memory, flaky, run: drive };
}

/** The queue with batches that reach their worker late, as on a busy machine. */
function delayed(inner: WorkQueue, delayMs: number): WorkQueue {
  if (delayMs === 0) return inner;
  return { ...inner, work: ({ concurrency, handle }) => inner.work({ concurrency, handle: async (batchId, signal) => { await pause(delayMs); await handle(batchId, signal); } }) };
}

function missing(): never {
  throw new Error('The queue is there only inside tests and hooks.');
}

async function plan({ engine, project }: Rig): Promise<void> {
  await engine.discover({ project, roles: ['source', 'destination'] });
  await engine.propose({ project });
  await engine.confirmPlan({ project, by: 'test', acceptRecommendations: true });
}

/** No key twice, as many rows as the report says, every phase balanced. */
function expectOnce({ memory }: Rig, report: RunReport): void {
  expectClean(report);
  for (const [id, object] of [['firms', 'firm'], ['people', 'person'], ['entries', 'entry'], ['ties', 'person/firms'], ['files', 'attachment']] as const) {
    const rows = memory.rows(object);
    expect(new Set(rows.map((row) => row.key ?? row.id)).size, object).toBe(rows.length);
    expect(rows.length, object).toBe(phaseOf(report, id).created);
  }
}

const chances: FaultChances = { retriable: 0.06, rateLimited: 0.04, ambiguousBefore: 0.15, ambiguousAfter: 0.15, rejectsNameless: 1, slow: 0.05 };

describe('a destination that fails now and then', () => {
  test.each([1, 2, 3, 4])('gets every record once, seed %i', async (seed) => {
    const one = await rig({ evils: [], records: 120, chances: {}, seed });
    await plan(one);
    const wanted = await one.run('production');
    const loud = await rig({ evils: [], records: 120, chances, seed });
    await plan(loud).catch(() => plan(loud)).catch(() => plan(loud));
    const report = await loud.run('production');
    expectOnce(loud, report);
    expect(phaseOf(report, 'entries').created).toBe(120);
    expect(report.written).toBe(wanted.written);
    expect(Object.values(loud.flaky.faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5);
    const entries = loud.memory.rows('entry').map((row) => String(row.values['text']));
    expect(entries).toEqual(entries.toSorted((left, right) => Number(left.slice(5)) - Number(right.slice(5)))); // in their order, whatever failed between
    const back = await loud.run('rollback');
    expect(back.rollback).toMatchObject({ identical: true, residue: [] });
    expect(['firm', 'person', 'entry', 'person/firms', 'attachment'].flatMap((object) => [...loud.memory.rows(object)])).toEqual([]);
  });
});

describe('a run that failed', () => {
  test('goes on when the cause is gone, however late its batch is delivered', async () => {
    const one = await rig({ evils: [], records: 60, chances: {}, seed: 1, deliveryMs: 700, fatalCreates: 1 });
    await plan(one);
    const run = await one.engine.startRun({ project: one.project, mode: 'production', settings: { approveGates: true }, by: 'test' });
    expect(await one.engine.driveRun({ runId: run.id })).toMatchObject({ status: 'failed', error: { code: 'made-up' } });
    const report = await one.engine.driveRun({ runId: run.id });
    expectOnce(one, report);
    expect(report.status).toBe('succeeded');
  });
});

describe('a source that misbehaves', () => {
  const bearable = hostileEvils.filter((evil) => evil !== 'fatal-error');
  test.each([...bearable.map((evil) => [evil, [evil]] as const), ['all of it at once', bearable] as const])('%s: every record is loaded or held, none twice', async (_, evils) => {
    const hostile = await rig({ evils, records: 110, chances: {}, seed: 7 });
    await plan(hostile);
    const report = await hostile.run('production');
    expectOnce(hostile, report);
    for (const id of ['firms', 'people', 'entries', 'ties', 'files']) {
      const { created, quarantined, read } = phaseOf(report, id);
      const held = Object.entries(quarantined).reduce((sum, [, count]) => sum + count, 0);
      expect(created + held, id).toBe(read);
      expect(read, id).toBeGreaterThanOrEqual(110);
    }
    const again = await hostile.run('production');
    expect([again.written, again.status]).toEqual([0, report.status]);
    expect((await hostile.run('rollback')).rollback).toMatchObject({ identical: true, residue: [] });
  });

  test('and a destination that fails, both at once', async () => {
    const both = await rig({ evils: bearable, records: 110, chances, seed: 9 });
    await plan(both).catch(() => plan(both)).catch(() => plan(both));
    expectOnce(both, await both.run('production'));
    expect((await both.run('rollback')).rollback).toMatchObject({ identical: true, residue: [] });
  });

  test('that gives up for good fails the run and says where', async () => {
    const hopeless = await rig({ evils: ['fatal-error'], records: 110, chances: {}, seed: 7 });
    await plan(hopeless);
    const report = await hopeless.run('production');
    expect(report).toMatchObject({ status: 'failed', error: { code: 'hostile-end', message: expect.stringContaining('gives up at') } });
    expect(hopeless.memory.rows('firm')).toEqual([]);
  });
});
