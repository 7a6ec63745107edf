import { expect, test } from 'vitest';
import type { Catalog } from '../../connector/catalog.ts';
import type { Json } from '../../connector/json.ts';
import { answersOf } from '../../plan/answered-check.ts';
import { compilePlan } from '../../plan/compiled/compile.ts';
import { acceptRecommendations, answer } from '../../plan/changes/confirm.ts';
import type { Plan } from '../../plan/plan.ts';
import type { LinkResolution, TransformResult } from '../../plan/record-context.ts';
import { transformRecord } from '../../plan/compiled/transform-record.ts';
import { validatePlan } from '../../plan/validation/validate.ts';
import { handoff } from './documents.ts';
import { propose } from './propose.ts';
import { readiness } from './readiness.ts';
import { destination, field, fullSource, source } from './testing.ts';

const plan = (from: Catalog): Plan => propose({ project: 'acme', source: from, sourceHash: 's', destination, destinationHash: 'd' });
const found = (mapping: string, id = '7'): LinkResolution => ({ state: 'found', sourceId: 'x', targets: { [mapping]: id } });
const decision = (from: Catalog, id: string): Plan['decisions'][number] => {
  const one = plan(from).decisions.find((each) => each.id === id);
  if (one === undefined) throw new Error(`nobody asks ${id}`);
  return one;
};

interface Given { readonly links?: Record<string, LinkResolution>; readonly answers?: Record<string, Json> }
async function through(from: Catalog, id: string, data: Record<string, Json>, { links = {}, answers = {} }: Given = {}): Promise<TransformResult> {
  const mapping = compilePlan(acceptRecommendations(answer(plan(from), answers))).mappings.get(id);
  if (mapping === undefined) throw new Error(`the plan has no ${id}`);
  return transformRecord(mapping, { object: mapping.source, sourceId: 'x1', data }, { links: Object.fromEntries(Object.entries(links).map(([name, link]) => [name, [link]])), facts: {}, lookup: ({ object, value }) => `${object}=${value}` });
}

const deal = { title: 'Deal', stage_name: 'Oferta', pipeline_name: 'P' };
const dealLinks = { contact: found('contact-partners', '2'), stage: found('stages', '3'), lostReason: found('lost-reasons', '9') };

test('a deal that InStream calls archived is lost only because a person says so', async () => {
  const from = source({ status: ['won', 'Zarchiwizowana', 'open'] });
  expect(decision(from, 'status-meaning:Zarchiwizowana')).toMatchObject({ recommendation: 'lost', answer: null, reason: expect.stringContaining('not how it ended') });
  expect(await through(from, 'deals', { ...deal, status: 'Zarchiwizowana' }, { links: dealLinks })).toMatchObject({ kind: 'write', values: { active: false, probability: '0' } });
  const facts = { stageOutcomes: [{ pipeline: 'P', stage: 'Oferta', open: 0, won: 1, lost: 0, archived: 2, other: 0 }] };
  const asked = source({ status: ['won', 'Zarchiwizowana', 'open'], facts });
  expect(await through(asked, 'deals', { ...deal, status: 'Zarchiwizowana' }, { links: dealLinks, answers: { 'status-meaning:Zarchiwizowana': 'open' } })).toMatchObject({ kind: 'write', values: { active: true, probability: 50 } });
  // An archived deal makes nobody a contact with an open deal.
  const closed = plan(from).facts.find(({ name }) => name === 'openDeals')?.count.unless ?? [];
  expect(['won', 'przegrana', 'Zarchiwizowana', 'open', '', 'negocjacje'].map((label) => closed.includes(label))).toEqual([true, true, true, false, false, false]);
});

test('a deal keeps the company that it names beside its contact, and a lost reason also where it is not lost', async () => {
  const base = source({ facts: { stageOutcomes: [{ pipeline: 'P', stage: 'Oferta', open: 1, won: 0, lost: 1 }] } });
  const from = { ...base, objects: base.objects.map((object) => (object.name === 'deal' ? { ...object, fields: [...object.fields, field('company_name')] } : object)) };
  expect(await through(from, 'deals', { ...deal, status: 'open', company_name: 'Acme  SA', lost_reason: 'Cena' }, { links: dealLinks }))
    .toMatchObject({ kind: 'write', values: { partner_id: '2', x_instream_company: 'Acme SA', lost_reason: null, x_instream_lost_reason: 'Cena' } });
  const lost = await through(from, 'deals', { ...deal, status: 'przegrana', lost_reason: 'Cena' }, { links: dealLinks });
  expect(lost).toMatchObject({ kind: 'write', values: { lost_reason: '9' } });
  expect(lost).toHaveProperty('values.x_instream_lost_reason', null); // what an earlier export left there goes
  expect(validatePlan(plan(from), { source: from, destination })).toEqual([]);
});

test('the merge list of tags is shown before the load, and a merge can be undone', async () => {
  const from = { ...fullSource(), facts: { ...fullSource().facts, tagVariants: { vip: [{ name: 'VIP', count: 5 }, { name: 'vip', count: 1 }] } } };
  expect(decision(from, 'tag-spellings:VIP')).toMatchObject({ recommendation: 'merge', evidence: ['"VIP" 5 times', '"vip" 1 time'] });
  expect(await through(from, 'lead-tags', { name: ' vip' })).toMatchObject({ kind: 'write', values: { name: 'vip' } });
  expect(await through(from, 'lead-tags-apart', { name: 'vip' })).toEqual({ kind: 'skip', reason: 'one-tag-for-all-spellings' });
  const answers = { 'tag-spellings:VIP': 'apart' };
  expect(await through(from, 'lead-tags', { name: 'vip' }, { answers })).toEqual({ kind: 'skip', reason: 'kept-apart' });
  expect(await through(from, 'partner-tags-apart', { name: 'vip' }, { answers })).toMatchObject({ kind: 'write', values: { name: 'vip' } });
  expect(await through(from, 'tags-on-leads', { record_id: 'p1' }, { answers, links: { contact: found('contact-leads', '4'), tag: found('lead-tags-apart', '8') } })).toMatchObject({ kind: 'write', values: { record: '4', value: '8' } });
  expect(validatePlan(plan(from), { source: from, destination })).toEqual([]);
  expect(plan(fullSource()).mappings.some(({ id }) => id.endsWith('-apart'))).toBe(false);
});

test('what the rule for contacts makes of them is counted in its options', () => {
  const from = source({ facts: { contactsOnDeals: { any: 2, open: 1 }, contactsWithCompany: 3 } });
  const effects = Object.fromEntries(decision(from, 'contact-rule').options.map(({ value, effect }) => [value, effect]));
  expect(effects).toMatchObject({ 'any-deal': expect.stringContaining('About 2 partners and 1 lead.'), 'open-deal': expect.stringContaining('About 1 partner and 2 leads.'), everyone: expect.stringContaining('3 partners and 0 leads'), nobody: expect.stringContaining('0 partners and 3 leads') });
  expect(decision(from, 'representatives').options.find(({ value }) => value === 'with-company')?.effect).toContain('3 contacts name a company');
  expect(decision(source(), 'contact-rule').options[0]?.effect).not.toContain('About'); // an export that does not tell
});

test('a won member of a pipeline keeps the status that it had', async () => {
  const member = { list_name: 'VIP', contact_email: 'a@x.example', status_name: 'Wygrana', status_changed_at: '2024-05-06' };
  const links = { contact: found('contact-partners', '2'), status: found('list-stages', '6') };
  expect(await through(fullSource(), 'memberships-as-opportunities', member, { links, answers: { 'list:VIP': 'pipeline' } })).toMatchObject({ kind: 'write', values: { x_instream_stage: 'Wygrana', date_closed: expect.stringContaining('2024-05-0') } });
  expect(await through(fullSource(), 'memberships-as-opportunities', { ...member, status_name: 'Nowy' }, { links, answers: { 'list:VIP': 'pipeline' } })).toMatchObject({ kind: 'write', values: { x_instream_status_changed_at: expect.stringContaining('2024-05-0') } });
});

test('what a link reads is not said to be left out', () => {
  const leftOut = plan(fullSource()).mappings.filter(({ id }) => id.startsWith('tags-on-')).flatMap((mapping) => mapping.leftOut.map(({ from }) => from));
  expect(leftOut).toEqual([]);
  expect(plan(fullSource()).mappings.find(({ id }) => id === 'meeting-notes')?.leftOut.find(({ from }) => from === 'location')?.reason).toContain('calendar event');
});

test('the document of stages counts list statuses only where a list is a pipeline', () => {
  const from = fullSource();
  const stages = (given: Plan): string => handoff.documents({ plan: given, source: from, destination, report: null, placed: {} }).find(({ id }) => id === 'stages')?.summary ?? '';
  expect(stages(acceptRecommendations(plan(from)))).toContain('0 probabilities decided');
  expect(stages(acceptRecommendations(answer(plan(from), { 'list:Lejek': 'pipeline' })))).toContain('2 probabilities decided');
});

test('amounts in own columns are money where Odoo can be told in which currency, and numbers where they name another one', () => {
  const money = (name: string, unit: string | null): ReturnType<typeof field> => field(name, { type: 'money', format: { kind: 'number', decimal: ',', unit } });
  const from = source({ contact: [money('cf:Wartosc', null), money('cf:Budzet', 'USD')], facts: { currency: 'EUR' } });
  const odoo = (more: readonly string[]): Catalog => ({ ...destination, objects: [
    ...destination.objects.map((object) => (object.name === 'crm.lead' ? { ...object, fields: [...object.fields, field('company_currency', { type: 'reference', relatedObject: 'res.currency' })] } : object)),
    { name: 'ir.model.fields', label: 'Fields', count: 0, fields: more.map((name) => field(name)) },
  ] });
  const typesOf = (to: Catalog, given: Catalog): unknown[] => propose({ project: 'acme', source: given, sourceHash: 's', destination: to, destinationHash: 'd' }).schema
    .filter(({ object, source: made }) => object === 'crm.lead' && made !== undefined).map(({ name, type, currencyField }) => [name, type, currencyField]);
  const [plainSum, plainOther] = [['x_wartosc', 'decimal', undefined], ['x_budzet', 'decimal', undefined]];
  expect(typesOf(odoo(['currency_field']), from)).toEqual([['x_wartosc', 'money', 'company_currency'], plainOther]);
  expect(typesOf(odoo([]), from)).toEqual([plainSum, plainOther]); // 14 and 15 cannot be told
  expect(typesOf(odoo(['currency_field']), { ...from, facts: { ...from.facts, currency: null } })).toEqual([plainSum, plainOther]); // an account of several currencies
  expect(validatePlan(propose({ project: 'acme', source: from, sourceHash: 's', destination: odoo(['currency_field']), destinationHash: 'd' }), { source: from, destination: odoo(['currency_field']) })).toEqual([]);
});

test('amounts that name another currency in their cells stop a production run', () => {
  const noted = (units: readonly string[]): Catalog => ({ ...source(), notes: [{ subject: 'deal', level: 'info', code: 'units-in-amounts', message: 'm', details: { field: 'amount', units: [...units] } }] });
  const resultOf = (from: Catalog): unknown => readiness({ source: from, destination }).find(({ name }) => name === 'route-amount-units');
  expect(resultOf(source())).toMatchObject({ result: 'passed' });
  expect(resultOf(noted(['€']))).toMatchObject({ result: 'passed' });
  expect(resultOf(noted(['€', 'ZŁ']))).toMatchObject({ result: 'failed', message: expect.stringContaining('ZŁ') as string, remedy: expect.stringContaining('currency') as string });
});

test('what waits without its record says which of three things is the matter', async () => {
  const call = { started_at: '2024-05-06T07:08:09Z' };
  const sentence = async (links: Record<string, LinkResolution>): Promise<string> => {
    const result = await through(fullSource(), 'calls', call, { links });
    return result.kind === 'quarantine' && result.code === 'call-without-record' ? result.message : JSON.stringify(result);
  };
  expect(await sentence({})).toContain('names no contact');
  expect(await sentence({ contact: { state: 'missing', asked: 'nobody@x.example' } })).toContain('No contact, company or deal of the export answers');
  expect(await sentence({ contact: { state: 'found', sourceId: 'p1', targets: {} } })).toContain('did not go in itself');
});

test('readiness warns of owners, lists and stages until their decisions are answered, and again of one that came since', () => {
  const funnel = { name: 'Lejek', kind: 'personal', treatAs: '', people: 3, companies: 0, inCells: 0, statuses: [{ name: 'Nowy', count: 2 }, { name: 'Wygrana', count: 1 }] };
  const facts = { stageOutcomes: [{ pipeline: 'P', stage: 'Zielona', open: 3, won: 0, lost: 0, archived: 0, other: 0 }] };
  const base = fullSource([funnel]);
  const from: Catalog = { ...base, facts: { ...base.facts, ...facts }, objects: base.objects.map((one) => (one.name === 'deal' ? { ...one, fields: one.fields.map((each) => (each.name === 'status' ? { ...each, profile: { filled: 0.5, distinct: 1, samples: ['won'], typeConfidence: 1, values: [{ value: 'won', count: 1 }] } } : each)) } : one)) };
  const names = ['route-stage-meaning', 'route-owners', 'route-lists'];
  const results = (catalog: Catalog, answers?: Record<string, Json>): unknown[] => {
    const all = readiness({ source: catalog, destination, ...(answers === undefined ? {} : { answers }) });
    return names.map((name) => all.find((one) => one.name === name)?.result);
  };
  const warnings = names.map(() => 'warning');
  expect(results(from)).toEqual(warnings);
  expect(results(from, answersOf(plan(from)))).toEqual(warnings);
  const answers = answersOf(acceptRecommendations(plan(from)));
  expect(results(from, answers)).toEqual(names.map(() => 'passed'));
  expect(readiness({ source: from, destination, answers }).find(({ name }) => name === 'route-lists')?.message).toMatch(/Answered: Lejek: (?:segment|pipeline)\./u);
  const later: Catalog = { ...from, facts: { ...from.facts, ownerEmails: { ...from.facts['ownerEmails'] as Record<string, Json>, 'nowa@sales.example': 1 } } };
  expect(results(later, answers)).toEqual(['passed', 'warning', 'passed']);
});
