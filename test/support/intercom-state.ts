import type { Collection, StateRow } from '../../src/simulators/intercom/simulator.ts';

export type IntercomRows = { readonly [collection in Collection]?: readonly StateRow[] };
/** The collections that a help desk's move writes to. */
export const watchedCollections = ['contacts', 'companies', 'tags', 'notes', 'data-attributes', 'conversation-attributes', 'conversations', 'tickets', 'admins', 'teams'] as const satisfies readonly Collection[];

type Loose = Record<string, unknown>;
const loose = (row: unknown): Loose => row as Loose;
const list = (value: unknown): readonly Loose[] => (Array.isArray(value) ? value as readonly Loose[] : []);
const there = (row: StateRow): boolean => row['archived'] !== true && (row['deletedAt'] ?? null) === null && (row['goneFrom'] ?? null) === null;

/**
 * What is in a workspace, in a form in which two of them can be compared: records by what they say instead of their ids, everything
 * that depends on the moment left out, system parts by kind and number.
 */
export function comparableWorkspace(rows: IntercomRows): { readonly [collection: string]: readonly string[] } {
  const of = (name: Collection): readonly Loose[] => (rows[name] ?? []).filter(there).map(loose);
  const contacts = new Map(of('contacts').map((row) => [String(row['id']), row['externalId'] ?? row['email'] ?? row['name']]));
  const companies = new Map(of('companies').map((row) => [String(row['id']), row['companyId']]));
  const tags = new Map(of('tags').map((row) => [String(row['id']), row['name']]));
  const byId = (names: ReadonlyMap<string, unknown>, ids: unknown): readonly string[] => (Array.isArray(ids) ? ids.map(String) : Object.keys(ids ?? {})).map((id) => String(names.get(id) ?? `unknown ${id}`)).toSorted();
  const author = (value: unknown): unknown => contacts.get(String(loose(value)['id'])) ?? `${String(loose(value)['type'])} ${String(loose(value)['id'])}`;
  const files = (value: unknown): readonly string[] => list(value).map((file) => `${String(file['name'])} ${String(file['sha256'])}`);
  const said = (part: Loose): boolean => (part['body'] ?? '') !== '' && part['body'] !== null;
  const threads = (name: 'conversations' | 'tickets'): readonly string[] => of(name).map((row) => JSON.stringify({
    createdAt: row['createdAt'], title: row['title'] ?? null, state: row['state'], stateId: row['stateId'] ?? null, admin: row['adminAssignee'], team: row['teamAssignee'], contacts: byId(contacts, row['contacts']), tags: byId(tags, row['tags']),
    company: companies.get(String(row['companyId'])) ?? null, attributes: sorted(row['attributes']), source: row['source'] === undefined ? null : [author(loose(row['source'])['author']), loose(row['source'])['body']],
    said: list(row['parts']).filter(said).map((part) => JSON.stringify([part['createdAt'], part['type'], author(part['author']), part['body'], files(part['attachments'])])).toSorted(),
    system: list(row['parts']).filter((part) => !said(part)).map((part) => `${String(part['type'])} ${JSON.stringify(part['event'] ?? null)}`).toSorted(),
  })).toSorted();
  return {
    contacts: of('contacts').map((row) => JSON.stringify([row['role'], row['externalId'], row['email'], row['name'], row['phone'], row['signedUpAt'], sorted(row['attributes']), byId(companies, row['companies'])])).toSorted(),
    companies: of('companies').map((row) => JSON.stringify([row['companyId'], row['name'], row['website'], row['industry'], row['remoteCreatedAt'], sorted(row['attributes'])])).toSorted(),
    tags: of('tags').map((row) => String(row['name'])).toSorted(),
    notes: of('notes').map((row) => JSON.stringify([contacts.get(String(row['contact'])) ?? null, row['body'], row['adminId']])).toSorted(),
    attributes: [...of('data-attributes').map((row) => `${String(row['model'])} ${String(row['name'])} ${String(row['dataType'])}`), ...of('conversation-attributes').map((row) => `conversation ${String(row['name'])} ${String(row['dataType'])}`)].toSorted(),
    conversations: threads('conversations'), tickets: threads('tickets'),
  };
}

function sorted(value: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(value ?? {}).toSorted(([left], [right]) => left.localeCompare(right)) as readonly (readonly [string, unknown])[];
}

/** Where two comparable workspaces differ, one short line each; records are paired by their beginning. Empty = nowhere. */
export function workspaceDifferences(wanted: ReturnType<typeof comparableWorkspace>, found: ReturnType<typeof comparableWorkspace>): readonly string[] {
  return Object.keys(wanted).flatMap((collection) => {
    const [left, right] = [wanted[collection] ?? [], found[collection] ?? []];
    const [missing, extra] = [surplus(left, right), surplus(right, left)];
    return [
      ...missing.map((one) => { const twin = extra.find((other) => other.slice(0, 60) === one.slice(0, 60)); return `${collection}: ${one.slice(0, 60)}… ${twin === undefined ? 'is missing' : inside(one, twin)}`; }),
      ...extra.filter((one) => !missing.some((other) => other.slice(0, 60) === one.slice(0, 60))).map((one) => `${collection}: ${one.slice(0, 200)} is too much`),
    ];
  });
}

function surplus(of: readonly string[], over: readonly string[]): readonly string[] {
  const rest = [...over];
  return of.filter((one) => { const at = rest.indexOf(one); if (at >= 0) rest.splice(at, 1); return at < 0; });
}

function inside(wanted: string, found: string): string {
  const [left, right] = [loose(JSON.parse(wanted)), loose(JSON.parse(found))];
  return Object.keys(left).filter((name) => JSON.stringify(left[name]) !== JSON.stringify(right[name])).map((name) => {
    const [one, other] = [left[name], right[name]];
    if (!Array.isArray(one) || !Array.isArray(other)) return `${name}: ${JSON.stringify(one)} became ${JSON.stringify(other)}`;
    const [texts, others] = [one, other].map((list_) => list_.map((entry) => JSON.stringify(entry) ?? ''));
    return `${name}: missing ${surplus(texts ?? [], others ?? []).join(', ').slice(0, 300)}; too much ${surplus(others ?? [], texts ?? []).join(', ').slice(0, 300)}`;
  }).join('; ');
}
