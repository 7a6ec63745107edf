import { afterAll, beforeAll } from 'vitest';
import { z } from 'zod';
import type { Catalog, CatalogField, CatalogObject, FieldType } from '../../src/connector/catalog.ts';
import type { DestinationCapabilities } from '../../src/connector/capabilities.ts';
import type { Connector } from '../../src/connector/connector.ts';
import type { DestinationConnection } from '../../src/connector/destination.ts';
import { RetriableError } from '../../src/connector/errors.ts';
import { createMemoryDestination, type MemoryDestination } from '../../src/connector/testing/memory-destination.ts';
import { createMemorySource, type MemorySourceOptions } from '../../src/connector/testing/memory-source.ts';
import type { SourceRecord } from '../../src/connector/source.ts';
import type { Engine } from '../../src/engine/api.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Store } from '../../src/engine/ports/store.ts';
import type { WorkQueue } from '../../src/engine/ports/work.ts';
import type { Route } from '../../src/engine/route.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import type { FieldLine, Mapping, Plan } from '../../src/plan/plan.ts';
import { openQueue } from '../../src/work/queue.ts';
import { withTestStore, type TestStore } from './store.ts';

const confirmed = { status: 'proposed' as const, confidence: 1, reason: 'of the test' };

export const field = (name: string, type: FieldType, more: Partial<CatalogField> = {}): CatalogField => ({ name, label: name, type, required: false, readonly: false, custom: false, ...more });
export const objectOf = (name: string, ...fields: CatalogField[]): CatalogObject => ({ name, label: name, count: null, fields });
export const catalogOf = (platform: string, ...objects: CatalogObject[]): Catalog => ({ platform, version: '1', edition: null, facts: {}, limits: [], notes: [], questions: [], objects });
export const line = (to: string, from: string, more: Partial<FieldLine> = {}): FieldLine => ({ to, from, ...confirmed, ...more });
export const linkLine = (to: string, link: string, through: string): FieldLine => ({ to, link, through: [through], whenMissing: 'quarantine', ...confirmed });
/** A mapping in a phase of its own name. */
export const mapping = (id: string, source: string, destination: string, fields: FieldLine[], more: Partial<Mapping> = {}): Mapping => ({ id, source, destination, phase: id, identity: {}, fields, leftOut: [], ...confirmed, ...more });
export const schemaLine = (object: string, name: string, type: FieldType = 'text'): Plan['schema'][number] => ({ object, name, label: name, type, ...confirmed });

export interface RigParams {
  readonly source: Omit<MemorySourceOptions, 'catalog' | 'records'> & Readonly<{ objects: readonly CatalogObject[]; records: { [object: string]: readonly SourceRecord[] } }>;
  readonly destination: readonly CatalogObject[];
  readonly capabilities?: Partial<DestinationCapabilities>;
  readonly plan: Pick<Plan, 'mappings'> & Partial<Pick<Plan, 'schema' | 'links' | 'keys' | 'derived' | 'facts'>>;
  /** Wraps what the engine sees of the destination: faults, records of calls. */
  readonly wrap?: (memory: MemoryDestination) => DestinationConnection;
  /** How the route finds owners, where the test assigns some. */
  readonly owners?: NonNullable<Route['owners']>;
  /** The memory destination to use, where it needs options of its own. */
  readonly memory?: MemoryDestination;
  /** Wraps the store that the engine sees. */
  readonly store?: (store: Store) => Store;
  readonly backoffMs?: (attempt: number) => number;
  readonly putDownWaitMs?: number;
  /** `Connector.schemaSettleMs` of the destination. */
  readonly schemaSettleMs?: number;
}

/** The engine between a source and a destination in memory, on the real store and queue. */
export interface EngineRig {
  readonly engine: Engine;
  readonly project: string;
  readonly projectId: string;
  readonly memory: MemoryDestination;
  /** Discovers, proposes and confirms. */
  planned(): Promise<void>;
  /** Runs once; what was interrupted is driven on, at most 30 times. */
  run(mode?: 'production' | 'delta' | 'rollback' | 'sample' | 'preview', settings?: Readonly<Record<string, unknown>>): Promise<RunReport>;
  /** Starts a run and drives it once. */
  drive(mode?: 'production' | 'rollback', settings?: Readonly<Record<string, unknown>>): Promise<RunReport>;
}

export interface EngineRigs { readonly tests: TestStore; start(params: RigParams): Promise<EngineRig>; queue(): WorkQueue }

/** Gives a test file a store, a queue, and engines on them. */
export function withEngineRigs(): EngineRigs {
  const tests = withTestStore();
  let queue: WorkQueue | null = null;
  let serial = 0;
  beforeAll(async () => { queue = await openQueue({ store: tests.store }); });
  afterAll(() => queue?.close());
  const ready = (): WorkQueue => {
    if (queue === null) throw new Error('The queue is there only inside tests and hooks.');
    return queue;
  };

  const start = async (params: RigParams): Promise<EngineRig> => {
    serial += 1;
    const project = `rig-${serial}`;
    const { objects, ...source } = params.source;
    const memory = params.memory ?? createMemoryDestination({ catalog: catalogOf('memory', ...params.destination), ...(params.capabilities === undefined ? {} : { capabilities: params.capabilities }) });
    const seen = params.wrap?.(memory) ?? memory;
    const connectors: Connector[] = [
      { platform: 'memory-source', label: 'Memory source', settings: [], settingsSchema: z.object({}), openSource: async () => createMemorySource({ ...source, catalog: catalogOf('memory-source', ...objects) }) },
      { platform: 'memory', label: 'Memory', settings: [], settingsSchema: z.object({}), schemaSettleMs: () => params.schemaSettleMs ?? 0, openDestination: async () => ({ ...seen, close: async () => undefined }) },
    ];
    const route = routeOf(`rig-${serial}`, params);
    const store = params.store?.(tests.store) ?? tests.store;
    const engine = createEngine({ store, queue: ready(), connectors, routes: [route], backoffMs: params.backoffMs ?? (() => 1), ...(params.putDownWaitMs === undefined ? {} : { putDownWaitMs: params.putDownWaitMs }) });
    const { id: projectId } = await tests.store.createProject({ name: project, route: route.id });
    await tests.store.saveConnection({ projectId, role: 'source', platform: 'memory-source', settings: {}, secrets: {} });
    await tests.store.saveConnection({ projectId, role: 'destination', platform: 'memory', settings: {}, secrets: {} });
    const begin = async (mode: 'production' | 'delta' | 'rollback' | 'sample' | 'preview', settings: Readonly<Record<string, unknown>>): Promise<string> =>
      (await engine.startRun({ project, mode, settings: { ...(mode === 'production' || mode === 'delta' ? { approveGates: true } : {}), ...settings }, by: 'test' })).id;
    return {
      engine, project, projectId, memory,
      async planned() {
        await engine.discover({ project, roles: ['source', 'destination'] });
        await engine.propose({ project });
        await engine.confirmPlan({ project, by: 'test', acceptRecommendations: true });
      },
      async run(mode = 'production', settings = {}) {
        const runId = await begin(mode, settings);
        for (let drives = 0; drives < 30; drives += 1) {
          const report = await engine.driveRun({ runId });
          if (report.status !== 'interrupted') return report;
        }
        throw new Error('still interrupted after 30 drives');
      },
      drive: async (mode = 'production', settings = {}) => engine.driveRun({ runId: await begin(mode, settings) }),
    };
  };
  return { tests, start, queue: ready };
}

function routeOf(id: string, { destination, plan, owners }: RigParams): Route {
  const phases = [...new Set(plan.mappings.map((each) => each.phase))].map((name) => ({ name, label: name }));
  return {
    id, label: id, source: 'memory-source', destination: 'memory', rows: [], phases: [], gotchas: [], destinationObjects: destination.map((object) => object.name), readiness: () => [], ...(owners === undefined ? {} : { owners }),
    propose: ({ project, sourceHash, destinationHash }) => ({
      portolan: 1, project, route: id, source: { platform: 'memory-source', catalog: sourceHash }, destination: { platform: 'memory', version: '1', catalog: destinationHash },
      decisions: [], schema: [], derived: [], facts: [], keys: {}, links: [], ...plan, phases,
    }),
  };
}

/**
 * The store of a process that dies at the given calls of a method (the first is 1), before the store has got them: the run is
 * interrupted there, and driven on.
 */
export function dyingAt<Method extends 'commitLoadStep' | 'commitRollbackStep' | 'commitVerifyStep'>(store: Store, method: Method, calls: readonly number[] | ((step: Parameters<Store[Method]>[0], call: number) => boolean)): Store {
  let call = 0;
  return {
    ...store,
    [method]: async (step: Parameters<Store[Method]>[0]) => {
      call += 1;
      if (typeof calls === 'function' ? calls(step, call) : calls.includes(call)) throw new RetriableError({ code: 'killed', message: `${method} did not reach the store (made up).` });
      return (store[method] as (given: typeof step) => Promise<boolean>)(step);
    },
  };
}
