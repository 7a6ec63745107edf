import { expect, test } from 'vitest';
import { PlanError } from './errors.ts';
import type { PlanProblem } from './errors.ts';
import { exampleLine, exampleMapping, examplePlan } from './example-plan.ts';
import { formatPlan } from './format.ts';
import { parsePlan } from './parse.ts';

const text = formatPlan(examplePlan({
  decisions: [{ id: 'order', question: 'Which?', options: [{ value: 'dmy', label: 'Day first', effect: '3 April' }], recommendation: null, answer: null, reason: 'undecidable' }],
  mappings: [exampleMapping({ when: { all: [{ field: 'archived', filled: true }] }, otherwise: 'archived', fields: [exampleLine('name', { transforms: ['trim', { date: { order: 'dmy' } }] })] })],
}));

function problems(given: string): readonly PlanProblem[] {
  try {
    parsePlan(given);
  } catch (error) {
    if (error instanceof PlanError) return error.problems;
    throw error;
  }
  return [];
}

/** The text with a part replaced, and the 1-based line of that part. */
function broken(part: string, by: string): { readonly text: string; readonly line: number } {
  const at = text.indexOf(part);
  if (at < 0) throw new Error(`no ${part}`);
  return { text: text.replace(part, by), line: text.slice(0, at).split('\n').length };
}

test.each([
  ['destination: partner', 'destinaton: partner', 'unknown key "destinaton"', 'Did you mean "destination"?'],
  ['to: name', 'to: 5', '"to" must be text, not "5"', 'Write text; put numbers, yes/no and null in quotation marks.'],
  ['status: proposed', 'status: propose', '"status" is "propose"', 'Did you mean "proposed"?'],
  ['confidence: 0.9', 'confidence: 9', '"confidence" is above 1', 'Write a number up to 1.'],
  ['filled: true', 'filled: maybe', '"filled" must be true or false, not "maybe"', 'Write true or false.'],
  ['[ trim,', '[ [ trim ],', '"["trim"]" is not a transform', 'Write a name (`trim`) or a name with its parameters (`{ date: { order: dmy } }`).'],
  ['portolan: 1', 'portolan: 2', '"portolan" is "2"', 'Use 1.'],
  ['name: companies', 'name: people', 'phase "people" stands twice', 'Rename or remove one of the two.'],
])('%s → %s is named with its line and a remedy', (part, by, message, remedy) => {
  const changed = broken(part, by);
  const line = part === 'name: companies' ? changed.line + 3 : changed.line; // the second of the two is named
  expect(problems(changed.text)).toContainEqual(expect.objectContaining({ line, message, remedy }));
});

test('names the place in words: entries by their names', () => {
  expect(problems(broken('[ trim,', '[ [],').text)[0]?.path).toBe('mappings[people].fields[name].transforms[0]');
});

test('reports every problem, in the order of the lines', () => {
  const both = text.replace('project: acme', 'project: 7').replace('status: proposed', 'status: done').replace('    phase: people\n', '');
  const found = problems(both);
  expect(found.map(({ message }) => message)).toEqual(['"project" must be text, not "7"', '"phase" is missing', '"status" is "done"']);
  expect(found.map(({ line }) => line)).toEqual(found.map(({ line }) => line).sort((left, right) => (left ?? 0) - (right ?? 0)));
  expect(() => parsePlan(both)).toThrowError(/^line 9, project: "project" must be text, not "7" \(and 2 more\)$/);
});

test.each([
  ['a: [1', 1, 'not YAML'],
  ['', 1, 'the plan is empty'],
  ['a: 1\na: 2', 2, 'stands twice'],
  ['a:\n\t- 1', 2, 'not YAML'],
  ['a: &x 1\nb: *x', 2, 'alias "*x"'],
  ['a: !!js/function "f"', 1, 'tag'],
  ['just text', 1, 'the plan'],
])('%j is no plan', (bad, line, message) => {
  expect(problems(bad)[0]).toMatchObject({ line, message: expect.stringMatching(new RegExp(message.replace(/[*"]/g, '\\$&'), 'i')) });
});

test('a bomb of nested aliases is refused at once', () => {
  const bomb = ['a0: &a0 [x, x]', ...Array.from({ length: 40 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`)].join('\n');
  expect(problems(bomb).length).toBeGreaterThan(0);
});

test('reads JSON as well', () => {
  expect(parsePlan(JSON.stringify(examplePlan()))).toEqual(examplePlan());
});

test('allows several lines for one field when all but one have a condition', () => {
  const lines = (second: object) => formatPlan(examplePlan({ mappings: [exampleMapping({ fields: [exampleLine('a'), exampleLine('a', second)] })] }));
  expect(problems(lines({ when: { field: 'b', filled: true } }))).toEqual([]);
  expect(problems(lines({}))).toMatchObject([{ message: 'a line without condition for field "a" stands twice' }]);
});
