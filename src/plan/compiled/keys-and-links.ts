import type { Json, JsonObject } from '../../connector/json.ts';
import { fieldReader } from '../values/field-value.ts';
import { fold } from '../values/fold.ts';
import { entriesOf } from '../values/multi-value.ts';
import { normaliseKey } from '../values/normalise-key.ts';
import { plainText } from '../values/plain-text.ts';
import type { KeyPart, Link } from '../plan.ts';

/** A value by which other records may point to this one; comparable. */
export interface RecordKey { readonly kind: string; readonly value: string }

/** One candidate of one link of a record, in the order in which candidates are tried. */
export interface LinkCandidate {
  readonly name: string;
  readonly ordinal: number; // position in a `many` link; 0 otherwise
  readonly toObject: string;
  readonly rank: number; // position of the key kind in the link's `by`
  readonly kind: string;
  readonly value: string;
  readonly label: string | null; // null = the link has no label field, or it is empty
}

/** A key part with its field readers. Several fields are alternatives, each value counts on its own; composed, they make one value. */
export interface CompiledKeyPart {
  readonly kind: string;
  readonly compose: boolean;
  readonly applies: (data: JsonObject) => boolean;
  readonly normalise: KeyPart['normalise'];
  readonly readers: readonly ((data: JsonObject) => Json)[];
}
export interface CompiledLink { readonly link: Link; readonly by: readonly CompiledKeyPart[]; readonly label: ((data: JsonObject) => Json) | null }

/** The name under which a record's own id stands among its fields. */
export const OWN_ID = '$id';

export function compileKeyPart({ kind, from, normalise, compose, where }: KeyPart): CompiledKeyPart {
  return { kind, normalise, compose: compose ?? false, applies: appliesWhere(where), readers: (Array.isArray(from) ? from : [from]).map(fieldReader) };
}
function appliesWhere(where: KeyPart['where']): (data: JsonObject) => boolean {
  if (where === undefined) return () => true;
  const read = fieldReader(where.field);
  if ('filled' in where) return (data) => (plainText(read(data)) !== null) === where.filled;
  const wanted = new Set(where.oneOf.map(fold));
  return (data) => wanted.has(fold(plainText(read(data)) ?? ''));
}
export function compileLink(link: Link): CompiledLink {
  return { link, by: link.by.map(compileKeyPart), label: link.label === undefined ? null : fieldReader(link.label) };
}

/** Entries of a cell that may hold one value or a list that the source already divided. */
function values(value: Json): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(values);
  const text = plainText(value);
  return text === null ? [] : [text];
}

// People read it in "asked for Sales › Offer", and no cell of an export holds it (a slash often stands in names).
const composeSeparator = ' › ';

/**
 * The comparable values of a key part, one list per entry of the record's fields.
 * A composed key joins its fields; the last one names the thing and must be filled, those before only narrow it.
 */
function comparable(part: CompiledKeyPart, data: JsonObject, many: boolean): readonly (readonly string[])[] {
  if (!part.applies(data)) return [];
  if (part.compose) {
    const parts = part.readers.map((read) => normaliseKey(plainText(read(data)) ?? '', part.normalise)[0]);
    return parts.at(-1) === undefined ? [] : [[parts.filter((value) => value !== undefined).join(composeSeparator)]];
  }
  return part.readers.flatMap((read) => (many ? entriesOf(read(data), { comma: true }) : values(read(data)))).map((entry) => normaliseKey(entry, part.normalise));
}

/** All keys of one record, without repetition. */
export function keysOf(parts: readonly CompiledKeyPart[], data: JsonObject): readonly RecordKey[] {
  const found = new Map<string, RecordKey>();
  for (const part of parts) {
    for (const value of comparable(part, data, false).flat()) found.set(`${part.kind}\n${value}`, { kind: part.kind, value });
  }
  return [...found.values()];
}

/** All candidates of the links of one record. A link whose fields are all empty has none. */
export function linksOf(links: readonly CompiledLink[], data: JsonObject): readonly LinkCandidate[] {
  const found = new Map<string, LinkCandidate>();
  for (const { link, by, label } of links) {
    const labelText = label === null ? null : plainText(label(data));
    for (const [rank, part] of by.entries()) {
      for (const [position, entry] of comparable(part, data, link.many ?? false).entries()) {
        const ordinal = link.many ? position : 0;
        for (const value of entry) found.set(`${link.name}\n${ordinal}\n${rank}\n${value}`, { name: link.name, ordinal, toObject: link.to, rank, kind: part.kind, value, label: labelText });
      }
    }
  }
  return [...found.values()];
}
