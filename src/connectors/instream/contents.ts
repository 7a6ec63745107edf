import type { CatalogNote } from '../../connector/catalog.ts';
import type { Bundle } from './bundle.ts';
import type { ContentCode } from './file-content.ts';
import { leftoverFiles } from './leftover-files.ts';
import { discoveryScope, type Reading } from './reading.ts';
import type { ObjectScan } from './scan.ts';

/** All bytes of an export: what its records name, what is missing, what nothing names. */
export interface Contents {
  readonly files: number; // with bytes, attachments of e-mails included
  readonly bytes: number;
  readonly missing: number; // files that records name and the bundle has not
  readonly found: ReadonlyMap<ContentCode, { readonly count: number; readonly first: readonly string[] }>; // of files.csv
  readonly missingAttachments: readonly string[]; // of emails.csv
  readonly unlisted: readonly string[];
  readonly leftover: readonly CatalogNote[];
}

/** Looks at every file that records name. Bytes are digested once and not kept. */
export async function gatherContents(bundle: Bundle, reading: Reading, found: ReadonlyMap<string, ObjectScan>): Promise<Contents> {
  const rows = found.get('file');
  const audit = rows === undefined ? null : await reading.audit(rows);
  const attachments = await reading.attachments(discoveryScope);
  const used = new Set([...(audit?.digests.keys() ?? []), ...(attachments?.used ?? [])]);
  const { notes, unlisted } = leftoverFiles(bundle, used);
  const missingAttachments = attachments?.missing ?? [];
  return {
    files: (audit?.digests.size ?? 0) + (found.get('email_attachment')?.records ?? 0) - missingAttachments.length, bytes: (audit?.bytes ?? 0) + (attachments?.bytes ?? 0),
    found: audit?.found ?? new Map<ContentCode, never>(), missingAttachments, unlisted, leftover: notes,
    missing: (audit?.found.get('file-missing')?.count ?? 0) + missingAttachments.length,
  };
}

const words: { readonly [code in ContentCode]: string } = {
  'file-missing': 'are not in the bundle: their records have no content',
  'file-size-differs': 'are longer or shorter than files.csv says',
  'file-checksum-differs': 'have another SHA-256 than files.csv says',
};

export function contentNotes(contents: Contents): readonly CatalogNote[] {
  const notes = [...contents.found].map(([code, { count, first }]): CatalogNote => ({ subject: 'file', level: 'warning', code, message: `${count} files ${words[code]}; content_code of the records says so`, details: { count, first } }));
  if (contents.missingAttachments.length > 0) notes.push({ subject: 'email_attachment', level: 'warning', code: 'attachments-missing', message: `${contents.missingAttachments.length} attachments that emails.csv names are not in the bundle`, details: { count: contents.missingAttachments.length, first: contents.missingAttachments.slice(0, 20) } });
  return [...notes.sort((a, b) => (a.code < b.code ? -1 : 1)), ...contents.leftover];
}
