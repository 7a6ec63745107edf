import type { DetailLists } from './details.ts';
import type { DirtKind, DirtyFile } from './dirt.ts';
import type { Fate } from './later.ts';

type Counts = { [name: string]: number };
interface Changes { readonly changed: string[]; readonly removed: string[]; readonly added: string[] }

/** Adds one (or `by`) to a counter that starts at nothing. */
export function add(counts: Counts, name: string, by = 1): void {
  counts[name] = (counts[name] ?? 0) + by;
}

export const foldedTag = (tag: string): string => tag.trim().replace(/\s+/g, ' ').toLowerCase();

/** Counters filled while the files are written; frozen into a BundleExpectation at the end. */
export class Tally {
  /** Lists of single records; null where the bundle is too large to list them. */
  readonly details: DetailLists | null;
  readonly rows: Counts = {};
  readonly records: Counts = {};
  readonly objects: Counts = {};
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
  readonly emails = { eml: 0, mbox: 0, csv: 0, in: 0, out: 0, withContact: 0, withCompany: 0, withNobodyKnown: 0, attachments: 0, inlineImages: 0 };
  readonly calls = { withParent: 0, withoutParent: 0, seconds: 0 };
  readonly callOutcomes: Counts = {};
  readonly meetings = { ics: 0, csv: 0, allDay: 0, recurring: 0 };
  readonly attendees = { accepted: 0, declined: 0, tentative: 0, open: 0 };
  readonly tasks = { open: 0, done: 0 };
  readonly files = { whole: 0, missing: 0, damaged: 0, bytes: 0 };
  attachmentBytes = 0;
  readonly changed: string[] = [];
  readonly removed: string[] = [];
  readonly added: string[] = [];
  readonly byObject: { [object: string]: Changes } = {};
  readonly #listed: boolean;

  constructor(details: DetailLists | null) {
    this.details = details;
    this.#listed = details !== null;
  }

  /** A row of `file`; `isRecord` is false for rows that repeat an id or cannot be read. */
  row(file: string, isRecord: boolean): void {
    add(this.rows, file);
    add(this.records, file, isRecord ? 1 : 0);
  }

  dirty<File extends DirtyFile>(file: File, kind: DirtKind<File>): void {
    add((this.dirt[`${file}.csv`] ??= {}), kind);
  }

  tagCell(cell: string, separator: string, record: string | null): void {
    if (cell === '') return;
    const folded = new Set<string>();
    for (const tag of cell.split(separator)) {
      this.tagUses += 1;
      this.tagSpellings.add(tag);
      folded.add(foldedTag(tag));
    }
    for (const tag of folded) {
      this.tags.add(tag);
      if (record !== null) this.details?.recordTags.push({ record, tag });
    }
  }

  /** Puts the lists into an order that does not depend on which file was written first. */
  settle(): void {
    const byForm = (one: Readonly<{ id: string | null }>, other: Readonly<{ id: string | null }>): number => Number(one.id === null) - Number(other.id === null);
    const rank = { csv: 0, eml: 1, mbox: 2 } as const;
    this.details?.emails.sort((one, other) => rank[one.form] - rank[other.form]);
    this.details?.meetings.sort(byForm);
    for (const { changed, removed, added } of Object.values(this.byObject)) for (const ids of [changed, removed, added]) ids.sort();
  }

  /** What became of a record since the first export. */
  fate(object: string, id: string, fate: Fate | 'never'): void {
    if (fate === 'same' || fate === 'never' || !this.#listed) return;
    (this.byObject[object] ??= { changed: [], removed: [], added: [] })[fate].push(id);
    if (object === 'contact' || object === 'company' || object === 'deal') this[fate].push(id);
  }
}
