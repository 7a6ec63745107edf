import type { CatalogField } from '../connector/catalog.ts';
import type { FieldLine } from '../plan/plan.ts';
import { matchCatalogFields } from './match-fields.ts';
import type { MatchCatalogFieldsParams } from './match-fields.ts';
import type { FieldMatch } from './match/match-schemas.ts';
import { valueWay } from './value-transforms.ts';

export interface PlaceUnknownFieldsParams extends MatchCatalogFieldsParams {
  /** Source fields that no route cares for. */
  readonly fields: readonly CatalogField[];
  /** Destination fields that are filled already. */
  readonly taken: ReadonlySet<string>;
  /** Time zone of times written without one. Default: utc. */
  readonly zone?: string;
  /** Least confidence. Default 0.9: a field of its own is the safer place for what may mean something else. */
  readonly least?: number;
}

/** What people confirmed before, or a model chose among the two best, is worth a person's look also where the matcher alone would not place it. */
const decided = { memory: 0.75, adviser: 0.6 } as const;

/** A field that found its place, or the matcher's reasons why it did not. */
export interface Placement { readonly line: FieldLine | null; readonly match: FieldMatch | null }

/** The next best places, for a person who thinks otherwise. */
export function alternativesOf(match: FieldMatch | null): { readonly alternatives?: string[] } {
  const near = (match?.near ?? match?.ranked ?? []).filter((name) => name !== match?.target).slice(0, ALTERNATIVES);
  return near.length === 0 ? {} : { alternatives: near };
}

const ALTERNATIVES = 3;

/**
 * Looks for a place for unknown columns, traits and custom fields among the destination's own fields: one that means the same, can be
 * written, is free, and takes the values as they are. Each destination field is given away once, to the surest. Pure.
 */
export function placeUnknownFields(params: PlaceUnknownFieldsParams): ReadonlyMap<string, Placement> {
  const { fields, taken, zone = 'utc', least = 0.9 } = params;
  if (fields.length === 0) return new Map();
  const matches = matchCatalogFields({ ...params, wanted: new Set(fields.map(({ name }) => name)) });
  const free = new Map(params.destinationObject.fields.filter(({ name, readonly, computed }) => !readonly && computed !== true && !taken.has(name)).map((field) => [field.name, field]));
  const placed = new Map<string, Placement>();
  const surest = fields.toSorted((left, right) => (matches.get(right.name)?.confidence ?? 0) - (matches.get(left.name)?.confidence ?? 0));
  for (const field of surest) {
    const match = matches.get(field.name) ?? null;
    const target = match === null || match.target === null || match.confidence < (match.decidedBy === undefined ? least : Math.min(least, decided[match.decidedBy])) ? undefined : free.get(match.target);
    const way = target === undefined ? null : valueWay(field, target, zone);
    if (match === null || target === undefined || way === null || !way.fits) { placed.set(field.name, { line: null, match }); continue; }
    free.delete(target.name);
    const evidence = field.profile?.samples.slice(0, 3) ?? [];
    const reasons = [...match.reasons, ...(way.note === null ? [] : [way.note])].join('; ');
    placed.set(field.name, {
      match,
      line: {
        to: target.name, from: field.name, transforms: way.transforms, status: 'proposed', confidence: Math.round(match.confidence * way.agreement * 1000) / 1000,
        reason: `${reasons.charAt(0).toUpperCase()}${reasons.slice(1)}.`, ...(evidence.length > 0 ? { evidence } : {}), ...alternativesOf(match), ...(way.loss === null ? {} : { loss: way.loss }),
      },
    });
  }
  return placed;
}
