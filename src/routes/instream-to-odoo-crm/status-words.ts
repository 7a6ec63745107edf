import type { CatalogObject } from '../../connector/catalog.ts';
import type { Condition } from '../../plan/plan.ts';
import { fold } from '../../plan/values/fold.ts';

export type Meaning = 'open' | 'won' | 'lost';

/** Words of deal statuses and closing stages, Polish and English, folded. */
const words: { readonly [meaning in Meaning]: readonly string[] } = {
  open: ['open', 'otwarta', 'otwarty', 'otwarte', 'w toku', 'aktywna', 'aktywny', 'aktywne', 'active', 'in progress'],
  won: ['won', 'wygrana', 'wygrany', 'wygrane', 'closed won', 'sprzedana', 'sukces'],
  lost: ['lost', 'przegrana', 'przegrany', 'przegrane', 'closed lost', 'utracona', 'porazka'],
};

/** InStream's own words for what nobody works on any more, folded: it knows active and inactive, and never says how something ended. */
const resting: ReadonlySet<string> = new Set(['archived', 'zarchiwizowana', 'zarchiwizowany', 'zarchiwizowane', 'archiwum', 'inactive', 'nieaktywna', 'nieaktywny', 'nieaktywne']);

/** Whether a status or stage is one that InStream calls inactive or archived. */
export function isResting(text: string): boolean {
  return resting.has(fold(text));
}

/** Why such a word is asked about. */
export const RESTING = 'InStream says only that nobody works on it any more, not how it ended; as lost it is archived in Odoo as well.';

/** What a status or stage most likely means by its name: for recommendations. null = nothing speaks for any meaning. */
export function meaningOf(text: string): Meaning | null {
  return isResting(text) ? 'lost' : statedMeaning(text);
}

/** What a status says by itself; null = nothing that could be relied on without asking. */
function statedMeaning(text: string): Meaning | null {
  const folded = fold(text);
  return (Object.keys(words) as Meaning[]).find((meaning) => words[meaning].includes(folded)) ?? null;
}

/** The different values of a field, complete when there are at most 50. */
export function valuesOf(object: CatalogObject | undefined, field: string): readonly { readonly value: string; readonly count: number }[] {
  return object?.fields.find((each) => each.name === field)?.profile?.values ?? [];
}

/** Statuses whose word says nothing: each is a decision. */
export function unknownStatuses(deals: CatalogObject | undefined): readonly Readonly<{ value: string; count: number }>[] {
  return valuesOf(deals, 'status').filter(({ value }) => statedMeaning(value) === null);
}

/** Spellings of the deal statuses of this export by what they mean. A status nobody can read counts as open until a person says otherwise. */
function statusSpellings(deals: CatalogObject | undefined): { readonly [meaning in Meaning | 'resting']: readonly string[] } {
  const spellings: { [meaning in Meaning | 'resting']: string[] } = { open: [], won: [], lost: [], resting: [] };
  for (const { value } of valuesOf(deals, 'status')) spellings[isResting(value) ? 'resting' : statedMeaning(value) ?? 'open'].push(value);
  return spellings;
}

/** The words count whether this export has them or not: the first deal that is lost may come with a later one. */
const saysByWord = (meaning: Meaning): Condition => ({ field: 'status', oneOf: [...words[meaning]] });
const silent: Condition = { field: 'status', filled: false };

/** The conditions under which nobody has said what the status of a deal means, or its stage where it has no status: they came with a later export. @param keyed fields that name the stage */
export function undecidedMeanings(keyed: readonly string[]): { readonly status: Condition; readonly stage: Condition | null } {
  return {
    status: { all: [{ not: silent }, { not: { any: (Object.keys(words) as Meaning[]).map(saysByWord) } }, { undecided: 'status-meaning', of: 'status' }] },
    stage: keyed.length === 0 ? null : { all: [silent, { undecided: 'stage-meaning', of: [...keyed] }] },
  };
}

/** Words and spellings of deals that nobody works on, of this export and of any later one; every other deal may be open. */
export function closedLabels(deals: CatalogObject | undefined): readonly string[] {
  const { won, lost, resting: rested } = statusSpellings(deals);
  return [...new Set([...won, ...lost, ...rested, ...words.won, ...words.lost, 'porażka', ...resting])];
}

/**
 * The condition under which a deal is won (or lost): the word of its status says so, or a person did; or it has no status and its stage was decided to mean it.
 * @param keyed fields that name the stage, as the stage decisions do: pipeline and stage
 */
export function meansCondition(meaning: 'won' | 'lost', keyed: readonly string[]): Condition {
  return { any: [saysByWord(meaning), { decision: 'status-meaning', of: 'status', is: meaning }, ...(keyed.length === 0 ? [] : [{ all: [silent, { decision: 'stage-meaning', of: [...keyed], is: meaning }] } satisfies Condition])] };
}
