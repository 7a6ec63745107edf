import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import type { OdooField } from '../fields/field-types.ts';

/**
 * Tables that a migration looks up again and again and that stand still meanwhile: asked once as a whole instead of once for
 * each handful of values. A delta of 80 changed records makes a fifth fewer calls (bench/delta-calls.ts). The fields are those
 * of all versions from 14 to 19, so that `fields_get` is not needed for them.
 */
const tables: Readonly<Record<string, ReadonlyMap<string, OdooField>>> = {
  'res.country': new Map([['name', text('Country Name')], ['code', text('Country Code')]]),
  'res.country.state': new Map([['name', text('State Name')], ['code', text('State Code')], ['country_id', { type: 'many2one', string: 'Country', relation: 'res.country' }]]),
  'res.users': new Map([['login', text('Login')], ['name', text('Name')], ['email', text('Email')], ['partner_id', { type: 'many2one', string: 'Related Partner', relation: 'res.partner' }]]),
  'crm.stage': new Map([['name', text('Stage Name')]]),
  'mail.message.subtype': new Map([['name', text('Message Type')]]),
};

/** Tables to which a migration adds: of what is not in them as they are held, another process may have made it meanwhile. */
const growing: ReadonlySet<string> = new Set(['res.users', 'crm.stage', 'mail.message.subtype']);

/** Of Odoo's own records of these models the external ids are asked once: some dozens. */
const named: readonly string[] = ['mail.message.subtype', 'mail.activity.type'];

/** Rows of a table that is worth to be held: 250 countries, 1,900 states; a server with more users is asked for those it needs. */
const most = 3_000;

function text(string: string): OdooField {
  return { type: 'char', string };
}

/** Whole tables and lists of external ids, remembered until one of their records is changed through this connection. */
export interface StandingTables {
  /** All rows with their fields; null = no such table, too large, or other fields are wanted. `final` = what is not among them does not exist. */
  rows(model: string, names: readonly string[]): Promise<{ readonly fields: ReadonlyMap<string, OdooField>; readonly rows: readonly JsonObject[]; readonly final: boolean } | null>;
  /** `module.name` → database id; null = not a model of which all are held. */
  externalIds(model: string): Promise<ReadonlyMap<string, number> | null>;
  /** The rows of a table that was asked for before, without a call; null = it was not. */
  held(model: string): readonly JsonObject[] | null;
  forget(model: string): void;
}

export function createStandingTables(client: OdooClient): StandingTables {
  const rowsOf = new Map<string, Promise<readonly JsonObject[] | null>>();
  const idsOf = new Map<string, Promise<ReadonlyMap<string, ReadonlyMap<string, number>> | null>>();
  const rowsNow = new Map<string, readonly JsonObject[] | null>();
  const allNamed = 'ir.model.data';
  /** In one call: pages would be two for the states of all countries (Odoo 14: 1,200). Null = too many. */
  const wholeTable = async (model: string, domain: Json, names: readonly string[]): Promise<readonly JsonObject[] | null> => {
    const rows = await client.read(model, 'search_read', { domain, fields: [...names], order: 'id', limit: most + 1 }) as readonly JsonObject[];
    return rows.length > most ? null : rows;
  };
  const once = <T>(known: Map<string, Promise<T>>, model: string, ask: () => Promise<T>): Promise<T> => {
    const asked = known.get(model) ?? ask();
    known.set(model, asked);
    asked.catch(() => known.delete(model));
    return asked;
  };
  return {
    async rows(model, names) {
      const fields = tables[model];
      if (fields === undefined || names.some((name) => !fields.has(name))) return null;
      const final = !growing.has(model) || !rowsOf.has(model); // asked for just now
      const rows = await once(rowsOf, model, async () => {
        const found = await wholeTable(model, [], [...fields.keys()]);
        rowsNow.set(model, found);
        return found;
      });
      return rows === null ? null : { fields, rows, final };
    },
    async externalIds(model) {
      if (!named.includes(model)) return null;
      const all = await once(idsOf, allNamed, async () => {
        const rows = await wholeTable('ir.model.data', [['model', 'in', [...named]]], ['model', 'module', 'name', 'res_id']);
        const of = (one: string): ReadonlyMap<string, number> => new Map((rows ?? []).filter((row) => row['model'] === one).map((row) => [`${String(row['module'])}.${String(row['name'])}`, Number(row['res_id'])]));
        return rows === null ? null : new Map(named.map((one) => [one, of(one)]));
      });
      return all?.get(model) ?? null;
    },
    held: (model) => rowsNow.get(model) ?? null,
    forget(model) {
      rowsOf.delete(model);
      rowsNow.delete(model);
      if (named.includes(model)) idsOf.delete(allNamed);
    },
  };
}
