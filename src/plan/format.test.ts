import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../connector/json.ts';
import { exampleLine, exampleMapping, examplePlan } from './example-plan.ts';
import { formatPlan } from './format.ts';
import { planHash } from './hash.ts';
import { parsePlan } from './parse.ts';
import type { FieldLine, Plan } from './plan.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('yes', 'null', '~', '1.0', '0x1F', '- a', '# b', 'a: b', 'line\nbreak\n', ' lead', 'trail ', '\t', '2024-01-01', '<<', '!tag', '&a', '*a', '\u2028', '\u0085', '"', "'"));
const name = text.filter((value) => value.length > 0 && value !== '__proto__'); // refused by parsePlan, see below
const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes('__proto__')).map((value) => JSON.parse(JSON.stringify(value)) as Json);
const line: fc.Arbitrary<FieldLine> = fc.record({ from: name, reason: text, transform: name, parameters: json, evidence: fc.array(text, { maxLength: 3 }) })
  .map(({ from, reason, transform, parameters, evidence }) => exampleLine('x', { from, reason, evidence, transforms: ['trim', { [transform]: parameters as never }] }));
const plan: fc.Arbitrary<Plan> = fc.record({ project: name, lines: fc.array(line, { maxLength: 3 }), constant: json, answer: json, keep: fc.array(name, { maxLength: 3 }) })
  .map(({ project, lines, constant, answer, keep }) => examplePlan({
    project,
    decisions: [{ id: project, question: project, options: [{ value: answer as never, label: 'a', effect: 'b' }], recommendation: null, answer: answer as never, reason: '' }],
    mappings: [exampleMapping({ identity: { keepApart: keep }, fields: [...lines.map((each, index) => ({ ...each, to: `f${index}` })), exampleLine('c', { constant: constant as never })] })],
  }));

test('what is written is read again as it was', () => {
  fc.assert(fc.property(plan, (given) => { expect(parsePlan(formatPlan(given))).toEqual(given); }), { numRuns: 200 });
});

test('a key that JavaScript would lose is refused by name', () => {
  const [head, ...rest] = formatPlan(examplePlan()).split('\nproject:');
  expect(() => parsePlan(`${head}\n__proto__: {}\nproject:${rest.join('\nproject:')}`)).toThrow(/__proto__/);
});

test('the text is stable: formatting what was read gives the same text', () => {
  fc.assert(fc.property(plan, (given) => { const once = formatPlan(given); expect(formatPlan(parsePlan(once))).toBe(once); }), { numRuns: 50 });
});

function shuffled(value: unknown, turn: number): unknown {
  if (Array.isArray(value)) return value.map((entry) => shuffled(entry, turn));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]): [string, unknown] => [key, shuffled(entry, turn)]);
  return Object.fromEntries([...entries.slice(turn % (entries.length || 1)), ...entries.slice(0, turn % (entries.length || 1))]);
}

test('the hash does not depend on the order of keys, and changes with the content', () => {
  fc.assert(fc.property(plan, fc.nat(5), (given, turn) => { expect(planHash(shuffled(given, turn) as Plan)).toBe(planHash(given)); }), { numRuns: 100 });
  expect(planHash(examplePlan({ project: 'other' }))).not.toBe(planHash(examplePlan()));
  expect(planHash(examplePlan())).toMatch(/^[0-9a-f]{64}$/);
});

test('the text says how to edit it and which schema editors may use', () => {
  expect(formatPlan(examplePlan())).toMatch(/^# yaml-language-server: \$schema=\S+\n/);
  expect(formatPlan(examplePlan({ mappings: [exampleMapping({ fields: [exampleLine('a', { transforms: ['trim', { date: { order: 'dmy' } }] })] })] }))).toContain('transforms: [ trim, { date: { order: dmy } } ]');
});
