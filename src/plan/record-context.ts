import type { Json, JsonObject } from '../connector/json.ts';

/** How one link of one record came out when the staged records were joined. */
export type LinkResolution =
  | { readonly state: 'none' } // the record names nothing
  | { readonly state: 'found'; readonly sourceId: string; readonly label?: string | null; readonly targets: { readonly [mappingId: string]: string }; readonly given?: JsonObject } // label: value of the link's label field; targets: destination ids by mapping; empty = not loaded (yet); given: fields of the linked record that lines ask for
  | { readonly state: 'missing'; readonly asked: string }
  | { readonly state: 'ambiguous'; readonly asked: string; readonly candidates: readonly string[] };

/** Everything besides plan and raw record that the transform of one record may look at. Gathered by the engine per batch. */
export interface RecordContext {
  /** By link name; a `many` link has one entry per value. */
  readonly links: { readonly [name: string]: readonly LinkResolution[] };
  readonly facts: { readonly [name: string]: number };
  /** Id of an existing destination record; undefined = no hit; the text 'ambiguous' = several. */
  readonly lookup: (request: LookupRequest) => string | undefined;
}

export interface LookupRequest {
  readonly object: string;
  readonly by: string;
  readonly value: string;
  readonly ignoreCase: boolean;
  readonly scope: JsonObject;
  readonly give: string | null; // null = the hit's own id
}

/** What became of one field line, for the preview, the spot-check sheet and verification. */
export interface FieldTrace {
  readonly to: string;
  readonly from: readonly string[];
  readonly before: Json;
  readonly after: Json;
  readonly reason: string;
  readonly warning: string | null; // null = nothing to say; else a sentence: 'no country named "Polandd": left empty'
  readonly loss: string | null;
}

/** The outcome of the pure transform of one record through one mapping. */
export type TransformResult =
  | { readonly kind: 'write'; readonly values: JsonObject; readonly trace: readonly FieldTrace[] }
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'quarantine'; readonly code: string; readonly message: string; readonly remedy: string; readonly field: string | null; readonly trace: readonly FieldTrace[] };
