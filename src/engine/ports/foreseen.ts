import type { JsonObject } from '../../connector/json.ts';

/** Where a preview saw a record go. */
export interface ForeseenRow {
  readonly mapping: string;
  readonly sourceId: string;
  readonly destinationObject: string;
  readonly destinationId: string; // of a record that is there, or one that stands for a record that is not
  /** Values of the fields that others may look it up by, or want along. */
  readonly given: JsonObject;
}

/** A row to be kept, with the folded values that it is to be found by; field '' = its values as a whole. */
export interface NewForeseenRow extends ForeseenRow { readonly folded: readonly Readonly<{ field: string; value: string }>[] }

/** A record that is in, and that a preview saw a mapping take no longer (or, `leaves` false, take again). */
export interface LeavingRow { readonly mapping: string; readonly sourceId: string; readonly leaves: boolean }

/** What previews saw, kept until the next one of the project. */
export interface ForeseenStore {
  foreseenPlaces(params: Readonly<{ runId: string; mappings: readonly string[]; sourceIds: readonly string[] }>): Promise<readonly ForeseenRow[]>;
  /** Records that it saw go to these places. */
  foreseenAt(params: Readonly<{ runId: string; object: string; ids: readonly string[] }>): Promise<readonly ForeseenRow[]>;
  foreseenLeaving(params: Readonly<{ runId: string; mappings: readonly string[]; sourceIds: readonly string[] }>): Promise<readonly LeavingRow[]>;
  /** Rows of an object by folded values of one field, in the order of mapping and source id. */
  foreseenBy(params: Readonly<{ runId: string; object: string; field: string; folded: readonly string[] }>): Promise<readonly ForeseenRow[]>;
  /** The newest preview of the project that has kept what it saw, with this plan (null = any); null = none. */
  foreseeingRun(params: Readonly<{ projectId: string; planHash: string | null }>): Promise<string | null>;
  /** Lets go of what all previews of the project saw. */
  forgetForeseen(projectId: string): Promise<void>;
}
