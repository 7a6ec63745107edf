import type { CatalogField } from '../../../connector/catalog.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { attendeeFieldNames, attendeeFields, readAttendees, type Attendee } from '../write/meetings.ts';

/** A value that plans write under a name that is no field of the model, or that Odoo keeps in another form, read back from the row. */
export type AliasReader = (row: JsonObject) => Json;

interface Alias {
  /** Real fields that must be read for it. */
  readonly reads: readonly string[];
  /** Makes the reader for a page of rows. */
  readonly prepare: (client: OdooClient, rows: readonly JsonObject[]) => Promise<AliasReader>;
  /** How the catalog shows it; null = not at all, or as the real field that it is. */
  readonly field: Omit<CatalogField, 'name' | 'required' | 'readonly' | 'custom'> | null;
}

/** Name of a record by its external id: 'mail.mt_note'. */
function named(real: string, model: string, field: Alias['field']): Alias {
  return {
    reads: [real], field,
    prepare: async (client) => {
      const rows = await client.searchRead('ir.model.data', [['model', '=', model]], ['module', 'name', 'res_id']);
      const names = new Map(rows.map((row) => [Number(row['res_id']), `${String(row['module'])}.${String(row['name'])}`]));
      return (row) => {
        const id = row[real];
        return typeof id === 'number' ? names.get(id) ?? `id:${id}` : null;
      };
    },
  };
}

/** Attendees of a page of meetings: asked once for the four answers and the content hash. */
const byPage = new WeakMap<readonly JsonObject[], Promise<readonly Attendee[]>>();

function attendeesOf(client: OdooClient, rows: readonly JsonObject[]): Promise<readonly Attendee[]> {
  const asked = byPage.get(rows) ?? readAttendees(client, rows.map((row) => Number(row['id'])));
  byPage.set(rows, asked);
  return asked;
}

function attendees(name: keyof typeof attendeeFields, label: string): readonly [string, Alias] {
  return [name, {
    reads: [], field: { label, type: 'references', relatedObject: 'res.partner', description: 'Contacts among the attendees with this answer. For creation and reading; partner_ids is their union.' },
    prepare: async (client, rows) => {
      const all = await attendeesOf(client, rows);
      return (row) => all.filter((one) => one.eventId === Number(row['id']) && one.state === attendeeFields[name]).map((one) => one.partnerId).sort((left, right) => left - right).map(String);
    },
  }];
}

/** start and stop of an all-day meeting hold 08:00 and 18:00 in no zone: its dates count, so they are given back as midnight. */
function eventTime(real: 'start' | 'stop', date: 'start_date' | 'stop_date'): Alias {
  const read: AliasReader = (row) => {
    const value = row['allday'] === true ? row[date] : row[real];
    return typeof value === 'string' ? `${value.slice(0, 10)}T${value.slice(11, 19) || '00:00:00'}Z` : null;
  };
  return { reads: ['allday', real, date], field: null, prepare: async () => read };
}

const aliases: Readonly<Record<string, ReadonlyMap<string, Alias>>> = {
  'mail.message': new Map([['subtype', named('subtype_id', 'mail.message.subtype', null)]]),
  'mail.activity': new Map([['activity_type', named('activity_type_id', 'mail.activity.type', { label: 'Activity type by external id', type: 'text', description: "External id, such as 'mail.mail_activity_data_todo'; or write activity_type_id." })]]),
  'calendar.event': new Map([
    attendees('attendees_accepted', 'Attendees who accepted'), attendees('attendees_declined', 'Attendees who declined'),
    attendees('attendees_tentative', 'Attendees who are uncertain'), attendees('attendees_open', 'Attendees without an answer'),
    ['start', eventTime('start', 'start_date')], ['stop', eventTime('stop', 'stop_date')],
  ]),
};

/** Real field names behind the asked ones. */
export function withoutAliases(model: string, names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap((name) => aliases[model]?.get(name)?.reads ?? [name]))];
}

/** Readers of those of the names that are no plain fields, for one page of rows. */
export async function aliasReaders(client: OdooClient, model: string, names: readonly string[], rows: readonly JsonObject[]): Promise<ReadonlyMap<string, AliasReader>> {
  const readers = new Map<string, AliasReader>();
  for (const name of names) {
    const alias = aliases[model]?.get(name);
    if (alias !== undefined) readers.set(name, await alias.prepare(client, rows));
  }
  return readers;
}

/** Fields that plans may write and read though Odoo has none of the name. */
export function aliasFields(model: string): readonly CatalogField[] {
  return [...aliases[model] ?? []].flatMap(([name, { field }]) => (field === null ? [] : [{ name, required: false, readonly: false, custom: false, ...field }]));
}

/** What a record's content hash covers beside its own fields: the answers of a meeting's attendees. */
export async function hashedBeside(client: OdooClient, model: string, rows: readonly JsonObject[]): Promise<ReadonlyMap<number, string>> {
  if (model !== 'calendar.event' || rows.length === 0) return new Map();
  const readers = await aliasReaders(client, model, attendeeFieldNames, rows);
  return new Map(rows.map((row) => [Number(row['id']), JSON.stringify([...readers.values()].map((read) => read(row)))]));
}
