import type { Json, JsonObject } from './json.ts';

/**
 * A file as the value of a `binary` field. It only describes: the bytes stay at the source until they are sent, and never
 * enter the store, a plan or a report.
 */
export interface FileValue {
  /** The source's own reference, opaque to everybody else and stable over exports: 'files/offer.pdf', 'mails/7.eml#2'. */
  readonly $file: string;
  readonly name: string;
  readonly mimeType: string | null; // null = the source does not say
  readonly size: number; // bytes
  /** Digests in lower-case hexadecimal; the source gives at least one. What was sent is checked against each that is there. */
  readonly sha1: string | null;
  readonly sha256: string | null;
}

/** What a destination says of a stored file when it is read back: size and at least one digest, of the bytes that it holds. */
export interface StoredFile {
  readonly size: number;
  readonly sha1: string | null;
  readonly sha256: string | null;
}

/** Streams the bytes of a file from its source. May be called again for a second attempt. @throws RecordRejectedError code 'file-gone' */
export type FileOpener = (file: FileValue) => AsyncIterable<Uint8Array>;

export function isFileValue(value: Json | undefined): value is Json & FileValue & JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && typeof (value as JsonObject)['$file'] === 'string';
}
