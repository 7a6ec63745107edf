import type { Plan } from '../plan.ts';
import type { ShapeProblem } from '../schema-problems.ts';

/** Names that stand twice where they must be unique. A field may have several lines when all but one have a `when`. */
export function repetitions(plan: Plan): readonly ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  const check = <Entry>(path: readonly PropertyKey[], entries: readonly Entry[], what: string, nameOf: (entry: Entry) => string | null) => {
    const seen = new Set<string>();
    for (const [index, entry] of entries.entries()) {
      const name = nameOf(entry);
      if (name === null) continue;
      if (seen.has(name)) problems.push({ path: [...path, index], message: `${what} "${name}" stands twice`, remedy: 'Rename or remove one of the two.' });
      seen.add(name);
    }
  };
  check(['phases'], plan.phases, 'phase', ({ name }) => name);
  check(['mappings'], plan.mappings, 'mapping', ({ id }) => id);
  check(['decisions'], plan.decisions, 'decision', ({ id }) => id);
  check(['links'], plan.links, 'link', ({ object, name }) => `${object}.${name}`);
  check(['facts'], plan.facts, 'fact', ({ object, name }) => `${object}.${name}`);
  check(['schema'], plan.schema, 'schema field', ({ object, name }) => `${object}.${name}`);
  for (const [index, { fields, leftOut }] of plan.mappings.entries()) {
    check(['mappings', index, 'fields'], fields, 'a line without condition for field', ({ to, when, status }) => (when === undefined && status !== 'rejected' ? to : null));
    check(['mappings', index, 'leftOut'], leftOut, 'left-out field', ({ from }) => from);
  }
  return problems;
}
