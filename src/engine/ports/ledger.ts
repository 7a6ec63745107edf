import type { Json, JsonObject } from '../../connector/json.ts';
import type { LeavingRow, NewForeseenRow } from './foreseen.ts';
import type { SeenRow } from './seen.ts';

/** What became of one source record in one mapping of one run: exactly one row each. */
export type Outcome = 'created' | 'updated' | 'matched' | 'merged' | 'skipped' | 'quarantined' | 'failed' | RetiredOutcome;
/** What a delta did with a record whose source record is gone. */
export type RetiredOutcome = 'deleted' | 'archived' | 'kept';
export interface OutcomeRow { readonly sourceId: string; readonly outcome: Outcome; readonly reason: string | null } // reason of skipped, quarantined, failed, kept

/** Where a source record lives at the destination. Key: (project, mapping, sourceId). */
export interface CrosswalkRow {
  readonly mapping: string;
  readonly sourceObject: string;
  readonly sourceId: string;
  readonly destinationObject: string;
  readonly destinationId: string;
  readonly how: 'created' | 'matched' | 'merged';
  readonly key: string | null; // external key at the destination; null = matched or merged, we own none
  readonly payload: JsonObject; // values last written (or matched against)
  readonly payloadHash: string;
  readonly previous: JsonObject | null; // destination values before our first write; null = created by us or never updated
  readonly version: string | null; // destination's version token as read back at verification
  readonly contentHash: string | null;
  readonly keptFields?: readonly string[] | null; // what people changed there before we updated it, left to them; [] = only what we never wrote; null = nothing
  readonly runId: string; // run that made the row
  /** Hash over all that the transform looked at when the record was last settled, look-ups at the destination aside; null = unknown. */
  readonly inputHash?: string | null;
  /** Archived at the destination because the source record is gone. */
  readonly archived?: boolean;
  /** The mapping takes the source record no longer: its condition is not met any more. No link leads to its place. */
  readonly leftOut?: boolean;
}

/** Written before a call that changes the destination. Open until an outcome closes it. */
export interface IntentRow {
  readonly key: string; // stable external key (creates) or 'update:<mapping>:<sourceId>' / 'delete:<object>:<id>'
  readonly mapping: string;
  readonly sourceId: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly destinationObject: string;
  readonly destinationId: string | null; // null = a create
  readonly payloadHash: string;
  readonly previous: JsonObject | null;
  /** What the call writes: all values of a create, the changed ones of an update; null or absent = not kept. */
  readonly payload?: JsonObject | null;
  /** Of an update: `keptFields` of the row as they were found before the call. */
  readonly keptFields?: readonly string[] | null;
}

export interface QuarantineEntry {
  readonly mapping: string; // mapping id, or 'extract'
  readonly sourceObject: string;
  readonly sourceId: string;
  readonly stage: 'extract' | 'transform' | 'load' | 'verify';
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly field: string | null;
  readonly position: string;
}
export interface StoredQuarantineEntry extends QuarantineEntry {
  readonly id: string;
  readonly runId: string;
  readonly data: JsonObject | null; // the raw record; null = the row could not be read
  readonly raw: string | null;
  readonly createdAt: string;
  readonly resolvedAt: string | null;
}

/** Everything one load step decided, written in ONE fenced transaction. */
export interface LoadStepResult {
  readonly projectId: string;
  readonly runId: string;
  readonly phase: string;
  readonly mapping: string;
  readonly sourceObject: string;
  readonly batchId: string;
  readonly fence: number;
  readonly checkpoint?: Json; // left out: the batch stays where it was
  readonly outcomes: readonly OutcomeRow[];
  readonly crosswalk: readonly CrosswalkRow[]; // upserted
  readonly quarantine: readonly QuarantineEntry[]; // upserted by (project, mapping, sourceId); reopens a resolved one
  readonly resolvedQuarantine: readonly string[]; // sourceIds that went in now
  readonly closeIntents: readonly string[]; // keys
  /** Records of this step of which something was lost, by destination field: added to the run's counts. */
  readonly losses: readonly Readonly<{ field: string; records: number }>[];
  /** New input hashes of records that are in and were left as they are. */
  readonly inputs?: readonly Readonly<{ sourceId: string; hash: string }>[];
  /** Source ids whose crosswalk row goes: a matched record that matches nothing any more. */
  readonly forget?: readonly string[];
  /** Rows of other mappings whose records the platform deleted along with what this step did. */
  readonly forgetPlaces?: readonly Readonly<{ mapping: string; sourceId: string }>[];
  readonly leftOut?: readonly string[]; // records that are in and that the mapping takes no longer
  readonly takenBack?: readonly string[]; // and those that it takes again
  /** Versions of records that this step attached something to, and that nobody else had changed before: the change is ours. */
  readonly versions?: readonly VersionRow[];
  /** What the platform's answers showed of the records created. */
  readonly seen?: readonly SeenRow[];
  /** Of a preview, instead of everything that enters the crosswalk: where its records would go. */
  readonly foreseen?: readonly NewForeseenRow[];
  readonly foreseenLeaving?: readonly LeavingRow[]; // and which of those that are in leave the mapping, or come back to it
}

/** How a record looked when nobody but us had changed it. `contentHash` null = it was not read: verification looks it up while the version stands. */
export interface VersionRow { readonly mapping: string; readonly sourceId: string; readonly version: string; readonly contentHash: string | null }

/** A record that lives and dies with another one, in a rollback that has not decided about that one yet. */
export interface PartRow { readonly mapping: string; readonly sourceId: string; readonly destinationObject: string; readonly destinationId: string; readonly ofObject: string; readonly ofId: string; readonly details: JsonObject }

/**
 * What a rollback does with a record, or would do in a dry run: 'removed' = deleted; 'restored' = given back its former values;
 * 'kept' = left as it is, and reported; 'gone' = somebody had deleted it; 'untouched' = there before, and not changed by us.
 */
export type RollbackFate = 'removed' | 'restored' | 'kept' | 'gone' | 'untouched';
export interface RollbackRow {
  readonly mapping: string;
  readonly sourceId: string;
  readonly fate: RollbackFate;
  readonly destinationObject: string;
  readonly destinationId: string;
  readonly reason: string | null; // of what is kept, or left behind in another form: 'archived', 'brought-back'
  /** `label`: what the record is called, as we wrote it; of what is kept also what was changed, by whom, when, and what hangs on it. */
  readonly details: JsonObject;
}
export interface RollbackFates { readonly mapping: string; readonly fate: RollbackFate; readonly records: number }

/** A record of the destination whose source record is gone, and what was done about it. */
export interface RetiredRow {
  readonly mapping: string;
  readonly sourceId: string;
  readonly action: RetiredOutcome | 'skipped'; // skipped = it was gone at the destination already
  readonly reason: string | null;
  readonly destinationObject: string;
  readonly destinationId: string;
  readonly details: JsonObject;
}

/** A crosswalk row seen from the destination. */
export interface PlaceRow { readonly mapping: string; readonly sourceId: string; readonly destinationId: string; readonly how: CrosswalkRow['how']; readonly gone: boolean }

/** The part of the ledger that deals with records that are gone at the source. */
export interface RetireStore {
  /**
   * Crosswalk rows of the mapping whose source record is gone, or taken by the mapping no longer, and that are not archived yet, by source id.
   * `foreseenIn`, here and below: of a preview, its run; what it saw leave a mapping or come back counts before what is in the ledger.
   */
  pageGone(params: Readonly<{ projectId: string; mapping: string; after: string; limit: number; foreseenIn?: string | undefined }>): Promise<readonly CrosswalkRow[]>;
  countGone(params: Readonly<{ projectId: string; mapping: string; foreseenIn?: string | undefined }>): Promise<number>;
  /** Every source record that lives at one of these destination records. */
  placesAt(params: Readonly<{ projectId: string; object: string; ids: readonly string[]; foreseenIn?: string | undefined }>): Promise<readonly PlaceRow[]>;
  /** Fenced: outcomes, the list for the report, crosswalk rows removed, replaced, or made the owner of what they shared. */
  commitRetireStep(params: Readonly<{
    projectId: string; runId: string; phase: string; mapping: string; batchId: string; fence: number; checkpoint: Json;
    retired: readonly RetiredRow[];
    removed: readonly string[]; // source ids whose crosswalk row goes
    archived: readonly CrosswalkRow[]; // rows as they are after archiving
    along?: readonly RetiredRow[]; // records of other mappings that the platform deleted along with an archived one: their rows go
    versions?: readonly VersionRow[]; // of records that something was detached from
    inherited: readonly Readonly<{ mapping: string; sourceId: string; key: string | null }>[]; // living rows that now own the record
    closeIntents: readonly string[];
  }>): Promise<boolean>;
  retiredRows(params: Readonly<{ runId: string; limit: number }>): Promise<readonly RetiredRow[]>;
  /** Open quarantine entries of records that are gone at the source: there is nothing left to correct. */
  resolveGone(params: Readonly<{ projectId: string; mapping: string }>): Promise<void>;
}

export interface LedgerStore extends RetireStore {
  /** Crosswalk rows of these source records in these mappings. */
  crosswalk(params: Readonly<{ projectId: string; mappings: readonly string[]; sourceIds: readonly string[] }>): Promise<readonly CrosswalkRow[]>;
  /** The row of a mapping whose payload has this folded value under `payload.<field>`: for merges. */
  crosswalkByPayload(params: Readonly<{ projectId: string; mapping: string; field: string; foldedValues: readonly string[] }>): Promise<readonly CrosswalkRow[]>;
  pageCrosswalk(params: Readonly<{ projectId: string; mapping: string; after: string; limit: number; runId: string | null }>): Promise<readonly CrosswalkRow[]>; // by sourceId; runId = only rows with an outcome created/updated/matched/merged in that run
  /** Of these destination ids, the ones that a run of the project created. */
  createdByUs(params: Readonly<{ projectId: string; object: string; ids: readonly string[] }>): Promise<ReadonlySet<string>>;
  /** Every mapping that has placed a record of the project. */
  crosswalkMappings(projectId: string): Promise<readonly string[]>;
  /** Rows of records that we created in these destination objects and whose source record links to one of these. */
  rowsReferring(params: Readonly<{ projectId: string; object: string; sourceIds: readonly string[]; destinationIds: readonly string[]; destinationObjects: readonly string[] }>): Promise<readonly CrosswalkRow[]>;
  /** Rows of records that we created or updated; runId = only those that this run created or updated. */
  countWritten(params: Readonly<{ projectId: string; mapping: string; runId: string | null }>): Promise<number>;
  /** Rows as `countWritten` counts them: in the order of chance that the seed gives, or by source id where it is null. */
  pickWritten(params: Readonly<{ projectId: string; mapping: string; runId: string | null; count: number; skip?: number; seed: string | null }>): Promise<readonly CrosswalkRow[]>;
  countCrosswalk(params: Readonly<{ projectId: string; mapping: string; how: readonly CrosswalkRow['how'][] | null }>): Promise<number>;
  openIntents(params: Readonly<{ projectId: string; keys: readonly string[] }>): Promise<readonly (IntentRow & Readonly<{ runId: string }>)[]>;
  /** Milliseconds since the youngest open create intent of these keys was written, by the database's clock; null = none is open. */
  youngestIntentMs(params: Readonly<{ projectId: string; keys: readonly string[] }>): Promise<number | null>;
  /** The same over all open intents of a mapping, whatever their action. */
  youngestOpenCallMs(params: Readonly<{ projectId: string; mapping: string }>): Promise<number | null>;
  /** Open create intents of the project: what a rollback must look up before it can be sure to have found everything. */
  openCreateIntents(projectId: string): Promise<readonly IntentRow[]>;
  /** Takes records found by the keys of orphaned intents into the crosswalk (existing rows are left alone) and closes the intents. */
  adopt(params: Readonly<{ projectId: string; rows: readonly CrosswalkRow[]; closeIntents: readonly string[]; versions?: readonly VersionRow[] }>): Promise<void>;
  writeIntents(params: Readonly<{ projectId: string; runId: string; batchId: string; fence: number; intents: readonly IntentRow[] }>): Promise<boolean>; // false = fenced off
  commitLoadStep(result: LoadStepResult): Promise<boolean>; // false = fenced off, nothing written
  /** Which of the records the phase of the run has decided about already. */
  decidedIn(params: Readonly<{ runId: string; phase: string; mapping: string; sourceIds: readonly string[] }>): Promise<ReadonlySet<string>>;
  /** Counts of a run by mapping, outcome and reason: the reconciliation's raw material. Distinct source ids by key. */
  outcomeCounts(runId: string): Promise<readonly Readonly<{ phase: string; mapping: string; outcome: Outcome; reason: string | null; count: number }>[]>;

  lossCounts(runId: string): Promise<readonly Readonly<{ mapping: string; field: string; records: number }>[]>;

  quarantine(params: Readonly<{ projectId: string; open: boolean | null; code: string | null; limit: number; after: string | null }>): Promise<readonly StoredQuarantineEntry[]>;
  /** Open entries of the run, the newest first. One that an earlier run held back as well keeps its place among the older ones. */
  latestQuarantine(params: Readonly<{ projectId: string; runId: string; limit: number }>): Promise<readonly StoredQuarantineEntry[]>;
  quarantineCounts(projectId: string): Promise<readonly Readonly<{ mapping: string; code: string; count: number }>[]>; // open ones
  /** Rows that could not be read (stage 'extract', still open), by source object and code. */
  unreadableCounts(projectId: string): Promise<readonly Readonly<{ sourceObject: string; code: string; count: number }>[]>;
  quarantineEntries(params: Readonly<{ projectId: string; ids: readonly string[] }>): Promise<readonly StoredQuarantineEntry[]>;
  resolveQuarantine(params: Readonly<{ projectId: string; ids: readonly string[] }>): Promise<void>;

  /** Crosswalk rows of records that the project created and that stand at these places. */
  createdAt(params: Readonly<{ projectId: string; object: string; ids: readonly string[] }>): Promise<readonly CrosswalkRow[]>;
  /** Fenced, with the checkpoint: sets records aside until the record that they are part of is decided about. */
  setPartsAside(params: Readonly<{ runId: string; batchId: string; fence: number; checkpoint: Json; parts: readonly PartRow[] }>): Promise<boolean>;
  /** What was set aside for these records, and for what was set aside for them in turn. `rootId` = the id asked for. */
  partsOf(params: Readonly<{ runId: string; object: string; ids: readonly string[] }>): Promise<readonly (PartRow & Readonly<{ rootId: string }>)[]>;
  /** Open update intents of these source records of a mapping. */
  openUpdateIntents(params: Readonly<{ projectId: string; mapping: string; sourceIds: readonly string[] }>): Promise<readonly (IntentRow & Readonly<{ runId: string }>)[]>;

  /** Fenced, with the checkpoint: what became of the records of a step. In a dry run the crosswalk stays as it is; else rows of all that was not kept leave it. */
  commitRollbackStep(params: Readonly<{ projectId: string; runId: string; batchId: string; fence: number; checkpoint: Json; dryRun: boolean; rows: readonly RollbackRow[]; deleted: number; closeIntents: readonly string[] }>): Promise<boolean>;
  rollbackKept(runId: string): Promise<readonly Readonly<{ mapping: string; sourceId: string; reason: string; details: JsonObject }>[]>;
  /** All that a rollback leaves behind, by mapping and source id: what it kept, and what it took away or gave back only in part. */
  rollbackResidue(runId: string): Promise<readonly Readonly<{ mapping: string; sourceId: string; reason: string; details: JsonObject }>[]>;
  rollbackCounts(runId: string): Promise<Readonly<{ deleted: number; restored: number; kept: number }>>;
  /** Rows of a rollback by mapping and fate. */
  rollbackFates(runId: string): Promise<readonly RollbackFates[]>;
  /** Rows of a rollback by mapping and source id, after the row given. @param params.fate null = of every fate; the same for `mapping` */
  rollbackPage(params: Readonly<{ runId: string; fate: RollbackFate | null; mapping: string | null; after: Readonly<{ mapping: string; sourceId: string }> | null; limit: number }>): Promise<readonly RollbackRow[]>;
}
