import { VirtualClock } from '../clock.ts';
import type { IntercomSimulatorOptions } from '../options.ts';
import type { IntercomSimulator } from '../simulator.ts';
import { startIntercomSimulator } from '../start.ts';

/** The start of the clock in tests: 30 June 2026, noon UTC. */
export const noon = Date.UTC(2026, 5, 30, 12);
export const noonSeconds = noon / 1_000;

/** Whatever JSON an answer holds; tests know what they look for. */
// oxlint-disable-next-line typescript/no-explicit-any -- the tests look into answers of many shapes
export type Loose = any;

export interface RawAnswer {
  readonly status: number;
  readonly body: Loose;
  readonly headers: Headers;
}

export interface RawClient {
  readonly intercom: IntercomSimulator;
  readonly clock: VirtualClock;
  readonly call: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object, more?: Readonly<{ version?: string | null; token?: string | null }>) => Promise<RawAnswer>;
  /** Makes a contact and gives its id. */
  readonly contact: (email: string, more?: object) => Promise<string>;
  /** Makes a conversation by a contact and gives its id. */
  readonly conversation: (contact: string, more?: object) => Promise<string>;
  readonly admin: string;
}

/** A simulator on a virtual clock and a client that hides nothing. The caller stops it. */
export async function rawClient(options: IntercomSimulatorOptions = {}): Promise<RawClient> {
  const clock = options.clock instanceof VirtualClock ? options.clock : new VirtualClock(noon);
  const intercom = await startIntercomSimulator({ ...options, clock });
  const call: RawClient['call'] = async (method, path, body, { version = '2.16', token = intercom.token } = {}) => {
    const response = await fetch(intercom.url + path, {
      method, headers: { 'Content-Type': 'application/json', ...(token === null ? {} : { Authorization: `Bearer ${token}` }), ...(version === null ? {} : { 'Intercom-Version': version }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : text, headers: response.headers };
  };
  const made = async (path: string, body: object): Promise<Loose> => {
    const answer = await call('POST', path, body);
    if (answer.status !== 200) throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    intercom, clock, call, admin: String((intercom.state.rows('admins')[0] as { readonly id: number }).id),
    contact: async (email, more = {}) => String((await made('/contacts', { role: 'user', email, ...more })).id),
    conversation: async (contact, more = {}) => String((await made('/conversations', { from: { type: 'user', id: contact }, body: 'Hello', ...more })).conversation_id),
  };
}
