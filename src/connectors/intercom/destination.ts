import { createHash } from 'node:crypto';
import type { DestinationCapabilities } from '../../connector/capabilities.ts';
import type { Catalog, CatalogField } from '../../connector/catalog.ts';
import type { ConnectionContext } from '../../connector/context.ts';
import type { CreatedRecord, CreateRequest, DestinationConnection, DestinationRecord, Fingerprint } from '../../connector/destination.ts';
import { AuthenticationError, ConfigurationError, RecordRejectedError } from '../../connector/errors.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import { comparableText, textOfBody } from './body-text.ts';
import type { ApiFeatures } from './api-version.ts';
import { checkIntercom } from './check.ts';
import { createIntercomClient } from './client.ts';
import { createKinds, type Kinds } from './kinds.ts';
import { attributeRecord } from './objects/attributes.ts';
import type { IntercomSettings } from './settings.ts';
import { fromUnix } from './values.ts';

/** No batches, no room for keys, no idempotency: one record a call, and evidence instead of keys. */
const capabilities: Omit<DestinationCapabilities, 'concurrency' | 'lateCommitMs'> = {
  batchSize: { create: 1, update: 1, read: 50, delete: 1 },
  externalKey: 'none',
  naturalKeys: ['contact', 'company', 'contact/companies', 'contact_note', 'tag', 'attribute', 'conversation', 'conversation_part', 'conversation_settings', 'ticket', 'ticket_part', 'ticket_settings'],
  twins: ['conversation', 'ticket'], // of one customer in one second, in the same words: an import, a form sent twice
  lookupEach: ['contact', 'company', 'contact/companies', 'contact_note', 'conversation', 'conversation_part', 'conversation_settings', 'ticket', 'ticket_part', 'ticket_settings'],
  answersShow: ['conversation', 'conversation_part', 'conversation_settings', 'contact_note', 'ticket', 'ticket_part', 'ticket_settings'],
  partOf: {
    'contact/companies': { field: 'record', object: 'contact' }, contact_note: { field: 'contact_id', object: 'contact' },
    conversation_part: { field: 'conversation_id', object: 'conversation' }, conversation_settings: { field: 'conversation_id', object: 'conversation' },
    ticket_part: { field: 'ticket_id', object: 'ticket' }, ticket_settings: { field: 'ticket_id', object: 'ticket' },
  },
  // Tickets are in no list but the search's, and new ones are missing from it for a while: their count would lag behind what was made.
  uncounted: ['company', 'contact/companies', 'contact_note', 'conversation_part', 'conversation_settings', 'ticket', 'ticket_part', 'ticket_settings'],
  // Records of their own, told apart by their values: a delta asks the decision before it takes one away.
  ownRecords: ['contact', 'company', 'contact_note', 'tag', 'attribute', 'conversation', 'conversation_part', 'conversation_settings', 'ticket', 'ticket_part', 'ticket_settings'],
  undeletable: ['contact_note', 'conversation_settings', 'ticket_part', 'ticket_settings', 'admin', 'team'],
  archivedByDelete: ['attribute', 'company'],
  writtenTogether: {
    conversation_settings: [...['state', 'admin_assignee_id', 'team_assignee_id', 'tag_ids', 'participant_ids', 'native_priority'].map((name) => ['actor_id', name]), ['state', 'snoozed_until']],
    ticket_settings: [['actor_id', 'tag_ids']],
  },
  atomicBatches: true,
  ordersByCreation: ['conversation_part', 'ticket_part'],
  delete: true,
  schemaObject: 'attribute',
  // Ten files of 20 MB as base64 and the text around them.
  maxCallBytes: 300 * 1024 * 1024,
};
/** Kinds that a search finds only after a while, and whose create may still be at work when its client is gone. */
const late = ['conversation', 'conversation_part', 'conversation_settings', 'contact_note', 'contact', 'company', 'ticket', 'ticket_part', 'ticket_settings'];
/** Those of them that only a search finds: a new one is missing from it "for a few minutes". */
const searched: ReadonlySet<string> = new Set(['conversation', 'ticket']);
const SETTLE_SECONDS = { read: 60, searched: 300 } as const;

/** Whether the version of a record is when it was changed: a tag's is its name. */
const dated = (object: string): boolean => object !== 'tag';

/** Opens an Intercom workspace as a destination. Nothing is asked before the first method. */
export async function openIntercomDestination(settings: IntercomSettings, context: ConnectionContext): Promise<DestinationConnection> {
  const client = createIntercomClient(settings, context);
  const kinds = createKinds(client, context.signal, { ...settings, archiveFolder: settings.archiveFolder ?? context.archiveFolder });
  return {
    capabilities: { ...capabilities, concurrency: settings.concurrency ?? 6, lateCommitMs: Object.fromEntries(late.map((name) => [name, (settings.settleSeconds ?? (searched.has(name) ? SETTLE_SECONDS.searched : SETTLE_SECONDS.read)) * 1000])) },
    check: (request) => checkIntercom(client, kinds, request, settings, context.signal),
    discover: ({ objects }) => discover(kinds, { version: client.version, features: client.features, objects, ticketType: settings.ticketType ?? null }),
    fields: ({ object }) => {
      kinds.attributes.forget();
      kinds.ticketTypes.forget();
      return kinds.has(object) ? kinds.of(object).fields().then(withId) : Promise.resolve([]);
    },
    async lookup({ object, keys, values, except = [] }) {
      const kind = kinds.of(object);
      const found = new Map<string, string>();
      for (const [at, key] of keys.entries()) {
        const id = kind.find === undefined || values === undefined ? null : await kind.find(values[at] ?? {}, except);
        if (id !== null) found.set(key, id);
      }
      return found;
    },
    async match(request) {
      const kind = kinds.of(request.object);
      if (kind.match === undefined) throw cannot(request.object, 'matched');
      return kind.match(request);
    },
    create: (request) => create(kinds, request),
    async update({ object, changes }) {
      const kind = kinds.of(object);
      if (kind.update === undefined) throw refused(object, 'changed');
      for (const { id, values } of changes) await kind.update(id, values);
    },
    async read({ object, ids, fields }) {
      return (await kinds.of(object).read(ids)).map(({ id, values, version }): DestinationRecord => ({ id, version, contentHash: hashOf(values), values: Object.fromEntries(fields.map((name) => [name, values[name] ?? null])) }));
    },
    async lastChanges({ object, ids }) {
      return new Map((await kinds.of(object).read(ids)).map(({ id, version, changedBy }) => [id, { by: changedBy ?? null, at: dated(object) ? fromUnix(Number.parseInt(version, 10)) : null }]));
    },
    async delete({ object, ids }) {
      const kind = kinds.of(object);
      if (kind.remove === undefined) throw refused(object, 'deleted');
      for (const id of ids) await kind.remove(id);
    },
    dependants: async ({ object, ids }) => {
      const kind = kinds.of(object);
      return (await Promise.all(ids.map(async (id) => kind.dependants?.(id) ?? []))).flat();
    },
    count: async ({ object }) => await kinds.of(object).count?.() ?? 0,
    fingerprint: ({ objects }) => fingerprint(kinds, objects),
    normalise: ({ object, field, value }) => normalise(object, field, value),
    fieldRecord: attributeRecord,
    close: async () => {},
  };
}

function cannot(object: string, what: string): ConfigurationError {
  return new ConfigurationError({ code: 'not-possible', message: `Records of ${object} cannot be ${what} at Intercom.`, remedy: 'Its API has no such call.' });
}

/** No call for it: the record stays as it is, and somebody is told. */
function refused(object: string, what: 'changed' | 'deleted'): RecordRejectedError {
  const message = `Records of ${object} cannot be ${what} at Intercom`;
  return new RecordRejectedError({ code: `cannot-be-${what}`, message: `${message}.`, remedy: 'Its API has no such call: do it by hand at Intercom, or leave it as it is.', rejections: [{ index: 0, code: `cannot-be-${what}`, message }] });
}

function withId(fields: readonly CatalogField[]): readonly CatalogField[] {
  return [{ name: 'id', label: 'ID', type: 'text', required: false, readonly: true, custom: false }, ...fields];
}

async function discover(kinds: Kinds, { version, features, objects: wanted, ticketType }: Readonly<{ version: string; features: ApiFeatures; objects: readonly string[]; ticketType: string | null }>): Promise<Catalog> {
  kinds.attributes.forget();
  kinds.ticketTypes.forget();
  // Whoever means conversations need not be allowed to read tickets.
  const objects = ticketType === null && !(await maySeeTickets(kinds)) ? wanted.filter((name) => !name.startsWith('ticket')) : wanted;
  const found = await Promise.all(objects.filter((name) => kinds.has(name)).map(async (name) => {
    const kind = kinds.of(name);
    return { name, label: kind.label, count: await kind.count?.() ?? null, fields: [...withId(await kind.fields())] };
  }));
  return {
    platform: 'intercom', version, edition: null, objects: found, facts: { apiVersion: version, conversationAttributesByHand: !features.conversationAttributes, ticketType, ...await peopleOf(kinds, objects) }, notes: [], questions: [],
    limits: [
      { name: 'files of one reply', value: '10' }, { name: 'parts of a conversation that can be read', value: 'the 500 newest' }, { name: 'text of a contact attribute', value: '255 characters' },
      { name: 'calls', value: 'as the headers of the workspace state, in windows of 10 seconds' },
    ],
  };
}

/** Admins and teams by name: plans ask who stands in for people that have left. */
async function peopleOf(kinds: Kinds, objects: readonly string[]): Promise<JsonObject> {
  const listed = async (name: string): Promise<readonly JsonObject[]> => (await kinds.of(name).list?.() ?? []).map(({ id, values }) => ({ id, name: values['name'] ?? null, ...(name === 'admin' ? { email: values['email'] ?? null } : {}) }));
  return { ...(objects.includes('admin') ? { admins: [...await listed('admin')] } : {}), ...(objects.includes('team') ? { teams: [...await listed('team')] } : {}), ...(objects.includes('ticket') ? await ticketFacts(kinds) : {}) };
}

async function maySeeTickets({ ticketTypes }: Kinds): Promise<boolean> {
  try {
    await ticketTypes.all();
    return true;
  } catch (error) {
    if (error instanceof AuthenticationError) return false;
    throw error;
  }
}

/** Ticket types and states, both made by people. */
async function ticketFacts({ ticketTypes }: Kinds): Promise<JsonObject> {
  return { ticketTypes: (await ticketTypes.all()).map(({ id, name, category }) => ({ id, name, category })), ticketStates: (await ticketTypes.states()).map((state) => ({ ...state })) };
}

async function create(kinds: Kinds, request: CreateRequest): Promise<readonly CreatedRecord[]> {
  const kind = kinds.of(request.object);
  const [record, ...others] = request.records;
  if (record === undefined) return [];
  if (kind.create === undefined) throw cannot(request.object, 'made');
  // One record a call: several could not be taken back together when one of them is refused.
  if (others.length > 0) throw new RecordRejectedError({ code: 'one-at-a-time', message: `Intercom takes one ${request.object} a call.`, rejections: [] });
  const made = await kind.create(record.values, { files: request.files, again: request.again === true });
  return [{ key: record.key, ...made }];
}

/** Intercom lays out white space and empty lines of a body anew. */
function normalise(object: string, field: CatalogField, value: Json): Json {
  if (object.endsWith('_settings') && field.name === 'actor_id') return null; // who acts is told to the calls, and kept nowhere
  if (field.type === 'references') return Array.isArray(value) ? value.map(String).toSorted() : [];
  if (typeof value !== 'string') return value;
  const isBody = field.name === 'body' && ['conversation', 'conversation_part', 'contact_note', 'ticket_part'].includes(object);
  // What is given back of a ticket's description is documented nowhere: compared as text, whatever it was made of.
  return isBody ? comparableText(value) : object === 'ticket' && field.name === 'description' ? comparableText(textOfBody(value)) : value.trim();
}

async function fingerprint(kinds: Kinds, names: readonly string[]): Promise<Fingerprint> {
  const objects = await Promise.all(names.filter((name) => kinds.has(name) && kinds.of(name).count !== undefined).map(async (name) => {
    const count = await kinds.of(name).count?.() ?? 0;
    return { object: name, count, hash: hashOf({ count }) };
  }));
  return { objects, sides: {}, hash: hashOf({ objects: objects.map((one) => ({ ...one })) }) };
}

function hashOf(values: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}
