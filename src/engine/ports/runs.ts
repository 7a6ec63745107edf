import type { Json, JsonObject } from '../../connector/json.ts';

export type RunMode = 'preview' | 'sample' | 'sandbox' | 'production' | 'delta' | 'rollback';
/** See `engine/run-states.ts` for the moves between them. */
export type RunStatus = 'running' | 'paused' | 'waiting' | 'succeeded' | 'withQuarantine' | 'failed' | 'interrupted' | 'cancelled';
export type DesiredState = 'run' | 'pause' | 'cancel';

export interface Run {
  readonly id: string;
  readonly projectId: string;
  readonly mode: RunMode;
  readonly planHash: string;
  readonly status: RunStatus;
  readonly desired: DesiredState;
  readonly settings: JsonObject; // e.g. { records: 200 } of a sample
  readonly error: Json | null; // null = none
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

export type PhaseStatus = 'waiting' | 'running' | 'gate' | 'done' | 'failed';
export interface Phase {
  readonly runId: string;
  readonly position: number;
  readonly name: string;
  readonly status: PhaseStatus;
  readonly before: JsonObject; // destination counts by object before the phase
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export type BatchKind = 'extract' | 'index' | 'load' | 'verify' | 'delete' | 'retire'; // retire: what is gone at the source
export type BatchStatus = 'waiting' | 'running' | 'done' | 'failed';
export interface Batch {
  readonly id: string;
  readonly runId: string;
  readonly phase: string;
  readonly kind: BatchKind;
  readonly subject: string; // mapping id, source object
  readonly position: number;
  readonly work: JsonObject; // what to do, e.g. a StagedRange
  readonly checkpoint: Json | null; // null = nothing done yet
  readonly status: BatchStatus;
  readonly fence: number; // increased at each claim
  readonly attempts: number;
  readonly error: Json | null;
  readonly worker?: string | null; // identity of the process that claimed it last; null = nobody yet
}

export interface Gate { readonly runId: string; readonly phase: string; readonly openedAt: string; readonly approvedAt: string | null; readonly approvedBy: string | null }

export interface RunStore {
  createRun(params: Readonly<{ projectId: string; mode: RunMode; planHash: string; settings: JsonObject; phases: readonly string[] }>): Promise<Run>;
  run(runId: string): Promise<Run | null>;
  latestRun(params: Readonly<{ projectId: string; modes: readonly RunMode[] | null }>): Promise<Run | null>;
  listRuns(projectId: string): Promise<readonly Run[]>;
  /** Moves the run if it is in one of `from`; false = it was not. */
  moveRun(params: Readonly<{ runId: string; from: readonly RunStatus[]; to: RunStatus; error?: Json }>): Promise<boolean>;
  /** What a person wants of the run. Once it is 'cancel' it stays so, whatever a driver that has just begun writes over it. */
  setDesired(params: Readonly<{ runId: string; desired: DesiredState }>): Promise<void>;
  /**
   * Takes or renews the right to drive the run for `leaseMs` by the database's clock; false = another driver holds it.
   * `instead`: a driver known to be dead, whose lease is taken before it ran out.
   */
  holdRun(params: Readonly<{ runId: string; driver: string; leaseMs: number; instead?: string }>): Promise<boolean>;
  /** Who holds the right to drive the run; null = nobody. */
  driverOf(runId: string): Promise<string | null>;
  releaseRun(params: Readonly<{ runId: string; driver: string }>): Promise<void>;
  phases(runId: string): Promise<readonly Phase[]>;
  movePhase(params: Readonly<{ runId: string; name: string; to: PhaseStatus; before?: JsonObject }>): Promise<void>;

  /** Inserts batches that do not exist yet (unique by run, phase, kind, subject, position) and returns all of that phase and kind. */
  addBatches(params: Readonly<{ runId: string; batches: readonly Readonly<{ phase: string; kind: BatchKind; subject: string; position: number; work: JsonObject }>[] }>): Promise<void>;
  batches(params: Readonly<{ runId: string; phase: string | null; kinds: readonly BatchKind[] | null }>): Promise<readonly Batch[]>;
  batchCounts(params: Readonly<{ runId: string; phase: string }>): Promise<Readonly<Record<BatchStatus, number>>>;
  /** A text that is another one whenever a step of the run has ended: whoever watches figures asks this, not the figures. */
  figuresMark(runId: string): Promise<string>;
  /** Claims a batch: status running, fence + 1, attempts + 1. null = done already, or its run is not to run. */
  claimBatch(params: Readonly<{ batchId: string; worker: string }>): Promise<Batch | null>;
  /** Every write of a worker names its fence; false = somebody else has the batch: stop silently. */
  checkpointBatch(params: Readonly<{ batchId: string; fence: number; checkpoint: Json }>): Promise<boolean>;
  finishBatch(params: Readonly<{ batchId: string; fence: number; status: 'done' | 'failed' | 'waiting'; error?: Json }>): Promise<boolean>;
  /** Runs of the project in the hands of a living driver, and batches that a worker has not put down, other than those of `exceptRunId`. */
  othersAtWork(params: Readonly<{ projectId: string; exceptRunId: string }>): Promise<Readonly<{ drivers: readonly Readonly<{ runId: string; mode: RunMode; driver: string }>[]; batches: readonly Batch[] }>>;
  /** Takes batches away from workers that are dead: should one wake, its fence is no longer the newest. */
  fenceOff(batchIds: readonly string[]): Promise<void>;
  /** What the holder of a batch is to do, read between records: `pause` also where the run is no longer running. */
  desiredOf(runId: string): Promise<DesiredState>;

  /** Writes down how many records an object had before the phase changed it; a count that is there stays. */
  recordPhaseCount(params: Readonly<{ runId: string; phase: string; object: string; count: number }>): Promise<void>;
  phaseCounts(params: Readonly<{ runId: string; phase: string }>): Promise<{ readonly [object: string]: number }>;

  openGate(params: Readonly<{ runId: string; phase: string }>): Promise<Gate>;
  approveGate(params: Readonly<{ runId: string; phase: string; by: string }>): Promise<Gate>;
  gates(runId: string): Promise<readonly Gate[]>;

  countCalls(params: Readonly<{ runId: string; calls: readonly Readonly<{ connection: string; endpoint: string; count: number }>[] }>): Promise<void>; // adds up
  calls(runId: string): Promise<readonly Readonly<{ connection: string; endpoint: string; count: number }>[]>;
}
