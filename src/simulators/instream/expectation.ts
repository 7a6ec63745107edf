import type { BundleDetails } from './details.ts';

/**
 * What a bundle holds, counted by the generator while it writes: the yardstick for a reader, an engine, a report.
 * Everything is said in the source's terms; what becomes of a dirty row is the product's business.
 * Rows of kind `ragged-long` are counted in `rows` and `dirt` only: their cells cannot be trusted to be in their columns.
 */
export interface BundleExpectation {
  /** Data rows written per file, dirty and repeated ones included, header not: `{ 'contacts.csv': 512 }` (also where the file is an .xlsx). */
  readonly rows: { readonly [file: string]: number };
  /** Distinct records per file, by id: `rows` less `ragged-long` rows and rows that repeat an id. Without id columns a reader can only tell
   * repeated rows by e-mail or name, so its count may lie above this one where there is dirt. */
  readonly records: { readonly [file: string]: number };
  /** Dirty rows per file and kind (see dirt.ts). */
  readonly dirt: { readonly [file: string]: { readonly [kind: string]: number } };
  readonly contacts: Readonly<{
    archived: number;
    /** Linked to a row of companies.csv / to a company that only the contact names / to none. */
    withCompany: number; companyOnlyNamed: number; withoutCompany: number;
    /** Distinct company names that stand in contacts only. */
    companiesOnlyNamed: number;
    /** Contacts that at least one open deal names / any deal names. */
    onActiveDeal: number; onAnyDeal: number;
  }>;
  readonly deals: Readonly<{
    open: number; won: number; lost: number; archived: number;
    /** By what they name: a contact (with or without company), only a company, an e-mail that no contact has, nothing. */
    withContact: number; companyOnly: number; unknownContact: number; nothing: number;
    /** `pipeline / stage` → rows. */
    byStage: { readonly [pipelineAndStage: string]: number };
    /** Sum of well-formed amounts per currency, in hundredths. */
    amountHundredths: { readonly [currency: string]: number };
  }>;
  readonly notes: Readonly<{
    onContact: number; onCompany: number; onDeal: number; companyNameOnly: number; withoutParent: number; unknownParent: number;
    byFormat: { readonly [format: string]: number };
  }>;
  /** Distinct records per object over all forms in which it is kept (.eml, .mbox and rows; .ics and rows): `{ email: 512, meeting: 100 }`. */
  readonly objects: Readonly<{ email: number; meeting: number }>;
  /** Messages by form and direction, by whom they are with, and the parts that are files. Repeated ones are counted once. */
  readonly emails: Readonly<{ eml: number; mbox: number; csv: number; in: number; out: number; withContact: number; withCompany: number; withNobodyKnown: number; attachments: number; inlineImages: number }>;
  readonly calls: Readonly<{ withParent: number; withoutParent: number; seconds: number; byOutcome: { readonly [outcome: string]: number } }>;
  readonly meetings: Readonly<{ ics: number; csv: number; allDay: number; recurring: number; attendees: Readonly<{ accepted: number; declined: number; tentative: number; open: number }> }>;
  readonly tasks: Readonly<{ open: number; done: number }>;
  /** Rows of files.csv by what lies at their path: the bytes they promise, nothing, or others. */
  readonly files: Readonly<{ whole: number; missing: number; damaged: number; bytes: number }>;
  /** Bytes of all files and e-mail attachments, inline images not counted. */
  readonly attachmentBytes: number;
  /** Every single record; null above 20,000 contacts, e-mails, calls, meetings, tasks or files, or 40,000 notes. */
  readonly details: BundleDetails | null;
  /** Memberships per list name; a row that repeats one is not counted. */
  readonly memberships: { readonly [list: string]: number };
  /** Distinct tags after trimming and folding case and inner spaces, the distinct spellings in the cells of contacts, companies and deals, and their uses there. */
  readonly tags: Readonly<{ distinct: number; spellings: number; uses: number }>;
  /** Owner e-mail → contacts, companies and deals it owns; '' = nobody. */
  readonly owners: { readonly [email: string]: number };
  /** Ids of the contacts on open deals; null where `details` is null (`contacts.onActiveDeal` always counts them). */
  readonly contactsOnActiveDeals: readonly string[] | null;
  /** Only of a later export: ids of what differs from the first one; null where `details` is null. */
  readonly changes: Readonly<{ changed: readonly string[]; removed: readonly string[]; added: readonly string[];
    /** The same by object, of all objects: contact, company, deal, note, email (by message id), call, meeting (by uid in .ics), task, file, record_tag
     * (`r7`: the seventh row of the first export), membership (`p12@l3`). The arrays above hold contacts, companies and deals. A contact whose lists changed is changed. */
    byObject: { readonly [object: string]: Readonly<{ changed: readonly string[]; removed: readonly string[]; added: readonly string[] }> };
  }> | null;
}
