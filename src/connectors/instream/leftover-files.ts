import { extname } from 'node:path';
import type { CatalogNote } from '../../connector/catalog.ts';
import { fileKind, type Bundle } from './bundle.ts';

/** Files of the bundle that no record leads to: told, never passed over silently. */
export function leftoverFiles(bundle: Bundle, used: ReadonlySet<string>): { readonly notes: readonly CatalogNote[]; readonly unlisted: readonly string[]; readonly others: readonly string[] } {
  const free = bundle.files.filter((file) => !used.has(file.name));
  const unlisted = free.filter((file) => fileKind(file.name) === 'attachment').map((file) => file.name);
  const others = free.filter((file) => fileKind(file.name) === 'other').map((file) => file.name);
  const notes: CatalogNote[] = [];
  if (unlisted.length > 0) notes.push({ subject: 'file', level: 'warning', code: 'files-not-listed', message: `${unlisted.length} files lie in a folder of attachments, but no row of files.csv or emails.csv names them: they belong to no record and are not loaded`, details: { count: unlisted.length, first: unlisted.slice(0, 20) } });
  if (others.length > 0) {
    const endings: { [ending: string]: number } = {};
    for (const name of others) endings[extname(name).toLowerCase() || '(none)'] = (endings[extname(name).toLowerCase() || '(none)'] ?? 0) + 1;
    notes.push({ subject: 'bundle', level: 'warning', code: 'files-not-read', message: others.length === 1 ? '1 file of the bundle is neither a table, an e-mail, a calendar nor an attachment, and is not read' : `${others.length} files of the bundle are neither tables, e-mails, calendars nor attachments, and are not read`, details: { byEnding: endings, first: others.slice(0, 20) } });
  }
  return { notes, unlisted, others };
}
