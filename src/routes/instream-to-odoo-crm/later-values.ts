import type { Condition, Mapping } from '../../plan/plan.ts';

/**
 * Holds back what a later export brought along and no decision of the plan speaks of: loaded by a guess it would be wrong without a word.
 * @param condition null = there is nothing of the kind in this export
 * @param message a sentence without its full stop
 */
export function laterHold(condition: Condition | null, code: string, message: string): NonNullable<Mapping['holdWhen']> {
  return condition === null ? [] : [{ condition, code, message: `${message}.`, remedy: 'Read the export in again and answer for it: `portolan discover <project>`, `portolan propose <project>`, `portolan decide <project>`, `portolan plan confirm <project>`; then `portolan delta <project>`.' }];
}
