import type { CatalogNote } from '../../connector/catalog.ts';
import type { FileCounts, ObjectScan } from './scan.ts';

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

function fileNote(scan: ObjectScan, file: FileCounts): CatalogNote {
  const rejected = [...file.rejected.values()];
  const total = rejected.reduce((sum, entry) => sum + entry.count, 0);
  const { table } = file;
  return {
    subject: table.name, level: total > 0 ? 'warning' : 'info', code: 'file-report',
    message: `${plural(file.rows, 'row')} read as ${scan.object.name}, ${total} rejected`,
    details: {
      object: scan.object.name, ...table.details, rows: file.rows, blankRows: file.blank,
      rejected: rejected.map((entry) => ({ code: entry.code, count: entry.count, lines: [...entry.lines] })),
      columns: table.columns.map((column) => ({ header: column.header, field: column.field, by: column.by })),
    },
  };
}

/** What reading the files of an object found: one report per file, and what concerns all of them. */
export function reportFiles(scan: ObjectScan): readonly CatalogNote[] {
  const notes = scan.files.map((file) => fileNote(scan, file));
  const warn = (code: string, message: string): void => { notes.push({ subject: scan.object.name, level: 'warning', code, message }); };
  const repeated = (mail: boolean): number => scan.files.filter((file) => (scan.object.name === 'email' && 'format' in file.table.source && file.table.sealed !== true) === mail).reduce((sum, file) => sum + file.repeated, 0);
  if (repeated(true) > 0) warn('repeated-messages', `${plural(repeated(true), 'message')} of the mail files stand in the export before, under the same Message-ID, sender and date, and are counted once`);
  if (repeated(false) > 0) warn('repeated-rows', `${plural(repeated(false), 'row')} repeat an earlier row entirely and are counted once`);
  if (scan.duplicateIds > 0) warn('duplicate-ids', `${plural(scan.duplicateIds, 'row')} carry the id of another row with other content and are rejected`);
  if (scan.derivedClashes > 0) warn('derived-key-clash', `${plural(scan.derivedClashes, 'row')} without an id cannot be told from another row by what identifies a ${scan.object.name}: they are kept apart by their content, so a later export that changes it looks like another record`);
  for (const field of scan.fields.values()) {
    const known = scan.isKnown.get(field.name);
    if (known === undefined) continue;
    const whole = field.profile.samples((value) => value.includes(',') && !/[;|\n]|^\s*\[/.test(value) && !known(value.trim()) && !value.split(',').every((part) => known(part.trim())), 3);
    if (whole.length > 0) warn('commas-not-split', `column ${JSON.stringify(field.label)}: cells such as ${whole.map((value) => JSON.stringify(value)).join(', ')} stay whole, because not every part is known as a value of its own`);
  }
  return notes;
}
