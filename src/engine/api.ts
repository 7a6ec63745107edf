import type { Catalog } from '../connector/catalog.ts';
import type { CheckResult } from '../connector/check-result.ts';
import type { Json, JsonObject } from '../connector/json.ts';
import type { Plan } from '../plan/plan.ts';
import type { FieldTrace } from '../plan/record-context.ts';
import type { DiffChoice, RecordDiffs } from './compare/record-diff.ts';
import type { LinePreview } from './preview-line.ts';
import type { NotMoved } from './not-moved.ts';
import type { AdviceReport } from '../proposal/adviser/advise.ts';
import type { ProposeParams } from './propose/propose.ts';
import type { OwnerLine, RefusedOwnerLine } from './owners/apply-owners.ts';
import type { OwnerRow } from './owners/owner-table.ts';
import type { Project, Role, StoredPlan } from './ports/projects.ts';
import type { Run, RunMode } from './ports/runs.ts';
import type { CutOverInput, RouteDocumentInput } from './route-document.ts';
import type { RunReport } from './run-report.ts';

/** What the command line and the console drive: the two doors lead to the same engine. Projects are named by their name. */
export interface Engine {
  /** Runs the readiness checks of the given roles. `failed` results refuse a production run. */
  check(params: Readonly<{ project: string; roles: readonly Role[] }>): Promise<Readonly<Partial<Record<Role, readonly CheckResult[]>>>>;
  discover(params: Readonly<{ project: string; roles: readonly Role[]; onProgress?: (progress: Readonly<{ role: Role; subject: string; done: number }>) => void }>): Promise<Readonly<Partial<Record<Role, Catalog>>>>;
  /**
   * Makes a draft plan from route and catalogs and saves it. Lines and answers that a person gave in an earlier version are kept.
   * Confirmed plans teach it unless `memory` is false; an `adviser` looks at unsure fields, and `advice` says what became of that and what was sent.
   */
  propose(params: Readonly<{ project: string } & ProposeParams>): Promise<Readonly<{ plan: Plan; stored: StoredPlan; advice?: AdviceReport | null }>>;
  currentPlan(project: string): Promise<Readonly<{ plan: Plan; stored: StoredPlan }>>; // throws ConfigurationError 'no-plan'
  /** Saves a person's plan text as the newest version (parse and validation errors are thrown as PlanError with lines). */
  savePlan(params: Readonly<{ project: string; text: string }>): Promise<Readonly<{ plan: Plan; stored: StoredPlan }>>;
  /** Confirms the newest plan. With acceptRecommendations: proposed lines are confirmed and open decisions with a recommendation answered by it. Throws ConfigurationError 'plan-not-confirmed' naming what is open. */
  confirmPlan(params: Readonly<{ project: string; by: string; acceptRecommendations: boolean }>): Promise<Readonly<{ plan: Plan; stored: StoredPlan; answered: number; confirmed: number }>>;
  decide(params: Readonly<{ project: string; answers: { readonly [decisionId: string]: Json }; by: string }>): Promise<Readonly<{ plan: Plan; stored: StoredPlan }>>;
  /** Preview of one record that was read in: what each mapping would write, field by field with reasons, and which fields go nowhere. Throws ConfigurationError 'no-record'. */
  preview(params: Readonly<{ project: string; object: string; sourceId: string }>): Promise<RecordPreview>;
  /** One line tried on real records, as `plan` has it (saved or not): what comes out, what would be held back. Throws PlanError where it cannot be prepared. */
  previewLine(params: Readonly<{ project: string; plan: Plan; mapping: number; field: number }>): Promise<LinePreview>;
  /** Creates a run and its phases; nothing is sent yet. A sandbox run stands in a shadow project of its own (`sandboxName`).
   * Production refuses (`plan-not-confirmed`, `readiness-refused`). */
  startRun(params: Readonly<{ project: string; mode: RunMode; settings: JsonObject; by: string }>): Promise<Run>;
  /** Drives a run until it is finished, waits at a gate, is paused, cancelled or interrupted. Safe to call for any unfinished run, from any process. */
  driveRun(params: Readonly<{ runId: string; onProgress?: (progress: RunProgress) => void; signal?: AbortSignal; workers?: number }>): Promise<RunReport>;
  report(runId: string): Promise<RunReport>;
  projectByName(name: string): Promise<Project>; // throws ConfigurationError 'no-project'
  pause(runId: string): Promise<void>;
  cancel(runId: string): Promise<void>;
  approve(params: Readonly<{ runId: string; phase: string | null; by: string }>): Promise<readonly string[]>; // phases approved; null = every waiting gate
  /** Feeds corrected rows back: columns of the quarantine CSV. Corrected values replace the staged record's fields; the entries are retried in a new run: a production run over all that is staged, as the one before; where none has loaded everything, a sample of what is held back alone. */
  retryQuarantine(params: Readonly<{ project: string; corrections: readonly Readonly<{ id: string; fields: JsonObject }>[]; by: string }>): Promise<Run>;
  /** Every owner of the source with records, user and decision. Throws ConfigurationError 'no-owners' where the route moves none. */
  owners(project: string): Promise<readonly OwnerRow[]>;
  /**
   * Assigns owners to users: remembers it in the plan, and starts a run over the owners' records alone. Lines that are wrong are
   * given back; without a good one no run is started.
   */
  applyOwners(params: Readonly<{ project: string; lines: readonly OwnerLine[]; by: string }>): Promise<Readonly<{ run: Run | null; assigned: readonly Readonly<{ owner: string; login: string }>[]; refused: readonly RefusedOwnerLine[]; unchanged: number }>>;
  /** What the hand-off documents of the project's route are made from. `runId` = the run that loaded; null = none did. Reads only. */
  handoffInput(params: Readonly<{ project: string; runId: string | null }>): Promise<RouteDocumentInput>;
  /** What the route's steps of the cut-over are made from: the same without records. */
  cutOverInput(params: Readonly<{ project: string; runId: string | null }>): Promise<CutOverInput>;
  /** Written records side by side with their source records, field by field. Reads only. `runId` null = everything that the project wrote. */
  compareRecords(params: Readonly<{ project: string; runId: string | null; choice: DiffChoice }>): Promise<RecordDiffs>;
  /** Serves batches of any project until stopped: `portolan worker`. */
  work(params: Readonly<{ concurrency: number; signal: AbortSignal }>): Promise<void>;
  /** Deletes the project's rows; counts per table, and a second count that must be all zeros. */
  purge(project: string): Promise<Readonly<{ deleted: { readonly [table: string]: number }; left: { readonly [table: string]: number } }>>;
  /** Calls and seconds a run would take, from staged or catalogued counts and measured rates; says what each figure rests on. */
  estimate(project: string): Promise<readonly Readonly<{ phase: string; mapping: string; records: number | null; calls: number | null; basis: string }>[]>;
}

export interface MappingPreview {
  readonly mapping: string;
  readonly destinationObject: string;
  readonly outcome: 'write' | 'skip' | 'quarantine';
  readonly reason: string | null;
  readonly fields: readonly FieldTrace[];
}

/** One source record before any of it is written. */
export interface RecordPreview { readonly mappings: readonly MappingPreview[]; readonly notMoved: readonly NotMoved[] }

export interface RunProgress {
  readonly runId: string;
  readonly phase: string;
  readonly step: string; // 'extract contact', 'load companies', 'verify companies'
  readonly done: number; // records
  readonly total: number | null;
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
}
