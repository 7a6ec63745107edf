import { AuthenticationError, PortolanError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import type { OdooField } from '../fields/field-types.ts';
import type { OdooModels } from '../fields/models.ts';
import { aliases, nativeName, type HelpDeskDialect } from './dialect.ts';
import type { HelpDeskObject } from './objects.ts';
import { mayBeSmaller } from './read-in-halves.ts';

/** An open help desk: the server, its dialect, and what is the same for every record of it. */
export interface HelpDesk {
  readonly client: OdooClient;
  readonly models: OdooModels;
  readonly dialect: HelpDeskDialect;
  /** Internal users by their partner, archived ones included: who they wrote as. */
  readonly agents: () => Promise<ReadonlyMap<number, Agent>>;
}

export interface Agent { readonly userId: number; readonly system: boolean }

/** One field of an object on this server: our name and the platform's. */
export interface BoundField { readonly ours: string; readonly native: string; readonly field: OdooField }

/** The fields of an object that this server has, custom ones last. */
export async function boundFields(desk: Pick<HelpDesk, 'models' | 'dialect'>, object: HelpDeskObject): Promise<readonly BoundField[]> {
  const model = object.model(desk.dialect);
  const fields = model === null ? null : await desk.models.fieldsOrNull(model);
  if (fields === null) return [];
  const bound = object.fields.flatMap((ours): BoundField[] => {
    const native = nativeName(object.name, ours, fields);
    const field = native === null ? undefined : fields.get(native);
    return native === null || field === undefined ? [] : [{ ours, native, field }];
  });
  const custom = object.customFields ? [...fields].filter(([name, field]) => name.startsWith('x_') && field.type !== 'binary' && field.store !== false) : [];
  return [...bound, ...custom.map(([name, field]): BoundField => ({ ours: name, native: name, field }))];
}

/** Which of our names stand for which of the platform's, where they differ: said in the catalog's notes. */
export function usedAliases(object: string, bound: readonly BoundField[]): readonly string[] {
  return bound.filter(({ ours, native }) => aliases[object]?.[ours] !== undefined && ours !== native).map(({ ours, native }) => `${ours} = ${native}`);
}

/** Ids of the next records of a model that match, ascending; asked for in halves where the server does not answer in time. */
export async function idsAfter(client: OdooClient, model: string, domain: readonly Json[], after: number, limit: number): Promise<readonly number[]> {
  try {
    return await client.read(model, 'search', { domain: [...domain, ['id', '>', after]], order: 'id', limit }) as readonly number[];
  } catch (error) {
    if (limit === 1 || !mayBeSmaller(error)) throw error;
    const half = Math.ceil(limit / 2);
    const first = await idsAfter(client, model, domain, after, half);
    return first.length < half ? first : [...first, ...await idsAfter(client, model, domain, first.at(-1) ?? after, limit - half)];
  }
}

/** The internal users by partner. Share users (the portal) are customers. */
export async function readAgents(client: OdooClient): Promise<ReadonlyMap<number, Agent>> {
  const rows = await client.searchRead('res.users', [['share', '=', false]], ['partner_id']);
  return new Map(rows.flatMap((row): [number, Agent][] => {
    const partner = row['partner_id'];
    // User 1 is Odoo itself: its messages are the system's.
    return Array.isArray(partner) && typeof partner[0] === 'number' ? [[partner[0], { userId: Number(row['id']), system: row['id'] === 1 }]] : [];
  }));
}

/**
 * The distinct targets of a link over all matching records: one grouped call; where the server refuses it, all records in pages.
 */
export async function distinctTargets(client: OdooClient, model: string, domain: readonly Json[], field: string): Promise<ReadonlySet<number>> {
  const filled = [...domain, [field, '!=', false]];
  let groups: readonly JsonObject[];
  try {
    groups = await client.read(model, 'read_group', { domain: filled, fields: [field], groupby: [field], lazy: true }) as readonly JsonObject[];
  } catch (error) {
    if (error instanceof AuthenticationError || !(error instanceof PortolanError)) throw error;
    groups = await client.searchRead(model, filled, [field]);
  }
  return new Set(groups.flatMap((group) => {
    const value = group[field];
    const id = Array.isArray(value) ? value[0] : value;
    return typeof id === 'number' && id > 0 ? [id] : [];
  }));
}

export const ticketMessages: readonly Json[] = [['model', '=', 'helpdesk.ticket'], ['res_id', '!=', 0]];
