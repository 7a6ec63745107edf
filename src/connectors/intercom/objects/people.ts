import type { CatalogField } from '../../../connector/catalog.ts';
import type { MatchHit, MatchRequest } from '../../../connector/destination.ts';
import type { IntercomClient } from '../client.ts';
import type { ObjectKind, ReadBack } from '../object-kind.ts';
import { listIn, textOf } from '../values.ts';
import type { JsonObject } from '../../../connector/json.ts';

const field = (name: string, type: CatalogField['type'], label = name): CatalogField => ({ name, label, type, required: false, readonly: true, custom: false });

/** Admins and teams: no version of the API makes them, so they are only found. One list each, kept for the life of the connection. */
export function adminKind(client: IntercomClient): ObjectKind {
  return listedKind({
    name: 'admin', label: 'Admin', fields: [field('name', 'text'), field('email', 'email'), field('has_inbox_seat', 'boolean'), field('team_ids', 'references')],
    load: async () => listIn((await client.call({ method: 'GET', path: '/admins', endpoint: 'admins.list' }))['admins']),
    values: (row) => ({ name: textOf(row['name']), email: textOf(row['email']), has_inbox_seat: row['has_inbox_seat'] === true, team_ids: (Array.isArray(row['team_ids']) ? row['team_ids'] : []).map(String) }),
  });
}

export function teamKind(client: IntercomClient): ObjectKind {
  return listedKind({
    name: 'team', label: 'Team', fields: [field('name', 'text'), field('admin_ids', 'references')],
    load: async () => listIn((await client.call({ method: 'GET', path: '/teams', endpoint: 'teams.list' }))['teams']),
    values: (row) => ({ name: textOf(row['name']), admin_ids: (Array.isArray(row['admin_ids']) ? row['admin_ids'] : []).map(String) }),
  });
}

const tokenAdmins = new WeakMap<IntercomClient, Promise<string>>();

/** The admin whose token this is, asked once: who acts where nobody else is named. */
export function tokenAdmin(client: IntercomClient): Promise<string> {
  const asked = tokenAdmins.get(client) ?? client.call({ method: 'GET', path: '/me', endpoint: 'me' }).then((me) => String(me['id']));
  tokenAdmins.set(client, asked);
  asked.catch(() => tokenAdmins.delete(client));
  return asked;
}

interface Listed { readonly name: string; readonly label: string; readonly fields: readonly CatalogField[]; readonly load: () => Promise<readonly JsonObject[]>; readonly values: (row: JsonObject) => JsonObject }

function listedKind(listed: Listed): ObjectKind {
  let rows: Promise<readonly ReadBack[]> | null = null;
  const all = (): Promise<readonly ReadBack[]> => (rows ??= listed.load().then((found) => found.map((row) => ({ id: String(row['id']), values: listed.values(row), version: JSON.stringify(listed.values(row)) }))));
  return {
    name: listed.name, label: listed.label, fields: async () => listed.fields,
    read: async (ids) => (await all()).filter((row) => ids.includes(row.id)),
    list: all,
    count: async () => (await all()).length,
    match: async (request) => matchIn(await all(), request),
  };
}

/** Hits among records that are all known, by the folded or exact text of one field. */
export function matchIn(rows: readonly ReadBack[], request: MatchRequest): readonly MatchHit[] {
  const form = (text: string): string => (request.ignoreCase ? text.normalize('NFC').trim().toLowerCase() : text);
  return request.values.flatMap((value) => rows
    .filter((row) => form(request.field === 'id' ? row.id : textOf(row.values[request.field]) ?? '') === form(value) && value !== '')
    .map((row): MatchHit => ({ value, id: row.id, values: Object.fromEntries((request.fields ?? []).map((name) => [name, row.values[name] ?? null])) })));
}
