import type { DirtKind, DirtyFile } from './dirt.ts';

type Counts = { [name: string]: number };

/** Adds one (or `by`) to a counter that starts at nothing. */
export function add(counts: Counts, name: string, by = 1): void {
  counts[name] = (counts[name] ?? 0) + by;
}

/** Counters filled while the rows are written; frozen into a BundleExpectation at the end. */
export class Tally {
  readonly rows: Counts = {};
  readonly records: Counts = {};
  readonly dirt: { [file: string]: Counts } = {};
  readonly contacts = { archived: 0, withCompany: 0, companyOnlyNamed: 0, withoutCompany: 0 };
  readonly onlyNamedCompanies = new Set<string>();
  readonly deals = { open: 0, won: 0, lost: 0, archived: 0, withContact: 0, companyOnly: 0, unknownContact: 0, nothing: 0 };
  readonly byStage: Counts = {};
  readonly amounts: Counts = {};
  readonly notes: { [parent: string]: number } = {};
  readonly noteFormats: Counts = {};
  readonly memberships: Counts = {};
  readonly tags = new Set<string>();
  readonly tagSpellings = new Set<string>();
  tagUses = 0;
  readonly owners: Counts = {};
  readonly changed: string[] = [];
  readonly removed: string[] = [];
  readonly added: string[] = [];

  /** A row of `file`; `isRecord` is false for rows that repeat an id or cannot be read. */
  row(file: string, isRecord: boolean): void {
    add(this.rows, file);
    add(this.records, file, isRecord ? 1 : 0);
  }

  dirty<File extends DirtyFile>(file: File, kind: DirtKind<File>): void {
    add((this.dirt[`${file}.csv`] ??= {}), kind);
  }

  tagCell(cell: string, separator: string): void {
    if (cell === '') return;
    for (const tag of cell.split(separator)) {
      this.tagUses += 1;
      this.tagSpellings.add(tag);
      this.tags.add(tag.trim().replace(/\s+/g, ' ').toLowerCase());
    }
  }
}
