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
export function statusSpellings(deals: CatalogObject | undefined): { readonly [meaning in Meaning | 'resting']: readonly string[] } {
  const spellings: { [meaning in Meaning | 'resting']: string[] } = { open: [], won: [], lost: [], resting: [] };
  for (const { value } of valuesOf(deals, 'status')) spellings[isResting(value) ? 'resting' : statedMeaning(value) ?? 'open'].push(value);
  return spellings;
}

/**
 * The condition under which a deal is won (or lost): its status says so, or it has no status and its stage was decided to mean it.
 * @param stages keys `pipeline / stage` as the stage decisions carry them, with both names.
 */
export function meansCondition(meaning: 'won' | 'lost', params: Readonly<{ spellings: readonly string[]; unknown: readonly string[]; stages: readonly Readonly<{ key: string; pipeline: string; stage: string }>[] }>): Condition {
  const byStatus = [
    ...params.spellings.map((value): Condition => ({ field: 'status', equals: value })),
    ...params.unknown.map((value): Condition => ({ all: [{ field: 'status', equals: value }, { decision: `status-meaning:${value}`, is: meaning }] })),
  ];
  const byStage = params.stages.map(({ key, pipeline, stage }): Condition => ({
    all: [
      { field: 'stage_name', equals: stage }, ...(pipeline === '' ? [] : [{ field: 'pipeline_name', equals: pipeline } satisfies Condition]),
      { decision: `stage-meaning:${key}`, is: meaning },
    ],
  }));
  return { any: [...byStatus, ...(byStage.length === 0 ? [] : [{ all: [{ field: 'status', filled: false }, { any: byStage }] } satisfies Condition])] };
}
