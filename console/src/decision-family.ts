import type { Decision, PlanView } from '../../src/server/schemas/plan.ts';

/** Decisions of one kind, one for each value: `owner:ada@example.com`, `owner:jan@example.com`. */
export interface Family { readonly name: string; readonly decisions: readonly Decision[] }

const nameOf = (id: string): string | null => /^([\w-]+):./s.exec(id)?.[1] ?? null;
/** The value that a decision of a family is about. */
export const valueOf = (id: string): string => id.slice(id.indexOf(':') + 1);

/** Families as queues of their own, in the plan's order, and the decisions that stand alone. */
export function familiesOf(decisions: PlanView['decisions']): Readonly<{ families: readonly Family[]; alone: readonly Decision[] }> {
  const groups = Map.groupBy(decisions, ({ id }) => nameOf(id));
  const families = [...groups].flatMap(([name, members]) => (name === null ? [] : [{ name, decisions: members }]));
  return { families, alone: groups.get(null) ?? [] };
}

/** An answer as it can be compared and kept in a form. */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What an answer does, in the words of its option; null = it is none of the options. */
export function effectOf(decision: Decision, answer: unknown): string | null {
  return decision.options.find((option) => asText(option.value) === asText(answer))?.effect ?? null;
}

/** Options that every one of these decisions has, by value: what can be answered at once, with the effect on all of them. */
export function sharedOptions(decisions: readonly Decision[], words: Readonly<{ together: (effect: string) => string; each: (effect: string) => string }>): readonly Decision['options'][number][] {
  const [first, ...rest] = decisions;
  return (first?.options ?? []).flatMap((option) => {
    const effects = [option.effect, ...rest.flatMap((decision) => effectOf(decision, option.value) ?? [])];
    return effects.length === decisions.length ? [{ ...option, effect: effects.length === 1 ? option.effect : together(effects, words) }] : [];
  });
}

const number = /\d[\d,]*/g;

/** Effects that differ in their counts alone, as one with the sums; others stand for themselves. */
function together(effects: readonly string[], words: Readonly<{ together: (effect: string) => string; each: (effect: string) => string }>): string {
  const [first = '', ...rest] = effects;
  if (rest.every((effect) => effect === first)) return words.each(first);
  const counts = effects.map((effect) => (effect.match(number) ?? []).map((digits) => Number(digits.replaceAll(',', ''))));
  // '1 member' and '2 members' say the same of different counts.
  const template = (effect: string): string => effect.replace(number, '#').replaceAll(/# (\p{L}+?)s?\b/gu, '# $1');
  if (rest.some((effect) => template(effect) !== template(first))) return words.each(first.replace(number, '…')); // the counts of the first are not those of the others
  const several = effects.find((effect) => !/\b1 /.test(effect)) ?? first;
  let at = -1;
  return words.together(several.replace(number, (digits) => {
    at += 1;
    const column = counts.map((row) => row[at] ?? 0);
    // What is the same everywhere (a percentage, say) is no count of records.
    return column.every((value) => value === column[0]) ? digits : column.reduce((sum, value) => sum + value, 0).toLocaleString('en');
  }));
}
