import { firstEmail } from './record-key.ts';
import { readTable } from './table-rows.ts';
import type { Table } from './tables.ts';

/** Where the addresses of an account's users stand: the list of owners, and who owns its records. */
const places: readonly { readonly object: string; readonly field: string }[] = [
  { object: 'owner', field: 'email' }, { object: 'contact', field: 'owner_email' }, { object: 'company', field: 'owner_email' }, { object: 'deal', field: 'owner_email' },
];

/** Addresses of the account's users in lower case; people who left stand in records only. */
export async function ownerAddresses(tablesOf: (object: string) => Promise<readonly Table[]>, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const { object, field } of places) {
    for (const table of await tablesOf(object)) {
      const index = table.columns.find((column) => column.field === field)?.index;
      if (index === undefined) continue;
      const cells = new Set<string>();
      for await (const rows of readTable(table, table.begin, signal)) for (const row of rows) if (row.cells !== null) cells.add(row.cells[index] ?? '');
      for (const cell of cells) {
        const address = firstEmail(cell);
        if (address !== '') found.add(Buffer.from(address, 'utf8').toString('utf8'));
      }
    }
  }
  return found;
}
