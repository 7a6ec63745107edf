import { expect, test } from 'vitest';
import { mutate } from '../../src/simulators/instream/later.ts';
import { recordsOnly } from '../support/bundles.ts';
import { withoutLeftPlaces } from '../support/later-details.ts';
import { expectRecords } from '../support/loaded-records.ts';
import { withMigrations } from '../support/migration.ts';
import { expectClean } from '../support/reports.ts';

const migrations = withMigrations();
const owners = ['zofia.maj@sales.example', 'tomasz.lis@sales.example'];
const users = owners.map((login) => ({ login, password: 'unused', role: 'sales-manager' as const }));

/**
 * Held against the files themselves, read by nothing of the product, cell by cell. The first export of these seeds has every status and
 * stage of the later one: a plan is asked about each.
 */
test.each([[14, 'EUR', 94], [17, 'PLN', 101], [19, 'PLN', 99]] as const)('every cell of contacts, companies and deals stands in its own field of a simulated Odoo %d, and again after a delta', async (version, companyCurrency, seed) => {
  const odoo = await migrations.simulator({ version, companyCurrency, users });
  const bundle = { contacts: 80, deals: 60, ...recordsOnly, notes: 0, knownOwners: owners, seed };
  const migration = await migrations.start({ odoo, bundle });
  await migration.planned();
  expectClean(await migration.run());
  expectRecords(odoo, { folder: migration.folder, owners, companyCurrency });

  const later = await migration.exportAgain(mutate(bundle, { changed: 0.2, removed: 0.1, added: 0.1 }));
  const delta = await migration.delta();
  expectClean(delta);
  expect(delta.written).toBeGreaterThan(20);
  expectRecords(withoutLeftPlaces(odoo, delta), { folder: migration.folder, owners, companyCurrency, gone: new Set(later.changes?.removed) });
});
