import type { Catalog, CatalogField, CatalogNote, CatalogObject } from '../../connector/catalog.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { CustomerioClient } from './client.ts';
import { attributePrefix } from './flatten-attributes.ts';
import { FieldProfiler } from './attribute-type.ts';
import type { CustomerioSettings } from './settings.ts';
import { isItemRejected, type FieldSpec, type SourceObject } from './source-object.ts';
import { cannotFetch } from './cannot-fetch.ts';
import { QualityPass } from './quality.ts';
import { findWorkspace } from './workspace.ts';

type Progress = (progress: { readonly subject: string; readonly done: number }) => void;

/** Lists that a plan is made from, row by row: what they are called decides what they become. */
const listed = new Set(['segment', 'object_type', 'campaign', 'newsletter', 'broadcast', 'transactional_message', 'subscription_topic', 'snippet', 'sender_identity', 'campaign_action', 'newsletter_content', 'broadcast_action', 'transactional_content', 'campaign_workflow']);
/** Stand in fields of their own, read for what they are. */
const ownIdentifiers = new Set(['attr.id', 'attr.email', 'attr.cio_id', 'attr.unsubscribed']);
/** A list longer than this is counted and not kept in the catalog. */
const longestList = 2000;

/**
 * Reads every object whose values decide something: all of it, of people a sample, as everybody costs 11,000 calls for a million and
 * the run reads them anyway. Deliveries, events and memberships are counted by the run.
 */
export async function discoverCustomerio(client: CustomerioClient, objects: readonly SourceObject[], settings: CustomerioSettings, onProgress?: Progress): Promise<Catalog> {
  const workspace = await findWorkspace(client, settings.workspace);
  const notes: CatalogNote[] = [];
  const found: CatalogObject[] = [];
  const lists: Record<string, JsonObject[]> = {};
  for (const object of objects) found.push(object.profiled ? await profiled(object, notes, { lists, stated: object.name === 'person' ? workspace?.people ?? null : null, ...(onProgress === undefined ? {} : { onProgress }) }) : { name: object.name, label: object.label, count: null, fields: Object.entries(object.fields).map(([name, spec]) => describe(name, spec)) });
  const types = (lists['object_type'] ?? []).map((row) => String(row['id']));
  const typed = found.map((object) => (object.name === 'relationship' ? { ...object, fields: [...object.fields, ...types.flatMap((type) => [describe(`of_type_${type}`, { refersTo: 'object' }), describe(`main_of_type_${type}`, { refersTo: 'object' })])] } : object));
  const count = (name: string): number | null => found.find((object) => object.name === name)?.count ?? null;
  for (const [object, stated] of [['person', workspace?.people ?? null], ['object', workspace?.objects ?? null]] as const) {
    const read = count(object);
    if (stated !== null && read !== null && stated !== read) {
      notes.push({ subject: object, level: 'warning', code: 'count-differs', message: `The workspace states ${stated}, ${read} could be read. The stated number is up to two hours old${object === 'object' ? '; a filter that matches all objects is not documented, so that some may be missing' : '; anonymous people are counted and not listed'}.`, details: { stated, read } });
    }
  }
  notes.push(...await cannotFetch(client, settings, objects));
  return {
    platform: 'customerio', version: null, edition: null, objects: typed, notes, questions: [],
    facts: { region: client.region, workspace: workspace?.name ?? null, people: workspace?.people ?? null, objects: workspace?.objects ?? null, journeys: settings.journeysToken !== undefined, lists },
    limits: [
      { name: 'calls', value: `${settings.callsPerSecond} a second of the 10 that everybody in the workspace shares` }, { name: 'bodies as sent', value: '100 a day' }, { name: 'events', value: '30 days guaranteed' },
      { name: 'deliveries', value: 'six months a call, read in windows of 30 days' },
    ],
  };
}

interface ProfileParams { readonly lists: Record<string, JsonObject[]>; readonly stated: number | null; readonly onProgress?: Progress }

async function profiled(object: SourceObject, notes: CatalogNote[], { lists, stated, onProgress }: ProfileParams): Promise<CatalogObject> {
  const profilers = new Map(Object.keys(object.fields).map((name) => [name, new FieldProfiler(name)]));
  let [count, done, chunks] = [0, 0, 0];
  let isWhole = true;
  const rejected = new Map<string, number>();
  const quality = new QualityPass(object.name);
  for await (const chunk of object.chunks(null, object.sampledChunks)) {
    for (const item of chunk.items) {
      done += 1;
      if (isItemRejected(item)) {
        rejected.set(item.code, (rejected.get(item.code) ?? 0) + 1);
        continue;
      }
      count += 1;
      quality.add(item.data);
      if (listed.has(object.name) && count <= longestList) (lists[object.name] ??= []).push(item.data);
      for (const [name, value] of Object.entries(item.data)) {
        let profiler = profilers.get(name);
        if (profiler === undefined) profilers.set(name, profiler = new FieldProfiler(name));
        profiler.add(value);
      }
    }
    onProgress?.({ subject: object.name, done });
    chunks += 1;
    if (chunks === object.sampledChunks) {
      isWhole = stated !== null && done >= stated;
      break;
    }
  }
  for (const [code, rows] of rejected) notes.push({ subject: object.name, level: 'warning', code, message: `${rows} ${rows === 1 ? 'row' : 'rows'} of ${object.label.toLowerCase()} cannot be read (${code}); the run reports each.`, details: { rows } });
  notes.push(...quality.notes());
  const declared = Object.keys(object.fields);
  const names = [...declared, ...[...profilers.keys()].filter((name) => !declared.includes(name)).sort()];
  const fields = names.map((name) => {
    const spec = object.fields[name];
    const { field, conflict } = (profilers.get(name) ?? new FieldProfiler(name)).field(count, spec === undefined ? null : describe(name, spec));
    if (conflict !== null && !ownIdentifiers.has(name)) notes.push({ subject: `${object.name}.${name}`, level: 'warning', code: 'type-conflict', message: `${name.slice(attributePrefix.length)}: ${conflict}.` });
    return field;
  });
  if (!isWhole) {
    notes.push({ subject: object.name, level: 'warning', code: 'sampled', details: { read: count, stated }, message: `Types and fill rates are those of the first ${count} of ${stated ?? 'all'} ${object.label.toLowerCase()}: the run reads everybody once, and reading everybody before it too would double the calls. A value that does not fit its field is counted as a loss by the run and stays in the complete attributes.` });
  }
  return { name: object.name, label: object.label, count: isWhole ? count : stated, fields };
}

function describe(name: string, spec: FieldSpec): CatalogField {
  const plain = { name, label: name.replaceAll('_', ' '), required: false, readonly: true, custom: false };
  return typeof spec === 'object' ? { ...plain, type: spec.many === true ? 'references' : 'reference', relatedObject: spec.refersTo } : { ...plain, type: spec };
}
