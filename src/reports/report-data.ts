import type { Catalog } from '../connector/catalog.ts';
import type { StoredQuarantineEntry } from '../engine/ports/ledger.ts';
import type { FieldClass, StoredFinding, VerificationCounts } from '../engine/ports/verification.ts';
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
  /** Those that differ or cannot be read come before those whose loss is declared. Of `items`, long values are cut. */
  readonly findings: Listed<StoredFinding>;
  readonly quarantine: Listed<Omit<StoredQuarantineEntry, 'data' | 'raw'>, StoredQuarantineEntry>;
}

/**
 * A list that may be of any length: its first items, for what a person reads, and all of it page by page, for CSV files.
 * `complete` false = there are more than `items`, and the report says so. `pages` can be walked more than once.
 */
export interface Listed<Item, Whole extends Item = Item> { readonly items: readonly Item[]; readonly complete: boolean; readonly pages: () => AsyncIterable<readonly Whole[]> }
