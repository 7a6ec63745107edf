import type { CatalogField, CatalogObject } from '../../../connector/catalog.ts';
import type { CreatedRecord, CreateRequest, DestinationRecord, KeyLookupRequest, MatchHit, MatchRequest } from '../../../connector/destination.ts';
import { AmbiguousError, ConfigurationError, RecordRejectedError, type Rejection } from '../../../connector/errors.ts';
import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { groupsBy } from './debts.ts';
import type { OdooModels } from '../fields/models.ts';
import { toRecordIds } from '../read/read.ts';

/**
 * Relations as objects: `<model>/<many2many field>`, such as `crm.lead/tag_ids`. One record is one link, with the fields `record` and
 * `value` (both references) and the id "<record>:<value>". There is no room for a key: the link itself is the evidence.
 * Links are made and undone grouped by value, (4, value) and (3, value): what others link meanwhile stays.
 */
export interface Relation {
  readonly object: string;
  readonly model: string;
  readonly field: string;
  readonly related: string; // model of the values
  readonly label: string;
}

/** Relations that routes write. Others work too, but a rollback deletes their links one by one. */
export const knownRelations: readonly string[] = ['crm.lead/tag_ids', 'res.partner/category_id', 'mail.message/attachment_ids', 'calendar.event/categ_ids'];
const recordsPerWrite = 1_000;
const recordsPerPage = 2_000;

export function isRelation(object: string): boolean {
  return object.includes('/');
}

/** Null = no such model or no such many2many field, as this user sees it. */
export async function findRelation(models: OdooModels, object: string): Promise<Relation | null> {
  const [model = '', field = ''] = object.split('/');
  const described = (await models.fieldsOrNull(model))?.get(field);
  if (described?.type !== 'many2many' || described.relation === undefined) return null;
  return { object, model, field, related: described.relation, label: described.string };
}

export async function requireRelation(models: OdooModels, object: string): Promise<Relation> {
  const relation = await findRelation(models, object);
  if (relation === null) throw new ConfigurationError({ code: 'unknown-relation', message: `This Odoo has no list of links ${object}.`, remedy: "Name it as '<model>/<many2many field>', such as crm.lead/tag_ids; the app that brings the model must be installed." });
  return relation;
}

export function relationFields(relation: Relation): readonly CatalogField[] {
  const link = (name: string, label: string, relatedObject: string): CatalogField => ({ name, label, type: 'reference', nativeType: 'many2one', required: true, hasDefault: false, readonly: false, custom: false, relatedObject });
  return [link('record', 'Record', relation.model), link('value', relation.label, relation.related)];
}

export function relationObject(relation: Relation, modelLabel: string, count: number | null, rights: { readonly read: boolean; readonly update: boolean }): CatalogObject {
  return { name: relation.object, label: `${modelLabel}: ${relation.label}`, count, fields: relationFields(relation), rights: { read: rights.read, create: rights.update, update: rights.update, delete: rights.update } };
}

interface Link { readonly record: number; readonly value: number }
const idOf = (link: Link): string => `${link.record}:${link.value}`;

function linkOf(id: string): Link | null {
  const match = /^([1-9]\d{0,9}):([1-9]\d{0,9})$/u.exec(id);
  return match === null ? null : { record: Number(match[1]), value: Number(match[2]) };
}

/** Those of the links that exist, by id. */
async function existing(client: OdooClient, relation: Relation, links: readonly Link[]): Promise<ReadonlySet<string>> {
  const wanted = new Set(links.map(idOf));
  const found = new Set<string>();
  const records = [...new Set(links.map((link) => link.record))];
  for await (const link of linksWhere(client, relation, [['id', 'in', records]])) if (wanted.has(idOf(link))) found.add(idOf(link));
  return found;
}

/** All links of the records of a domain, in the order of the records; archived records and values included. */
async function* linksWhere(client: OdooClient, relation: Relation, domain: readonly (readonly [string, string, readonly number[] | boolean])[]): AsyncGenerator<Link> {
  for (let last = 0; ;) {
    const rows = await client.read(relation.model, 'search_read', { domain: [...domain, ['id', '>', last]], fields: [relation.field], order: 'id', limit: recordsPerPage }) as readonly JsonObject[];
    for (const row of rows) {
      const values = [...row[relation.field] as readonly number[]].sort((left, right) => left - right);
      for (const value of values) yield { record: Number(row['id']), value };
    }
    if (rows.length < recordsPerPage) return;
    last = Number(rows.at(-1)?.['id']);
  }
}

export async function lookupLinks(client: OdooClient, relation: Relation, request: KeyLookupRequest): Promise<ReadonlyMap<string, string>> {
  if (request.values === undefined) throw new ConfigurationError({ code: 'values-missing', message: `${relation.object} has no room for keys: its records are looked up by their values, and none were given.`, remedy: 'This is an error of Portolan; please report it.' });
  const links = request.keys.map((key, at) => ({ key, link: linkOf(`${String(request.values?.[at]?.['record'])}:${String(request.values?.[at]?.['value'])}`) }));
  const found = await existing(client, relation, links.flatMap(({ link }) => (link === null ? [] : [link])));
  return new Map(links.flatMap(({ key, link }) => (link !== null && found.has(idOf(link)) ? [[key, idOf(link)] as const] : [])));
}

/** Makes links; one that exists stays as it is. All or none: what a refused call leaves half done is undone again. */
export async function createLinks(client: OdooClient, relation: Relation, request: CreateRequest): Promise<readonly CreatedRecord[]> {
  const links = request.records.map(({ values }) => linkOf(`${String(values['record'])}:${String(values['value'])}`));
  await refuseMissing(client, relation, links, request);
  const good = links.filter((link) => link !== null);
  const before = request.looked === true ? new Set<string>() : await existing(client, relation, good);
  const wanted = [...new Map(good.filter((link) => !before.has(idOf(link))).map((link) => [idOf(link), link])).values()];
  const done: Link[] = [];
  try {
    await writeLinks(client, relation, 4, wanted, done);
  } catch (error) {
    if (done.length > 0 && !(error instanceof AmbiguousError)) await undo(client, relation, done);
    throw error;
  }
  return request.records.map(({ key }, at) => ({ key, id: idOf(links[at] ?? { record: 0, value: 0 }) }));
}

async function undo(client: OdooClient, relation: Relation, done: readonly Link[]): Promise<void> {
  try {
    await writeLinks(client, relation, 3, done, []);
  } catch (error) {
    throw new AmbiguousError({ code: 'partly-created', message: `${relation.object}: ${done.length} links were made before the others were refused, and could not be taken back.`, cause: error });
  }
}

/** A missing record or value is named here; Odoo would refuse the whole call and name nobody. */
async function refuseMissing(client: OdooClient, relation: Relation, links: readonly (Link | null)[], request: CreateRequest): Promise<void> {
  const there = async (model: string, ids: readonly number[]): Promise<ReadonlySet<number>> => new Set(ids.length === 0 ? [] : await client.read(model, 'search', { domain: [['id', 'in', [...new Set(ids)]]] }) as readonly number[]);
  const good = links.filter((link) => link !== null);
  const [records, values] = await Promise.all([there(relation.model, good.map((link) => link.record)), there(relation.related, good.map((link) => link.value))]);
  const rejections = links.flatMap((link, index): Rejection[] => {
    const given = request.records[index]?.values;
    const unknown = Object.keys(given ?? {}).find((name) => name !== 'record' && name !== 'value');
    if (unknown !== undefined) throw new ConfigurationError({ code: 'unknown-field', message: `${relation.object} has no field '${unknown}'.`, remedy: 'Its fields are record and value.' });
    if (link === null) return [{ index, code: 'not-an-id', message: `record ${JSON.stringify(given?.['record'] ?? null)} and value ${JSON.stringify(given?.['value'] ?? null)} must both be ids of Odoo records.` }];
    if (!records.has(link.record)) return [{ index, code: 'link-not-found', field: 'record', message: `there is no ${relation.model} ${link.record}.` }];
    return values.has(link.value) ? [] : [{ index, code: 'link-not-found', field: 'value', message: `there is no ${relation.related} ${link.value}.` }];
  });
  if (rejections.length > 0) throw new RecordRejectedError({ code: rejections[0]?.code ?? 'refused', message: `${relation.object}: ${rejections.length} of ${links.length} links cannot be made; first: ${rejections[0]?.message ?? ''}`, rejections });
}

/** One write for each value, of up to 1,000 records. */
async function writeLinks(client: OdooClient, relation: Relation, command: 3 | 4, links: readonly Link[], done: Link[]): Promise<void> {
  for (const group of groupsBy(links, (link) => String(link.value))) {
    for (let at = 0; at < group.length; at += recordsPerWrite) {
      const part = group.slice(at, at + recordsPerWrite);
      await client.write(relation.model, 'write', { ids: part.map((link) => link.record), vals: { [relation.field]: [[command, group[0].value]] } });
      done.push(...part);
    }
  }
}

/** Undoes links; those that are gone, with their records or without, count as undone. */
export async function deleteLinks(client: OdooClient, relation: Relation, ids: readonly string[]): Promise<void> {
  const links = ids.map(linkOf).filter((link) => link !== null);
  const there = await existing(client, relation, links);
  await writeLinks(client, relation, 3, [...new Map(links.map((link) => [idOf(link), link])).values()].filter((link) => there.has(idOf(link))), []);
}

/** A link has nothing that could change: its version and content are its id. */
export async function readLinks(client: OdooClient, relation: Relation, request: Readonly<{ ids: readonly string[]; fields: readonly string[] }>): Promise<readonly DestinationRecord[]> {
  const there = await existing(client, relation, request.ids.map(linkOf).filter((link) => link !== null));
  return [...there].map((id) => ({ id, version: id, contentHash: createHash('sha256').update(`${relation.object}:${id}`).digest('hex').slice(0, 32), values: valuesOf(id, request.fields) }));
}

function valuesOf(id: string, fields: readonly string[]): JsonObject {
  const [record = '', value = ''] = id.split(':');
  return Object.fromEntries(fields.flatMap((name) => (name === 'record' ? [[name, record]] : name === 'value' ? [[name, value]] : [])));
}

export async function matchLinks(client: OdooClient, relation: Relation, request: MatchRequest): Promise<readonly MatchHit[]> {
  const ids = toRecordIds(request.values);
  if (ids.length === 0) return [];
  const by = request.field === 'record' ? 'record' : 'value';
  const hits: MatchHit[] = [];
  for await (const link of linksWhere(client, relation, [[by === 'record' ? 'id' : relation.field, 'in', ids]])) {
    if (ids.includes(link[by])) hits.push({ value: String(link[by]), id: idOf(link), values: valuesOf(idOf(link), request.fields ?? []) });
  }
  return hits;
}

/** Number of all links, and a hash over them. */
export async function countLinks(client: OdooClient, relation: Relation): Promise<{ readonly count: number; readonly hash: string }> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const link of linksWhere(client, relation, [[relation.field, '!=', false]])) {
    count += 1;
    hash.update(`${idOf(link)}\n`);
  }
  return { count, hash: hash.digest('hex') };
}
