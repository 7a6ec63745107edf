import type { DestinationConnection } from '../destination.ts';
import { AmbiguousError, RateLimitedError, RecordRejectedError, RetriableError } from '../errors.ts';

/** Chances (0 to 1) of each fault, per call that it can befall. All default to 0: a quiet flaky destination changes nothing. */
export interface FaultChances {
  readonly retriable?: number; // any call: certainly not carried out
  readonly rateLimited?: number; // any call: asked to slow down, not carried out
  readonly ambiguousBefore?: number; // changing calls: not carried out, but the caller cannot know
  readonly ambiguousAfter?: number; // changing calls: carried out, answer lost
  readonly rejectsNameless?: number; // creates and updates that are refused: without saying which record
  readonly late?: number; // creates: no answer, and carried out `lateMs` later
  readonly slow?: number; // any call: takes `slowMs` longer
}

export interface FlakyOptions {
  readonly seed: number;
  readonly chances: FaultChances;
  readonly slowMs?: number; // default 5
  readonly lateMs?: number; // default 50
  readonly retryAfterMs?: number; // what a rate limit asks for; default 1
  /** Faults stop after this many, so that a run with few retries can end. Default: never. */
  readonly maxFaults?: number;
}

export interface FlakyDestination extends DestinationConnection {
  /** How often each fault struck. */
  readonly faults: Readonly<Record<keyof FaultChances, number>>;
  /** Resolves when nothing that was to be carried out late is under way any more. */
  readonly settled: () => Promise<void>;
  /** From now on without faults. */
  readonly calm: () => void;
}

/**
 * Wraps a destination with seeded faults: the same seed and the same order of calls give the same faults.
 * The engine must end in the same state with it as without.
 */
export function createFlakyDestination(inner: DestinationConnection, options: Readonly<FlakyOptions>): FlakyDestination {
  const random = mulberry32(options.seed);
  const faults = { retriable: 0, rateLimited: 0, ambiguousBefore: 0, ambiguousAfter: 0, rejectsNameless: 0, late: 0, slow: 0 };
  let calmed = false;
  const strikes = (kind: keyof FaultChances): boolean => {
    const chance = options.chances[kind] ?? 0;
    if (chance <= 0 || calmed) return false;
    const total = Object.values(faults).reduce((sum, count) => sum + count, 0);
    if (random() >= chance || total >= (options.maxFaults ?? Number.POSITIVE_INFINITY)) return false;
    faults[kind] += 1;
    return true;
  };
  const beforehand = async (name: string): Promise<void> => {
    if (strikes('slow')) await new Promise((resolve) => { setTimeout(resolve, options.slowMs ?? 5); });
    if (strikes('retriable')) throw new RetriableError({ code: 'flaky', message: `${name}: nothing was sent (made up).` });
    if (strikes('rateLimited')) throw new RateLimitedError({ code: 'flaky', message: `${name}: slow down (made up).`, retryAfterMs: options.retryAfterMs ?? 1 });
  };
  const reading = async <Answer>(name: string, call: () => Promise<Answer>): Promise<Answer> => {
    await beforehand(name);
    return call();
  };
  const changing = async <Answer>(name: string, call: () => Promise<Answer>): Promise<Answer> => {
    await beforehand(name);
    if (strikes('ambiguousBefore')) throw new AmbiguousError({ code: 'flaky', message: `${name}: no answer (made up; it was not carried out).` });
    let answer: Answer;
    try {
      answer = await call();
    } catch (error) {
      if (error instanceof RecordRejectedError && error.rejections.length > 0 && strikes('rejectsNameless')) {
        throw new RecordRejectedError({ code: error.code, message: error.message, rejections: [], cause: error });
      }
      throw error;
    }
    if (strikes('ambiguousAfter')) throw new AmbiguousError({ code: 'flaky', message: `${name}: no answer (made up; it was carried out).` });
    return answer;
  };
  const late = new Set<Promise<void>>();
  const creating: DestinationConnection['create'] = async (request) => {
    if (!strikes('late')) return changing('create', () => inner.create(request));
    const carriedOut: Promise<void> = new Promise((resolve) => { setTimeout(resolve, options.lateMs ?? 50); })
      .then(() => inner.create(request)).then(() => undefined, () => undefined).finally(() => late.delete(carriedOut));
    late.add(carriedOut);
    throw new AmbiguousError({ code: 'flaky', message: 'create: no answer (made up; it will be carried out).' });
  };
  return {
    capabilities: inner.capabilities,
    faults,
    settled: async () => { await Promise.all(late); },
    calm: () => { calmed = true; },
    check: (request) => reading('check', () => inner.check(request)),
    discover: (request) => reading('discover', () => inner.discover(request)),
    fields: (request) => reading('fields', () => inner.fields(request)),
    lookup: (request) => reading('lookup', () => inner.lookup(request)),
    match: (request) => reading('match', () => inner.match(request)),
    create: creating,
    update: (request) => changing('update', () => inner.update(request)),
    read: (request) => reading('read', () => inner.read(request)),
    ...(inner.lastChanges === undefined ? {} : { lastChanges: (request) => reading('lastChanges', async () => (await inner.lastChanges?.(request)) ?? new Map()) } satisfies Partial<DestinationConnection>),
    delete: (request) => changing('delete', () => inner.delete(request)),
    dependants: (request) => reading('dependants', () => inner.dependants(request)),
    count: (request) => reading('count', () => inner.count(request)),
    fingerprint: (request) => reading('fingerprint', () => inner.fingerprint(request)),
    normalise: (request) => inner.normalise(request),
    fieldRecord: (definition) => inner.fieldRecord(definition),
    ...(inner.displayRecords === undefined ? {} : { displayRecords: (request) => reading('displayRecords', async () => (await inner.displayRecords?.(request)) ?? []) } satisfies Partial<DestinationConnection>),
    close: () => inner.close(),
  };
}

/** Mulberry32: a small seeded generator, good enough to scatter faults. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
