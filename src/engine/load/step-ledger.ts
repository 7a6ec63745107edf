import type { JsonObject } from '../../connector/json.ts';
import type { Mapping } from '../../plan/plan.ts';
import type { FieldTrace } from '../../plan/record-context.ts';
import { contentHash } from '../canonical.ts';
import type { CrosswalkRow, OutcomeRow, QuarantineEntry, VersionRow } from '../ports/ledger.ts';
import type { SeenRow } from '../ports/seen.ts';
import type { StagedRecord } from '../ports/staging.ts';
import { BROUGHT_BACK } from './brought-back.ts';
import type { LoadStepOutcome } from './load-step.ts';
import type { ReadyUpdate } from './update-records.ts';

interface Trouble { readonly code: string; readonly message: string; readonly remedy: string; readonly field: string | null }

/** What helps where correcting a value does not. */
const remedies: { readonly [code: string]: string } = {
  'file-gone': 'Put the file back where it was, or export again; then retry.',
  'file-changed': 'Export again, or extract again, so that the file is taken as it is now; then retry.',
};

/** Collects what one load step decides about each of its records; every record gets exactly one outcome. */
export class StepLedger {
  readonly #mapping: Mapping;
  readonly #runId: string;
  readonly #records: ReadonlyMap<string, StagedRecord>;
  readonly #outcomes = new Map<string, OutcomeRow>();
  readonly #crosswalk = new Map<string, CrosswalkRow>();
  readonly #quarantine: QuarantineEntry[] = [];
  readonly #closed: string[] = [];
  readonly #inputs: ReadonlyMap<string, string>;
  readonly #known: ReadonlyMap<string, CrosswalkRow>;
  readonly #forgotten: string[] = [];
  readonly #forgottenPlaces: Readonly<{ mapping: string; sourceId: string }>[] = [];
  readonly #leftOut: string[] = [];
  readonly #takenBack: string[] = [];
  readonly #versions: VersionRow[] = [];
  readonly #seen: SeenRow[] = [];
  readonly #broughtBack = new Set<string>();
  readonly #losses = new Map<string, ReadonlySet<string>>(); // source id → fields that lost something

  /** @param params.inputs input hash of each record; @param params.known crosswalk rows of those that are in already */
  constructor(params: Readonly<{ mapping: Mapping; runId: string; records: readonly StagedRecord[]; inputs?: ReadonlyMap<string, string>; known?: ReadonlyMap<string, CrosswalkRow> }>) {
    this.#inputs = params.inputs ?? new Map();
    this.#known = params.known ?? new Map();
    this.#mapping = params.mapping;
    this.#runId = params.runId;
    this.#records = new Map(params.records.map((record) => [record.sourceId, record]));
  }

  skip(sourceId: string, reason: string): void {
    this.#settle({ sourceId, outcome: 'skipped', reason });
  }

  hold(sourceId: string, stage: 'transform' | 'load', trouble: Trouble): void {
    this.#settle({ sourceId, outcome: 'quarantined', reason: trouble.code });
    this.#quarantine.push({
      mapping: this.#mapping.id, sourceObject: this.#mapping.source, sourceId, stage,
      code: trouble.code, message: trouble.message, remedy: trouble.remedy, field: trouble.field,
      position: this.#records.get(sourceId)?.position ?? '',
    });
  }

  /** The destination refused the record. */
  refuse(sourceId: string, refusal: Readonly<{ code: string; message: string; field: string | null; remedy?: string | null }>): void {
    this.hold(sourceId, 'load', { code: refusal.code, message: refusal.message, field: refusal.field, remedy: remedies[refusal.code] ?? refusal.remedy ?? 'Correct the value (`portolan quarantine export <project> --file held.csv`, then `portolan quarantine retry <project> --file held.csv`), or change the mapping.' });
  }

  place(record: Readonly<{ sourceId: string; values: JsonObject }>, place: Readonly<{ how: CrosswalkRow['how']; id: string; key: string | null; outcome?: 'matched' }>): void {
    this.#settle({ sourceId: record.sourceId, outcome: place.outcome ?? place.how, reason: null });
    this.#crosswalk.set(record.sourceId, {
      mapping: this.#mapping.id, sourceObject: this.#mapping.source, sourceId: record.sourceId,
      destinationObject: this.#mapping.destination, destinationId: place.id, how: place.how, key: place.key,
      payload: record.values, payloadHash: contentHash(record.values), previous: null, version: null, contentHash: null, runId: this.#runId, inputHash: this.#inputs.get(record.sourceId) ?? null,
    });
  }

  /** The destination had the record in its archive, where it does not count: said before the record is placed. */
  broughtBack(sourceId: string): void {
    this.#broughtBack.add(sourceId);
  }

  /** What the platform's answer showed of a record that this step created. */
  saw(record: Readonly<{ sourceId: string; values: JsonObject }>, seen: JsonObject): void {
    this.#seen.push({ sourceId: record.sourceId, payloadHash: contentHash(record.values), seen });
  }

  updated(update: ReadyUpdate): void {
    const { row, values } = update.pending;
    const touched = Object.keys(update.changes).length > 0 || Object.keys(update.pending.attempt?.payload ?? {}).length > 0; // written by an attempt that did not live to say so
    this.#settle({ sourceId: row.sourceId, outcome: touched ? 'updated' : 'skipped', reason: touched ? (row.archived === true ? 'returned' : null) : 'already-equal' });
    // Values from before our FIRST write win: they are what a rollback restores.
    const previous = row.how === 'matched' && row.previous === null && !touched ? null : { ...update.previous, ...row.previous };
    this.#crosswalk.set(row.sourceId, { ...row, payload: values, payloadHash: contentHash(values), previous, version: null, contentHash: null, keptFields: update.keptFields, inputHash: this.#inputs.get(row.sourceId) ?? null, archived: false, leftOut: false });
  }

  /** A record that was there before, with what was written to it: 'matched' where it had everything already. */
  adopted(update: ReadyUpdate): void {
    const { row, values, attempt } = update.pending;
    const touched = Object.keys(update.changes).length > 0 || Object.keys(attempt?.payload ?? {}).length > 0;
    this.#settle({ sourceId: row.sourceId, outcome: touched ? 'updated' : 'matched', reason: touched ? 'matched' : null });
    this.#crosswalk.set(row.sourceId, { ...row, payload: values, payloadHash: contentHash(values), previous: touched ? { ...update.previous, ...attempt?.previous } : null, keptFields: update.keptFields, inputHash: this.#inputs.get(row.sourceId) ?? null });
  }

  /** Fields of a record's transform that lost something; they count when the record is written. */
  lost(sourceId: string, trace: readonly FieldTrace[]): void {
    const fields = trace.filter((field) => field.loss !== null).map((field) => field.to);
    if (fields.length > 0) this.#losses.set(sourceId, new Set(fields));
  }

  /** A matched record that matches nothing any more loses its place. */
  forget(sourceId: string): void {
    this.#forgotten.push(sourceId);
  }

  /** Records of other mappings that went along with what this step did. */
  forgetPlaces(rows: readonly Readonly<{ mapping: string; sourceId: string }>[]): void {
    this.#forgottenPlaces.push(...rows);
  }

  /** A record that is in and that the mapping takes no longer; a delta settles it with the deletions. */
  leaveOut(sourceId: string): void {
    this.#leftOut.push(sourceId);
  }

  /** A record that was left out and is taken again. */
  takeBack(sourceId: string): void {
    this.#takenBack.push(sourceId);
  }

  /** Versions of records to which this step attached something. */
  keepVersions(versions: readonly VersionRow[]): void {
    this.#versions.push(...versions);
  }

  close(intentKeys: readonly string[]): void {
    this.#closed.push(...intentKeys);
  }

  /** Destination id of a record placed in this step. */
  placeOf(sourceId: string): string | undefined {
    return this.#crosswalk.get(sourceId)?.destinationId;
  }

  /** Whether a record of this step stands at this place. */
  hasPlaced(destinationId: string): boolean {
    return [...this.#crosswalk.values()].some((row) => row.destinationId === destinationId);
  }

  /** @throws Error when a record of the step was left without an outcome: a mistake in the engine, never in the data. */
  outcome(): LoadStepOutcome {
    for (const sourceId of this.#records.keys()) {
      if (!this.#outcomes.has(sourceId)) throw new Error(`Record ${sourceId} of mapping ${this.#mapping.id} was left without an outcome.`);
    }
    const held = new Set(this.#quarantine.map((entry) => entry.sourceId));
    return {
      outcomes: [...this.#outcomes.values()],
      crosswalk: [...this.#crosswalk.values()],
      quarantine: this.#quarantine,
      resolvedQuarantine: [...this.#records.keys()].filter((sourceId) => !held.has(sourceId)),
      closeIntents: this.#closed,
      losses: this.#countLosses(),
      inputs: this.#newInputs(),
      forget: this.#forgotten,
      forgetPlaces: this.#forgottenPlaces,
      leftOut: this.#leftOut,
      takenBack: this.#takenBack,
      versions: this.#versions,
      seen: this.#seen,
    };
  }

  /** Records that were left as they are although something about them changed: they need no second look. */
  #newInputs(): { sourceId: string; hash: string }[] {
    return [...this.#outcomes.values()].flatMap(({ sourceId, outcome }) => {
      const [row, hash] = [this.#known.get(sourceId), this.#inputs.get(sourceId)];
      return outcome !== 'skipped' || row === undefined || hash === undefined || row.inputHash === hash || this.#crosswalk.has(sourceId) ? [] : [{ sourceId, hash }];
    });
  }

  #countLosses(): { field: string; records: number }[] {
    const counts = new Map<string, number>();
    for (const [sourceId, fields] of this.#losses) {
      const outcome = this.#outcomes.get(sourceId)?.outcome;
      if (outcome !== 'created' && outcome !== 'updated') continue;
      for (const field of fields) counts.set(field, (counts.get(field) ?? 0) + 1);
    }
    return [...counts].map(([field, records]) => ({ field, records }));
  }

  #settle(row: OutcomeRow): void {
    if (this.#outcomes.has(row.sourceId)) throw new Error(`Record ${row.sourceId} of mapping ${this.#mapping.id} got two outcomes.`);
    const counts = this.#broughtBack.has(row.sourceId) && (row.outcome === 'matched' || row.outcome === 'updated');
    this.#outcomes.set(row.sourceId, counts ? { ...row, reason: BROUGHT_BACK } : row);
  }
}
