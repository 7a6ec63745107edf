import type { Row } from './records/companies.ts';
import { dirtOf } from './dirt.ts';
import type { DirtyFile } from './dirt.ts';
import { add } from './tally.ts';
import type { Tally } from './tally.ts';
import { joined } from './world.ts';
import type { World } from './world.ts';

/** A file of the bundle. Its rows may be taken once: taking them counts them. */
export interface Table {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: Iterable<TableRow>;
}

/** `shape` tells the writer to spoil the row after its cells are laid out. */
export interface TableRow {
  readonly cells: Row;
  readonly shape: 'plain' | 'ragged-long' | 'ragged-short';
}

export const separatorOf = (world: World): string => joined(world, ['', '']);

const owned: ReadonlySet<DirtyFile> = new Set(['companies', 'contacts', 'deals']);
/** The cell in which a row that repeats an id differs from the first one. */
const repeatedCell: { readonly [file in DirtyFile]?: string } = { companies: 'description', contacts: 'description', deals: 'description', notes: 'body', calls: 'note', meetings: 'description', tasks: 'note' };

/** The row as it stands, and after it the row that repeats its id, where its dirt is that. */
export function* spoiled(world: World, tally: Tally, file: DirtyFile, index: number, cells: Row): Generator<TableRow> {
  const dirt = dirtOf(file, index, world.options.dirt);
  if (dirt !== null) tally.dirty(file, dirt);
  const shape = dirt === 'ragged-long' || dirt === 'ragged-short' ? dirt : 'plain';
  tally.row(`${file}.csv`, shape !== 'ragged-long');
  if (shape !== 'ragged-long' && owned.has(file)) {
    tally.tagCell(cells['tags'] ?? '', separatorOf(world), cells['id'] ?? null);
    add(tally.owners, cells['owner_email'] ?? '');
  }
  yield { cells, shape };
  if (dirt !== 'duplicate-id' && dirt !== 'repeated') return;
  tally.row(`${file}.csv`, false);
  const cell = repeatedCell[file];
  yield { cells: cell === undefined ? cells : { ...cells, [cell]: 'repeated row' }, shape: 'plain' };
}
