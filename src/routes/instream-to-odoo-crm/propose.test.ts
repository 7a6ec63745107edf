import { expect, test } from 'vitest';
import type { Catalog } from '../../connector/catalog.ts';
import { compilePlan } from '../../plan/compiled/compile.ts';
import { acceptRecommendations, openDecisions, openLines } from '../../plan/changes/confirm.ts';
import type { Plan } from '../../plan/plan.ts';
import type { LinkResolution } from '../../plan/record-context.ts';
import { transformRecord } from '../../plan/compiled/transform-record.ts';
import { validatePlan } from '../../plan/validation/validate.ts';
import { propose } from './propose.ts';
import { destination, field, source } from './testing.ts';

const plan = (from: Catalog = source()): Plan => propose({ project: 'acme', source: from, sourceHash: 's', destination, destinationHash: 'd' });
const found = (mapping: string, id = '7'): LinkResolution => ({ state: 'found', sourceId: 'x', targets: { [mapping]: id } });
const deal = async (data: Record<string, string>, links: Record<string, readonly LinkResolution[]> = { contact: [found('contact-partners')], stage: [found('stages', '3')], lostReason: [found('lost-reasons', '9')] }, from: Catalog = source()): Promise<Awaited<ReturnType<typeof transformRecord>>> => {
  const mapping = compilePlan(acceptRecommendations(plan(from))).mappings.get('deals');
  if (mapping === undefined) throw new Error('the plan has no deals');
  return transformRecord(mapping, { object: 'deal', sourceId: 'd1', data: { title: 'Deal', stage_name: 'Oferta', pipeline_name: 'P', ...data } }, { links, facts: {}, lookup: () => '4' });
};
const values = async (...args: Parameters<typeof deal>): Promise<Record<string, unknown>> => {
  const result = await deal(...args);
  if (result.kind !== 'write') throw new Error(JSON.stringify(result));
  return result.values;
};
const facts = { stageOutcomes: [{ pipeline: 'P', stage: 'Oferta', open: 2, won: 6, lost: 6 }, { pipeline: 'P', stage: 'Nowa', open: 1, won: 0, lost: 0 }] };

test('the proposal stands up to both catalogs and can be confirmed as recommended', () => {
  const proposed = plan(source({ facts }));
  expect(validatePlan(proposed, { source: source({ facts }), destination })).toEqual([]);
  const accepted = acceptRecommendations(proposed);
  expect([...openDecisions(accepted), ...openLines(accepted)]).toEqual([]);
});

test('every column of the export is moved, used for a link, or left out with a reason', () => {
  const from = source({ contact: [field('cf:Region'), field('updated_at'), field('lists'), field('cf:Leer', { profile: { filled: 0, distinct: 0, samples: [], typeConfidence: 0 } })] });
  const proposed = plan(from);
  for (const each of from.objects) {
    const mappings = proposed.mappings.filter((mapping) => mapping.source === each.name);
    const said = new Set([
      ...mappings.flatMap((mapping) => [...mapping.fields.flatMap((line) => [line.from ?? []].flat()), ...mapping.leftOut.map((line) => line.from)]),
      ...proposed.derived.flatMap((derived) => derived.from.filter((origin) => origin.object === each.name).flatMap((origin) => Object.values(origin.fields))),
      ...proposed.links.filter((link) => link.object === each.name).flatMap((link) => [link.label ?? [], ...link.by.flatMap((part) => [part.from, part.where?.field ?? []].flat())].flat()),
    ]);
    expect(each.fields.map((one) => one.name).filter((name) => !said.has(name)), each.name).toEqual([]);
  }
});

test('a won deal goes into the won stage with probability 100, a lost one is archived with its reason', async () => {
  expect(await values({ status: 'won' })).toMatchObject({ stage_id: '4', probability: '100', active: true });
  expect(await values({ status: 'przegrana', lost_reason: 'Cena' })).toMatchObject({ stage_id: '3', probability: '0', active: false, lost_reason: '9' });
});

test('an open deal takes the probability of its stage: listed, else by how deals ended, else by its place', async () => {
  const links = { contact: [found('contact-partners')], stage: [found('stages', '3')] };
  const probability = async (stage: string, extra: Catalog['facts'] = {}): Promise<unknown> => (await values({ status: 'open', stage_name: stage }, links, source({ facts: { ...facts, ...extra } })))['probability'];
  expect(await probability('Oferta', { stages: [{ pipeline: 'P', stage: 'Oferta', sequence: '2', type: '', probability: '35' }] })).toBe(35);
  expect(await probability('Oferta')).toBe(50);
  expect(await probability('Nowa')).toBe(67); // second of two
});

test('a deal without a contact waits for a person, also when it names a company', async () => {
  expect(await deal({ status: 'open' }, { company: [found('companies')] })).toMatchObject({ kind: 'quarantine', code: 'deal-without-contact' });
});

test('an amount in another currency is not converted without a stated rate, and is kept', async () => {
  const amount = async (currency: string): Promise<Record<string, unknown>> => values({ status: 'won', amount: '100', currency });
  expect(await amount('EUR')).toMatchObject({ expected_revenue: '100', x_instream_currency: 'EUR' });
  expect(await amount('PLN')).toMatchObject({ expected_revenue: null, x_instream_amount: '100', x_instream_currency: 'PLN' });
  expect(plan().decisions.find((one) => one.id === 'currency-rate:PLN')).toMatchObject({ recommendation: 'keep', answer: null });
});

test('a status nobody can read is asked about and counts as open', () => {
  const decision = plan(source({ status: ['won', 'zawieszona'] })).decisions.find((one) => one.id.startsWith('status-meaning:'));
  expect(decision).toMatchObject({ id: 'status-meaning:zawieszona', recommendation: 'open', answer: null });
});

test('owners that no user has are asked about, the others are not', () => {
  const ids = plan(source({ facts: { ownerEmails: { 'anna@sales.example': 2, 'bogdan@sales.example': 1 } } })).decisions.map((one) => one.id);
  expect(ids).toContain('owner:bogdan@sales.example');
  expect(ids).not.toContain('owner:anna@sales.example');
});

test('custom columns become typed fields on partner and lead, and uncertain ones stay text', () => {
  const schema = plan(source({ contact: [
    field('cf:Liczba', { type: 'integer' }),
    field('cf:Data', { type: 'date', format: { kind: 'date', order: 'dmy', zone: null }, profile: { filled: 1, distinct: 3, samples: [], typeConfidence: 0.9 } }),
  ] })).schema.filter((line) => line.source !== undefined);
  expect(schema.map((line) => [line.object, line.name, line.type])).toEqual([
    ['res.partner', 'x_liczba', 'integer'], ['res.partner', 'x_data', 'text'], ['crm.lead', 'x_liczba', 'integer'], ['crm.lead', 'x_data', 'text'],
  ]);
});

test('a made-up address is left out or kept as decided for it, else as decided for all', async () => {
  const listed = { dummyEmails: { count: 2, list: [{ email: 'brak@brak.pl', reason: 'placeholder-domain' }, { email: 'x@nowhere', reason: 'domain-without-dot' }] } };
  const proposed = plan(source({ facts: listed, contact: [field('email')] }));
  expect(validatePlan(proposed, { source: source({ facts: listed, contact: [field('email')] }), destination })).toEqual([]);
  const emailOf = async (address: string, answers: Record<string, string>): Promise<unknown> => {
    const answered = acceptRecommendations({ ...proposed, decisions: proposed.decisions.map((decision) => ({ ...decision, answer: answers[decision.id] ?? decision.answer })) });
    const mapping = compilePlan({ ...answered, mappings: answered.mappings.map((one) => ({ ...one, when: undefined, fields: one.fields.filter((line) => line.to === 'email') })) }).mappings.get('contact-partners');
    if (mapping === undefined) throw new Error('the plan has no contacts');
    const result = await transformRecord(mapping, { object: 'contact', sourceId: 'c1', data: { email: address } }, { links: {}, facts: {}, lookup: () => undefined });
    return result.kind === 'write' ? result.values['email'] ?? null : result;
  };
  expect(await emailOf('brak@brak.pl', {})).toBeNull();
  expect(await emailOf('BRAK@brak.pl', { 'dummy-email:brak@brak.pl': 'keep' })).toBe('brak@brak.pl');
  expect(await emailOf('brak@brak.pl', { 'dummy-emails': 'keep' })).toBe('brak@brak.pl');
  expect(await emailOf('brak@brak.pl', { 'dummy-emails': 'keep', 'dummy-email:brak@brak.pl': 'drop' })).toBeNull();
});
