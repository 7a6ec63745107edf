import { badRequest, unprocessable } from '../problem.ts';
import { attributeOf } from '../world/attributes.ts';
import { segments } from '../world/segments.ts';
import type { World } from '../world/world.ts';

export type PersonTest = (world: World, index: number) => boolean;
const isObject = (value: unknown): value is { readonly [name: string]: unknown } => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a filter: and, or, not, segment {id}, attribute {field, operator eq or exists, value}; one of them at each level.
 * @throws Problem 400 without one, 422 for what the grammar does not have (gt, lt, contains, times)
 */
export function personFilter(filter: unknown, pointer = '/filter'): PersonTest {
  if (!isObject(filter) || Object.keys(filter).length !== 1) throw badRequest('filter must have exactly one of and, or, not, segment, attribute', pointer);
  const [[kind, value] = ['', null]] = Object.entries(filter);
  switch (kind) {
    case 'and':
    case 'or': {
      if (!Array.isArray(value) || value.length === 0) throw badRequest(`${kind} must be a list with conditions`, `${pointer}/${kind}`);
      const tests = value.map((one, at) => personFilter(one, `${pointer}/${kind}/${at}`));
      return kind === 'and' ? (world, index) => tests.every((test) => test(world, index)) : (world, index) => tests.some((test) => test(world, index));
    }
    case 'not': {
      const test = personFilter(value, `${pointer}/not`);
      return (world, index) => !test(world, index);
    }
    case 'segment': {
      const segment = segments.find(({ id }) => isObject(value) && String(id) === String(value['id']));
      if (segment === undefined) throw unprocessable('segment not found', `${pointer}/segment/id`);
      return segment.isMember;
    }
    case 'attribute': return attributeTest(value, `${pointer}/attribute`);
    default: throw unprocessable(`unknown condition ${kind}`, `${pointer}/${kind}`);
  }
}

function attributeTest(value: unknown, pointer: string): PersonTest {
  if (!isObject(value) || typeof value['field'] !== 'string') throw badRequest('attribute needs a field', `${pointer}/field`);
  const { field, operator, value: wanted } = value;
  if (operator === 'exists') return field === 'cio_id' ? () => true : (world, index) => attributeOf(world, index, field) !== null;
  if (operator !== 'eq') throw unprocessable(`operator ${String(operator)} is not supported; use eq or exists`, `${pointer}/operator`);
  if (typeof wanted !== 'string') throw unprocessable('value must be a string', `${pointer}/value`);
  return (world, index) => attributeOf(world, index, field) === wanted;
}
