import { isPlaceholder } from '../words/generic-headers.ts';
import { concepts } from '../concepts/concepts.ts';
import type { Assigned } from './assign.ts';
import { meaningName } from './features.ts';
import type { ScoredRow } from './score.ts';
import type { UnderstoodField, UnderstoodTarget } from './understand.ts';

/** Kinds of values in words; the rest are named as they are. */
const kindWords: { readonly [kind: string]: string } = {
  email: 'e-mail addresses', phone: 'phone numbers', mobile: 'mobile numbers', url: 'web addresses', domain: 'domain names', date: 'dates', datetime: 'dates with a time', epoch: 'Unix timestamps', bool: 'yes or no', money: 'amounts of money', uuid: 'UUIDs', hexid: 'technical ids', id: 'numeric ids',
  country: 'countries', region: 'states or regions', city: 'places', street: 'street addresses', postcode: 'postcodes', person: 'names of people', given: 'given names', family: 'family names', company: 'names of companies', job: 'job titles', salut: 'forms of address', vat: 'VAT numbers', iban: 'IBANs', natid: 'national numbers',
  lang: 'languages', currency: 'currencies', tz: 'time zones', text: 'sentences', html: 'HTML', tags: 'lists of tags', enum: 'a few repeated values', priority: 'priorities', status: 'statuses', stage: 'sales stages', image: 'image addresses', social: 'social profiles', int: 'whole numbers', dec: 'decimal numbers', percent: 'percentages', ip: 'IP addresses', latlong: 'coordinates', ref: 'reference numbers', subject: 'subject lines', dealname: 'names of deals', source: 'lead sources', channel: 'channels', gender: 'genders', range: 'ranges of numbers', address: 'whole addresses',
};

const plainMeaning = (concept: number): string => meaningName(concept).replaceAll('-', ' ');
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Why the decision was made, in sentences for a person; no value is quoted. */
export function reasonsFor(params: Readonly<{ source: UnderstoodField; target: UnderstoodTarget | null; row: ScoredRow; assigned: Assigned; targets: readonly UnderstoodTarget[]; sharedWith: readonly string[] }>): readonly string[] {
  const { source, target, row, assigned, targets, sharedWith } = params;
  const reasons: string[] = [];
  const label = source.field.label === '' ? source.field.name : source.field.label;
  const pair = assigned.target === null ? undefined : row.pairs[assigned.target];
  const meaning = pair === undefined || pair.through < 0 ? source.recognition.meanings[0] : source.recognition.meanings.find(({ concept }) => concept === pair.through);
  if (meaning === undefined || meaning.probability < 0.15) reasons.push(`header "${label}" is not one that is known`);
  else if (isPlaceholder(label)) reasons.push(`header "${label}" says nothing; the values read as "${plainMeaning(meaning.concept)}" (${percent(meaning.probability)})`);
  else reasons.push(`header "${label}" reads as "${plainMeaning(meaning.concept)}" (${percent(meaning.probability)})`);
  // What the meaning expects is named before what the values happen to look like besides.
  const expected = new Set(meaning === undefined ? [] : concepts[meaning.concept]?.kinds);
  const weight = ([name, share]: readonly [string, number]): number => share + (expected.has(name) ? 1 : 0);
  const kind = [...source.profile.kinds].filter(([name, share]) => name in kindWords && share >= 0.3).toSorted((left, right) => weight(right) - weight(left))[0];
  if (source.profile.count === 0) reasons.push('no values to look at');
  else if (kind !== undefined && kind[1] >= 0.4) reasons.push(`${percent(Math.min(1, kind[1]))} of ${source.profile.count} values look like ${kindWords[kind[0]]}`);
  if (target === null) reasons.push(...whyNone(source, row, targets));
  else {
    const [, , , ideas = 0, , same = 0, , , , overlap = 0] = pair?.features ?? [];
    if (same > 0) reasons.push(`same name as "${target.field.label}"`);
    else if ((pair?.meaning ?? 0) < 0.15 && ideas > 0.3) reasons.push(`shares words with "${target.field.label}"`);
    if ((pair?.meaning ?? 0) >= 0.15 && target.known) reasons.push(`${target.field.name} is known to take it`);
    if (overlap >= 0.5) reasons.push(`${percent(overlap)} of the values occur at the destination too`);
    if (sharedWith.length > 0) reasons.push(`joined with ${sharedWith.slice(0, 5).join(', ')}`);
    if (target.field.readonly) reasons.push('the destination field is read-only');
    if (source.recognition.facet !== null && source.recognition.facet !== target.recognition.facet) reasons.push(`it is the ${source.recognition.facet} one`);
  }
  return reasons;
}

function whyNone(source: UnderstoodField, row: ScoredRow, targets: readonly UnderstoodTarget[]): readonly string[] {
  if (targets.length === 0) return ['the destination has no fields'];
  let best = -1;
  for (const [at, probability] of row.probabilities.entries()) if (probability > (row.probabilities[best] ?? 0)) best = at;
  const pair = row.pairs[best];
  const name = targets[best]?.field.name;
  if (pair === undefined || name === undefined || pair.meaning < 0.15) return ['no destination field has this meaning'];
  if (targets[best]?.field.readonly === true) return [`${name} means the same, but cannot be written`];
  if ((pair.features[15] ?? 0) > 0.05) return [`another field fits ${name} better`];
  return [`${name} comes nearest, not near enough${source.recognition.facet === null ? '' : `: this is the ${source.recognition.facet} one`}`];
}
