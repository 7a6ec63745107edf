/**
 * What a REST service may do to a reader.
 *
 * | kind               | the reader sees                                              |
 * |--------------------|--------------------------------------------------------------|
 * | 'rate-limit'       | 429 with Retry-After in seconds                              |
 * | 'slow'             | the answer after `delayMs`                                   |
 * | 'server-error'     | 503 with an HTML page                                        |
 * | 'reset'            | the connection reset before any answer                       |
 * | 'truncated'        | half of the body under a Content-Length for all of it        |
 * | 'not-json'         | 200 with a log-in page                                       |
 * | 'redirect'         | 302 to the same address on the same host, with `moved=1`     |
 * | 'foreign-redirect' | 302 to another host, which must not be followed              |
 * | 'repeated-page'    | the first page whatever was asked for                        |
 */
export type RestFaultKind = 'rate-limit' | 'slow' | 'server-error' | 'reset' | 'truncated' | 'not-json' | 'redirect' | 'foreign-redirect' | 'repeated-page';

export interface RestFault {
  readonly kind: RestFaultKind;
  /** Only requests to this object; default all. */
  readonly object?: string;
  /** Only the n-th matching request from now, counted from 1. */
  readonly nth?: number;
  /** Gone after so many hits; default: stays. */
  readonly times?: number;
  readonly delayMs?: number; // 'slow'; default 500
  readonly retryAfterSeconds?: number; // 'rate-limit'; default 1
}

interface Active { readonly fault: RestFault; seen: number; hits: number }

/** The switchable faults of one stand-in. */
export class RestFaults {
  readonly #active: Active[] = [];

  add(fault: RestFault): void {
    this.#active.push({ fault, seen: 0, hits: 0 });
  }

  clear(): void {
    this.#active.length = 0;
  }

  /** The faults that strike a request. */
  strike(object: string): readonly RestFault[] {
    const struck: RestFault[] = [];
    for (const active of this.#active.slice()) {
      const { fault } = active;
      if (fault.object !== undefined && fault.object !== object) continue;
      active.seen += 1;
      if (fault.nth !== undefined && active.seen !== fault.nth) continue;
      active.hits += 1;
      struck.push(fault);
      if (fault.times !== undefined && active.hits >= fault.times) this.#active.splice(this.#active.indexOf(active), 1);
    }
    return struck;
  }
}
