import { ConfigurationError } from '../connector/errors.ts';
import type { OwnerLine } from '../engine/owners/apply-owners.ts';
import type { OwnerRow } from '../engine/owners/owner-table.ts';
import { byteOrderMark, csvRows } from './csv.ts';
import { csvTable } from './csv-table.ts';
import { unguardFormula } from './formula-guard.ts';
import { sumOf } from './words.ts';

/** Owners with their records and users; a person fills in `login` and gives the file back. One `records of <object>` column per object. */
export function ownersCsv(rows: readonly OwnerRow[]): string {
  const objects = [...new Set(rows.flatMap((row) => Object.keys(row.records)))].toSorted();
  return byteOrderMark + csvRows([
    ['owner', 'name', 'records', ...objects.map((object) => `records of ${object}`), 'current user', 'decision', 'login'],
    ...rows.map((row) => [row.owner, row.name, sumOf(Object.values(row.records)), ...objects.map((object) => row.records[object] ?? 0), row.currentUser, row.decision, null]),
  ]);
}

/**
 * Reads the columns `owner` and `login` of a filled-in file; other columns do not matter. Lines without a login are left out.
 * @throws ConfigurationError naming the column that is missing
 */
export function parseOwnersCsv(text: string): readonly OwnerLine[] {
  const [header, ...lines] = csvTable(text, { code: 'owners-file-unreadable', what: 'The owners file' });
  const refused = (message: string): ConfigurationError => new ConfigurationError({ code: 'owners-file-wrong', message, remedy: 'give the file that `portolan owners export` wrote, with its header line and the column login filled in' });
  if (header === undefined) throw refused('The owners file is empty');
  const names = header.values.map((name) => name.trim().toLowerCase());
  const [owner, login] = [names.indexOf('owner'), names.indexOf('login')];
  for (const [name, at] of [['owner', owner], ['login', login]] as const) {
    if (at < 0) throw refused(`The owners file has no column '${name}'; its columns are: ${header.values.join(', ').slice(0, 300)}`);
  }
  return lines.map(({ values, line }) => ({ line, owner: unguardFormula(values[owner] ?? '').trim(), login: unguardFormula(values[login] ?? '').trim() })).filter((one) => one.login !== '');
}
