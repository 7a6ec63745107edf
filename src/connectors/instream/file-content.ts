import type { Json, JsonObject } from '../../connector/json.ts';
import { basename } from 'node:path/posix';
import type { FileValue } from '../../connector/file-value.ts';
import type { BytesDigest } from '../../connector/kit/digest.ts';
import { fileReference, type BundleFiles } from './bundle-files.ts';
import { computedField, type Computed } from './computed.ts';
import { eachRecord } from './each-record.ts';
import type { ObjectScan } from './scan.ts';

/** Why a file is not what its row says. */
export type ContentCode = 'file-missing' | 'file-size-differs' | 'file-checksum-differs';

/** What looking at all files of the export's rows found. */
export interface FileAudit {
  readonly digests: ReadonlyMap<string, BytesDigest>; // by name in the bundle
  readonly found: ReadonlyMap<ContentCode, { readonly count: number; readonly first: readonly string[] }>;
  readonly bytes: number;
}

/** A whole number as exports write it; null = it cannot be told. */
function wholeNumber(text: string): number | null {
  const digits = text.replace(/[\s\u00a0\u202f]/g, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/** What is wrong with a file's bytes, by the size and SHA-256 that its row states; null = nothing, or nothing is stated. */
function contentCode(digest: BytesDigest | null, size: string, sha256: string): ContentCode | null {
  if (digest === null) return 'file-missing';
  const stated = wholeNumber(size);
  if (stated !== null && stated !== digest.size) return 'file-size-differs';
  const sum = sha256.trim().toLowerCase();
  return /^[0-9a-f]{64}$/.test(sum) && sum !== digest.sha256 ? 'file-checksum-differs' : null;
}

/** Digests every file that files.csv names, once, and compares it with what its row states. */
export async function auditFiles(scan: ObjectScan, files: BundleFiles, signal: AbortSignal): Promise<FileAudit> {
  const digests = new Map<string, BytesDigest>();
  const found = new Map<ContentCode, { count: number; first: string[] }>();
  for await (const { get, table, position } of eachRecord(scan, signal)) {
    const name = files.resolve(get('path'), table.name);
    const digest = name === null ? null : await files.digest(name);
    if (name !== null && digest !== null) digests.set(name, digest);
    const code = contentCode(digest, get('size'), get('sha256'));
    if (code === null) continue;
    const entry = found.get(code) ?? { count: 0, first: [] };
    entry.count += 1;
    if (entry.first.length < 20) entry.first.push(`${get('path')} (${position})`);
    found.set(code, entry);
  }
  return { digests, found, bytes: [...digests.values()].reduce((sum, one) => sum + one.size, 0) };
}

export function fileValue(name: string, digest: BytesDigest, shown: string, mimeType: string): FileValue {
  return { $file: fileReference(name), name: basename(shown.replaceAll('\\', '/')) || basename(name), mimeType: mimeType === '' ? null : mimeType, size: digest.size, sha1: digest.sha1, sha256: digest.sha256 };
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value.trim() : '');

/** Content of the files of files.csv: the bytes by reference, and what is wrong with them. */
export function computeFiles(files: BundleFiles, audit: FileAudit): Computed {
  return {
    fields: [
      computedField('content', 'Content', 'binary', 'the bytes; empty when the file is not in the bundle'),
      { ...computedField('content_code', 'Problem with the content', 'selection', 'empty = the bytes are what the row says'), options: [
        { value: 'file-missing', label: 'The file is not in the bundle' }, { value: 'file-size-differs', label: 'The file is longer or shorter than its row says' },
        { value: 'file-checksum-differs', label: 'The SHA-256 of the file is not the one of its row' },
      ] },
    ],
    apply: (data: JsonObject, table) => {
      const name = files.resolve(textOf(data['path']), table.name);
      const digest = name === null ? null : audit.digests.get(name) ?? null;
      const code = contentCode(digest, textOf(data['size']), textOf(data['sha256']));
      const content = name === null || digest === null ? null : { ...fileValue(name, digest, textOf(data['name']) || textOf(data['path']), textOf(data['mime'])) };
      return { ...data, content, ...(code === null ? {} : { content_code: code }) };
    },
  };
}
