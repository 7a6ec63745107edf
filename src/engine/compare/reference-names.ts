import type { CatalogField } from '../../connector/catalog.ts';
import type { DestinationConnection } from '../../connector/destination.ts';
import { AmbiguousError, FatalError, RateLimitedError, RetriableError } from '../../connector/errors.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import type { CompiledMapping, CompiledPlan } from '../../plan/compiled/compile.ts';

const PAGE = 200;

/** The ids that a reference, or a list of them, holds. */
export function idsOf(value: Json | undefined): readonly string[] {
  return [value ?? []].flat().filter((id) => (typeof id === 'string' && id !== '') || typeof id === 'number').map(String);
}

/**
 * The object that a reference field of a written record leads to: what the destination says of the field; else what the mappings behind
 * the plan's links write. Where those are several objects, the record has to name one of them in another field (a message: `model`).
 * Null = the field is no reference, or nobody knows.
 */
export function targetOf(params: Readonly<{ plan: CompiledPlan; mapping: CompiledMapping; field: CatalogField | undefined; payload: JsonObject }>): string | null {
  const { plan, mapping, field, payload } = params;
  if (field === undefined || (field.type !== 'reference' && field.type !== 'references')) return null;
  if (field.relatedObject !== undefined) return field.relatedObject;
  const linked = mapping.mapping.fields.filter((line) => line.to === field.name && line.link !== undefined).flatMap((line) => line.through ?? []);
  const objects = [...new Set(linked.flatMap((id) => plan.mappings.get(id)?.mapping.destination ?? []))];
  if (objects.length <= 1) return objects[0] ?? null;
  const named = objects.filter((object) => Object.values(payload).includes(object));
  return named.length === 1 ? named[0] ?? null : null;
}

/** What people call the records of a destination; each is asked for once. */
export class ReferenceNames {
  readonly #destination: DestinationConnection;
  readonly #known = new Map<string, Map<string, string>>();
  readonly #silent = new Set<string>(); // objects that do not say what their records are called

  constructor(destination: DestinationConnection) {
    this.#destination = destination;
  }

  /** Asks for those that are not known yet. A name is a help to the reader: an object that refuses to tell leaves its ids as they are. */
  async learn(object: string, ids: Iterable<string>): Promise<void> {
    const { labelField } = this.#destination.capabilities;
    if (labelField === undefined || this.#silent.has(object)) return;
    const known = this.#known.get(object) ?? new Map<string, string>();
    this.#known.set(object, known);
    const open = [...new Set(ids)].filter((id) => !known.has(id));
    try {
      if (open.length > 0 && !(await this.#destination.fields({ object })).some(({ name }) => name === labelField)) this.#silent.add(object);
      for (let at = 0; at < open.length && !this.#silent.has(object); at += PAGE) {
        for (const { id, values } of await this.#destination.read({ object, ids: open.slice(at, at + PAGE), fields: [labelField] })) {
          const name = values[labelField];
          if (typeof name === 'string' && name !== '') known.set(id, name);
        }
      }
    } catch (error) {
      if ([FatalError, RetriableError, RateLimitedError, AmbiguousError].some((kind) => error instanceof kind)) throw error;
      this.#silent.add(object);
    }
  }

  /** Names by id of those that have one; null = none has. */
  of(object: string, ids: readonly string[]): { readonly [id: string]: string } | null {
    const found = ids.flatMap((id) => { const name = this.#known.get(object)?.get(id); return name === undefined ? [] : [[id, name] as const]; });
    return found.length === 0 ? null : Object.fromEntries(found);
  }
}
