import { expect, test } from 'vitest';
import type { Catalog } from '../../connector/catalog.ts';
import { acceptRecommendations, answer } from '../../plan/changes/confirm.ts';
import { compilePlan } from '../../plan/compiled/compile.ts';
import type { Decision, Plan } from '../../plan/plan.ts';
import { transformRecord } from '../../plan/compiled/transform-record.ts';
import { validatePlan } from '../../plan/validation/validate.ts';
import { propose } from './propose.ts';
import { destination as plain, field, source } from './testing.ts';

const stages = [{ name: 'New', isWon: false }, { name: 'Proposition', isWon: false }, { name: 'Won', isWon: true }];
const destination: Catalog = { ...plain, facts: { ...plain.facts, stages, logins: ['anna@new.example', 'b.lind@new.example'], users: [{ login: 'anna@new.example', name: 'Anna Kowalska' }, { login: 'b.lind@new.example', name: 'Bo Lind' }] } };
const plan = (from: Catalog): Plan => propose({ project: 'acme', source: from, sourceHash: 's', destination, destinationHash: 'd' });
const decisionOf = (from: Catalog, id: string): Decision | undefined => plan(from).decisions.find((one) => one.id === id);

test('owners are proposed by name where no login is theirs, with probability and reason', () => {
  const from = source({ facts: { ownerEmails: { 'a.k@old.example': 3, 'bo.lind@old.example': 2, 'eva@old.example': 1 }, ownerNames: { 'A.K@old.example': 'Kowalska Anna' } } });
  expect(decisionOf(from, 'owner:a.k@old.example')).toMatchObject({ recommendation: 'anna@new.example', reason: expect.stringContaining('Anna Kowalska (anna@new.example) has the same name (90 %)') });
  expect(decisionOf(from, 'owner:bo.lind@old.example')).toMatchObject({ recommendation: 'b.lind@new.example', reason: expect.stringContaining('name that the address says (85 %)') });
  expect(decisionOf(from, 'owner:eva@old.example')).toMatchObject({ recommendation: '(unassigned)', options: [{ value: '(unassigned)' }, { value: '(placeholder)' }, { value: '(provision)' }] });
});

test('statuses and stages are read in five languages, and their probability is said', () => {
  const from = source({ status: ['gewonnen', 'Perdu', 'zawieszona'] });
  expect(decisionOf(from, 'status-meaning:gewonnen')).toMatchObject({ recommendation: 'won', reason: expect.stringContaining('92 %') });
  expect(decisionOf(from, 'status-meaning:Perdu')).toMatchObject({ recommendation: 'lost' });
  expect(decisionOf(from, 'status-meaning:zawieszona')).toMatchObject({ recommendation: 'open', reason: expect.stringContaining('not known') });
});

test('a stage that Odoo seems to have under another name can be put there, and is a stage of its own until then', async () => {
  const from = source({ facts: { stageOutcomes: [{ pipeline: 'P', stage: 'Angebot', open: 2, won: 0, lost: 0 }, { pipeline: 'P', stage: 'new', open: 1, won: 0, lost: 0 }, { pipeline: 'P', stage: 'Qqrx', open: 1, won: 0, lost: 0 }] } });
  const proposed = plan(from);
  expect(proposed.decisions.filter(({ id }) => id.startsWith('stage-place:'))).toMatchObject([{ id: 'stage-place:Angebot', recommendation: 'Angebot', reason: expect.stringContaining('"Proposition" (92 %'), options: [{ value: 'Angebot' }, { value: 'Proposition', label: 'Proposition (92 %)' }, { value: 'New' }, { value: 'Won' }] }]);
  expect(validatePlan(proposed, { source: from, destination })).toEqual([]);
  const nameOf = async (answered: Plan, name: string): Promise<unknown> => {
    const mapping = compilePlan(acceptRecommendations(answered)).mappings.get('stages');
    if (mapping === undefined) throw new Error('no stages');
    const result = await transformRecord(mapping, { object: 'stage', sourceId: '1', data: { name } }, { links: {}, facts: {}, lookup: () => undefined });
    return result.kind === 'write' ? result.values['name'] : result;
  };
  expect(await nameOf(proposed, 'Angebot')).toBe('Angebot');
  const placed = answer(proposed, { 'stage-place:Angebot': 'Proposition' });
  expect([await nameOf(placed, 'ANGEBOT'), await nameOf(placed, 'Qqrx')]).toEqual(['Proposition', 'Qqrx']);
});

test('countries in other languages are read, and those one letter off are taken with a reason', () => {
  const values = ['Alemania', 'Polnad', 'Niemczy', 'Xyzland'].map((value) => ({ value, count: 1 }));
  const line = plan(source({ contact: [field('country', { profile: { filled: 1, distinct: 4, samples: [], typeConfidence: 1, values } })] })).mappings.find(({ id }) => id === 'contact-partners')?.fields.find(({ to }) => to === 'country_id');
  expect(line).toMatchObject({ confidence: 0.9, transforms: [{ map: { values: { Polnad: 'PL', Niemczy: 'DE' }, keep: true } }, 'countryCode'], reason: expect.stringContaining('"Polnad" is taken as PL (90 %: one letter from "poland")') });
});

test('a picklist column goes to a field with options when all its values have one', () => {
  const values = ['wysoki', 'niski'].map((value) => ({ value, count: 3 }));
  const priority = field('priority', { type: 'selection', label: 'Priority', options: [{ value: '0', label: 'Low' }, { value: '1', label: 'Medium' }, { value: '2', label: 'High' }] });
  const withPriority: Catalog = { ...destination, objects: destination.objects.map((object) => (object.name === 'crm.lead' ? { ...object, fields: [...object.fields, priority] } : object)) };
  const from = source();
  const deals: Catalog = { ...from, objects: from.objects.map((object) => (object.name === 'deal' ? { ...object, fields: [...object.fields, field('cf:Priorytet', { label: 'Priorytet', type: 'selection', profile: { filled: 1, distinct: 2, samples: ['wysoki', 'niski'], typeConfidence: 1, values } })] } : object)) };
  const line = propose({ project: 'acme', source: deals, sourceHash: 's', destination: withPriority, destinationHash: 'd' }).mappings.find(({ id }) => id === 'deals')?.fields.find(({ from: column }) => column === 'cf:Priorytet');
  expect(line).toMatchObject({ to: 'priority', transforms: [{ map: { values: { wysoki: '2', niski: '0' } } }], reason: expect.stringContaining('"wysoki" → "High" (92 %') });
});

test('a file that nobody knows is told with what it could be, and is not moved', () => {
  const note = { subject: 'export/klienci_b2b_lista.csv', level: 'warning' as const, code: 'unknown-file', message: 'm', details: { columns: ['Nazwa klienta', 'NIP', 'Ulica', 'Miasto', 'Kod pocztowy', 'E-mail'], samples: [['Stalmet Sp. z o.o.', '5260250995', 'Lipowa 4', 'Gdynia', '81-001', 'biuro@stalmet.example'], ['Drewpol S.A.', '7740001454', 'Długa 1', 'Sopot', '81-002', 'drewpol@firma.example']] } };
  const nonsense = { ...note, subject: 'log.csv', details: { columns: ['ts', 'lvl', 'crc'], samples: [['1', 'a', 'ff'], ['2', 'b', 'fe']] } };
  const from: Catalog = { ...source(), notes: [note, nonsense] };
  expect(decisionOf(from, 'unknown-file:export/klienci_b2b_lista.csv')).toMatchObject({ recommendation: 'leave-out', reason: expect.stringMatching(/It could be .*res\.partner.*name it after what it holds/s), evidence: [expect.stringContaining('NIP')] });
  expect(decisionOf(from, 'unknown-file:log.csv')?.reason).toMatch(/^It looks like nothing that Odoo has/);
  expect(decisionOf({ ...source(), notes: [{ subject: 'bare.csv', level: 'warning', code: 'unknown-file', message: 'm' }] }, 'unknown-file:bare.csv')?.reason).toMatch(/nothing that Odoo has/);
  expect(validatePlan(plan(from), { source: from, destination })).toEqual([]);
});
