import type { CatalogField } from '../../connector/catalog.ts';
import type { Dependant, MatchRequest, MatchHit } from '../../connector/destination.ts';
import type { FileOpener } from '../../connector/file-value.ts';
import type { JsonObject } from '../../connector/json.ts';

/** A record as Intercom gave it. */
export interface ReadBack {
  readonly id: string;
  readonly values: JsonObject;
  /** Changes with every change; Intercom's `updated_at` where it has one. */
  readonly version: string;
  /** Who made the last change, where Intercom shows it: of conversations and tickets, by their newest part. */
  readonly changedBy?: string | null;
}

export interface Made {
  readonly id: string;
  /** It was there before: Intercom refused a second one. */
  readonly existing?: true;
  /** It was archived, and was brought back. */
  readonly broughtBack?: true;
  /** The record as the answer showed it, for what cannot be read again later. */
  readonly seen?: JsonObject;
}

/**
 * One kind of record at Intercom, or a part of one that is written by calls of its own (a tag on a conversation). Intercom has
 * no batches: every method that writes takes one record and is one call, or a few where that is how the thing is done.
 */
export interface ObjectKind {
  readonly name: string;
  readonly label: string;
  fields(): Promise<readonly CatalogField[]>;
  /** A record that stands for these values, by natural evidence, and is none of `except`. Null = there is none. */
  find?(values: JsonObject, except: readonly string[]): Promise<string | null>;
  match?(request: MatchRequest): Promise<readonly MatchHit[]>;
  create?(values: JsonObject, options: Readonly<{ files: FileOpener | undefined; again: boolean }>): Promise<Made>;
  update?(id: string, values: JsonObject): Promise<void>;
  /** Records that are gone are absent. */
  read(ids: readonly string[]): Promise<readonly ReadBack[]>;
  /** Gone already counts as removed. */
  remove?(id: string): Promise<void>;
  /** All of them, where there are few. */
  list?(): Promise<readonly ReadBack[]>;
  /** What other people have put on the record and would be lost with it. Left out = nothing can be. */
  dependants?(id: string): Promise<readonly Dependant[]>;
  /** Left out = Intercom does not count them. */
  count?(): Promise<number>;
}
