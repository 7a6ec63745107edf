import type { Json, JsonObject } from '../../../connector/json.ts';
import type { CustomerioClient } from '../client.ts';
import { cursorPages, startIn, wholeList, type ListPage } from '../cursor-pages.ts';
import { errorForFault } from '../faults.ts';
import { flattenAttributes } from '../flatten-attributes.ts';
import { inParallel } from '../in-parallel.ts';
import { readAhead } from '../read-ahead.ts';
import type { Chunk, Item, SourceObject } from '../source-object.ts';
import { idText, isoTime, objectIn, rowsIn } from '../values.ts';

/** One call for each object besides the search, so that small pages cost little and are quick to go on from. */
const objectsPerPage = 100;

async function objectTypes(client: CustomerioClient): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const rows = await wholeList(client, { path: '/object_types', endpoint: 'object_types', items: 'types' });
  return rows.flatMap((row) => { const id = idText(row['id']); return id === null ? [] : [{ id, name: idText(row['name']) ?? id }]; });
}

interface ObjectPage { readonly type: string; readonly typeName: string; readonly start: string; readonly ids: readonly Readonly<{ objectId: string; cioObjectId: string | null }>[] }

/**
 * All objects, type by type. A filter for all of them is not documented: those that should match everything are tried in
 * turn, and the first that finds something is used. Discovery compares the count with the workspace's own.
 */
async function* objectPages(client: CustomerioClient, place: JsonObject): AsyncGenerator<ObjectPage> {
  const types = await objectTypes(client);
  const from = Math.max(0, types.findIndex((type) => type.id === place['type']));
  for (const [index, type] of types.slice(from).entries()) {
    const body = await matchAll(client, type.id);
    if (body === null) continue;
    const list = { path: '/objects', query: { limit: String(objectsPerPage) }, body, endpoint: 'objects.search', items: 'identifiers', emptyPage: 'go-on' } as const;
    for await (const page of cursorPages(client, list, index === 0 ? startIn(place['start']) : '')) {
      const ids = page.rows.flatMap((row) => { const objectId = idText(row['object_id']); return objectId === null ? [] : [{ objectId, cioObjectId: idText(row['cio_object_id']) }]; });
      yield { type: type.id, typeName: type.name, start: page.start, ids };
    }
  }
}

async function matchAll(client: CustomerioClient, type: string): Promise<Json | null> {
  for (const field of ['cio_object_id', 'object_id', 'name']) {
    const body = { object_type_id: type, filter: { and: [{ object_attribute: { field, operator: 'exists', type_id: type } }] } };
    const answer = await client.ask({ path: '/objects', query: { limit: '1' }, body, endpoint: 'objects.search' });
    if ('body' in answer) {
      if (rowsIn(answer.body['identifiers']).length > 0) return body;
    } else if (![400, 404, 422].includes(answer.fault.status)) throw errorForFault(answer.fault, 'objects.search');
  }
  return null;
}

export function customObjects(client: CustomerioClient): SourceObject {
  return {
    name: 'object', label: 'Objects', profiled: true, attributes: true,
    fields: { object_type_id: { refersTo: 'object_type' }, object_type: 'text', object_id: 'text', cio_object_id: 'text', name: 'text', created_at: 'datetime', attributes: 'json', attribute_times: 'json' },
    async *chunks(from) {
      yield* readAhead(objectPages(client, objectIn(from)), 2, async (page) => ({
        at: { type: page.type, start: page.start },
        items: await inParallel(page.ids, async ({ objectId, cioObjectId }): Promise<Item> => {
          const id = `${page.type}:${objectId}`;
          const position = `object ${objectId} of type ${page.type}`;
          const answer = await client.ask({ path: `/objects/${page.type}/${encodeURIComponent(objectId)}/attributes`, query: { id_type: 'object_id' }, endpoint: 'objects.attributes' });
          if ('fault' in answer) {
            if (answer.fault.status !== 404) throw errorForFault(answer.fault, 'objects.attributes');
            return { id, code: 'dropped-by-customer-io', message: 'The search lists this object, and the call for its attributes does not know it: deleted meanwhile.', position, raw: objectId };
          }
          const object = objectIn(answer.body['object']);
          const attributes = objectIn(object['attributes']);
          return {
            id, position, data: {
              object_type_id: page.type, object_type: page.typeName, object_id: objectId, cio_object_id: cioObjectId, name: idText(attributes['name']), created_at: isoTime(attributes['created_at'] ?? attributes['cio_created_at']),
              attributes, attribute_times: object['timestamps'] ?? null, ...flattenAttributes(attributes),
            },
          };
        }),
      }));
    },
  };
}

/** Objects whose people are asked for together: most have one page of them, and one call at a time would wait for each answer. */
const objectsTogether = 8;

/** What people call the attribute that marks one relation of several as the main one. */
const markOfMain = /^(?:is[_ ]?)?(?:primary|main|default|current)(?:[_ ](?:company|account|relation))?$/iu;

/** Whether the attributes of a relation say that it is the person's main one. */
function isMarkedAsMain(attributes: JsonObject): boolean {
  return Object.entries(attributes).some(([name, value]) => markOfMain.test(name) && /^(?:true|yes|1)$/iu.test(String(value)));
}

/** Who is related to which object. Attributes of the relation come from the person's side alone: one call for each person. */
export function relationships(client: CustomerioClient, withAttributes: boolean): SourceObject {
  return {
    name: 'relationship', label: 'Relations of people and objects', profiled: false,
    fields: { object: { refersTo: 'object' }, object_type_id: { refersTo: 'object_type' }, object_id: 'text', cio_id: { refersTo: 'person' }, person_id: 'text', email: 'email', attributes: 'json', attribute_times: 'json' },
    async *chunks(from) {
      const place = objectIn(from);
      const pagesOf = async ({ page, objectId, start }: Owner): Promise<OpenList> => {
        const list = { path: `/objects/${page.type}/${encodeURIComponent(objectId)}/relationships`, query: { id_type: 'object_id', limit: '1000' }, endpoint: 'objects.relationships', items: 'cio_relationships', emptyPage: 'go-on', mayBeGone: true } as const;
        const rest = cursorPages(client, list, start);
        const chunkOf = async (people: ListPage): Promise<Chunk> => ({
          at: { type: page.type, start: page.start, object: objectId, people: people.start }, items: await inParallel(people.rows, (row) => relationship(client, { type: page.type, objectId, row, withAttributes })),
        });
        const first = await rest.next();
        return { first: first.done === true ? null : await chunkOf(first.value), rest, chunkOf };
      };
      for await (const { first, rest, chunkOf } of readAhead(owners(client, place), objectsTogether, pagesOf)) {
        if (first !== null) yield first;
        for await (const people of rest) yield await chunkOf(people);
      }
    },
  };
}

interface Owner { readonly page: ObjectPage; readonly objectId: string; readonly start: string }
interface OpenList { readonly first: Chunk | null; readonly rest: AsyncGenerator<ListPage>; readonly chunkOf: (people: ListPage) => Promise<Chunk> }

/** Objects from the place on; one that is gone meanwhile is not waited for beyond its page. */
async function* owners(client: CustomerioClient, place: JsonObject): AsyncGenerator<Owner> {
  let waiting = idText(place['object']);
  for await (const page of objectPages(client, place)) {
    if (waiting !== null && !page.ids.some((each) => each.objectId === waiting)) waiting = null;
    for (const { objectId } of page.ids) {
      if (waiting !== null && objectId !== waiting) continue;
      yield { page, objectId, start: waiting === null ? '' : startIn(place['people']) };
      waiting = null;
    }
  }
}

async function relationship(client: CustomerioClient, params: Readonly<{ type: string; objectId: string; row: JsonObject; withAttributes: boolean }>): Promise<Item> {
  const { type, objectId, row, withAttributes } = params;
  const identifiers = objectIn(row['identifiers']);
  const cioId = idText(identifiers['cio_id']);
  const id = `${type}:${objectId}:${cioId ?? `person ${idText(identifiers['id']) ?? idText(identifiers['email']) ?? '?'}`}`;
  const own = withAttributes && cioId !== null ? await ownRelation(client, cioId, type, objectId) : null;
  return {
    id, position: `relation of object ${objectId} of type ${type} and person ${cioId ?? '?'}`,
    data: { object: `${type}:${objectId}`, [`of_type_${type}`]: `${type}:${objectId}`, ...(isMarkedAsMain(objectIn(own?.['attributes'])) ? { [`main_of_type_${type}`]: `${type}:${objectId}` } : {}), object_type_id: type, object_id: objectId, cio_id: cioId, person_id: idText(identifiers['id']), email: idText(identifiers['email']), attributes: own?.['attributes'] ?? null, attribute_times: own?.['timestamps'] ?? null },
  };
}

async function ownRelation(client: CustomerioClient, cioId: string, type: string, objectId: string): Promise<JsonObject | null> {
  const list = { path: `/customers/cio_${encodeURIComponent(cioId)}/relationships`, query: { id_type: 'cio_id', limit: '1000' }, endpoint: 'customers.relationships', items: 'cio_relationships', emptyPage: 'go-on', mayBeGone: true } as const;
  for await (const page of cursorPages(client, list)) {
    const found = page.rows.find((row) => idText(row['object_type_id']) === type && idText(objectIn(row['identifiers'])['object_id']) === objectId);
    if (found !== undefined) return found;
  }
  return null;
}
