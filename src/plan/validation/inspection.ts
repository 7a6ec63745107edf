import type { DecisionValues } from '../compiled/decision-values.ts';
import { OWN_ID } from '../compiled/keys-and-links.ts';
import type { KnownObjects } from './known-fields.ts';
import { nearest } from '../values/nearest.ts';
import type { Plan } from '../plan.ts';

/** Where the checks put what they find. */
export interface Inspection {
  readonly plan: Plan;
  readonly source: KnownObjects;
  readonly destination: KnownObjects;
  readonly decisions: DecisionValues;
  readonly report: (path: readonly PropertyKey[], message: string, remedy: string) => void;
}

/** Reports an object that is not there; true = it is. */
export function requireObject(side: 'source' | 'destination', object: string, path: readonly PropertyKey[], inspection: Inspection): boolean {
  if (inspection[side].has(object)) return true;
  inspection.report(path, `the ${side} has no object "${object}"`, nearest(object, inspection[side].names()) ?? `Its objects are: ${inspection[side].names().join(', ')}.`);
  return false;
}

/** Reports a source field that is not there. A dotted name may go on inside the field it starts with. */
export function requireSourceField(object: string, name: string, path: readonly PropertyKey[], { source, report }: Inspection): boolean {
  if (name === OWN_ID || source.field(object, name) !== undefined || source.field(object, name.split('.')[0] ?? name) !== undefined) return true;
  report(path, `source object "${object}" has no field "${name}"`, nearest(name, source.fieldNames(object)) ?? 'Discover the source again, or take a field of the catalog.');
  return false;
}

/** Reports a destination field that is not there. */
export function requireDestinationField(object: string, name: string, path: readonly PropertyKey[], { destination, report }: Inspection): boolean {
  if (destination.field(object, name) !== undefined) return true;
  report(path, `destination object "${object}" has no field "${name}"`, nearest(name, destination.fieldNames(object)) ?? 'Add it under `schema` to have it created, or take a field of the catalog.');
  return false;
}
