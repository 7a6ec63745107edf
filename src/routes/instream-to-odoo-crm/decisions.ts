import type { Catalog } from '../../connector/catalog.ts';
import type { Decision } from '../../plan/plan.ts';
import { contactDecisions } from './contact-decisions.ts';
import { counted } from './counted.ts';
import { listDecisions } from './list-decisions.ts';
import { namesPipelines, objectOf } from './mapping-input.ts';
import { ownerDecisions } from './owner-decisions.ts';
import { tagDecisions } from './tag-decisions.ts';
import { likelyMeaning, stagePlaces, unknownFiles } from './value-proposals.ts';
import { isResting, meaningOf, RESTING, unknownStatuses as unknownOf, type Meaning } from './status-words.ts';

interface StageFact { readonly pipeline: string; readonly stage: string; readonly open: number; readonly won: number; readonly lost: number; readonly archived?: number; readonly other?: number }
interface ListedStage { readonly pipeline: string; readonly stage: string; readonly sequence: string; readonly type: string; readonly probability: string }

/** One stage of one pipeline: how its deals came out, and what the list of stages says of it. */
export interface StageRow extends StageFact {
  readonly key: string; // name in decisions: with its pipeline where there is one
  readonly sequence: number | null; // null = the export lists no order
  readonly listedProbability: number | null;
  readonly meaning: Meaning | null; // by its type or its name; null = neither says anything
  readonly resting: boolean; // its type or name says inactive or archived
}

/** Stages that deals are in, in the order of the list of stages where there is one, else of appearance. */
function stageRows(source: Catalog): readonly StageRow[] {
  const facts = (source.facts['stageOutcomes'] ?? []) as unknown as readonly StageFact[];
  const listed = new Map(((source.facts['stages'] ?? []) as unknown as readonly ListedStage[]).map((stage) => [stageKey(stage.pipeline, stage.stage), stage]));
  const rows = facts.map((fact): StageRow => {
    const key = stageKey(fact.pipeline, fact.stage);
    const list = listed.get(key);
    return { ...fact, key, sequence: numberOf(list?.sequence), listedProbability: numberOf(list?.probability), resting: isResting(list?.type ?? '') || isResting(fact.stage), meaning: meaningOf(list?.type ?? '') === 'open' ? meaningOf(fact.stage) : meaningOf(list?.type ?? '') ?? meaningOf(fact.stage) };
  });
  return rows.toSorted((left, right) => (left.pipeline === right.pipeline ? (left.sequence ?? Infinity) - (right.sequence ?? Infinity) || 0 : 0));
}

/** A plain number between 0 and 1,000,000, written with a point or a comma; null = none. */
function numberOf(text: string | undefined): number | null {
  const value = /^\d{1,6}([.,]\d+)?\s*%?$/.test((text ?? '').trim()) ? Number.parseFloat((text ?? '').replace(',', '.')) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

/** Must equal what the deal line's transforms make of pipeline and stage: both names joined by ` / `, empty ones left out. */
function stageKey(pipeline: string, stage: string): string {
  return [pipeline, stage].filter((part) => part !== '').join(' / ');
}

/** Every open question that only a person may answer, each with a recommendation where something speaks for it. */
export function routeDecisions(source: Catalog, destination: Catalog): Decision[] {
  const stages = stageRows(source);
  return [
    ...questions(source), ...contactDecisions(source), withoutContact(source), ...listDecisions(source), ...tagDecisions(source), ...pipelineTeams(source, destination), ...silentStages(source).map(stageMeaning),
    ...unknownStatuses(source).map(statusMeaning), ...stagePlaces(source, destination), ...stages.filter((row) => row.open + (row.archived ?? 0) + (row.other ?? 0) > 0 || row.won + row.lost === 0).map((row) => stageProbability(row, stages)),
    ...currencies(source, destination), wonStage(destination), ...ownerDecisions(source, destination), ...attendees(source), ...unknownFiles(source, destination),
  ];
}

function wonStage(destination: Catalog): Decision {
  const stages = (destination.facts['stages'] ?? []) as unknown as readonly { readonly name: string; readonly isWon: boolean }[];
  const won = stages.filter((stage) => stage.isWon);
  return {
    id: 'won-stage', question: 'In which stage do won deals go?',
    options: won.map((stage) => ({ value: stage.name, label: stage.name, effect: 'Odoo counts its opportunities with probability 100 as won.' })), free: 'text',
    recommendation: won[0]?.name ?? null, answer: null,
    reason: won.length === 1 ? 'The only stage that Odoo marks as won.' : won.length === 0 ? 'Odoo has no won stage: mark one in CRM > Configuration > Stages first.' : 'The first of the stages that Odoo marks as won.',
  };
}

/** What discovery could not read by itself: date orders, decimal signs, file roles. */
function questions(source: Catalog): Decision[] {
  return source.questions.map((question) => ({
    id: question.id, question: question.question, options: question.options.map((option) => ({ ...option })), // all there are: another answer would be a way of reading that does not exist
    recommendation: question.recommendation, answer: null,
    reason: question.recommendation === null ? 'The values fit both readings; a guess could shift every date or amount.' : 'Most values speak for it.',
    ...(question.evidence.length > 0 ? { evidence: [...question.evidence] } : {}),
  }));
}

function withoutContact(source: Catalog): Decision {
  const count = Number(source.facts['dealsWithoutContact'] ?? 0);
  return {
    id: 'deal-without-contact', question: `${counted(count, 'deal names', 'deals name')} no contact. What becomes of ${count === 1 ? 'it' : 'them'}?`,
    options: [
      { value: 'hold', label: 'Hold them for review', effect: `${counted(count, 'deal waits', 'deals wait')} in quarantine until a contact is given.` },
      { value: 'company', label: 'Take the company as partner', effect: 'Deals that name a company go in with it; the others wait in quarantine.' },
      { value: 'load', label: 'Load them without a partner', effect: `${counted(count, 'opportunity has', 'opportunities have')} no partner.` },
    ],
    recommendation: 'hold', answer: null, reason: 'An opportunity without a partner is easily lost sight of; who it belongs to is known only to people.',
  };
}

/** IO-04: stages are shared by all pipelines; a team keeps the opportunities of one apart. */
function pipelineTeams(source: Catalog, destination: Catalog): Decision[] {
  if (!namesPipelines(source) || objectOf(destination, 'crm.team') === undefined) return [];
  return [{
    id: 'pipeline-teams', question: 'Does each pipeline get a sales team of its own?',
    options: [
      { value: 'shared', label: 'No, they share', effect: 'Opportunities belong to the team of their user; the pipeline stands on each by name.' },
      { value: 'each', label: 'A team each', effect: 'A team is made for each pipeline (one of that name is taken), and its opportunities belong to it.' },
    ],
    recommendation: 'shared', answer: null, reason: 'Teams decide who sees and gets what in Odoo: a matter of the organisation, not of the data.',
  }];
}

/** IO-08: people at meetings who are no partners. */
function attendees(source: Catalog): Decision[] {
  if (objectOf(source, 'meeting_attendee') === undefined) return [];
  return [{
    id: 'attendees', question: 'What becomes of people at meetings who are neither contacts that became partners nor known to Odoo?',
    options: [
      { value: 'text', label: 'Keep their addresses as text', effect: 'They are no attendees in Odoo; their addresses stand in x_instream_attendees of the meeting.' },
      { value: 'create', label: 'Make partners of them', effect: 'A partner with name and address for each; they are attendees with their answer. No invitation is sent.' },
    ],
    recommendation: 'text', answer: null, reason: 'Most are guests of one meeting; partners made of them would fill the address book.',
  }];
}

function unknownStatuses(source: Catalog): readonly Readonly<{ value: string; count: number }>[] {
  return unknownOf(source.objects.find((object) => object.name === 'deal'));
}

/** Stages that must say by themselves whether a deal is open, won or lost: all of them, where not every deal has a status. */
export function silentStages(source: Catalog): readonly StageRow[] {
  const filled = source.objects.find((object) => object.name === 'deal')?.fields.find((field) => field.name === 'status')?.profile?.filled ?? 0;
  return filled >= 1 ? [] : stageRows(source);
}

function stageMeaning(row: StageRow): Decision {
  const likely = row.meaning === null ? likelyMeaning(row.stage) : null;
  return {
    id: `stage-meaning:${row.key}`, question: `A deal in stage "${row.key}" without a status: is it open, won or lost?`,
    options: meaningOptions, recommendation: row.meaning ?? likely?.meaning ?? 'open', answer: null,
    reason: likely !== null ? likely.words : row.meaning === null ? 'InStream gives statuses no meaning; nothing in the name says that it closes a deal.' : row.resting ? RESTING : `Its type or name reads "${row.meaning}".`,
    evidence: [`${row.open} open, ${row.won} won, ${row.lost} lost deals`],
  };
}

const meaningOptions: Decision['options'] = [
  { value: 'open', label: 'Open', effect: 'It stays an active opportunity.' },
  { value: 'won', label: 'Won', effect: 'Probability 100, in the won stage.' },
  { value: 'lost', label: 'Lost', effect: 'Archived with probability 0.' },
];

/** A status of deals whose word says nothing that could be relied on. */
function statusMeaning({ value, count }: Readonly<{ value: string; count: number }>): Decision {
  const likely = isResting(value) ? { meaning: 'lost', words: RESTING } : likelyMeaning(value);
  return {
    id: `status-meaning:${value}`, question: `${counted(count, 'deal has', 'deals have')} the status "${value}": open, won or lost?`,
    options: meaningOptions, recommendation: likely?.meaning ?? 'open', answer: null, reason: likely?.words ?? 'The word is not known; an open deal loses nothing and can be closed later.',
  };
}

/** Probability of a stage: as listed, else by how its deals ended, else by its place among the stages of its pipeline. */
function stageProbability(row: StageRow, stages: readonly StageRow[]): Decision {
  const closed = row.won + row.lost;
  const own = stages.filter((other) => other.pipeline === row.pipeline);
  const place = own.indexOf(row) + 1;
  const [recommended, reason] = row.listedProbability !== null && row.listedProbability <= 100 ? [row.listedProbability, 'As the list of stages says.'] as const
    : row.meaning === 'won' ? [100, 'The stage means won.'] as const
      : row.meaning === 'lost' ? [0, row.resting ? 'InStream calls it inactive.' : 'The stage means lost.'] as const
        : closed >= 10 ? [Math.round((row.won / closed) * 100), `${row.won} of ${closed} deals that ended in it were won.`] as const
          : [Math.round((place / (own.length + 1)) * 100), `${closed === 0 ? 'No closed deal ended in it' : `Only ${counted(closed, 'closed deal', 'closed deals')} ended in it, too few for a rate`}; spread evenly over the ${own.length} stages of its pipeline ${row.sequence === null ? 'in order of appearance' : 'in their order'} (place ${place}).`] as const;
  return {
    id: `stage-probability:${row.key}`, question: `Probability in percent of an open deal in stage "${row.key}"?`,
    options: [{ value: recommended, label: `${recommended} %`, effect: `${counted(row.open, 'open deal gets', 'open deals get')} ${recommended} %.` }], free: 'number',
    recommendation: recommended, answer: null, reason, evidence: [`${row.open} open, ${row.won} won, ${row.lost} lost deals`],
  };
}

/** Amounts in another currency than the company's: converted only by a rate that a person states. */
function currencies(source: Catalog, destination: Catalog): Decision[] {
  const company = String(destination.facts['currency'] ?? '');
  const counts = (source.facts['currencies'] ?? {}) as Record<string, number>;
  return Object.entries(counts).filter(([currency]) => currency !== '' && currency.toUpperCase() !== company.toUpperCase()).map(([currency, count]) => ({
    id: `currency-rate:${currency}`, question: `${counted(count, 'deal is', 'deals are')} in ${currency}; the company's currency is ${company || 'unknown'}. At which rate are they converted?`,
    options: [{ value: 'keep', label: 'Do not convert', effect: `Expected revenue stays empty; amount and currency are kept in their own fields and reported (${counted(count, 'deal', 'deals')}).` }],
    free: 'number' as const, recommendation: 'keep', answer: null, reason: 'Odoo keeps one currency per company on opportunities; a rate is a business decision.',
  }));
}
