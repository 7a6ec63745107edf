import type { Catalog } from '../../connector/catalog.ts';
import { fold } from '../../plan/values/fold.ts';
import type { Decision } from '../../plan/plan.ts';
import { exportedLists, listStatuses, type ExportedList } from './exported-lists.ts';
import { objectOf } from './mapping-input.ts';
import { counted } from './counted.ts';
import { isResting, RESTING } from './status-words.ts';
import { likelyMeaning } from './value-proposals.ts';

const pipelineWords = ['pipeline', 'lejek', 'proces', 'funnel', 'sprzedaz'];
const segmentWords = ['segment', 'tag', 'etykieta', 'grupa', 'group'];

/** IO-05: segment or pipeline, for each list; and what the statuses of pipelines mean. */
export function listDecisions(source: Catalog): Decision[] {
  const lists = exportedLists(source);
  const statuses = listStatuses(source);
  return [...lists.map((list) => treatment(list, source)), ...statuses.map((status) => meaning(status)), ...statuses.map((status, place) => probability(status, { place, of: statuses.length }))];
}

function treatment(list: ExportedList, source: Catalog): Decision {
  const [recommendation, reason] = recommended(list, source);
  const members = list.people + list.companies;
  return {
    id: `list:${list.name}`, question: `List "${list.name}" with ${counted(members, 'member', 'members')}: a segment or a pipeline?`,
    options: [
      { value: 'segment', label: 'Segment', effect: `A tag for partners and leads; ${counted(members, 'member gets', 'members get')} it. Status, dates and fields of the membership are not kept.` },
      { value: 'pipeline', label: 'Pipeline', effect: `${counted(members, 'opportunity', 'opportunities')}, with stage and probability from the status; its contacts become partners.` },
    ],
    recommendation, answer: null, reason,
    evidence: [
      `${list.people} people, ${list.companies} companies${list.kind === '' ? '' : `, kind ${list.kind}`}`,
      ...(list.statuses.length === 0 ? ['no statuses'] : [`statuses: ${list.statuses.slice(0, 8).map(({ name, count }) => `${name} (${count})`).join(', ')}`]),
    ],
  };
}

function recommended(list: ExportedList, source: Catalog): readonly [recommendation: string, reason: string] {
  const said = fold(list.treatAs);
  if (pipelineWords.some((word) => said.includes(word))) return ['pipeline', 'The export says so (treat_as).'];
  if (segmentWords.some((word) => said.includes(word))) return ['segment', 'The export says so (treat_as).'];
  if (list.statuses.length < 2) return ['segment', 'Its members have no different statuses: being on it is all it says.'];
  const deals = objectOf(source, 'deal')?.count ?? 0;
  return deals > 0
    ? ['segment', 'The export has deals of its own: opportunities made of list members too would count the same business twice.']
    : ['pipeline', `Its members stand in ${list.statuses.length} statuses and the export has no deals: the list is the funnel.`];
}

type Status = ReturnType<typeof listStatuses>[number];

function meaning({ name, count, meaning: word }: Status): Decision {
  const likely = word === null ? likelyMeaning(name) : null;
  return {
    id: `list-status-meaning:${name}`, question: `Members of pipelines with the status "${name}": open, won or lost?`,
    options: [
      { value: 'open', label: 'Open', effect: 'Active opportunities.' },
      { value: 'won', label: 'Won', effect: 'Probability 100, in the won stage.' },
      { value: 'lost', label: 'Lost', effect: 'Archived with probability 0.' },
    ],
    recommendation: word ?? likely?.meaning ?? 'open', answer: null, evidence: [counted(count, 'membership', 'memberships')],
    reason: likely !== null ? `${likely.words} Only lists that are pipelines are asked.` : word === null ? 'InStream gives statuses no meaning; nothing in the name says that it closes anything. Only lists that are pipelines are asked.' : isResting(name) ? `${RESTING} Only lists that are pipelines are asked.` : `Its name reads "${word}". Only lists that are pipelines are asked.`,
  };
}

function probability({ name, count, meaning: word }: Status, { place, of }: Readonly<{ place: number; of: number }>): Decision {
  const value = word === 'won' ? 100 : word === 'lost' ? 0 : Math.round(((place + 1) / (of + 1)) * 100);
  return {
    id: `list-status-probability:${name}`, question: `Probability in percent of an open opportunity whose list status is "${name}"?`,
    options: [{ value, label: `${value} %`, effect: 'Open opportunities from lists that are pipelines get it.' }], free: 'number', recommendation: value, answer: null, evidence: [`${count} memberships`],
    reason: isResting(name) ? 'InStream calls it inactive.' : word === null ? 'Statuses have no history in the export: spread evenly in the order in which they appear.' : `The status means ${word}.`,
  };
}
