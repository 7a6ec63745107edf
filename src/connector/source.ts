import type { Catalog } from './catalog.ts';
import type { CheckResult } from './check-result.ts';
import type { FileValue } from './file-value.ts';
import type { Json, JsonObject } from './json.ts';

/** What a source can do; the engine asks these, never the connector's name. */
export interface SourceCapabilities {
  /** Records carry a modification time, so that a delta can ask for changed ones only. Default false. */
  readonly modifiedSince: boolean;
  /** Page size that reads well, in records. */
  readonly pageSize: number;
  /** Records have fields of type `binary`, whose bytes `openFile` streams. Default false. */
  readonly files?: boolean;
  /**
   * Objects of which the platform keeps or gives only a part, such as the last 30 days: what a later reading lacks is older, not gone.
   * Default: none.
   */
  readonly passing?: readonly string[];
}

/** An open source. Implemented by each platform that records are moved from. */
export interface SourceConnection {
  readonly capabilities: SourceCapabilities;
  /** Readiness checks, without side effects. */
  check(): Promise<readonly CheckResult[]>;
  /** Objects, fields, counts, value profiles over ALL records, and the questions that only a person may answer. */
  discover(options?: { readonly onProgress?: (progress: { readonly subject: string; readonly done: number }) => void }): Promise<Catalog>;
  /**
   * Streams one object from a cursor on; memory stays flat however long the object is.
   * Reading the same cursor again yields the same records in the same order.
   */
  read(request: ReadRequest): AsyncIterable<SourcePage>;
  /**
   * Streams the bytes behind a `binary` value; memory stays flat however long the file is. Needed where `capabilities.files`.
   * @throws RecordRejectedError code 'file-gone' when the reference leads nowhere any more
   */
  openFile?(request: { readonly file: FileValue }): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

export interface ReadRequest {
  readonly object: string;
  readonly cursor: Json | null; // null = from the start
  readonly pageSize: number;
  /** Answers to the catalog's questions by question id. A missing answer to a needed question is a ConfigurationError. */
  readonly answers: { readonly [questionId: string]: Json };
  /** ISO 8601 UTC: records changed since are enough, where `capabilities.modifiedSince`. Left out or null = all. The same for every page of a reading. */
  readonly modifiedSince?: string | null;
}

export interface SourcePage {
  readonly records: readonly SourceRecord[];
  /** Rows that could not be read as records: never dropped, always reported. */
  readonly rejected: readonly RejectedRow[];
  /** Where to go on after this page; null = this was the last page. */
  readonly cursor: Json | null;
}

/** One record as the source has it, decoded but not interpreted. */
export interface SourceRecord {
  readonly object: string;
  /** Stable over exports: the source's own id, or a key derived from the record's natural identity. */
  readonly id: string;
  readonly data: JsonObject;
  readonly modifiedAt: string | null; // ISO 8601 UTC; null = the source does not say
  readonly position: string; // for people: 'contacts.csv line 17'
}

export interface RejectedRow {
  readonly object: string;
  /** Stable key of the row, so that a second read counts it once: its position if there is nothing better. */
  readonly id: string;
  readonly position: string;
  readonly code: string; // 'too-many-cells', 'cell-too-long', …
  readonly message: string;
  readonly raw: string; // the row as read, at most 10,000 characters
}
