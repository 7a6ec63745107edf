import type { FieldType } from '../../connector/catalog.ts';
import type { Json, JsonObject } from '../../connector/json.ts';

/** A record, or a row that could not be read as one, before it is put into a page. */
export type Item =
  | { readonly id: string; readonly data: JsonObject; readonly position: string; readonly modifiedAt?: string | null }
  | { readonly id: string; readonly code: string; readonly message: string; readonly position: string; readonly raw: string };

/** What one answer of the API, or one stretch of a file, holds. */
export interface Chunk {
  /** Where reading this chunk again begins. */
  readonly at: Json;
  readonly items: readonly Item[];
}

/** A field: its type, or a reference with the object that it leads to. */
export type FieldSpec = FieldType | { readonly refersTo: string; readonly many?: boolean };

/** One object of Customer.io as a stream of chunks. Reading from a chunk's place gives that chunk again, and those after it. */
export interface SourceObject {
  readonly name: string;
  readonly label: string;
  readonly fields: Readonly<Record<string, FieldSpec>>;
  /** Fields named `attr.<name>` besides: as many as the records have. */
  readonly attributes?: boolean;
  /** False = discovery does not read it to its end: it has no count and no profiles before the run. */
  readonly profiled: boolean;
  /** Discovery reads no more chunks than these: the run reads all of them, and everything twice would double the calls. Default: all. */
  readonly sampledChunks?: number;
  /** Chunks read from a place on may end elsewhere than before, with the same items in the same order: files. Default false. */
  readonly flowing?: boolean;
  /** @param most no more chunks are wanted than these: an object that reads ahead asks for no others */
  chunks(from: Json | null, most?: number): AsyncIterable<Chunk>;
}

export function isItemRejected(item: Item): item is Exclude<Item, { readonly data: JsonObject }> {
  return 'code' in item;
}
