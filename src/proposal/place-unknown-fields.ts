import type { CatalogField } from '../connector/catalog.ts';
import type { FieldLine } from '../plan/plan.ts';
import { fullerFirst } from './fuller-first.ts';
import { matchCatalogFields } from './match-fields.ts';
import type { MatchCatalogFieldsParams } from './match-fields.ts';
import type { FieldMatch } from './match/match-schemas.ts';
import { sameNameFirst } from './same-name.ts';
import { valueWay } from './value-transforms.ts';
import type { ValueWay } from './value-transforms.ts';

export interface PlaceUnknownFieldsParams extends MatchCatalogFieldsParams {
  /** Source fields that no route cares for. */
  readonly fields: readonly CatalogField[];
  /** Destination fields that are filled already. */
  readonly taken: ReadonlySet<string>;
  /** Time zone of times written without one. Default: utc. */
  readonly zone?: string;
  /** Least confidence. Default 0.9: a field of its own is the safer place for what may mean something else. */
  readonly least?: number | ((field: CatalogField, to: string) => number);
  /** The only destination fields that may be given away, but for what a person confirmed before. Default: all that can be written. */
  readonly places?: ReadonlySet<string>;
  /** Destination fields that people made for themselves: an equal name is proof enough. Default: none. */
  readonly named?: ReadonlySet<string>;
  /** How values get into a field of the destination, where the route knows better than its type says; undefined = as the type says. */
  readonly wayOf?: (field: CatalogField, target: CatalogField) => RouteWay | undefined;
}

/** A way that may end in a look-up: a country by its code. */
export type RouteWay = ValueWay & { readonly lookup?: FieldLine['lookup'] };

/** What people confirmed before, or a model chose among the two best, is worth a person's look also where the matcher alone would not place it. */
const decided = { memory: 0.75, adviser: 0.6 } as const;

/** A field that found its place, or the matcher's reasons why it did not. */
export interface Placement {
  readonly line: FieldLine | null;
  readonly match: FieldMatch | null;
  /** Without a line: in words why not, with what memory and the model said. Empty with a line. */
  readonly why: string;
  /** Without a line: how sure it is that no field takes it; where one comes near, a person should look. */
  readonly noneConfidence: number;
}

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
  const { fields, taken, zone = 'utc', least = 0.9, places } = params;
  if (fields.length === 0) return new Map();
  const matched = fullerFirst(matchCatalogFields({ ...params, wanted: new Set(fields.map(({ name }) => name)) }), params);
  const matches = params.named === undefined ? matched : sameNameFirst(matched, { ...params, named: params.named });
  const leastOf = (field: CatalogField, { target, decidedBy }: FieldMatch): number => {
    const own = typeof least === 'number' ? least : least(field, target ?? '');
    return decidedBy === undefined ? own : Math.min(own, decided[decidedBy]);
  };
  const mayGoTo = ({ target, decidedBy }: FieldMatch): boolean => places === undefined || decidedBy === 'memory' || places.has(target ?? '');
  const byName = new Map(params.destinationObject.fields.map((field) => [field.name, field]));
  const free = new Map(params.destinationObject.fields.filter(({ name, readonly, computed }) => !readonly && computed !== true && !taken.has(name)).map((field) => [field.name, field]));
  const placed = new Map<string, Placement>();
  const holders = new Map<string, string>(); // who fills a field that was given away
  const surest = fields.toSorted((left, right) => (matches.get(right.name)?.confidence ?? 0) - (matches.get(left.name)?.confidence ?? 0));
  for (const field of surest) {
    const match = matches.get(field.name) ?? null;
    const goal = match === null || match.target === null ? undefined : byName.get(match.target);
    const way: RouteWay | null = goal === undefined ? null : params.wayOf?.(field, goal) ?? valueWay(field, goal, zone);
    const obstacle = match === null || goal === undefined || way === null ? null
      : match.confidence < leastOf(field, match) ? `not sure enough (${Math.floor(match.confidence * 100)} %)`
        : holders.has(goal.name) ? `filled by ${holders.get(goal.name)}`
          : !free.has(goal.name) ? 'not free'
            : !way.fits ? way.why
              : mayGoTo(match) ? null : 'the route fills it only where a person says so';
    const target = obstacle === null ? goal : undefined;
    if (match === null || target === undefined || way === null || !way.fits) {
      const told = (match?.told ?? []).map((words) => `; ${words}`).join('');
      placed.set(field.name, { line: null, match, why: `${obstacle === null ? whyNone(match) : `${goal?.name} comes nearest: ${obstacle}`}${told}`, noneConfidence: match === null ? 1 : match.target === null ? match.confidence : 0.5 });
      continue;
    }
    free.delete(target.name);
    holders.set(target.name, field.name);
    const evidence = field.profile?.samples.slice(0, 3) ?? [];
    const reasons = [...match.reasons, ...(way.note === null ? [] : [way.note])].join('; ');
    placed.set(field.name, {
      match, why: '', noneConfidence: 0,
      line: {
        to: target.name, from: field.name, transforms: way.transforms, ...(way.lookup === undefined ? {} : { lookup: way.lookup }), status: 'proposed', confidence: Math.round(match.confidence * way.agreement * 1000) / 1000,
        reason: `${reasons.charAt(0).toUpperCase()}${reasons.slice(1)}.`, ...(evidence.length > 0 ? { evidence } : {}), ...alternativesOf(match), ...(way.loss === null ? {} : { loss: way.loss }),
      },
    });
  }
  return placed;
}

/** Why the matcher names no field: what it says last of all is what it found at the destination. */
function whyNone(match: FieldMatch | null): string {
  return match?.decidedBy !== undefined || match === null ? 'no field of the same name or meaning' : match.reasons.find((reason) => /means the same/.test(reason)) ?? match.reasons.at(-1) ?? 'no field of the same name or meaning';
}
