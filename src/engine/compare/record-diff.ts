import type { Json } from '../../connector/json.ts';
import type { FieldClass } from '../ports/verification.ts';

/** One field of one written record: what the source says, what was meant to be written, what the destination gives back now. */
export interface FieldDiff {
  readonly field: string; // destination field
  readonly from: readonly string[]; // source fields; empty = a constant or a decision
  readonly source: Json;
  readonly planned: Json;
  readonly readBack: Json;
  readonly class: FieldClass;
  readonly how: string; // how the value was made, in words
  /** Of references: by id, what the destination calls the records they lead to. Left out = it names none of them. */
  readonly names?: { readonly [id: string]: string };
}

/** A written record side by side with its source record. */
export interface RecordDiff {
  readonly mapping: string;
  readonly sourceObject: string;
  readonly sourceId: string;
  readonly position: string; // for people: 'contacts.csv line 17'
  readonly destinationObject: string;
  readonly destinationId: string;
  readonly gone: boolean; // true = the destination has no such record any more
  readonly fields: readonly FieldDiff[];
}

/** Which records of a project, or of one run of it, are compared. */
export type DiffChoice =
  /** In the plan's order, `skip` of them passed over (default none). */
  | { readonly kind: 'all'; readonly limit: number; readonly skip?: number }
  /** `count` records by chance, the same ones for the same seed, every mapping at least once where there is room. */
  | { readonly kind: 'random'; readonly count: number; readonly seed: string };

export interface RecordDiffs {
  readonly records: readonly RecordDiff[];
  readonly written: number; // records among which was chosen
}
