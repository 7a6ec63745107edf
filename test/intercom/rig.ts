import type { CreatedRecord, DestinationConnection } from '../../src/connector/destination.ts';
import type { FileValue } from '../../src/connector/file-value.ts';
import type { JsonObject } from '../../src/connector/json.ts';
import { openIntercomDestination } from '../../src/connectors/intercom/destination.ts';
import { intercomSettingsSchema } from '../../src/connectors/intercom/settings.ts';
import type { IntercomSimulatorOptions } from '../../src/simulators/intercom/options.ts';
import type { IntercomSimulator } from '../../src/simulators/intercom/simulator.ts';
import { startIntercomSimulator } from '../../src/simulators/intercom/start.ts';
import { startValidatingProxy } from './validating-proxy.ts';

export interface Rig {
  readonly intercom: IntercomSimulator;
  readonly at: DestinationConnection;
  /** Endpoints called so far; empty it to count anew. */
  readonly calls: string[];
  /** What a budget was told: windows and penalties. */
  readonly budget: { readonly windows: Readonly<{ limit: number; remaining: number; resetsInMs: number }>[]; readonly penalties: number[] };
  make(object: string, values: JsonObject, more?: Readonly<{ again?: boolean; bytes?: readonly Buffer[] }>): Promise<CreatedRecord>;
  find(object: string, values: JsonObject): Promise<string | undefined>;
  contact(): Promise<string>;
  readonly admin: string;
  open(settings?: Readonly<Record<string, string>>): Promise<DestinationConnection>;
  /** @throws Error when a request was sent that the description does not allow */
  stop(): Promise<void>;
}

/** The connector on a simulator of its own, through the proxy that checks its requests. */
export async function intercomRig(options: IntercomSimulatorOptions = {}, settings: Readonly<Record<string, string>> = {}): Promise<Rig> {
  const intercom = await startIntercomSimulator({ searchLagMs: 0, admins: [{ name: 'Agent One', email: 'agent@desk.example' }], teams: [{ name: 'Support' }], ...options });
  const proxy = await startValidatingProxy(intercom.url);
  const calls: string[] = [];
  const budget: { windows: { limit: number; remaining: number; resetsInMs: number }[]; penalties: number[] } = { windows: [], penalties: [] };
  const open = (more: Readonly<Record<string, string>> = {}): Promise<DestinationConnection> => openIntercomDestination(intercomSettingsSchema.parse({ token: intercom.token, url: proxy.url, settleSeconds: '0', ...settings, ...more }), {
    countCall: (endpoint) => { calls.push(endpoint); }, log: () => {}, signal: new AbortController().signal,
    budget: { acquire: async () => {}, penalise: async (_limit, waitMs) => { budget.penalties.push(waitMs); }, observe: async (_limit, window) => { budget.windows.push({ ...window }); } },
  });
  const at = await open();
  let people = 0;
  const make: Rig['make'] = async (object, values, more = {}) => {
    const [made] = await at.create({
      object, records: [{ key: 'k', values }], again: more.again === true,
      ...(more.bytes === undefined ? {} : { files: async function* (file: FileValue) { yield (more.bytes ?? [])[Number(file.$file)] as Buffer; } }),
    });
    if (made === undefined) throw new Error('nothing was made');
    return made;
  };
  return {
    intercom, at, calls, budget, make, open, admin: String((intercom.state.rows('admins')[0] as { readonly id: number }).id),
    find: async (object, values) => (await at.lookup({ object, keys: ['k'], values: [values] })).get('k'),
    contact: async () => {
      people += 1;
      return (await make('contact', { role: 'user', external_id: `odoo:desk:res.partner:${people}`, email: `person${people}@example.com`, name: `Person ${people}` })).id;
    },
    stop: async () => {
      await proxy.stop();
      await intercom.stop();
      if (proxy.complaints.size > 0) throw new Error(`Requests that Intercom's description does not allow:\n${[...proxy.complaints].join('\n')}`);
    },
  };
}
