import type { Door } from './options.ts';

/**
 * A fault of the network or the server, on top of what the data itself provokes.
 *
 * | kind                  | the client sees                                              | the call is … |
 * |-----------------------|--------------------------------------------------------------|---------------|
 * | 'http-status'         | that status with an HTML page, as a proxy gives it           | not made (made, with `afterCommit`) |
 * | 'rate-limit'          | 429 with Retry-After, once `calls` were made in `windowMs`   | not made      |
 * | 'slow'                | the answer after `delayMs`                                   | made          |
 * | 'reset-before-commit' | the connection reset                                         | not made      |
 * | 'reset-after-commit'  | the connection reset                                         | made          |
 * | 'truncated-answer'    | half of the answer, then the end of the connection           | made          |
 * | 'worker-killed'       | after `delayMs` the connection closed: the worker's time was up | undone     |
 * | 'slow-per-record'     | a reading call's answer after `msPerRecord` for each record; over `timeoutMs` the connection closed, or `status` | made |
 * | 'broken-record'       | an error of the door for each reading call that touches one of `ids` | not made |
 * | 'disk-full'           | psycopg2 DiskFull as an error of the door                    | undone, when it writes |
 */
export type FaultKind = 'http-status' | 'rate-limit' | 'slow' | 'reset-before-commit' | 'reset-after-commit' | 'truncated-answer' | 'worker-killed' | 'slow-per-record' | 'broken-record' | 'disk-full';

export interface FaultRule {
  readonly kind: FaultKind;
  /** Only the n-th matching call from now, counted from 1. */
  readonly nth?: number;
  /** Each matching call with this chance, 0 to 1, from the simulator's seed. Without `nth` and `probability`: every matching call. */
  readonly probability?: number;
  /** Gone after so many hits; default: stays. */
  readonly times?: number;
  readonly model?: string;
  readonly method?: string;
  readonly door?: Door;
  /** Only calls that change something (create, write, unlink, load and other actions). */
  readonly writesOnly?: boolean;
  readonly status?: number; // 'http-status'; default 503
  readonly afterCommit?: boolean; // 'http-status'
  readonly delayMs?: number; // 'slow', 'worker-killed'; default 1000 and 0
  readonly msPerRecord?: number; // 'slow-per-record'; default 10
  /** 'slow-per-record': what takes longer is cut off after so long, as by a worker's or a proxy's limit. Default: nothing is. */
  readonly timeoutMs?: number;
  readonly ids?: readonly number[]; // 'broken-record': records of `model` that cannot be read
  readonly calls?: number; // 'rate-limit': calls allowed per window; default 0
  readonly windowMs?: number; // 'rate-limit'; default 1000
  readonly retryAfterSeconds?: number; // 'rate-limit'; default 1
}

/** One call as the faults see it. */
export interface FaultTarget { readonly door: Door; readonly model: string | null; readonly method: string }

interface Active { readonly id: number; readonly rule: FaultRule; seen: number; hits: number; windowStart: number; inWindow: number }

/** Methods that change nothing. */
export const READS: ReadonlySet<string> = new Set(['read', 'search', 'search_read', 'search_count', 'fields_get', 'name_search', 'name_get', 'check_access_rights', 'has_access', 'has_group', 'default_get', 'context_get', 'version', 'authenticate', 'login', 'list', 'check_object_reference', 'read_group', 'exists']);

/** The switchable faults of one simulator. */
export class Faults {
  readonly #random: () => number;
  readonly #rules: Active[] = [];
  #lastId = 0;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  /** Switches a fault on. @returns its id */
  add(rule: FaultRule): number {
    this.#lastId += 1;
    this.#rules.push({ id: this.#lastId, rule, seen: 0, hits: 0, windowStart: 0, inWindow: 0 });
    return this.#lastId;
  }

  remove(id: number): void {
    const at = this.#rules.findIndex((active) => active.id === id);
    if (at >= 0) this.#rules.splice(at, 1);
  }

  clear(): void {
    this.#rules.length = 0;
  }

  list(): readonly { readonly id: number; readonly rule: FaultRule; readonly hits: number }[] {
    return this.#rules.map(({ id, rule, hits }) => ({ id, rule, hits }));
  }

  /** The faults that strike this call. */
  strike(target: FaultTarget, now: number): readonly FaultRule[] {
    const struck: FaultRule[] = [];
    const due = this.#rules.filter((active) => matches(active.rule, target) && this.#isDue(active, now));
    for (const active of due) {
      active.hits += 1;
      struck.push(active.rule);
      if (active.rule.times !== undefined && active.hits >= active.rule.times) this.remove(active.id);
    }
    return struck;
  }

  #isDue(active: Active, now: number): boolean {
    const { rule } = active;
    active.seen += 1;
    if (rule.kind === 'rate-limit') {
      if (now - active.windowStart >= (rule.windowMs ?? 1000)) {
        active.windowStart = now;
        active.inWindow = 0;
      }
      active.inWindow += 1;
      return active.inWindow > (rule.calls ?? 0);
    }
    if (rule.nth !== undefined) return active.seen === rule.nth;
    return rule.probability === undefined || this.#random() < rule.probability;
  }
}

function matches(rule: FaultRule, target: FaultTarget): boolean {
  if (rule.door !== undefined && rule.door !== target.door) return false;
  if (rule.model !== undefined && rule.model !== target.model) return false;
  if (rule.method !== undefined && rule.method !== target.method) return false;
  return rule.writesOnly !== true || !READS.has(target.method);
}

/** mulberry32: the same numbers for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
