import type { Catalog } from '../../connector/catalog.ts';
import type { Condition, Decision } from '../../plan/plan.ts';
import { counted } from './counted.ts';

interface Spelling { readonly name: string; readonly count: number }

/** More merges are not asked about one by one: they are made as recommended. */
const MOST_ASKED = 200;

/** Tags of the export that are written in several ways, the most frequent spelling first; the most used tags first. */
function tagsInSeveralSpellings(source: Catalog): readonly (readonly Spelling[])[] {
  const groups = Object.values((source.facts['tagVariants'] ?? {}) as unknown as Readonly<Record<string, readonly Spelling[]>>);
  const uses = (spellings: readonly Spelling[]): number => spellings.reduce((sum, { count }) => sum + count, 0);
  return groups.filter((spellings) => spellings.length > 1).toSorted((left, right) => uses(right) - uses(left)).slice(0, MOST_ASKED);
}

/** IO-10: the merge list. Each merge is shown before the load with its spellings, and can be undone. */
export function tagDecisions(source: Catalog): Decision[] {
  return tagsInSeveralSpellings(source).map((spellings) => {
    const name = spellings[0]?.name ?? '';
    return {
      id: `tag-spellings:${name}`, question: `The tag "${name}" is written in ${spellings.length} ways that differ only in case and spaces. One tag?`,
      options: [
        { value: 'merge', label: 'One tag', effect: `Every record with any of the spellings gets it; it is named as the first one that is loaded, or as the one that Odoo has.` },
        { value: 'apart', label: `${spellings.length} tags`, effect: 'Each spelling is a tag of its own, exactly as it is written.' },
      ],
      recommendation: 'merge', answer: null, reason: 'Nothing but case and spaces tells them apart.',
      evidence: spellings.slice(0, 10).map(({ name: spelling, count }) => `"${spelling}" ${counted(count, 'time', 'times')}`),
    };
  });
}

/** Whether a person may take the spellings of tags apart at all. */
export function hasSeveralSpellings(source: Catalog): boolean {
  return tagsInSeveralSpellings(source).length > 0;
}

/** The spelling was taken out of its merge. */
export const keptApart: Condition = { decision: 'tag-spellings', of: 'name', is: 'apart' };
