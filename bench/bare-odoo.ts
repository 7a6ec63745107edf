import path from 'node:path';
import type { JsonObject } from '../src/connector/json.ts';

/**
 * The bare side of the load benchmarks: the best batch calls that Odoo offers for records that are known beforehand, with no ledger, no keys,
 * no look-ups and no verification. Also which Odoo they are measured against.
 */
export const quiet = { tracking_disable: true, mail_create_nosubscribe: true, mail_create_nolog: true, mail_notrack: true, mail_auto_subscribe_no_notify: true, no_mail_to_attendees: true, tz: 'UTC' };

export interface Address { readonly url: string; readonly database: string; readonly user: string; readonly password: string; readonly stop: () => Promise<void> }

export async function address(): Promise<Address> {
  const { ODOO_URL: url, ODOO_DATABASE: database, ODOO_USER: user, ODOO_PASSWORD: password } = process.env;
  if (url !== undefined && database !== undefined && user !== undefined && password !== undefined) return { url, database, user, password, stop: async () => {} };
  const { startLab } = await import('../test/real-odoo/odoo-lab.ts');
  const { freshOdoo, labVariable } = await import('../test/real-odoo/odoo.ts');
  const { lab, stop } = await startLab(process.env['PORTOLAN_ODOO14_DIR'] ?? path.join(process.env['XDG_CACHE_HOME'] ?? '/var/cache', 'portolan-odoo14'));
  process.env[labVariable] = JSON.stringify(lab);
  const odoo = await freshOdoo();
  return { ...odoo, stop: async () => { await odoo.close(); await stop(); } };
}

export async function call(odoo: Address, model: string, method: string, args: readonly unknown[], kwargs: object = {}): Promise<unknown> {
  const response = await fetch(`${odoo.url}/jsonrpc`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: { service: 'object', method: 'execute_kw', args: [odoo.database, 2, odoo.password, model, method, args, kwargs] } }),
  });
  const answer = await response.json() as { result?: unknown; error?: { data: { message: string } } };
  if (answer.error !== undefined) throw new Error(`${model}.${method}: ${answer.error.data.message}`);
  return answer.result;
}

export type Types = Readonly<Record<string, { readonly type: string }>>;

/** A payload in Odoo's own forms; names that Odoo does not have are left out. */
function bare(values: JsonObject, types: Types): JsonObject {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => {
    const type = types[name]?.type;
    if (type === undefined) return [];
    if (value === null) return type === 'many2many' ? [] : [[name, false]]; // 14 iterates over the links of a new message
    if (type === 'many2one' || type === 'many2one_reference' || type === 'integer') return [[name, Number(value)]];
    if (type === 'many2many') return [[name, [[6, 0, (value as readonly string[]).map(Number)]]]];
    if (type === 'float' || type === 'monetary') return [[name, Number(value)]];
    if (type === 'datetime') return [[name, String(value).replace('T', ' ').slice(0, 19)]];
    return [[name, value]];
  }));
}

const answers = { attendees_accepted: 'accepted', attendees_declined: 'declined', attendees_tentative: 'tentative' } as const;
const people = (values: JsonObject, fields: readonly string[]): number[] => fields.flatMap((field) => ((values[field] ?? []) as readonly string[]).map(Number));

/** A meeting with all who come, on the record that it is about. */
function bareMeeting(values: JsonObject, types: Types, models: ReadonlyMap<string, number>): JsonObject {
  const { res_model: model, user_id: user, ...rest } = bare(values, types);
  const dates = values['allday'] === true ? { start: `${String(values['start_date'])} 08:00:00`, stop: `${String(values['stop_date'])} 18:00:00` } : {};
  return { ...rest, ...dates, ...(user === false ? {} : { user_id: user ?? false }), ...(typeof model === 'string' ? { res_model_id: models.get(model) ?? false } : {}), partner_ids: [[6, 0, people(values, [...Object.keys(answers), 'attendees_open'])]] };
}

/** The same records by the best calls that Odoo offers. */
export async function createBare(odoo: Address, model: string, payloads: readonly JsonObject[], context: Readonly<{ types: Types; models: ReadonlyMap<string, number> }>): Promise<void> {
  const { types, models } = context;
  const [base = model, field] = model.split('/');
  if (field !== undefined) {
    for (const [value, rows] of Map.groupBy(payloads, (row) => Number(row['value']))) await call(odoo, base, 'write', [rows.map((row) => Number(row['record'])), { [field]: [[4, value]] }], { context: quiet });
    return;
  }
  const convert = model === 'calendar.event' ? (row: JsonObject): JsonObject => bareMeeting(row, types, models)
    : model === 'mail.activity' ? (row: JsonObject): JsonObject => { const { res_model: about, ...rest } = bare(row, types); return { ...rest, res_model_id: models.get(String(about)) ?? false }; }
      : (row: JsonObject): JsonObject => bare(row, types);
  const ids: number[] = [];
  for (let at = 0; at < payloads.length; at += 500) ids.push(...await call(odoo, model, 'create', [payloads.slice(at, at + 500).map(convert)], { context: quiet }) as number[]);
  if (model !== 'calendar.event') return;
  const attendees = await call(odoo, 'calendar.attendee', 'search_read', [[['event_id', 'in', ids]], ['event_id', 'partner_id']]) as { id: number; event_id: [number]; partner_id: [number] }[];
  for (const [list, state] of Object.entries(answers)) {
    const gave = new Set(payloads.flatMap((row, index) => people(row, [list]).map((partner) => `${ids[index]} ${partner}`)));
    const own = attendees.filter((one) => gave.has(`${one.event_id[0]} ${one.partner_id[0]}`)).map((one) => one.id);
    if (own.length > 0) await call(odoo, 'calendar.attendee', 'write', [own, { state }], { context: quiet });
  }
}
