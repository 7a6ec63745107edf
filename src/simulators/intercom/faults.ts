/**
 * A fault of the network or the service, on top of what the data itself provokes.
 *
 * | kind                  | the client sees                                        | the call is … |
 * |-----------------------|--------------------------------------------------------|---------------|
 * | 'http-status'         | that status with an HTML page, as a proxy gives it     | not made (made, with `afterCommit`) |
 * | 'rate-limit'          | 429 though the budget is not used up                   | not made      |
 * | 'slow'                | the answer after `delayMs` of real time                | made          |
 * | 'reset-before-commit' | the connection reset                                   | not made      |
 * | 'reset-after-commit'  | the connection reset                                   | made          |
 * | 'truncated-answer'    | half of the answer, then the end of the connection     | made          |
 * | 'plan-restricted'     | 403 `api_plan_restricted`                              | not made      |
 * | 'missing-scope'       | 403 `forbidden`                                        | not made      |
 * | 'throttle'            | 400 'Too many recent replies to this conversation'     | not made      |
 */
export type FaultKind = 'http-status' | 'rate-limit' | 'slow' | 'reset-before-commit' | 'reset-after-commit' | 'truncated-answer' | 'plan-restricted' | 'missing-scope' | 'throttle';
const kinds: ReadonlySet<string> = new Set<FaultKind>(['http-status', 'rate-limit', 'slow', 'reset-before-commit', 'reset-after-commit', 'truncated-answer', 'plan-restricted', 'missing-scope', 'throttle']);

export interface FaultRule {
  readonly kind: FaultKind;
  /** Only this route, as state counts it: 'POST /conversations/:id/reply'. */
  readonly route?: string;
  /** Only POST, PUT and DELETE. */
  readonly writesOnly?: boolean;
  /** Only the n-th matching call from now, counted from 1. */
  readonly nth?: number;
  /** Each matching call with this chance, 0 to 1, from the simulator's seed. Without `nth` and `probability`: every matching call. */
  readonly probability?: number;
  /** Gone after so many hits; default: stays. */
  readonly times?: number;
  readonly status?: number; // 'http-status'; default 503
  readonly afterCommit?: boolean; // 'http-status'
  readonly delayMs?: number; // 'slow'; default 1000
}

interface Active { readonly id: number; readonly rule: FaultRule; seen: number; hits: number }

/** The switchable faults of one simulator. */
export class Faults {
  readonly #active: Active[] = [];
  readonly #random: () => number;
  #lastId = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Switches a fault on. @returns its id @throws RangeError for a kind that does not exist */
  add(rule: FaultRule): number {
    if (!kinds.has(rule.kind)) throw new RangeError(`there is no fault '${String(rule.kind)}'; there are ${[...kinds].join(', ')}`);
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
  strike(route: string): readonly FaultRule[] {
    const struck: FaultRule[] = [];
    for (const active of this.#active.slice()) {
      const { rule } = active;
      if (rule.route !== undefined && rule.route !== route) continue;
      if (rule.writesOnly === true && (route.startsWith('GET ') || route.endsWith('/search'))) continue;
      active.seen += 1;
      if (rule.nth !== undefined ? active.seen !== rule.nth : rule.probability !== undefined && this.#random() >= rule.probability) continue;
      active.hits += 1;
      struck.push(rule);
      if (rule.times !== undefined && active.hits >= rule.times) this.remove(active.id);
    }
    return struck;
  }
}
