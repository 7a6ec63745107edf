import type { Plan } from '../plan/plan.ts';
import { fieldsOf } from './plan-lines.ts';

/** Source fields that a held-back record is about: what a person corrects first. Empty = the entry names none. */
export function heldFields(plan: Plan | null, entry: Readonly<{ mapping: string; field: string | null; data: Readonly<Record<string, unknown>> | null }>): readonly string[] {
  if (entry.field === null || entry.data === null) return [];
  const mapping = plan?.mappings.find(({ id }) => id === entry.mapping);
  const lines = (mapping?.fields ?? []).filter((line) => line.to === entry.field && line.status !== 'rejected');
  const links = (plan?.links ?? []).filter((link) => link.object === mapping?.source && lines.some((line) => line.link === link.name));
  const named = [...lines.flatMap(fieldsOf), ...links.flatMap((link) => link.by.flatMap((part) => part.from)), entry.field];
  return [...new Set(named)].filter((name) => Object.hasOwn(entry.data ?? {}, name));
}
