/**
 * A report as data: what every renderer (HTML, CSV, XLSX, JSON) draws from. Builders in `documents/` make it,
 * renderers never look at anything else, so that all formats of a report say the same.
 */
export interface ReportDocument {
  readonly id: string; // file name without ending: 'reconciliation'
  readonly title: string;
  readonly summary: string; // one sentence: the result
  readonly good: boolean | null; // null = neither good nor bad
  readonly facts: readonly Readonly<{ label: string; value: Cell }>[];
  readonly sections: readonly ReportSection[];
  /** Lines to be filled in by hand under a printed sheet: name, date, signature. */
  readonly closing?: readonly string[];
}

export interface ReportSection {
  readonly id: string; // part of file and sheet names, kebab-case
  readonly title: string;
  readonly note: string | null; // null = nothing to say beside the table
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** All rows, page by page, where `rows` are only the first of many: what the CSV file holds. Can be walked more than once. */
  readonly pages?: () => AsyncIterable<readonly (readonly Cell[])[]>;
  readonly empty: string; // what an empty table means
}

export interface ReportColumn { readonly label: string; readonly kind: 'text' | 'number' }

/** Numbers stay numbers in spreadsheets; null is an empty cell. */
export type Cell = string | number | boolean | null;

/** Columns from labels; those that begin with '#' hold numbers. */
export function columns(...labels: readonly string[]): readonly ReportColumn[] {
  return labels.map((label) => (label.startsWith('#') ? { label: label.slice(1), kind: 'number' } : { label, kind: 'text' }));
}

/** Rows made from a list that comes page by page. */
export async function* rowPages<Item>(pages: AsyncIterable<readonly Item[]>, rowOf: (item: Item) => readonly Cell[]): AsyncGenerator<readonly (readonly Cell[])[]> {
  for await (const page of pages) yield page.map(rowOf);
}
