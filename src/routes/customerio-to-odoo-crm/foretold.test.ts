import { expect, test } from 'vitest';
import type { Catalog, CatalogField, CatalogObject, FieldProfile } from '../../connector/catalog.ts';
import type { Json } from '../../connector/json.ts';
import type { Decision } from '../../plan/plan.ts';
import { decisions } from './decisions.ts';
import type { RouteInput } from './lines.ts';

const field = (name: string, profile: Partial<FieldProfile>): CatalogField => ({ name, label: name, type: 'text', required: false, readonly: true, custom: false, profile: { filled: 1, distinct: 1, samples: [], typeConfidence: 1, ...profile } });
const object = (name: string, count: number | null, fields: readonly CatalogField[] = []): CatalogObject => ({ name, label: name, count, fields });
const archive = (count: number, people: number, days: number): CatalogObject => object('archive_event', count, [field('person_key', { distinct: people }), field('day', { distinct: days })]);
const typed = object('object', 9, [field('object_type_id', { distinct: 2, values: [{ value: '1', count: 6 }, { value: '2', count: 3 }] })]);
const types = [{ id: '1', name: 'Companies', looksLikeCompany: true }, { id: '2', name: 'Offices', looksLikeCompany: true }];
const segment = (id: string, name: string, members: number | null): { readonly [name: string]: Json } => ({ id, name, members, conditions: null });

function decided(objects: readonly CatalogObject[], more: Readonly<{ answers?: { readonly [id: string]: Json }; segments?: readonly { readonly [name: string]: Json }[] }> = {}): (id: string) => Decision {
  const source: Catalog = { platform: 'customerio', version: null, edition: null, notes: [], questions: [], facts: { people: 60, lists: { segment: [...more.segments ?? []] } }, limits: [], objects: [object('person', 60), ...objects] };
  const found = decisions({ source, destination: { ...source, objects: [] }, answers: more.answers ?? {}, region: 'PL', types } as unknown as RouteInput);
  return (id) => {
    const decision = found.find((one) => one.id === id);
    if (decision === undefined) throw new Error(`There is no decision ${id}.`);
    return decision;
  };
}
const effect = (decision: Decision, value: Json): string => decision.options.find((option) => option.value === value)?.effect ?? 'no such option';

test('events: notes, digests and activities of the archive are counted, those of the API are not known', () => {
  const events = decided([archive(500, 12, 20), object('event', null)])('events');
  expect(effect(events, 'message')).toContain('Of the archive at most 500 notes: what is of nobody who is loaded stays behind. How many the API\'s last 30 days add: not known before the run.');
  expect(effect(events, 'digest')).toContain('Of the archive at most 240 notes:'); // 12 people on 20 days
  expect(effect(events, 'activity')).toContain('Of the archive at most 500 activities:');
  expect(effect(events, 'leave-out')).toContain('stay behind: 500 of the archive. How many of the API\'s last 30 days: not known before the run.');
});

test('events: no digest more than events, and nothing is multiplied that was not counted to its end', () => {
  const digests = (count: number, people: number, days: number): string => effect(decided([archive(count, people, days)])('events'), 'digest');
  expect(digests(100, 12, 20)).toContain('at most 100 notes');
  expect(digests(5_000_000, 1_001, 20)).toContain('at most 5000000 notes');
  expect(digests(1, 1, 1)).toContain('at most 1 note:');
});

test('events: without an archive nothing is foretold', () => {
  const events = decided([object('event', null)])('events');
  for (const [value, what] of [['message', 'notes'], ['digest', 'notes'], ['activity', 'activities']] as const) expect(effect(events, value)).toContain(`How many ${what}: not known before the run, as the API counts no events.`);
  expect(effect(events, 'leave-out')).not.toMatch(/\d+ of the archive/);
});

test('parent and other companies: companies are counted by the types that become some, relations are not known', () => {
  const of = decided([typed, object('relationship', null)]);
  expect(effect(of('parent'), 'main')).toContain('People come under 9 companies at most. How many people are related to one company, and how many to several: not known before the run');
  expect(effect(of('parent'), 'none')).toContain('Nobody stands under any of 9 companies.');
  expect(effect(of('other-companies'), 'tag')).toContain('At most 9 tags, one for each company.');
  expect(effect(of('other-companies'), 'note')).not.toMatch(/\d/);
  const one = decided([typed, object('relationship', null)], { answers: { 'object-type:1': 'category' } });
  expect(effect(one('parent'), 'first')).toContain('People come under 3 companies at most.');
  const uncounted = decided([object('object', null), object('relationship', null)]);
  expect([effect(uncounted('parent'), 'main'), effect(uncounted('other-companies'), 'tag')]).toEqual([expect.stringContaining('companies (how many: not known before the run)'), expect.stringContaining('How many tags: not known before the run.')]);
  const read = decided([typed, object('relationship', 14)]);
  expect(effect(read('parent'), 'main')).toContain('There are 14 relations to objects of all types; how many people have several: not known before the run.');
});

test('inactive people: each segment says of how many people it is, those that sound inactive first', () => {
  const segments = [segment('1', 'VIP', 3), segment('2', 'Poland', 40), segment('3', 'Sleeping', 12), segment('4', 'New', null), segment('5', 'Old', 1), segment('6', 'Odd', 2)];
  const inactive = decided([], { segments })('inactive-people');
  expect(inactive.evidence).toEqual(['members of "Sleeping": 12 of 60 people (20 %)', 'members of "VIP": 3 of 60 people (5 %)', 'members of "Poland": 40 of 60 people (66.7 %)', 'members of "New": not known before the run', 'members of 2 other segments: see the options of decision inactive']);
  expect(decided([])('inactive-people')).toMatchObject({ evidence: [], reason: expect.stringContaining('it is nobody') as string });
});
