/** What a bundle should be like. Everything but the place has a default; the same options give the same bytes. */
export interface BundleOptions {
  /** Folder to write the files into (made if missing), or … */
  readonly folder?: string;
  /** … the path of a .zip to write. Exactly one of the two. */
  readonly zip?: string;
  readonly seed: number;
  /** Distinct people; dirt adds rows for duplicates. */
  readonly contacts: number;
  readonly companies: number;
  readonly deals: number;
  readonly notes: number;
  readonly lists: number;
  /** Messages in threads of one to five; default as many as contacts, at most 6,000. */
  readonly emails: number;
  readonly calls: number; // default 0.3 a contact, at most 4,000
  readonly meetings: number; // default 0.2 a contact, at most 400
  readonly tasks: number; // default 0.3 a contact, at most 4,000
  /** Rows of files.csv, each with its file under files/; default 0.15 a contact, at most 500. */
  readonly files: number;
  /** Rows of record_tags.csv; default 0.3 a contact, at most 20,000. */
  readonly recordTags: number;
  /** Sum of the bytes of all files and e-mail attachments of the first export, at most 1 GiB, met within 10 % (1 % where there are thousands); absent: 0.3 to 30 KB each. Inline images stay small. */
  readonly attachmentBytes?: number;
  /** How e-mails are kept; `mixed`: a third of the threads each as emails/*.eml, in emails.mbox and in emails.csv. */
  readonly emailForm: 'mixed' | 'eml' | 'mbox' | 'csv';
  /** How meetings are kept; `mixed`: half in meetings/*.ics, half in meetings.csv. */
  readonly meetingForm: 'mixed' | 'ics' | 'csv';
  /** `given`: `treat_as` of lists.csv says segment or pipeline; `open`: it is empty and a person has to say. */
  readonly treatLists: 'open' | 'given';
  readonly language: 'pl' | 'en';
  /** `xlsx`: one workbook per file, dates and decimals as numbers; encoding, delimiter, dates and numbers do not matter then. */
  readonly format: 'csv' | 'xlsx';
  readonly encoding: BundleEncoding;
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly dates: 'iso' | 'dmy-dots' | 'dmy-slashes' | 'mdy-slashes';
  readonly numbers: 'plain' | 'space-comma' | 'dot-comma' | 'comma-dot';
  /** `expected_close` is written dd/mm/yyyy with both parts ≤ 12 in every row: nobody can tell the order. */
  readonly ambiguousDates: boolean;
  /** 0..1: share of rows that carry one dirty or hostile thing each. Every kind has its turn. */
  readonly dirt: number;
  /** False: no id columns; records are linked by e-mail and name, as an export without ids would be. */
  readonly ids: boolean;
  readonly manifest: boolean;
  /** False: no custom_fields.csv; types have to be inferred from the values. */
  readonly customFieldsFile: boolean;
  /** E-mails of owners that exist at the destination; they own about half of the records. The others are unknown there. */
  readonly knownOwners: readonly string[];
  /** A later export of the same account; absent: the first one. See `mutate` in later.ts. */
  readonly later?: LaterExport;
}

/** Shares, 0..1 each, of what differs from the first export. */
export interface Shares {
  readonly changed: number;
  readonly removed: number;
  readonly added: number;
}

/** Shares (0..1) of contacts, companies and deals that differ from the first export, and how many are new. */
export interface LaterExport {
  readonly changed: number;
  /** Of contacts without a deal. */
  readonly removed: number;
  readonly addedContacts: number;
  readonly removedDeals?: number;
  readonly addedCompanies?: number;
  readonly addedDeals?: number;
  /** Of notes, e-mails, calls, meetings, tasks, files, tags of records and list memberships; absent: none differs. */
  readonly activities?: Shares;
}

export type BundleEncoding = 'utf-8' | 'utf-8-bom' | 'windows-1250' | 'iso-8859-2' | 'utf-16le';

const counts = ['contacts', 'companies', 'deals', 'notes', 'lists', 'emails', 'calls', 'meetings', 'tasks', 'files', 'recordTags'] as const;
const oneGibibyte = 1024 ** 3;
/** Defaults grow with the contacts up to what a large account has: a bundle of 200,000 contacts is not asked to write 70,000 small files. */
const upTo = (most: number, wanted: number): number => Math.min(most, Math.ceil(wanted));

/** Fills in what a caller left open, and refuses what cannot be written. */
export function bundleOptions(given: Partial<BundleOptions>): BundleOptions {
  if ((given.folder === undefined) === (given.zip === undefined)) throw new RangeError('generateBundle needs either folder or zip');
  return contentOptions(given);
}

/** The same for what is not written to a disk. */
export function contentOptions(given: Partial<BundleOptions>): BundleOptions {
  const language = given.language ?? 'pl';
  const contacts = given.contacts ?? 500;
  const options: BundleOptions = {
    seed: 1, contacts, companies: Math.ceil(contacts * 0.15), deals: Math.ceil(contacts * 0.25), notes: Math.ceil(contacts * 1.5), lists: 6,
    emails: upTo(6_000, contacts), calls: upTo(4_000, contacts * 0.3), meetings: upTo(400, contacts * 0.2), tasks: upTo(4_000, contacts * 0.3),
    files: upTo(500, contacts * 0.15), recordTags: upTo(20_000, contacts * 0.3), emailForm: 'mixed', meetingForm: 'mixed', treatLists: 'open',
    language, format: 'csv', encoding: 'utf-8', delimiter: language === 'pl' ? ';' : ',',
    dates: language === 'pl' ? 'dmy-dots' : 'iso', numbers: language === 'pl' ? 'space-comma' : 'comma-dot',
    ambiguousDates: false, dirt: 0, ids: true, manifest: false, customFieldsFile: true, knownOwners: [],
    ...given,
  };
  for (const name of counts) {
    if (!Number.isSafeInteger(options[name]) || options[name] < 0) throw new RangeError(`${name} is ${options[name]}: it must be a whole number, 0 or more`);
  }
  if (!(options.dirt >= 0 && options.dirt <= 1)) throw new RangeError(`dirt is ${options.dirt}: it must lie between 0 and 1`);
  const bytes = options.attachmentBytes;
  if (bytes !== undefined && !(Number.isSafeInteger(bytes) && bytes >= 0 && bytes <= oneGibibyte)) throw new RangeError(`attachmentBytes is ${bytes}: it must be a whole number from 0 to ${oneGibibyte}`);
  return options;
}
