import { companyId, companyName } from './companies.ts';
import type { Row } from './companies.ts';
import { personAt } from './contacts.ts';
import { customColumn, customFields, customValue } from './custom-fields.ts';
import { dirtOf, hostile } from '../dirt.ts';
import { ambiguousDate, daysAfter, daysBefore } from '../files/formats.ts';
import { ownerOf } from './owners.ts';
import { isChanged, joined, typedTag } from '../world.ts';
import type { World } from '../world.ts';

export const dealColumns = (world: World): readonly string[] => ['id', 'title', 'pipeline_id', 'pipeline_name', 'stage_id', 'stage_name', 'status', 'amount', 'currency', 'probability',
  'expected_close', 'closed_at', 'lost_reason', 'contact_id', 'contact_email', 'company_id', 'company_name', 'owner_email', 'tags', 'source', 'description', 'created_at', 'updated_at',
  ...customFields(world, 'deal').map(customColumn)];

export interface Deal {
  readonly id: string;
  readonly contact: number | null;
  readonly company: number | null;
  readonly names: 'withContact' | 'companyOnly' | 'unknownContact' | 'nothing';
  readonly pipeline: string;
  readonly stage: string;
  readonly status: 'open' | 'won' | 'lost' | 'archived';
  /** Null where the cell holds no number. */
  readonly amountHundredths: number | null;
  readonly currency: string;
  readonly row: Row;
}

export const dealId = (index: number): string => `d${index + 1}`;

/** The contact a deal names: one without dirt, so that its e-mail finds it. Null for a deal without one, and in a bundle without clean contacts. */
export function dealContact(world: World, index: number): number | null {
  const { contacts, dirt } = world.options;
  const own = dirtOf('deals', index, dirt);
  if (contacts === 0 || own === 'no-contact-with-company' || own === 'no-contact-no-company' || own === 'unknown-contact') return null;
  const start = world.random('deal contact', index).below(contacts);
  for (let step = 0; step < Math.min(contacts, 50); step += 1) {
    const candidate = (start + step) % contacts;
    if (dirtOf('contacts', candidate, dirt) === null) return candidate;
  }
  return null;
}

/** Whether a later export lacks the deal. */
export function isDealRemoved(world: World, index: number): boolean {
  const share = world.options.later?.removedDeals ?? 0;
  return share > 0 && index < world.options.deals && world.random('removed deal', index).chance(share);
}

type DealState = Pick<Deal, 'pipeline' | 'stage' | 'status'> & Readonly<{ pipelineId: string; stageId: string; probability: string; lostReason: string }>;

/** Pipeline, stage and what follows from it; a later export has moved changed deals on. */
export function dealState(world: World, index: number): DealState {
  const random = world.random(isChanged(world, 'deal', index) ? 'deal state after change' : 'deal state', index);
  const { pipelines, lostReasons } = world.words;
  const place = random.below(pipelines.length);
  const pipeline = pipelines[place] ?? { name: '', stages: [] };
  const step = random.below(pipeline.stages.length);
  const [stage, type, probability] = pipeline.stages[step] ?? ['', 'active', ''];
  return {
    pipeline: pipeline.name, stage, status: type !== 'active' ? type : random.chance(0.03) ? 'archived' : 'open',
    pipelineId: `k${place + 1}`, stageId: `k${place + 1}s${step + 1}`, probability: random.chance(0.3) ? probability : '',
    lostReason: type === 'lost' ? random.pick(lostReasons) : '',
  };
}

export function dealAt(world: World, index: number): Deal {
  const { words, formats, options } = world;
  const random = world.random('deal', index);
  const dirt = dirtOf('deals', index, options.dirt);
  const state = dealState(world, index);
  const contact = dealContact(world, index);
  const person = contact === null ? null : personAt(world, contact);
  const company = dirt === 'no-contact-with-company' && options.companies > 0 ? random.below(options.companies) : person?.company ?? null;
  const created = 15 + random.below(900);
  const age = created * random.next();
  const closes = daysAfter(random.below(240) - 60);
  const hundredths = dirt === 'bad-amount' ? null : (1 + random.below(90_000)) * 100 + random.below(100);
  const currency = dirt === 'foreign-currency' ? 'EUR' : words.currency;
  const changed = isChanged(world, 'deal', index);
  const row: Row = {
    id: dealId(index),
    title: dirt === 'no-title' ? '' : dirt === 'script' ? hostile.script : dirt === 'formula' ? hostile.formula : `${random.pick(words.dealSubjects)} ${index + 1}`,
    pipeline_id: state.pipelineId, pipeline_name: state.pipeline, stage_id: state.stageId, stage_name: state.stage, status: state.status,
    amount: hundredths === null ? 'abc' : formats.decimal(hundredths), currency, probability: state.probability,
    expected_close: dirt === 'bad-date' ? '31.02.2026' : options.ambiguousDates ? ambiguousDate(closes) : formats.date(closes),
    closed_at: state.status === 'won' || state.status === 'lost' ? formats.dateTime(daysBefore(age)) : '', lost_reason: state.lostReason,
    contact_id: person?.id ?? '', contact_email: dirt === 'unknown-contact' ? `nobody.${index + 1}@nowhere.example` : person?.email ?? '',
    company_id: company === null ? '' : companyId(company), company_name: company === null ? person?.companyName ?? '' : companyName(world, company),
    owner_email: ownerOf(world, random), tags: joined(world, Array.from({ length: random.below(3) }, () => typedTag(world, random))),
    source: random.pick(words.sources), description: random.chance(0.4) ? random.pick(words.noteSentences) : '',
    created_at: formats.dateTime(daysBefore(created)), updated_at: formats.dateTime(daysBefore(changed ? 0.5 : age)),
  };
  for (const field of customFields(world, 'deal')) row[customColumn(field)] = customValue(world, field, random);
  const names = contact !== null ? 'withContact' : dirt === 'unknown-contact' ? 'unknownContact' : company !== null ? 'companyOnly' : 'nothing';
  return { id: dealId(index), contact, company, names, pipeline: state.pipeline, stage: state.stage, status: state.status, amountHundredths: hundredths, currency, row };
}
