import { expect, test } from 'vitest';
import type { Catalog } from '../../connector/catalog.ts';
import { liquidVariables } from './mappings/templates.ts';
import { line } from './lines.ts';
import { answerTo, eventsDecision, listAttributes, rareBelow, rareDecision } from './shaping.ts';

const field = (name: string, type: 'json' | 'text', samples: readonly string[]): Catalog['objects'][number]['fields'][number] => ({ name, label: name, type, required: false, readonly: true, custom: true, profile: { filled: 0.5, distinct: 2, samples, typeConfidence: 1 } });
const catalog = (people: number, events: number | null): Catalog => ({
  platform: 'customerio', version: null, edition: null, notes: [], questions: [], facts: {}, limits: [], objects: [
    { name: 'person', label: 'People', count: people, fields: [field('attr.tags', 'json', ['["a","b"]', 'a, b']), field('attr.orders', 'json', ['[{"sku":1}]']), field('attr._cio_x', 'json', ['["a"]']), field('attr.city', 'text', ['Gdynia'])] },
    ...(events === null ? [] : [{ name: 'archive_event', label: 'Events', count: events, fields: [] }]),
  ],
});

test('a digest is recommended where notes would be too many, and an answer that is none counts as no answer', () => {
  const recommended = (people: number, events: number | null): unknown => eventsDecision({ source: catalog(people, events) }).recommendation;
  expect([recommended(1000, 6000), recommended(1000, 200_000), recommended(1000, null), recommended(0, 5)]).toEqual(['message', 'digest', 'message', 'message']);
  const events = eventsDecision({ source: catalog(10, null) });
  expect(['activity', 'nonsense', null].map((answer) => answerTo({ answers: { events: answer } }, events))).toEqual(['activity', 'message', 'message']);
});

test('the threshold is a number of per cent, any that a person states', () => {
  expect([{}, { 'rare-attributes': 7.5 }, { 'rare-attributes': 0 }, { 'rare-attributes': 'many' }, { 'rare-attributes': -1 }].map((answers) => rareBelow({ answers }))).toEqual([0.01, 0.075, 0, 0.01, 0.01]);
  expect(rareDecision().shapes).toBe(true);
});

test('lists of values are those whose samples hold no structures', () => {
  expect(listAttributes({ source: catalog(10, null) })).toEqual(['attr.tags']);
});

test('variables of Liquid are those that one line loads as they are', () => {
  expect(liquidVariables({ fields: [
    line('x_plan', '', { from: 'attr.plan' }), line('country_id', '', { from: 'attr.country' }), line('name', '', { from: ['attr.first_name', 'attr.last_name'] }), line('x_first_name', '', { from: 'attr.first_name' }), line('company_name', '', { from: 'attr.company', when: { field: 'x', filled: true } }),
  ] })).toMatchObject({ 'customer.plan': 'object.x_plan', 'customer.country': 'object.country_id.name', 'customer.first_name': 'object.x_first_name', 'customer.email': 'object.email' });
});
