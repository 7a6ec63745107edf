import type { Json, JsonObject } from '../connector/json.ts';
import { fieldReader } from './field-value.ts';
import { fold } from './fold.ts';
import { entriesOf } from './multi-value.ts';
import { normaliseKey } from './normalise-key.ts';
import { plainText } from './plain-text.ts';
import type { KeyPart, Link } from './plan.ts';

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

export function compileKeyPart({ kind, from, normalise, compose, where }: KeyPart): CompiledKeyPart {
  return { kind, normalise, compose: compose ?? false, applies: appliesWhere(where), readers: (Array.isArray(from) ? from : [from]).map(fieldReader) };
}
function appliesWhere(where: KeyPart['where']): (data: JsonObject) => boolean {
  if (where === undefined) return () => true;
  const read = fieldReader(where.field);
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

/** Separates the parts of a composed key: a control character that no cell holds (readers drop it). */
const COMPOSE_SEPARATOR = '\u001F';

/** The one value that composed fields make; none where all of them are empty. */
function composed(part: CompiledKeyPart, data: JsonObject): readonly string[] {
  const parts = part.readers.map((read) => normaliseKey(values(read(data))[0] ?? '', part.normalise)[0] ?? '');
  return parts.every((value) => value === '') ? [] : [parts.join(COMPOSE_SEPARATOR)];
}

/** All keys of one record, without repetition. */
export function keysOf(parts: readonly CompiledKeyPart[], data: JsonObject): readonly RecordKey[] {
  const found = new Map<string, RecordKey>();
  for (const part of parts) {
    const { kind, normalise, readers, compose } = part;
    if (!part.applies(data)) continue;
    if (compose) for (const value of composed(part, data)) found.set(`${kind}\n${value}`, { kind, value });
    for (const read of compose ? [] : readers) {
      for (const text of values(read(data))) {
        for (const value of normaliseKey(text, normalise)) found.set(`${kind}\n${value}`, { kind, value });
      }
    }
  }
  return [...found.values()];
}

/** All candidates of the links of one record. A link whose fields are all empty has none. */
export function linksOf(links: readonly CompiledLink[], data: JsonObject): readonly LinkCandidate[] {
  const found = new Map<string, LinkCandidate>();
  for (const { link, by, label } of links) {
    const labelText = label === null ? null : plainText(label(data));
    for (const [rank, part] of by.entries()) {
      const { kind, normalise, readers, compose } = part;
      if (!part.applies(data)) continue;
      if (compose) {
        for (const value of composed(part, data)) found.set(`${link.name}\n0\n${rank}\n${value}`, { name: link.name, ordinal: 0, toObject: link.to, rank, kind, value, label: labelText });
        continue;
      }
      const entries = readers.flatMap((read) => (link.many ? entriesOf(read(data), { comma: true }) : values(read(data))));
      for (const [position, entry] of entries.entries()) {
        const ordinal = link.many ? position : 0;
        for (const value of normaliseKey(entry, normalise)) {
          found.set(`${link.name}\n${ordinal}\n${rank}\n${value}`, { name: link.name, ordinal, toObject: link.to, rank, kind, value, label: labelText });
        }
      }
    }
  }
  return [...found.values()];
}
