import { hash } from './random.ts';

/**
 * A fault of the network or the service, on top of what the data itself provokes.
 *
 * | kind               | the client sees |
 * |--------------------|-----------------|
 * | 'http-status'      | that status (default 503) with an HTML page, as a proxy gives it |
 * | 'rate-limit'       | 429 with Retry-After, from now on for `forMs` (default 1000) |
 * | 'slow'             | the answer after `delayMs` of real time (default 1000) |
 * | 'reset'            | the connection reset |
 * | 'truncated-answer' | half of the answer, then the end of the connection |
 * | 'truncated-page'   | a page without the last half of its items, its `next` as if they had been there |
 * | 'duplicated-page'  | a page whose `next` leads to the same page again |
 * | 'empty-page'       | no items, and a `next` to where one already is |
 * | 'expired-cursor'   | 400 for any `start`; the first page still comes |
 * | 'missing-scope'    | 403 |
 * | 'html'             | 200 with an HTML page |
 */
const kinds = ['http-status', 'rate-limit', 'slow', 'reset', 'truncated-answer', 'truncated-page', 'duplicated-page', 'empty-page', 'expired-cursor', 'missing-scope', 'html'] as const;
export type FaultKind = (typeof kinds)[number];

export interface FaultRule {
  readonly kind: FaultKind;
  /** Only this route, as state counts it: 'POST /v1/customers/attributes', 'GET /v1/segments/:id/membership'. */
  readonly route?: string;
  /** Only the n-th matching call from now, counted from 1. */
  readonly nth?: number;
  /** Each matching call with this chance, 0 to 1, from the simulator's seed. Without `nth` and `probability`: every matching call. */
  readonly probability?: number;
  /** Gone after so many hits; default: stays. */
  readonly times?: number;
  readonly status?: number;
  readonly delayMs?: number;
  readonly forMs?: number;
}

interface Active { readonly id: number; readonly rule: FaultRule; seen: number; hits: number }

/** The switchable faults of one simulator. */
export class Faults {
  readonly #active: Active[] = [];
  readonly #seed: number;
  #lastId = 0;
  #drawn = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Switches a fault on. @returns its id @throws RangeError for a kind that does not exist */
  add(rule: FaultRule): number {
    if (!(kinds as readonly string[]).includes(rule.kind)) throw new RangeError(`there is no fault '${String(rule.kind)}'; there are ${kinds.join(', ')}`);
    this.#lastId += 1;
    this.#active.push({ id: this.#lastId, rule, seen: 0, hits: 0 });
    return this.#lastId;
  }

  remove(id: number): void {
    const at = this.#active.findIndex((active) => active.id === id);
    if (at >= 0) this.#active.splice(at, 1);
  }

  clear(): void {
    this.#active.length = 0;
  }

  list(): readonly { readonly id: number; readonly rule: FaultRule; readonly hits: number }[] {
    return this.#active.map(({ id, rule, hits }) => ({ id, rule, hits }));
  }

  /** The faults that strike a call. */
  strike(route: string): ReadonlyMap<FaultKind, FaultRule> {
    const struck = new Map<FaultKind, FaultRule>();
    for (const active of this.#active.slice()) {
      const { rule } = active;
      if (rule.route !== undefined && rule.route !== route) continue;
      active.seen += 1;
      if (rule.nth !== undefined ? active.seen !== rule.nth : rule.probability !== undefined && this.#roll() >= rule.probability) continue;
      active.hits += 1;
      struck.set(rule.kind, rule);
      if (rule.times !== undefined && active.hits >= rule.times) this.remove(active.id);
    }
    return struck;
  }

  #roll(): number {
    this.#drawn += 1;
    return hash(this.#seed, 77, this.#drawn) / 4_294_967_296;
  }
}
