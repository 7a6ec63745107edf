import type { Catalog } from '../connector/catalog.ts';
import type { JsonObject } from '../connector/json.ts';
import type { Plan } from '../plan/plan.ts';
import type { RunReport } from './run-report.ts';

/** A cell of a table that a route hands over: numbers stay numbers in spreadsheets. */
export type RouteCell = string | number | boolean | null;

/** A document of a route as data; the reports draw it as HTML, XLSX, CSV and JSON, and escape every text. */
export interface RouteDocument {
  readonly id: string; // file name without ending, kebab-case: 'lists-and-tags'
  readonly title: string;
  readonly summary: string; // one sentence
  readonly good: boolean | null; // null = neither good nor bad
  readonly facts: readonly Readonly<{ label: string; value: RouteCell }>[];
  readonly sections: readonly Readonly<{
    id: string; title: string;
    note: string | null; // null = nothing to say beside the table
    columns: readonly Readonly<{ label: string; kind: 'text' | 'number' }>[];
    rows: readonly (readonly RouteCell[])[];
    empty: string; // what an empty table means
  }>[];
}

/** A record that a mapping placed: what the source says, and where it is now. */
export interface PlacedRecord {
  readonly sourceId: string;
  readonly data: JsonObject; // as staged, those of `RouteHandoff.fields`; empty where it is gone at the source
  readonly destinationObject: string;
  readonly destinationId: string;
  readonly how: 'created' | 'matched' | 'merged';
  readonly written: JsonObject; // those of `RouteHandoff.fields`
}

/** All that the documents of a route are made from. */
export interface RouteDocumentInput {
  readonly plan: Plan;
  readonly source: Catalog | null; // null = not discovered
  readonly destination: Catalog | null;
  readonly report: RunReport | null; // of the latest run that loaded; null = nothing was loaded yet
  /** Every record of the mappings that the route asked for; a mapping that placed none is absent. What a delta archived or took out stands there no more. */
  readonly placed: { readonly [mapping: string]: readonly PlacedRecord[] };
  /** Deltas that have read the source again since it was discovered: what `source` counts may no longer be so. Absent: none. */
  readonly deltas?: number;
}

/** What the steps of a cut-over are made from: no single record. */
export type CutOverInput = Omit<RouteDocumentInput, 'placed'>;

/** What a route hands over besides the documents that every route has. */
export interface RouteHandoff {
  /** Mappings whose records the documents name one by one: lists, tags, stages, members. */
  readonly mappings: readonly string[];
  /** All that the documents look at of those records, in the source and as written: nothing else is kept, so that 340,000 memberships fit. */
  readonly fields: readonly string[];
  /** Pure. */
  readonly documents: (input: RouteDocumentInput) => readonly RouteDocument[];
  /** Steps of the cut-over that only this pair needs, in words; `first`: before those that every pair has in that stage. Pure. */
  readonly cutOver: (input: CutOverInput) => readonly Readonly<{ stage: 'freeze' | 'final-delta' | 'enable' | 'hypercare'; step: string; why: string; first?: true }>[];
}
