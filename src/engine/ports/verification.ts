import type { VersionRow } from './ledger.ts';
import type { Json } from '../../connector/json.ts';

export type FieldClass = 'exact' | 'equalAfterNormalisation' | 'declaredLossy' | 'mismatch' | 'unreadable';

/** A field that did not come back exactly or equal: kept one by one. */
export interface FieldFinding {
  readonly sourceId: string;
  readonly destinationId: string;
  readonly field: string;
  readonly class: 'declaredLossy' | 'mismatch' | 'unreadable';
  readonly written: Json;
  readonly found: Json;
}

/** A finding as it is kept: with its phase and its place in the order. */
export interface StoredFinding extends FieldFinding { readonly id: string; readonly phase: string; readonly mapping: string }

export interface VerificationCounts { readonly records: number; readonly fields: number; readonly exact: number; readonly equalAfterNormalisation: number; readonly declaredLossy: number; readonly mismatch: number; readonly unreadable: number }

export interface VerificationStore {
  /** Fenced; adds the batch's counts (replacing those of an earlier attempt of the same batch) and findings, and stores versions read back. */
  commitVerifyStep(params: Readonly<{
    projectId: string; runId: string; batchId: string; fence: number; checkpoint: Json; mapping: string;
    step: number; // position within the batch: a repeated step replaces itself
    counts: VerificationCounts;
    /** Records among them that were verified from the answer to the call that wrote them. Default 0. */
    fromAnswers?: number;
    fieldCounts: readonly Readonly<{ field: string; class: FieldClass; count: number }>[];
    findings: readonly FieldFinding[];
    versions: readonly Readonly<{ sourceId: string; version: string; contentHash: string }>[];
    /** The same of records of other mappings, to which the records of this one are attached. */
    parents?: readonly VersionRow[];
  }>): Promise<boolean>;
  /** Records verified from the answers to their own calls; mappings without any are left out. */
  verifiedFromAnswers(runId: string): Promise<readonly Readonly<{ phase: string; mapping: string; records: number }>[]>;
  /** Per phase of the run, since the last phase verifies everything once more. */
  verificationCounts(runId: string): Promise<readonly (Readonly<{ phase: string; mapping: string }> & VerificationCounts)[]>;
  verificationFields(runId: string): Promise<readonly Readonly<{ phase: string; mapping: string; field: string; class: FieldClass; count: number }>[]>;
  /** Those of one class in the order in which they were found. @param params.after id of the last one of the page before; default null = from the first on */
  findings(params: Readonly<{ runId: string; class: FieldFinding['class']; limit: number; after?: string | null }>): Promise<readonly StoredFinding[]>;
}
