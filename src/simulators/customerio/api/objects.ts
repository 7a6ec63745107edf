import { param } from '../call.ts';
import type { Call, Json } from '../call.ts';
import { cursor, limitOf, listOf, nextOf, pageOf, positionOf } from '../paging.ts';
import { badRequest, notFound, unprocessable } from '../problem.ts';
import { cioObjectIdOf, objectAttributes, objectBy, objectCount, objectIdOf, objectTypes, peopleOf } from '../world/objects.ts';
import { identifiersOf } from '../world/person.ts';

type ObjectTest = (at: number) => boolean;

/** Ids are texts here, though a search and a relationship have them as numbers too. */
export const listObjectTypes = (): Json => ({ types: objectTypes.map((type) => ({ ...type, id: String(type.id) })) });

function typeOf(id: unknown): number {
  const type = objectTypes.find((one) => String(one.id) === String(id));
  if (type === undefined) throw unprocessable('unknown object type', '/object_type_id');
  return type.id;
}

const isObject = (value: unknown): value is { readonly [name: string]: unknown } => typeof value === 'object' && value !== null && !Array.isArray(value);

function testOf(call: Call, type: number, filter: unknown): ObjectTest {
  if (!isObject(filter) || Object.keys(filter).length !== 1) throw badRequest('filter must have exactly one of and, or, not, object_attribute', '/filter');
  const { and, or, not, object_attribute: condition } = filter;
  if (Array.isArray(and)) {
    const tests = and.map((one) => testOf(call, type, one));
    return (at) => tests.every((test) => test(at));
  }
  if (Array.isArray(or)) {
    const tests = or.map((one) => testOf(call, type, one));
    return (at) => tests.some((test) => test(at));
  }
  if (not !== undefined) {
    const test = testOf(call, type, not);
    return (at) => !test(at);
  }
  if (!isObject(condition) || typeof condition['field'] !== 'string') throw unprocessable('object_attribute needs a field', '/filter/object_attribute');
  const { field, operator, value } = condition;
  const valueOf = (at: number): unknown => {
    if (field === 'cio_object_id' || field === 'object_id') return call.world.unknowns.objectMatchAll === field ? (field === 'object_id' ? objectIdOf(type, at) : cioObjectIdOf(type, at)) : undefined;
    return objectAttributes(call.world, type, at)[field];
  };
  if (operator === 'exists') return (at) => valueOf(at) !== undefined;
  if (operator !== 'eq') throw unprocessable(`operator ${String(operator)} is not supported; use eq or exists`, '/filter/object_attribute/operator');
  return (at) => valueOf(at) === value;
}

export function searchObjects(call: Call): Json {
  const { world } = call;
  const type = typeOf(call.body['object_type_id']);
  const test = testOf(call, type, call.body['filter']);
  const kind = `objects ${type}`;
  function* matching(from: number): Generator<number> {
    for (let at = from; at < objectCount(world, type); at += 1) if (test(at)) yield at;
  }
  const page = pageOf(matching(positionOf<number>(call, kind, 0)), limitOf(call, 50, 1_000));
  const identifiers = page.indexes.map((at) => ({ object_id: objectIdOf(type, at), cio_object_id: cioObjectIdOf(type, at) }));
  return { identifiers: listOf(call, identifiers), ids: listOf(call, identifiers.map(({ object_id: id }) => id)), ...nextOf(call, page.next === null ? null : cursor(kind, page.next)) };
}

function requiredObject(call: Call): Readonly<{ type: number; at: number }> {
  const type = typeOf(param(call, 'type'));
  const kind = call.query.get('id_type') ?? 'object_id';
  if (kind !== 'object_id' && kind !== 'cio_object_id') throw badRequest('id_type must be object_id or cio_object_id', '/query/id_type');
  const at = objectBy(call.world, type, kind, param(call, 'id'));
  if (at === null) throw notFound('object not found');
  return { type, at };
}

/** One call per object: there is no batch. */
export function attributesOfObject(call: Call): Json {
  const { type, at } = requiredObject(call);
  const attributes = objectAttributes(call.world, type, at);
  const created = Number(attributes['created_at']);
  return { object: { object_type_id: type, identifiers: { object_id: objectIdOf(type, at), cio_object_id: cioObjectIdOf(type, at) }, attributes, timestamps: Object.fromEntries(Object.keys(attributes).map((name) => [name, created])) } };
}

/** The people of an object, without the attributes of the relationship. */
export function relationshipsOfObject(call: Call): Json {
  const { type, at } = requiredObject(call);
  const kind = `people of ${type} ${at}`;
  const page = pageOf(peopleOf(call.world, type, at, positionOf<number>(call, kind, 0)), limitOf(call, 10, 100));
  const shown = page.indexes.map((person) => ({ object_type_id: 0, identifiers: identifiersOf(call.world, person), object_type_disabled: false }));
  return { cio_relationships: listOf(call, shown), ...nextOf(call, page.next === null ? null : cursor(kind, page.next)) };
}
