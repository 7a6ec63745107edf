import type { Catalog } from '../connector/catalog.ts';
import { knownDestination, knownSource } from '../plan/validation/known-fields.ts';
import type { FieldLine, Mapping, Plan, TransformStep } from '../plan/plan.ts';
import { takesSame } from '../proposal/line-places.ts';
import { valueWay } from '../proposal/value-transforms.ts';
import { refusal } from './problem.ts';
import type { PlanLine } from './schemas/plan.ts';

type Status = PlanLine['status'];

/** What a person makes of a line. What is left out stays as it is. */
export interface LineChange {
  readonly status?: Status | undefined;
  /**
   * Another destination field. Without `transforms` the values get in as their types ask for. A column that is left out gets a line of
   * its own so; null = it is left out again.
   */
  readonly to?: string | null | undefined;
  readonly transforms?: readonly TransformStep[] | undefined;
  readonly loss?: string | null | undefined;
  readonly reason?: string | undefined;
}

interface Catalogs { readonly source: Catalog | null; readonly destination: Catalog | null }

/**
 * The plan with lines changed. @returns null for a key that the plan does not have
 * @param changes by key, as `planLines` names them
 * @throws ApiError 422 where a line cannot be changed so
 */
export function changeLines(plan: Plan, changes: ReadonlyMap<string, LineChange>, catalogs: Catalogs): Plan | null {
  const seen = new Set<string>();
  const judge = <Line extends { readonly status: Status }>(key: string, line: Line): Line => {
    const change = changes.get(key);
    if (change === undefined) return line;
    seen.add(key);
    if (change.to !== undefined || change.transforms !== undefined) throw refusal(422, 'line-has-no-way', 'Only lines of fields have a destination and transforms to change.', 'Confirm the line or reject it, or edit the plan file.');
    return change.status === undefined ? line : { ...line, status: change.status };
  };
  const moved: { readonly object: string; readonly from: string; readonly to: string }[] = [];
  const mappings = plan.mappings.map((mapping, at): Mapping => withColumns({
    ...judge(`mapping:${at}`, mapping),
    fields: mapping.fields.map((line, index) => {
      const change = changes.get(`field:${at}:${index}`);
      if (change === undefined) return line;
      seen.add(`field:${at}:${index}`);
      if (change.to === null) throw refusal(422, 'line-has-no-way', 'A line of a field goes to a field.', 'Reject the line to leave it out.');
      if (change.to !== undefined && change.to !== line.to) moved.push({ object: mapping.destination, from: line.to, to: change.to });
      return changed(plan, mapping, line, change, catalogs);
    }),
    leftOut: mapping.leftOut.map((line, index) => (givesPlace(changes.get(`leftOut:${at}:${index}`)) ? line : judge(`leftOut:${at}:${index}`, line))),
  }, at));
  const schema = plan.schema.map((line, index) => judge(`schema:${index}`, line));
  function withColumns(mapping: Mapping, at: number): Mapping {
    const [fields, leftOut] = [[...mapping.fields], [...mapping.leftOut]];
    for (const [index, column] of mapping.leftOut.entries()) {
      const key = `leftOut:${at}:${index}`;
      const change = changes.get(key);
      if (change === undefined) continue;
      seen.add(key);
      const { from } = column;
      const made = fields.findIndex((line) => line.from === from && line.reason.startsWith(givenPlace));
      const before = fields[made];
      if (typeof change.to === 'string') {
        const line = columnLine(plan, mapping, column, change, catalogs);
        moved.push({ object: mapping.destination, from: before?.to ?? '', to: line.to });
        leftOut[index] = { ...column, status: 'rejected' };
        if (before === undefined) fields.push(line);
        else fields[made] = line;
        continue;
      }
      leftOut[index] = { ...column, status: change.status ?? column.status };
      // Leaving it out again leaves out the line that was made for it.
      if (before === undefined || before.status === 'rejected' || (change.to === undefined && change.status === 'rejected')) continue;
      moved.push({ object: mapping.destination, from: before.to, to: '' });
      fields[made] = { ...before, status: 'rejected' };
    }
    return { ...mapping, fields, leftOut };
  }

  return seen.size === changes.size ? { ...plan, mappings, schema: moved.reduce((lines, move) => withNewFields(lines, mappings, move), schema) } : null;
}

/** How a line begins its reason that a person gave to a column which was left out. */
const givenPlace = 'A person gave it a place; it was left out before: ';
const givesPlace = (change: LineChange | undefined): boolean => change?.to !== undefined;

function changed(plan: Plan, mapping: Mapping, line: FieldLine, change: LineChange, catalogs: Catalogs): FieldLine {
  const { loss: oldLoss, ...rest } = line;
  const { to } = change;
  if (to === null) throw new Error('A line of a field goes to a field.');
  const way = to === undefined || to === line.to || change.transforms !== undefined ? null : wayTo(plan, mapping, line, to, catalogs);
  const transforms = change.transforms ?? way?.transforms;
  const loss = change.loss === undefined ? way === null ? oldLoss ?? null : way.loss : change.loss;
  const next: FieldLine = {
    ...rest, ...(change.status === undefined ? {} : { status: change.status }),
    ...(to === undefined ? {} : { to }), ...(transforms === undefined ? {} : { transforms: [...transforms] }), ...(loss === null ? {} : { loss }),
    reason: change.reason ?? (to === undefined || to === line.to ? line.reason : `A person chose it instead of ${line.to}. Before: ${line.reason}`),
  };
  if (next.transforms?.length === 0) delete next.transforms;
  return next;
}

/** A line of its own for a column that was left out. */
function columnLine(plan: Plan, mapping: Mapping, left: Mapping['leftOut'][number], change: LineChange, catalogs: Catalogs): FieldLine {
  const { from, confidence, reason, evidence } = left;
  const line: FieldLine = { to: '', from, status: change.status ?? 'confirmed', confidence, reason: `${givenPlace}${reason}`, ...(evidence === undefined ? {} : { evidence }) };
  const { reason: _, ...given } = change;
  return { ...changed(plan, mapping, line, { status: 'confirmed', ...given }, catalogs), reason: line.reason };
}

/** How the values of a line get into another field. */
function wayTo(plan: Plan, mapping: Mapping, line: FieldLine, to: string, catalogs: Catalogs): Readonly<{ transforms: TransformStep[]; loss: string | null }> {
  if (!canMove(line)) return wayOfSame(plan, mapping, line, to, catalogs);
  const source = catalogs.source === null ? undefined : knownSource(plan, catalogs.source).field(mapping.source, line.from as string);
  const destination = catalogs.destination === null ? undefined : knownDestination(reopened(plan, mapping.destination, to), catalogs.destination).field(mapping.destination, to);
  if (source === undefined || destination === undefined) throw refusal(422, 'no-field', `${source === undefined ? mapping.source : mapping.destination} has no field "${source === undefined ? String(line.from) : to}".`, 'Choose one of the list, or discover again.', { to: 'there is no such field' });
  const way = valueWay(source, destination, 'utc');
  if (!way.fits) throw refusal(422, 'does-not-fit', `"${String(line.from)}" does not fit into ${to}: ${way.why}.`, 'Choose another field, or give the line transforms that end in what the field takes.', { to: way.why });
  return way;
}

/** A value that is more than one source field's goes as it is, to fields that take the same kind. */
function wayOfSame(plan: Plan, mapping: Mapping, line: FieldLine, to: string, catalogs: Catalogs): Readonly<{ transforms: TransformStep[]; loss: string | null }> {
  const known = catalogs.destination === null ? undefined : knownDestination(reopened(reopened(plan, mapping.destination, to), mapping.destination, line.to), catalogs.destination);
  const [present, next] = [known?.field(mapping.destination, line.to), known?.field(mapping.destination, to)];
  if (next === undefined || present === undefined) throw refusal(422, 'no-field', `${mapping.destination} has no field "${next === undefined ? to : line.to}".`, 'Choose one of the list, or discover again.', { to: 'there is no such field' });
  if (!takesSame(present, next)) throw refusal(422, 'does-not-fit', `The line makes values for ${line.to} (${present.type}), and ${to} takes ${next.type}.`, 'Choose a field that takes the same, or edit the plan file.', { to: `takes ${next.type}` });
  return { transforms: [...line.transforms ?? []], loss: line.loss ?? null };
}

/** Whether a line is one source field on its way to one destination field, which may be another one. */
export function canMove(line: FieldLine): boolean {
  return typeof line.from === 'string' && line.link === undefined && line.lookup === undefined;
}

/** A new field that no line fills any more is not made; one that a line fills again is. */
function withNewFields(schema: Plan['schema'], mappings: readonly Mapping[], { object, from, to }: Readonly<{ object: string; from: string; to: string }>): Plan['schema'] {
  const filled = (name: string): boolean => mappings.some((mapping) => mapping.status !== 'rejected' && mapping.destination === object && mapping.fields.some((line) => line.to === name && line.status !== 'rejected'));
  return schema.map((line) => {
    if (line.object !== object) return line;
    if (line.name === from && !filled(from)) return { ...line, status: 'rejected' as const };
    return line.name === to && line.status === 'rejected' ? { ...line, status: 'proposed' as const } : line;
  });
}

/** The plan as if the new field were to be made. */
function reopened(plan: Plan, object: string, name: string): Plan {
  return { ...plan, schema: plan.schema.map((line) => (line.object === object && line.name === name ? { ...line, status: 'proposed' as const } : line)) };
}
