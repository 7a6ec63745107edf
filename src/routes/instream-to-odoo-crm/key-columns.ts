import type { Catalog, CatalogField, CatalogObject } from '../../connector/catalog.ts';
import type { Json } from '../../connector/json.ts';
import type { Decision } from '../../plan/plan.ts';
import type { StandIn } from '../../plan/changes/read-column-as.ts';
import { matchCatalogFields } from '../../proposal/match-fields.ts';
import { profileSamples } from '../../proposal/values/profile-samples.ts';

/** A field without which nothing of an object can go in. */
interface KeyField {
  readonly object: string;
  readonly field: string;
  /** Any of these does. */
  readonly or?: readonly string[];
  readonly what: string;
  /** What it fills in Odoo, and what its values look like. */
  readonly to: readonly [model: string, field: string];
  readonly kind: string;
}

const keyFields: readonly KeyField[] = [
  { object: 'company', field: 'name', what: 'the name of the company', to: ['res.partner', 'name'], kind: 'company' },
  { object: 'contact', field: 'full_name', or: ['first_name', 'last_name'], what: 'the name of the contact', to: ['res.partner', 'name'], kind: 'person' },
  { object: 'deal', field: 'title', what: 'the title of the deal', to: ['crm.lead', 'name'], kind: 'dealname' },
  { object: 'note', field: 'body', what: 'the text of the note', to: ['mail.message', 'body'], kind: 'text' }, { object: 'note', field: 'created_at', what: 'the day of the note', to: ['mail.message', 'date'], kind: 'datetime' },
  { object: 'call', field: 'started_at', what: 'the beginning of the call', to: ['mail.message', 'date'], kind: 'datetime' },
  { object: 'meeting', field: 'title', what: 'the title of the meeting', to: ['calendar.event', 'name'], kind: 'subject' }, { object: 'meeting', field: 'start_at', what: 'the beginning of the meeting', to: ['calendar.event', 'start'], kind: 'datetime' },
  { object: 'stage', field: 'name', what: 'the name of the stage', to: ['crm.stage', 'name'], kind: 'stage' }, { object: 'pipeline', field: 'name', what: 'the name of the pipeline', to: ['crm.team', 'name'], kind: 'enum' },
  { object: 'list', field: 'name', what: 'the name of the list', to: ['crm.tag', 'name'], kind: 'enum' },
];

export interface KeyColumns {
  /** The export with the columns under the names of the fields that they stand for. */
  readonly source: Catalog;
  readonly standIns: readonly StandIn[];
  readonly decisions: readonly Decision[];
  /** Objects none of whose records are moved. */
  readonly leftOut: ReadonlySet<string>;
}

/** Answer of the decision on a key column, where nothing else hangs on the records: none of them is moved. No column is called so. */
const LEAVE_OUT = '(leave out)';
const leavable: ReadonlySet<string> = new Set(['note', 'call', 'meeting']);

/** Least share of records that must have a value in a column that names them. */
const MOSTLY = 0.5;
/** From here on the matcher's choice, or values that look like it, are recommended. */
const LIKELY = 0.5;

/**
 * Objects whose most important column was not recognised: which column it is, is proposed by header and values, and asked. The answer
 * shapes the plan; where nothing speaks for any column, it stays open, and the plan cannot be confirmed without it. Pure.
 */
export function keyColumns(source: Catalog, destination: Catalog, answers: { readonly [decisionId: string]: Json }): KeyColumns {
  const [standIns, decisions]: [StandIn[], Decision[]] = [[], []];
  const leftOut = new Set<string>();
  for (const key of keyFields) {
    const object = source.objects.find(({ name }) => name === key.object);
    if (object === undefined || object.count === 0 || [key.field, ...key.or ?? []].some((name) => object.fields.some((field) => field.name === name))) continue;
    const taken = new Set(standIns.filter((one) => one.object === key.object).map(({ column }) => column));
    const mayGo = leavable.has(key.object);
    const columns = object.fields.filter((field) => field.computed !== true && !taken.has(field.name) && (field.profile?.filled ?? 0) >= MOSTLY && (key.kind !== 'datetime' || ['date', 'datetime', 'unknown'].includes(field.type)));
    if (columns.length === 0 && !mayGo) continue;
    const decision = asked(key, object, columns, destination);
    decisions.push(decision);
    const answer = answers[decision.id];
    const chosen = decision.options.some(({ value }) => value === answer) ? answer : decision.recommendation;
    if (chosen === LEAVE_OUT) leftOut.add(key.object);
    else if (typeof chosen === 'string') standIns.push({ object: key.object, field: key.field, column: chosen });
  }
  return { source: { ...source, objects: source.objects.map((object) => underOtherNames(object, standIns.filter((one) => one.object === object.name))) }, standIns, decisions, leftOut };
}

/** A column of the customer's own is read under the other name alone; a known one keeps its own place too. */
function underOtherNames(object: CatalogObject, standIns: readonly StandIn[]): CatalogObject {
  return standIns.length === 0 ? object : { ...object, fields: object.fields.flatMap((field) => {
    const named = standIns.filter(({ column }) => column === field.name).map((one): CatalogField => ({ ...field, name: one.field, custom: false }));
    return field.custom && named.length > 0 ? named : [field, ...named];
  }) };
}

function asked(key: KeyField, object: CatalogObject, columns: readonly CatalogField[], destination: Catalog): Decision {
  const { column, reason } = likeliest(key, object, columns, destination);
  const sorted = columns.toSorted((left, right) => Number(right === column) - Number(left === column) || Number(right.custom) - Number(left.custom));
  const count = object.count ?? 'all';
  return {
    id: `key-column:${key.object}:${key.field}`, shapes: true, answer: null, recommendation: column?.name ?? null,
    question: `No column of ${object.label} was recognised as ${key.what}, and without it none of the ${count} records can go in. Which one is it?`,
    options: [
      ...sorted.map((field) => ({ value: field.name, label: field.label, effect: `${field.label} is ${key.what}: ${examples(field)}.` })),
      ...(leavable.has(key.object) ? [{ value: LEAVE_OUT, label: 'None of them: leave them out', effect: `None of the ${count} records is moved.` }] : []),
    ],
    reason: `${reason} Another way: name the column in the export as Portolan knows it ("${key.field.replaceAll('_', ' ')}"), and discover again.`,
  };
}

const examples = (field: CatalogField): string => (field.profile?.samples.length ? field.profile.samples.slice(0, 3).map((value) => `"${value.slice(0, 40)}"`).join(', ') : 'no values were read');
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The column that the matcher takes for it; else the one whose values look like it; else none. */
function likeliest(key: KeyField, object: CatalogObject, columns: readonly CatalogField[], destination: Catalog): { readonly column: CatalogField | null; readonly reason: string } {
  const target = destination.objects.find(({ name }) => name === key.to[0]);
  const matches = target === undefined ? new Map<string, never>() : matchCatalogFields({ sourceObject: object, destinationObject: target });
  const [best] = columns.flatMap((field) => { const match = matches.get(field.name); return match?.target === key.to[1] && match.confidence >= LIKELY ? [{ field, match }] : []; }).toSorted((left, right) => right.match.confidence - left.match.confidence);
  if (best !== undefined) return { column: best.field, reason: `${best.match.reasons.join('; ').replace(/^./, (sign) => sign.toUpperCase())} (${percent(best.match.confidence)} sure).` };
  // Values alone: a column that the route knows as something else is no candidate, nor one that says the same of many.
  const [alike] = columns.filter(({ custom, profile }) => custom && (profile?.distinct ?? 0) > 1).map((field) => ({ field, share: profileSamples(field.profile?.values?.map(({ value }) => value) ?? field.profile?.samples ?? []).kinds.get(key.kind) ?? 0 }))
    .filter(({ share }) => share >= LIKELY).toSorted((left, right) => right.share - left.share || (right.field.profile?.distinct ?? 0) - (left.field.profile?.distinct ?? 0));
  return alike === undefined ? { column: null, reason: 'Neither headers nor values tell; a guess could name every record wrongly.' } : { column: alike.field, reason: `${percent(alike.share)} of the values of "${alike.field.label}" look like it; its header says nothing known.` };
}
