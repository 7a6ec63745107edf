import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { suppressedProfile } from '../world/consent.ts';
import { workspaceId } from '../world/world.ts';
import type { World } from '../world/world.ts';
import { eventColumns, eventRows } from './event-archive.ts';
import { writeTable } from './table-writer.ts';
import type { FileFormat, Row } from './table-writer.ts';
import { warehouseTables } from './warehouse.ts';

export interface FilesParams {
  readonly world: World;
  /** Made if missing. */
  readonly folder: string;
  /** Of the event archives; default jsonl. */
  readonly events?: readonly FileFormat[];
  /** Of the warehouse files; default parquet, as the sync writes them. */
  readonly warehouse?: readonly FileFormat[];
}

function* suppressed(world: World): Generator<Row> {
  for (let at = 0; at < world.ghosts('suppressed'); at += 1) {
    const { id, email, suppressed_at: since } = suppressedProfile(world, at);
    yield { id, email, suppressed_at: new Date(since * 1_000).toISOString() };
  }
}

/**
 * Writes what the API of the same workspace cannot give: `events.<format>`, `warehouse/<name>_v1_<workspace>_1.<format>`, `suppression.csv`.
 * @returns the paths written
 */
export async function writeCustomerioFiles({ world, folder, events = ['jsonl'], warehouse = ['parquet'] }: FilesParams): Promise<readonly string[]> {
  await mkdir(path.join(folder, 'warehouse'), { recursive: true });
  const written: string[] = [];
  for (const format of events) {
    written.push(path.join(folder, `events.${format}`));
    await writeTable(path.join(folder, `events.${format}`), format, eventColumns, eventRows(world));
  }
  for (const format of warehouse) {
    for (const { name, columns, rows } of warehouseTables) {
      const file = path.join(folder, 'warehouse', `${name}_v1_${workspaceId}_1.${format}`);
      written.push(file);
      await writeTable(file, format, columns, rows(world));
    }
  }
  const file = path.join(folder, 'suppression.csv');
  await writeTable(file, 'csv', { id: 'text', email: 'text', suppressed_at: 'text' }, suppressed(world));
  return [...written, file];
}
