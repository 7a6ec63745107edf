import { VirtualClock } from '../clock.ts';
import type { CustomerioSimulatorOptions } from '../options.ts';
import type { CustomerioSimulator } from '../simulator.ts';
import { startCustomerioSimulator } from '../start.ts';

/** The start of the clock in tests: 30 June 2026, noon UTC. */
export const noon = Date.UTC(2026, 5, 30, 12);

/** Whatever JSON an answer holds; tests know what they look for. */
// oxlint-disable-next-line typescript/no-explicit-any -- the tests look into answers of many shapes
export type Loose = any;

export interface RawAnswer { readonly status: number; readonly body: Loose; readonly headers: Headers }

export interface RawClient {
  readonly customerio: CustomerioSimulator;
  readonly clock: VirtualClock;
  readonly get: (path: string, more?: Readonly<{ key?: string | null; origin?: string }>) => Promise<RawAnswer>;
  readonly post: (path: string, body: object) => Promise<RawAnswer>;
  /** Every page of a list, by `next`; stops on an empty page without progress. */
  readonly all: (path: string, list: string, body?: object) => Promise<readonly Loose[]>;
}

/** A simulator on a virtual clock, without the limit of ten a second unless asked for, and a client that hides nothing. The caller stops it. */
export async function rawClient(options: CustomerioSimulatorOptions = {}): Promise<RawClient> {
  const clock = options.clock instanceof VirtualClock ? options.clock : new VirtualClock(noon);
  const customerio = await startCustomerioSimulator({ people: 120, perSecond: 1_000_000, ...options, clock });
  const call = async (method: 'GET' | 'POST', path: string, body: object | null, { key = customerio.apiKey, origin = customerio.url }: Readonly<{ key?: string | null; origin?: string }> = {}): Promise<RawAnswer> => {
    const response = await fetch(origin + path, { method, headers: { 'Content-Type': 'application/json', ...(key === null ? {} : { Authorization: `Bearer ${key}` }) }, ...(body === null ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, body: response.headers.get('content-type')?.includes('json') === true && text !== '' ? JSON.parse(text) : text, headers: response.headers };
  };
  const all: RawClient['all'] = async (path, list, body) => {
    const found: Loose[] = [];
    let next = '';
    for (let pages = 0; pages < 10_000; pages += 1) {
      const url = next === '' ? path : `${path}${path.includes('?') ? '&' : '?'}start=${encodeURIComponent(next)}`;
      const answer = await call(body === undefined ? 'GET' : 'POST', url, body ?? null);
      if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      const items = answer.body[list] ?? [];
      found.push(...items);
      const following: string = answer.body.next ?? '';
      if (following === '' || (items.length === 0 && following === next) || (items.length === 0 && list !== 'identifiers')) return found;
      next = following;
    }
    throw new Error(`${path} never ends`);
  };
  return { customerio, clock, get: (path, more) => call('GET', path, null, more), post: (path, body) => call('POST', path, body), all };
}
