import type { AttendeeState } from './activities/meetings.ts';

/**
 * Every record that hangs on others, as a right migration must understand it. Records are named by the ids of the bundle (`p12`, `c3`, `d7`);
 * null = the bundle leads to no record. Moments are ISO 8601 in UTC; null = the cell holds no date. E-mail addresses are in lower case.
 * `dirt` names what is wrong with the record (dirt.ts); null = nothing.
 */
export interface BundleDetails {
  /** Every row of contacts.csv that is a record, with its address as written. */
  readonly contacts: readonly Readonly<{ id: string; email: string; company: string | null }>[];
  readonly notes: readonly Readonly<{ id: string; record: string | null; author: string; createdAt: string | null; format: 'text' | 'html' | 'markdown'; body: string; dirt: string | null }>[];
  readonly emails: readonly ExpectedEmail[];
  readonly calls: readonly Readonly<{ id: string; record: string | null; direction: 'in' | 'out'; seconds: number | null; outcome: string; note: string; owner: string; startedAt: string | null; dirt: string | null }>[];
  readonly meetings: readonly ExpectedMeeting[];
  readonly tasks: readonly Readonly<{ id: string; record: string | null; title: string; type: string; note: string; done: boolean; dueAt: string | null; doneAt: string | null; owner: string; dirt: string | null }>[];
  readonly files: readonly ExpectedFile[];
  /** Distinct pairs of cells and record_tags.csv, the tag trimmed, inner spaces and case folded. */
  readonly recordTags: readonly Readonly<{ record: string; tag: string }>[];
  /** The membership matrix. */
  readonly memberships: readonly Readonly<{ list: string; record: string | null; status: string; owner: string; addedAt: string; statusChangedAt: string; valueHundredths: number | null; dirt: string | null }>[];
}

export interface ExpectedEmail {
  /** Of a row in emails.csv; null in .eml and .mbox. */
  readonly id: string | null;
  readonly messageId: string | null;
  readonly thread: string;
  readonly inReplyTo: string | null;
  readonly form: 'eml' | 'mbox' | 'csv';
  readonly direction: 'in' | 'out';
  /** The contact or company found by address. */
  readonly record: string | null;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly sentAt: string | null;
  /** In order; inline images first. */
  readonly files: readonly Readonly<{ name: string; size: number; sha1: string; sha256: string; inline: boolean; contentId: string | null }>[];
  readonly dirt: string | null;
}

export interface ExpectedMeeting {
  /** Of a row in meetings.csv; null in .ics. */
  readonly id: string | null;
  /** Of an event in an .ics; null in meetings.csv. */
  readonly uid: string | null;
  readonly title: string;
  /** Instants; of an all-day meeting its first and its last day, `2026-06-30`. */
  readonly start: string | null;
  readonly end: string | null;
  readonly allDay: boolean;
  /** A cell of meetings.csv as written. In an .ics the zone of the start, the account's where it names none that is known; '' = all day. */
  readonly timezone: string;
  readonly organizer: string;
  /** meetings.csv has no states: all are open there. */
  readonly attendees: readonly Readonly<{ email: string; state: AttendeeState }>[];
  readonly recurrence: string | null;
  readonly location: string;
  readonly description: string;
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  /** Contact that it is about: the first attendee, or the record that the row names. */
  readonly record: string | null;
  readonly dirt: string | null;
}

export interface ExpectedFile {
  readonly id: string;
  readonly record: string | null;
  readonly path: string;
  readonly name: string;
  /** Of the bytes that lie in the bundle; null where there are none to be had. */
  readonly size: number | null;
  readonly sha1: string | null;
  readonly sha256: string | null;
  readonly uploadedBy: string;
  readonly uploadedAt: string;
  readonly dirt: string | null;
}

type Mutable<T> = { -readonly [name in keyof T]: T[name] extends readonly (infer Item)[] ? Item[] : T[name] };

/** Filled while the files are written. */
export type DetailLists = Mutable<BundleDetails>;

export function emptyDetails(): DetailLists {
  return { contacts: [], notes: [], emails: [], calls: [], meetings: [], tasks: [], files: [], recordTags: [], memberships: [] };
}
