import type { JsonObject } from '../../connector/json.ts';
import type { RejectedRow, SourceRecord } from '../../connector/source.ts';

/** A raw record as staged: what the source gave, once, with its content hash. */
export interface StagedRecord {
  readonly object: string;
  readonly sourceId: string;
  readonly data: JsonObject;
  readonly hash: string; // of data, corrections of people included
  readonly position: string;
  readonly modifiedAt: string | null;
  readonly seq: bigint; // order of first staging; stable over re-extraction
  readonly sort: string; // sort key as indexed; '' = none
}

/** A value by which other records may point to this one. Values are already normalised. */
export interface KeyRow { readonly object: string; readonly sourceId: string; readonly kind: string; readonly value: string }

/** One candidate of one link of one record, in the order in which candidates are tried. */
export interface LinkRow {
  readonly fromObject: string;
  readonly fromId: string;
  readonly name: string;
  readonly ordinal: number; // position in a `many` link; 0 otherwise
  readonly toObject: string;
  readonly rank: number; // position of the key kind in the link's `by`
  readonly kind: string;
  readonly value: string;
  readonly label: string | null;
}

/** A resolved link as the transform needs it. */
export interface ResolvedLink {
  readonly fromId: string;
  readonly name: string;
  readonly ordinal: number;
  readonly state: 'found' | 'missing' | 'ambiguous';
  readonly targetId: string | null;
  readonly candidates: readonly string[]; // at most 10
  readonly asked: string; // the best candidate value, for people
  readonly label: string | null;
}

export interface FactRequest { readonly name: string; readonly ofObject: string; readonly link: string; readonly labels: readonly string[] | null; readonly unless?: readonly string[] }

export interface StagingStore {
  /** Upserts by (project, object, sourceId). A changed hash marks the record changed; the same hash touches nothing but `seenIn`. */
  stageRecords(params: Readonly<{ projectId: string; runId: string; records: readonly (SourceRecord & { readonly hash: string })[] }>): Promise<Readonly<{ inserted: number; changed: number; unchanged: number }>>;
  /** Rows the source could not read; upserts by (project, object, id), and into quarantine with stage 'extract'. */
  stageRejected(params: Readonly<{ projectId: string; runId: string; rows: readonly RejectedRow[] }>): Promise<void>;
  /** Records of the object not seen by this run's complete extraction: marks them gone at the source; returns how many. */
  markGone(params: Readonly<{ projectId: string; runId: string; object: string }>): Promise<number>;
  /** The latest modification time among the staged records of the object, ISO 8601 UTC as the source says it; null = it says none. */
  newestModified(params: Readonly<{ projectId: string; object: string }>): Promise<string | null>;
  /** Derived records of the objects that no record gives any more, after a complete indexing by this run: marks them gone; returns how many. */
  markDerivedGone(params: Readonly<{ projectId: string; runId: string; objects: readonly string[] }>): Promise<number>;
  /** Inserts derived records that do not exist yet; known ones (same object and id) are kept, seen, and no longer marked gone. */
  stageDerived(params: Readonly<{ projectId: string; runId: string; records: readonly (SourceRecord & { readonly hash: string })[] }>): Promise<void>;
  countStaged(params: Readonly<{ projectId: string; object: string; selectionRunId: string | null }>): Promise<number>;
  /** Those of the fields in which no staged record of the object has a value, gone ones left out; none where the object has no records. */
  emptyFields(params: Readonly<{ projectId: string; object: string; fields: readonly string[] }>): Promise<readonly string[]>;
  /** Which of these keys records of the source itself (not derived ones) answer to, for derivation. Returns the found values. */
  existingKeys(params: Readonly<{ projectId: string; object: string; kind: string; values: readonly string[] }>): Promise<ReadonlySet<string>>;
  /** Pages through an object by seq, gone ones left out. */
  pageStaged(params: Readonly<{ projectId: string; object: string; afterSeq: bigint; limit: number }>): Promise<readonly StagedRecord[]>;
  /** Fields that a person corrected: laid over the source's data now and at every later extraction (StagedRecord.data has them applied). */
  saveCorrections(params: Readonly<{ projectId: string; corrections: readonly Readonly<{ object: string; sourceId: string; fields: JsonObject }>[] }>): Promise<void>;
  findStaged(params: Readonly<{ projectId: string; object: string; sourceIds: readonly string[] }>): Promise<readonly StagedRecord[]>;
  /** Replaces keys and links of the given records (delete + insert in one transaction) and sets their sort keys. */
  indexRecords(params: Readonly<{ projectId: string; object: string; sourceIds: readonly string[]; keys: readonly KeyRow[]; links: readonly LinkRow[]; sortKeys: ReadonlyMap<string, string> }>): Promise<void>;
  /** Set-based: for each (fromId, name, ordinal) of the link takes the lowest rank that has a hit and stores found/missing/ambiguous. */
  resolveLinks(params: Readonly<{ projectId: string; fromObject: string; name: string }>): Promise<void>;
  /** Set-based: a link that is made of others (see `via` and `back` of the plan), after those are resolved. */
  joinLinks(params: Readonly<{ projectId: string; fromObject: string; name: string } & ({ via: Readonly<{ link: string; object: string; name: string }> } | { back: Readonly<{ object: string; link: string }> })>): Promise<void>;
  /** Set-based: puts the records of each target of the link next to each other in load order, in the order that they have; null = none are grouped. Again it changes nothing. */
  groupSort(params: Readonly<{ projectId: string; object: string; link: string | null }>): Promise<void>;
  resolvedLinks(params: Readonly<{ projectId: string; object: string; sourceIds: readonly string[] }>): Promise<readonly ResolvedLink[]>;
  /** Counts resolved links pointing at each of these records, by the object that they come from. */
  inboundByObject(params: Readonly<{ projectId: string; object: string; sourceIds: readonly string[] }>): Promise<readonly Readonly<{ sourceId: string; fromObject: string; count: number }>[]>;
  /** Counts resolved links pointing at each record: rows of (sourceId, fact name, count); zero counts are left out. */
  inboundCounts(params: Readonly<{ projectId: string; object: string; sourceIds: readonly string[]; facts: readonly FactRequest[] }>): Promise<readonly Readonly<{ sourceId: string; name: string; count: number }>[]>;
  /**
   * Cuts the object into ranges of `size` records in (sortKey, seq) order. Ends are inclusive.
   * With selectionRunId only records chosen for that run count. `whole`: groups (see `groupSort`) stay in one range.
   */
  ranges(params: Readonly<{ projectId: string; object: string; size: number; selectionRunId: string | null; whole?: boolean }>): Promise<readonly StagedRange[]>;
  /** A page of a range in (sortKey, seq) order, after the given position; null = from the range's start. */
  pageRange(params: Readonly<{ projectId: string; object: string; range: StagedRange; selectionRunId: string | null; after: Readonly<{ sort: string; seq: string }> | null; limit: number }>): Promise<readonly StagedRecord[]>;
  /** Chooses the given records and every record that links to one of them, and nothing else. Returns counts per object. */
  selectReferring(params: Readonly<{ projectId: string; runId: string; object: string; sourceIds: readonly string[] }>): Promise<readonly Readonly<{ object: string; count: number }>[]>;
  /**
   * Chooses a connected subset for a sample run: `roots` per object, whatever of the `related` objects links to them (a note to its
   * deal, the deal to its contact), everything that these link to, and what is part of any of them (by these links), repeatedly.
   * Returns counts per object.
   */
  selectSample(params: Readonly<{ projectId: string; runId: string; roots: readonly Readonly<{ object: string; sourceIds: readonly string[] }>[]; related?: readonly string[]; parts?: readonly Readonly<{ object: string; link: string }>[] }>): Promise<readonly Readonly<{ object: string; count: number }>[]>;
  /** Evenly spread source ids of an object, chosen by a hash of id and seed: the same seed chooses the same ones. */
  pickEvenly(params: Readonly<{ projectId: string; object: string; count: number; seed: string }>): Promise<readonly string[]>;
}

/** A slice of an object's staged records in load order; bounds inclusive. */
export interface StagedRange {
  readonly fromSort: string; readonly fromSeq: string;
  readonly toSort: string; readonly toSeq: string;
  readonly count: number;
}
