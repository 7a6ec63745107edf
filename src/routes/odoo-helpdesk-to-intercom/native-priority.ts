import type { Decision, FieldLine } from '../../plan/plan.ts';
import { line, objectOf, type RouteInput } from './lines.ts';

const FIELD = 'native_priority';
const levels = ['none', 'low', 'medium', 'high', 'urgent'] as const;

/** Whether the workspace takes the priority of a conversation itself: only Intercom's Preview version writes it. */
export function takesPriority({ destination, target }: Pick<RouteInput, 'destination' | 'target'>): boolean {
  return target.kind === 'conversations' && objectOf(destination, target.attributesOf)?.fields.some(({ name }) => name === FIELD) === true;
}

export function nativePriorityLine(): FieldLine {
  return line(FIELD, 'The conversation\'s own priority, as decided for each of Odoo\'s.', { from: 'priority', transforms: [{ decision: { prefix: 'priority', otherwise: 'none' } }, { default: 'none' }] });
}

/** Which of Intercom's levels each priority is. No document pairs the two: only a person can say. @param found the level that its name means, in Intercom's words; null = none for certain */
export function priorityDecisions(input: RouteInput, priorities: readonly Readonly<{ value: string; label: string; found: string | null }>[]): Decision[] {
  if (!takesPriority(input)) return [];
  return priorities.map(({ value, label, found }): Decision => {
    const level = levels.find((one) => one === found?.toLowerCase());
    return {
      id: `priority:${value}`, question: `Which priority have conversations of tickets with the priority "${label}"?`, answer: null,
      options: levels.map((one) => ({ value: one, label: one, effect: one === 'none' ? 'Intercom shows no priority.' : `Intercom shows ${one}.` })),
      recommendation: level ?? 'none', reason: level === undefined ? 'No level of Intercom reads like it.' : 'Odoo counts four from the lowest to the urgent one, Intercom as many above none.',
    };
  });
}
