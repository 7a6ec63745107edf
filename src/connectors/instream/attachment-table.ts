import { splitMulti } from '../../connector/kit/values/multi-values.ts';
import type { FileValue } from '../../connector/file-value.ts';
import type { Bundle } from './bundle.ts';
import type { BundleFiles } from './bundle-files.ts';
import { eachRecord } from './each-record.ts';
import { fileValue, type ContentCode } from './file-content.ts';
import type { SpooledMail } from './mail-spool.ts';
import { objectDefinition } from './objects.ts';
import type { ObjectScan } from './scan.ts';
import { TableSpool } from './spooled-table.ts';
import type { Table } from './tables.ts';

const fields = ['id', 'email_id', 'name', 'mime', 'size', 'inline', 'content_id', 'content', 'content_code'] as const;

export interface AttachmentTable {
  readonly table: Table | null; // null = no message has a file
  /** Files of the bundle that rows of emails.csv name, and paths that lead nowhere. */
  readonly used: ReadonlySet<string>;
  readonly missing: readonly string[];
  readonly bytes: number;
}

const mailReference = (reference: string, part: number): string => `mail:${reference}#${part}`;

/** Makes the records `email_attachment` from the messages' parts and from the column `attachments` of emails.csv. */
export async function spoolAttachments(emails: ObjectScan, bundle: Bundle, files: BundleFiles, signal: AbortSignal): Promise<AttachmentTable> {
  const definition = objectDefinition('email_attachment');
  const used = new Set<string>();
  const missing: string[] = [];
  let bytes = 0;
  const spool = await TableSpool.create(bundle);
  const write = (emailId: string, number: number, position: string, file: { readonly name: string; readonly mime: string; readonly inline: boolean; readonly contentId: string; readonly content: FileValue | null; readonly code: ContentCode | 'body-too-long' | null }): Promise<void> => {
    bytes += file.content?.size ?? 0;
    return spool.write({
      position: `${position} attachment ${number}`,
      cells: [`${emailId}#${number}`, emailId, file.name, file.mime, file.content === null ? '' : String(file.content.size), String(file.inline), file.contentId, file.content === null ? '' : JSON.stringify(file.content), file.code ?? ''],
    });
  };
  try {
    for await (const { id, table, position, spooled, get } of eachRecord(emails, signal)) {
      if (spooled?.parts !== undefined) {
        const { reference, files: parts } = spooled.parts as unknown as SpooledMail;
        for (const [index, part] of parts.entries()) {
          const content: FileValue = { $file: mailReference(reference, part.part), name: part.name, mimeType: part.mimeType, size: part.size, sha1: part.sha1, sha256: part.sha256 };
          await write(id, index + 1, position, { name: part.name, mime: part.mimeType, inline: part.inline, contentId: part.contentId, content, code: part.longBody ? 'body-too-long' : null });
        }
        continue;
      }
      for (const [index, path] of splitMulti(get('attachments'), emails.isKnown.get('attachments') ?? (() => false)).entries()) {
        const name = files.resolve(path, table.name);
        const shown = path.replaceAll('\\', '/').split('/').at(-1) ?? path;
        if (name === null) missing.push(`${path} (${position})`);
        else used.add(name);
        const content = name === null ? null : fileValue(name, await files.digest(name), shown, '');
        await write(id, index + 1, position, { name: shown, mime: '', inline: false, contentId: '', content, code: content === null ? 'file-missing' : null });
      }
    }
  } catch (error) {
    await spool.close();
    throw error;
  }
  const rows = spool.rows;
  if (definition === undefined || rows === 0) {
    await spool.close();
    return { table: null, used, missing, bytes };
  }
  return { table: await spool.finish(definition, 'attachments of e-mails', fields, { madeFrom: 'email' }), used, missing, bytes };
}
