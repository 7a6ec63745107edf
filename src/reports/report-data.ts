import type { Catalog } from '../connector/catalog.ts';
import type { StoredQuarantineEntry } from '../engine/ports/ledger.ts';
import type { FieldClass, FieldFinding, VerificationCounts } from '../engine/ports/verification.ts';
import type { Route } from '../engine/route.ts';
import type { RunReport } from '../engine/run-report.ts';
import type { Plan } from '../plan/plan.ts';

/** Everything the reports of one run are made from. Gathered by the caller: renderers do no I/O. */
export interface ReportData {
  readonly report: RunReport;
  readonly plan: Plan | null; // null = the plan version is gone from the store
  readonly route: Route | null;
  readonly source: Catalog | null;
  readonly destination: Catalog | null;
  readonly verificationCounts: readonly (Readonly<{ phase: string; mapping: string }> & VerificationCounts)[];
  readonly verificationFields: readonly Readonly<{ phase: string; mapping: string; field: string; class: FieldClass; count: number }>[];
  readonly findings: Limited<FieldFinding & Readonly<{ phase: string; mapping: string }>>;
  readonly quarantine: Limited<StoredQuarantineEntry>;
}

/** A list that was read up to a limit: `complete` false = there are more, and the report says so. */
export interface Limited<T> { readonly items: readonly T[]; readonly complete: boolean }
