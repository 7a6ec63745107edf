import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Catalog } from '../../connector/catalog.ts';
import type { Plan } from '../../plan/plan.ts';
import { validatePlan } from '../../plan/validation/validate.ts';
import { propose } from './propose.ts';
import { destination, fullSource } from './testing.ts';

const whole = fullSource();
const columns = whole.objects.flatMap((object) => object.fields.map((field) => `${object.name}.${field.name}`));

/** The full export without some of its columns; an object without any is not in it. */
function without(missing: ReadonlySet<string>): Catalog {
  return { ...whole, objects: whole.objects.map((object) => ({ ...object, fields: object.fields.filter((field) => !missing.has(`${object.name}.${field.name}`)) })).filter((object) => object.fields.length > 0) };
}

const planOf = (source: Catalog): Plan => propose({ project: 'acme', source, sourceHash: 's', destination, destinationHash: 'd' });

function troubles(missing: ReadonlySet<string>): readonly string[] {
  const source = without(missing);
  return validatePlan(planOf(source), { source, destination }).map((problem) => JSON.stringify(problem));
}

test.each(columns)('an export without the column %s gets a plan that stands up to both catalogs', (column) => {
  expect(troubles(new Set([column]))).toEqual([]);
});

test('an export without several of its columns gets one as well', () => {
  fc.assert(fc.property(fc.subarray(columns), (missing) => { expect(troubles(new Set(missing))).toEqual([]); }), { numRuns: 500 });
});

test('records that lack the column of a field that must be filled wait for a person, and no other ones', () => {
  const holds = (missing: readonly string[]): readonly string[] => planOf(without(new Set(missing))).mappings.flatMap(({ id, holdWhen = [] }) => holdWhen.filter(({ code }) => code === 'required-column-missing').map(({ message }) => `${id}: ${message}`));
  expect(holds([])).toEqual([]);
  expect(holds(['email.sent_at'])).toEqual(['emails: The export has no column "sent at", and date cannot be without a value.']);
  expect(holds(['meeting.description', 'contact.city'])).toEqual([]);
});

test('a mapping that could take no record is not proposed', () => {
  const ids = (missing: readonly string[]): readonly string[] => planOf(without(new Set(missing))).mappings.map(({ id }) => id);
  expect(new Set(ids([])).difference(new Set(ids(['meeting.description'])))).toEqual(new Set(['meeting-notes']));
  expect(new Set(ids([])).difference(new Set(ids(['contact.city'])))).toEqual(new Set());
});
