import { invalid } from './problem.ts';
import type { Body } from './call.ts';

const operators = ['=', '!=', 'IN', 'NIN', '>', '<', '>=', '<=', '~', '!~', '^', '$'] as const;
type Operator = (typeof operators)[number];
type Value = string | number | boolean | null;

/** What is searched: the values that a field has in a record (several for lists), or null where the field cannot be searched. */
export interface Searchable<T> {
  values(record: T, field: string): readonly Value[] | null;
  /** Dates of contacts go by days of the workspace's calendar up to 2.16: the day of a moment in seconds; null: seconds are compared. */
  day(field: string): ((seconds: number) => string) | null;
  /** `>` and `<` on dates mean or-equal, as for conversations. */
  readonly inclusive: boolean;
}

const mostFilters = 15;
const deepest = 2;

function holds(operator: Operator, values: readonly Value[], wanted: unknown, day: ((seconds: number) => string) | null, inclusive: boolean): boolean {
  const same = (value: Value, other: unknown): boolean => (day !== null && typeof value === 'number' ? day(value) === day(Number(other))
    : typeof value === 'string' && typeof other === 'string' ? value.toLowerCase() === other.toLowerCase() : String(value) === String(other));
  const any = (list: readonly unknown[]): boolean => list.some((other) => (values.length === 0 ? other === null : values.some((value) => same(value, other))));
  const part = (test: (text: string, wanted: string) => boolean): boolean => values.some((value) => test(String(value ?? '').toLowerCase(), String(wanted).toLowerCase()));
  const compare = (test: (one: number | string, other: number | string) => boolean): boolean => values.some((value) => value !== null && (day !== null ? test(day(Number(value)), day(Number(wanted))) : test(Number(value), Number(wanted))));
  switch (operator) {
    case '=': return any([wanted]);
    case '!=': return !any([wanted]);
    case 'IN': case 'NIN': {
      if (!Array.isArray(wanted)) throw invalid(`The value of ${operator} must be an array`);
      return any(wanted) === (operator === 'IN');
    }
    case '>': return compare((one, other) => (inclusive ? one >= other : one > other));
    case '<': return compare((one, other) => (inclusive ? one <= other : one < other));
    case '>=': return compare((one, other) => one >= other);
    case '<=': return compare((one, other) => one <= other);
    case '~': return part((value, other) => value.includes(other));
    case '!~': return !part((value, other) => value.includes(other));
    case '^': return part((value, other) => value.startsWith(other));
    case '$': return part((value, other) => value.endsWith(other));
  }
}

/** Turns the `query` of a search into a test of records. At most 15 filters a group, groups in groups at most two deep. @throws Problem 400 */
export function testOf<T>(query: unknown, searchable: Searchable<T>, depth = 0): (record: T) => boolean {
  if (typeof query !== 'object' || query === null) throw invalid('query must be an object');
  const { operator, field, value } = query as Body;
  if (operator === 'AND' || operator === 'OR') {
    if (!Array.isArray(value) || value.length === 0) throw invalid(`${operator} needs an array of filters`);
    if (value.length > mostFilters) throw invalid(`A maximum of ${mostFilters} filters is allowed for each ${operator}`);
    if (depth >= deepest) throw invalid('Query nesting is too deep: at most 2 levels are allowed');
    const tests = value.map((part) => testOf(part, searchable, depth + 1));
    return (record) => (operator === 'AND' ? tests.every((test) => test(record)) : tests.some((test) => test(record)));
  }
  if (typeof field !== 'string') throw invalid('field must be a string');
  const known = operators.find((one) => one === operator);
  if (known === undefined) throw invalid(`Operator '${String(operator)}' is not valid`);
  const day = searchable.day(field);
  if (day !== null && known !== '=' && known !== '>' && known !== '<') throw invalid(`Operator '${known}' is not valid for the date field '${field}'`);
  return (record) => {
    const values = searchable.values(record, field);
    if (values === null) throw invalid(`Field '${field}' is not searchable`);
    return holds(known, values, value, day, searchable.inclusive);
  };
}

/** The value that a search demands of a field for certain: the filter itself or one of an outermost AND. */
export function demanded(query: unknown, field: string): string | null {
  const { operator, field: own, value } = (query ?? {}) as Body;
  if (own === field && operator === '=' && typeof value === 'string') return value;
  if (operator !== 'AND' || !Array.isArray(value)) return null;
  for (const part of value as readonly Body[]) if (part['field'] === field && part['operator'] === '=' && typeof part['value'] === 'string') return part['value'];
  return null;
}
