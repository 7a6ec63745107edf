import type { Catalog, CatalogObject } from '../../connector/catalog.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { FieldLine, Mapping, SchemaLine } from '../../plan/plan.ts';
import type { MatchGuide } from '../../proposal/match-guide.ts';
import type { Agent } from './agents.ts';
import type { Places } from './places.ts';
import type { Target } from './target.ts';

/** What every mapping of the route is made from. */
export interface RouteInput {
  readonly source: Catalog;
  readonly destination: Catalog;
  readonly database: string;
  readonly region: string; // of telephone numbers without prefix
  readonly target: Target;
  /** Agents whom no admin's address names. */
  readonly openAgents: readonly Agent[];
  /** Where custom fields of tickets go. */
  readonly places: Places;
  /** Attributes that no call makes and nobody has made are left out (decision attributes-by-hand). */
  readonly leavesOut: boolean;
  /** Handed on to the field matcher. */
  readonly guide?: MatchGuide | undefined;
}

export function objectOf(catalog: Catalog, name: string): CatalogObject | undefined {
  return catalog.objects.find((object) => object.name === name);
}

/** Rows of a list among a catalog's facts. */
export function factRows(catalog: Catalog | null, name: string): readonly JsonObject[] {
  const value = catalog?.facts[name];
  return Array.isArray(value) ? value as readonly JsonObject[] : [];
}

/** '1 ticket', '2 tickets'. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const judged = (reason: string): Pick<Mapping, 'status' | 'confidence' | 'reason'> => ({ status: 'proposed', confidence: 1, reason });

/** A line of a mapping; `to` and a reason, and whatever makes the value. */
export function line(to: string, reason: string, more: Partial<Omit<FieldLine, 'to' | 'reason'>>): FieldLine {
  return { to, ...judged(reason), ...more };
}

/** A mapping whose lines name only fields that the source has; the fields that no line, link or condition reads are left out with a reason. */
export function mapping(input: RouteInput, params: Omit<Mapping, 'leftOut' | 'status' | 'confidence'> & Readonly<{ used?: readonly string[]; partial?: boolean }>): Mapping {
  const { used = [], partial = false, ...rest } = params;
  const known = new Set(['$id', ...(objectOf(input.source, params.source)?.fields ?? []).map((field) => field.name)]);
  // Of several fields those that this server has: Odoo 19 has no mobile number any more.
  const fields = rest.fields.flatMap((one): FieldLine[] => {
    if (one.from === undefined) return [one];
    const there = [one.from].flat().filter((name) => known.has(name));
    return there.length === 0 ? [] : [{ ...one, from: Array.isArray(one.from) ? there : one.from }];
  });
  const read = new Set([...fields.flatMap((one) => [one.from ?? []].flat()), ...used, 'id', 'write_date']);
  const leftOut = partial ? [] : [...known].filter((name) => name !== '$id' && !read.has(name)).map((from) => ({ from, ...judged(`Nothing at Intercom takes ${from} of ${params.source}.`) }));
  return { ...rest, fields, leftOut, ...judged(rest.reason) };
}

export function schemaLine(object: string, params: Readonly<{ name: string; type: SchemaLine['type']; label: string; options?: readonly string[]; source?: string; evidence?: readonly string[] }>): SchemaLine {
  const { name, type, label, options, source, evidence } = params;
  return {
    object, name, label, type, help: `${label} (Odoo)`, ...(options === undefined ? {} : { options: options.map((value) => ({ value, label: value })) }), ...(source === undefined ? {} : { source }),
    ...judged('Intercom has no field of its own for it.'), ...(evidence === undefined ? {} : { evidence: [...evidence] }),
  };
}
