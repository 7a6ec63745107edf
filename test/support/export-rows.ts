import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { instantOf } from '../../src/simulators/instream/activities/moments.ts';
import { headerOf } from '../../src/simulators/instream/files/headers.ts';

/** Cells by canonical column name as they are written; those of custom fields by `cf:` and their label. */
export type ExportRow = Readonly<Record<string, string>>;

const columns = ['id', 'name', 'title', 'first_name', 'last_name', 'full_name', 'email', 'phone', 'mobile', 'job_title', 'company_id', 'company_name', 'vat', 'website', 'domain', 'industry', 'employee_count',
  'street', 'zip', 'city', 'state', 'country', 'linkedin_url', 'twitter_url', 'facebook_url', 'owner_email', 'source', 'birthday', 'archived', 'description', 'created_at', 'pipeline_name', 'stage_name', 'status', 'amount',
  'currency', 'probability', 'expected_close', 'closed_at', 'lost_reason', 'contact_id', 'type', 'note', 'due_at'] as const;
const canonical = new Map(columns.map((column) => [headerOf(column, 'pl'), column as string]));

/** Rows of a table of a made-up Polish export without dirt, read by nothing of the product: comma or semicolon, UTF-8. */
export function exportRows(folder: string, file: string): readonly ExportRow[] {
  const text = readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/u, '');
  const [header = [], ...rows] = parse(text, { delimiter: ';' });
  const names = header.map((name) => canonical.get(name) ?? name);
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ''])));
}

const written = /^(\d{2})\.(\d{2})\.(\d{4})(?: (\d{2}):(\d{2}))?$/u;

/** `30.06.2026 09:15` → `2026-06-30`; null for an empty cell. */
export function dayIn(cell: string): string | null {
  return cell === '' ? null : String(cell.replace(written, '$3-$2-$1'));
}

/** A moment on the account's wall (Warsaw) → `2026-06-30 07:15:00` in UTC, as Odoo keeps it; null for an empty cell. */
export function momentIn(cell: string): string | null {
  const [, date, month, year, hour, minute] = written.exec(cell) ?? [];
  if (cell === '') return null;
  if (hour === undefined) throw new Error(`${cell} is no moment`);
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(date), Number(hour), Number(minute));
  return new Date(instantOf(wall, 'Europe/Warsaw')).toISOString().slice(0, 19).replace('T', ' ');
}

/** `1 234,56` or `12 %` → a number; null for an empty cell. */
export function numberIn(cell: string): number | null {
  return cell === '' ? null : Number(cell.replaceAll(/[\s%]/gu, '').replace(',', '.'));
}
