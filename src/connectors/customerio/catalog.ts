import type { Catalog, CatalogField, CatalogNote, CatalogObject } from '../../connector/catalog.ts';
import type { CustomerioClient } from './client.ts';
import { attributePrefix } from './flatten-attributes.ts';
import { FieldProfiler } from './attribute-type.ts';
import type { CustomerioSettings } from './settings.ts';
import { isItemRejected, type FieldSpec, type SourceObject } from './source-object.ts';
import { cannotFetch } from './cannot-fetch.ts';
import { findWorkspace } from './workspace.ts';

type Progress = (progress: { readonly subject: string; readonly done: number }) => void;

/** Reads every object whose values decide something, to its end; deliveries, events and memberships are counted by the run. */
export async function discoverCustomerio(client: CustomerioClient, objects: readonly SourceObject[], settings: CustomerioSettings, onProgress?: Progress): Promise<Catalog> {
  const workspace = await findWorkspace(client, settings.workspace);
  const notes: CatalogNote[] = [];
  const found: CatalogObject[] = [];
  for (const object of objects) found.push(object.profiled ? await profiled(object, notes, onProgress) : { name: object.name, label: object.label, count: null, fields: Object.entries(object.fields).map(([name, spec]) => describe(name, spec)) });
  const count = (name: string): number | null => found.find((object) => object.name === name)?.count ?? null;
  for (const [object, stated] of [['person', workspace?.people ?? null], ['object', workspace?.objects ?? null]] as const) {
    const read = count(object);
    if (stated !== null && read !== null && stated !== read) {
      notes.push({ subject: object, level: 'warning', code: 'count-differs', message: `The workspace states ${stated}, ${read} could be read. The stated number is up to two hours old${object === 'object' ? '; a filter that matches all objects is not documented, so that some may be missing' : '; anonymous people are counted and not listed'}.`, details: { stated, read } });
    }
  }
  notes.push(...await cannotFetch(client, settings, objects));
  return {
    platform: 'customerio', version: null, edition: null, objects: found, notes, questions: [],
    facts: { region: client.region, workspace: workspace?.name ?? null, people: workspace?.people ?? null, objects: workspace?.objects ?? null, journeys: settings.journeysToken !== undefined },
    limits: [
      { name: 'calls', value: `${settings.callsPerSecond} a second of the 10 that everybody in the workspace shares` }, { name: 'bodies as sent', value: '100 a day' }, { name: 'events', value: '30 days guaranteed' },
      { name: 'deliveries', value: 'six months a call, read in windows of 30 days' },
    ],
  };
}

async function profiled(object: SourceObject, notes: CatalogNote[], onProgress?: Progress): Promise<CatalogObject> {
  const profilers = new Map(Object.keys(object.fields).map((name) => [name, new FieldProfiler(name)]));
  let [count, done] = [0, 0];
  const rejected = new Map<string, number>();
  for await (const chunk of object.chunks(null)) {
    for (const item of chunk.items) {
      done += 1;
      if (isItemRejected(item)) {
        rejected.set(item.code, (rejected.get(item.code) ?? 0) + 1);
        continue;
      }
      count += 1;
      for (const [name, value] of Object.entries(item.data)) {
        let profiler = profilers.get(name);
        if (profiler === undefined) profilers.set(name, profiler = new FieldProfiler(name));
        profiler.add(value);
      }
    }
    onProgress?.({ subject: object.name, done });
  }
  for (const [code, rows] of rejected) notes.push({ subject: object.name, level: 'warning', code, message: `${rows} ${rows === 1 ? 'row' : 'rows'} of ${object.label.toLowerCase()} cannot be read (${code}); the run reports each.`, details: { rows } });
  const declared = Object.keys(object.fields);
  const names = [...declared, ...[...profilers.keys()].filter((name) => !declared.includes(name)).sort()];
  const fields = names.map((name) => {
    const spec = object.fields[name];
    const { field, conflict } = (profilers.get(name) ?? new FieldProfiler(name)).field(count, spec === undefined ? null : describe(name, spec));
    if (conflict !== null) notes.push({ subject: `${object.name}.${name}`, level: 'warning', code: 'type-conflict', message: `${name.slice(attributePrefix.length)}: ${conflict}.` });
    return field;
  });
  return { name: object.name, label: object.label, count, fields };
}

function describe(name: string, spec: FieldSpec): CatalogField {
  const plain = { name, label: name.replaceAll('_', ' '), required: false, readonly: true, custom: false };
  return typeof spec === 'object' ? { ...plain, type: spec.many === true ? 'references' : 'reference', relatedObject: spec.refersTo } : { ...plain, type: spec };
}
