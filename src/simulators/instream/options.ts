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
  /** A later export of the same account; absent: the first one. */
  readonly later?: LaterExport;
}

/** Shares (0..1) of contacts, companies and deals that differ from the first export, and how many contacts are new. */
export interface LaterExport {
  readonly changed: number;
  readonly removed: number;
  readonly addedContacts: number;
}

export type BundleEncoding = 'utf-8' | 'utf-8-bom' | 'windows-1250' | 'iso-8859-2' | 'utf-16le';

/** Fills in what a caller left open, and refuses what cannot be written. */
export function bundleOptions(given: Partial<BundleOptions>): BundleOptions {
  const language = given.language ?? 'pl';
  const contacts = given.contacts ?? 500;
  const options: BundleOptions = {
    seed: 1, contacts, companies: Math.ceil(contacts * 0.15), deals: Math.ceil(contacts * 0.25), notes: Math.ceil(contacts * 1.5), lists: 6,
    language, format: 'csv', encoding: 'utf-8', delimiter: language === 'pl' ? ';' : ',',
    dates: language === 'pl' ? 'dmy-dots' : 'iso', numbers: language === 'pl' ? 'space-comma' : 'comma-dot',
    ambiguousDates: false, dirt: 0, ids: true, manifest: false, customFieldsFile: true, knownOwners: [],
    ...given,
  };
  if ((options.folder === undefined) === (options.zip === undefined)) throw new RangeError('generateBundle needs either folder or zip');
  for (const name of ['contacts', 'companies', 'deals', 'notes', 'lists'] as const) {
    if (!Number.isSafeInteger(options[name]) || options[name] < 0) throw new RangeError(`${name} is ${options[name]}: it must be a whole number, 0 or more`);
  }
  if (!(options.dirt >= 0 && options.dirt <= 1)) throw new RangeError(`dirt is ${options.dirt}: it must lie between 0 and 1`);
  return options;
}
