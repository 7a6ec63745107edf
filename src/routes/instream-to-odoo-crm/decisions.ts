import type { Catalog } from '../../connector/catalog.ts';
import type { Decision } from '../../plan/plan.ts';
import { meaningOf, type Meaning } from './status-words.ts';

/** One stage of one pipeline with how its deals came out, as the source's catalog tells it. */
export interface StageFact { readonly pipeline: string; readonly stage: string; readonly open: number; readonly won: number; readonly lost: number }
export interface StageRow extends StageFact { readonly key: string }

/** Name of a stage in decisions: with its pipeline where there is more than one. */
function stageRows(source: Catalog): readonly StageRow[] {
  const facts = (source.facts['stageOutcomes'] ?? []) as unknown as readonly StageFact[];
  return facts.map((fact) => ({ ...fact, key: stageKey(fact.pipeline, fact.stage) }));
}

/** Must equal what the deal line's transforms make of pipeline and stage: both names joined by ` / `, empty ones left out. */
function stageKey(pipeline: string, stage: string): string {
  return [pipeline, stage].filter((part) => part !== '').join(' / ');
}

/** Every open question that only a person may answer, each with a recommendation where something speaks for it. */
export function routeDecisions(source: Catalog, destination: Catalog): Decision[] {
  const stages = stageRows(source);
  return [
    ...questions(source), contactRule(), withoutContact(source), ...silentStages(source).map(stageMeaning),
    ...stages.filter((row) => row.open > 0).map((row, index) => stageProbability(row, index, stages)),
    ...currencies(source, destination), wonStage(destination), ...openOwners(source, destination).map((email) => ownerDecision(email, source)),
  ];
}

/** Owner addresses of the export that no user's login has. Without the list of users nothing is asked: the run says what it found. */
export function openOwners(source: Catalog, destination: Catalog): readonly string[] {
  const logins = destination.facts['logins'];
  if (!Array.isArray(logins)) return [];
  const known = new Set((logins as readonly string[]).map((login) => login.toLowerCase()));
  return Object.keys((source.facts['ownerEmails'] ?? {}) as Record<string, number>).filter((email) => !known.has(email.toLowerCase()));
}

function ownerDecision(email: string, source: Catalog): Decision {
  const count = ((source.facts['ownerEmails'] ?? {}) as Record<string, number>)[email] ?? 0;
  return {
    id: `owner:${email}`, question: `No user has the login "${email}". Who owns the ${count} records?`,
    options: [{ value: UNASSIGNED, label: 'Nobody for the time being', effect: `${count} records stay unassigned; the address is kept in x_instream_owner.` }], free: 'text',
    recommendation: UNASSIGNED, answer: null, reason: 'Give the login of another user to map the owner; users are never made by the load.',
  };
}

/** A login that no user can have, so that the look-up finds nobody. */
const UNASSIGNED = '(unassigned)';

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
    id: question.id, question: question.question, options: question.options.map((option) => ({ ...option })), free: 'text',
    recommendation: question.recommendation, answer: null,
    reason: question.recommendation === null ? 'The values fit both readings; a guess could shift every date or amount.' : 'Most values speak for it.',
    ...(question.evidence.length > 0 ? { evidence: [...question.evidence] } : {}),
  }));
}

function contactRule(): Decision {
  return {
    id: 'contact-rule', question: 'Which contacts become partners; the others become leads?',
    options: [
      { value: 'any-deal', label: 'Contacts with a deal, open or closed', effect: 'Every deal finds its contact as a partner; contacts without any deal become leads.' },
      { value: 'open-deal', label: 'Contacts with an open deal only', effect: 'Contacts whose deals are all closed become leads; their closed deals go in without a partner.' },
      { value: 'everyone', label: 'All contacts', effect: 'No leads are made.' },
      { value: 'nobody', label: 'No contact', effect: 'Every contact becomes a lead; deals go in without a partner.' },
    ],
    recommendation: 'any-deal', answer: null,
    reason: 'A contact with a deal is a customer relation; one that never entered a pipeline is a lead. The export names no company representatives, so nobody counts as one.',
  };
}

function withoutContact(source: Catalog): Decision {
  const count = Number(source.facts['dealsWithoutContact'] ?? 0);
  return {
    id: 'deal-without-contact', question: `${count} deals name no contact. What becomes of them?`,
    options: [
      { value: 'hold', label: 'Hold them for review', effect: `${count} deals wait in quarantine until a contact is given.` },
      { value: 'company', label: 'Take the company as partner', effect: 'Deals that name a company go in with it; the others wait in quarantine.' },
      { value: 'load', label: 'Load them without a partner', effect: `${count} opportunities have no partner.` },
    ],
    recommendation: 'hold', answer: null, reason: 'An opportunity without a partner is easily lost sight of; who it belongs to is known only to people.',
  };
}

/** Stages that must say by themselves whether a deal is open, won or lost: all of them, where not every deal has a status. */
export function silentStages(source: Catalog): readonly StageRow[] {
  const filled = source.objects.find((object) => object.name === 'deal')?.fields.find((field) => field.name === 'status')?.profile?.filled ?? 0;
  return filled >= 1 ? [] : stageRows(source);
}

function stageMeaning(row: StageRow): Decision {
  const said = meaningOf(row.stage);
  const meaning: Meaning = said ?? 'open';
  return {
    id: `stage-meaning:${row.key}`, question: `A deal in stage "${row.key}" without a status: is it open, won or lost?`,
    options: [
      { value: 'open', label: 'Open', effect: 'It stays an active opportunity.' },
      { value: 'won', label: 'Won', effect: 'Probability 100, in the won stage.' },
      { value: 'lost', label: 'Lost', effect: 'Archived with probability 0.' },
    ],
    recommendation: meaning, answer: null,
    reason: said === null ? 'InStream gives statuses no meaning; nothing in the name says that it closes a deal.' : `The name reads "${said}".`,
    evidence: [`${row.open} open, ${row.won} won, ${row.lost} lost deals`],
  };
}

function stageProbability(row: StageRow, index: number, stages: readonly StageRow[]): Decision {
  const closed = row.won + row.lost;
  const meaning = meaningOf(row.stage);
  const own = stages.filter((other) => other.pipeline === row.pipeline);
  const position = own.indexOf(row);
  const byOrder = own.length < 2 ? 50 : Math.round(((position + 1) / (own.length + 1)) * 100);
  const fromHistory = closed >= 10 ? Math.round((row.won / closed) * 100) : null;
  const recommended = meaning === 'won' ? 100 : meaning === 'lost' ? 0 : fromHistory ?? byOrder;
  return {
    id: `stage-probability:${row.key}`, question: `Probability in percent of an open deal in stage "${row.key}"?`,
    options: [{ value: recommended, label: `${recommended} %`, effect: `${row.open} open deals get ${recommended} %.` }], free: 'number',
    recommendation: recommended, answer: null,
    reason: meaning === 'won' || meaning === 'lost' ? `The stage reads "${meaning}".`
      : fromHistory === null ? `Only ${closed} closed deals ended in it, too few for a rate; spread evenly over the order of the ${own.length} stages (position ${position + 1}).`
        : `${row.won} of ${closed} deals that ended in it were won.`,
    evidence: [`stage ${index + 1} in order of appearance`],
  };
}

/** Amounts in another currency than the company's: converted only by a rate that a person states. */
function currencies(source: Catalog, destination: Catalog): Decision[] {
  const company = String(destination.facts['currency'] ?? '');
  const counts = (source.facts['currencies'] ?? {}) as Record<string, number>;
  return Object.entries(counts).filter(([currency]) => currency !== '' && currency.toUpperCase() !== company.toUpperCase()).map(([currency, count]) => ({
    id: `currency-rate:${currency}`, question: `${count} deals are in ${currency}; the company's currency is ${company || 'unknown'}. At which rate are they converted?`,
    options: [{ value: 'keep', label: 'Do not convert', effect: `Expected revenue stays empty; amount and currency are kept in their own fields and reported (${count} deals).` }],
    free: 'number' as const, recommendation: 'keep', answer: null, reason: 'Odoo keeps one currency per company on opportunities; a rate is a business decision.',
  }));
}
