import { expect } from 'vitest';
import type { RunReport } from '../../src/engine/run-report.ts';
import type { Collection, IntercomSimulator } from '../../src/simulators/intercom/simulator.ts';

type Row = Readonly<Record<string, unknown>>;

/** Everything that lies in the archive of a workspace, by its own state: `object id`. */
export function archivedAt({ state }: Pick<IntercomSimulator, 'state'>): readonly string[] {
  const rows = (collection: Collection): readonly Row[] => state.rows(collection);
  return [
    ...rows('data-attributes').filter((row) => row['archived'] === true).map((row) => `${String(row['model'])}:${String(row['id'])}`),
    ...rows('conversation-attributes').filter((row) => row['archived'] === true).map((row) => `conversation:${String(row['id'])}`),
    ...rows('ticket-types').flatMap((type) => (type['attributes'] as readonly Row[]).filter((row) => row['archived'] === true).map((row) => `ticket:${String(row['id'])}`)),
    ...rows('companies').filter((row) => (row['goneFrom'] ?? null) !== null).map((row) => `company ${String(row['id'])}`),
  ].toSorted();
}

/** What the residue list of a rollback calls archived, in the same form. Nothing else may stand in it. */
export function listedAsArchived({ rollback }: RunReport): readonly string[] {
  const residue = rollback?.residue ?? [];
  expect(residue.filter(({ reason }) => reason !== 'archived')).toEqual([]);
  return residue.map(({ details }) => (details['object'] === 'attribute' ? String(details['id']) : `${String(details['object'])} ${String(details['id'])}`)).toSorted();
}
