import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handoff } from '../../src/routes/customerio-to-odoo-crm/documents.ts';
import { writeCustomerioFiles } from '../../src/simulators/customerio/files/write-files.ts';
import { startCustomerioSimulator } from '../../src/simulators/customerio/start.ts';
import { withCustomerioMigrations } from '../support/customerio-migration.ts';
import { comparable, rowsWhere, stateOf } from '../support/odoo-state.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const migrations = withCustomerioMigrations();
const workspace = { people: 40, companies: 6, events: 80, deliveries: 50, newsletters: 4, seed: 23, journeys: true };
let folder = '';
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'portolan-cio-files-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

test('an archive, suppressed people, activities, duplicates kept, sleeping people archived, no leads: what was decided is done, written down, and taken back', async () => {
  const anchor = Math.floor(Date.now() / 86_400_000) * 86_400;
  const writer = await startCustomerioSimulator({ ...workspace, anchor });
  await writeCustomerioFiles({ world: writer.world, folder });
  await writer.stop();
  const odoo = await migrations.odoo({ version: 17, mailServer: true });
  const migration = await migrations.start({ odoo, workspace: { ...workspace, anchor }, source: { eventsPath: join(folder, 'events.jsonl'), suppressionPath: join(folder, 'suppression.csv'), bodySample: '5' } });
  const untouched = stateOf(odoo);
  await migration.planned({ 'events': 'activity', 'duplicates': 'keep', 'inactive': 'segment:6', 'leads': 'nobody', 'campaigns': 'document', 'segment:2': 'document' });
  const first = await migration.run();
  expectClean(first);
  const expected = migration.customerio.expectation();
  const details = expected.details;

  // An event that both the archive and the API have is one activity; a day in the past, and nobody is told.
  const [archived, api] = [phaseOf(first, 'archived-events-as-activities'), phaseOf(first, 'events-as-activities')];
  expect([archived.read, api.read, first.phases.map((phase) => phase.mapping).filter((id) => id === 'events' || id === 'archived-events')]).toEqual([expected.events.total, expected.events.withinApi, []]);
  expect(odoo.state.count('mail.activity')).toBe(archived.created + api.created);
  expect(api.created).toBe(0); // the archive has all of them

  // Everybody is a partner of their own; who sleeps is archived; the file's people are blocked too.
  const people = rowsWhere(odoo, 'res.partner', (row) => row['x_cio_person_key'] !== undefined);
  expect(people).toHaveLength(expected.people.total);
  expect(people.filter((row) => row['active'] !== true).map((row) => String(row['x_customerio_id'])).toSorted()).toEqual([...details?.segments['6'] ?? []].toSorted());
  expect(rowsWhere(odoo, 'mail.blacklist', (row) => row['active'] === true)).toHaveLength(expected.consent.blockedEmailsWithFile);
  expect(odoo.state.count('crm.lead')).toBe(0);
  expect(rowsWhere(odoo, 'res.partner.category', (row) => row['name'] === 'VIP' || row['name'] === 'Welcome')).toEqual([]);
  expect(JSON.stringify(people)).not.toContain('push-token');
  expect([odoo.state.sentMails(), odoo.state.invitations(), odoo.state.count('mail.followers')]).toEqual([[], [], 0]);

  const input = await migration.engine.handoffInput({ project: migration.project, runId: first.run });
  const documents = new Map(handoff.documents(input).map((document) => [document.id, document]));
  const rowsOf = (id: string): readonly (readonly unknown[])[] => documents.get(id)?.sections[0]?.rows ?? [];
  expect([...documents.keys()]).toEqual(['segments', 'campaigns', 'journeys', 'broadcasts', 'attributes', 'consent', 'data-quality', 'cannot-fetch']);
  expect([rowsOf('segments').length, rowsOf('campaigns').length, rowsOf('broadcasts').length, rowsOf('attributes').length > 40, rowsOf('cannot-fetch').length > 4]).toEqual([Object.keys(expected.segments).length, expected.content.campaigns, expected.content.newsletters, true, true]);
  expect(rowsOf('segments').find((row) => row[1] === 'Hot leads – score 80+')?.[5]).toBe('in the segment "Leads" and lead_score is at least "80"');
  expect(rowsOf('segments').find((row) => row[1] === 'Was in the archived one')?.[5]).toContain('9, which is not listed (archived)');
  expect(documents.get('journeys')?.summary).toContain('Not available');
  const steps = documents.get('campaigns')?.sections[1]?.rows.length ?? 0;
  const bodies = documents.get('broadcasts')?.sections[2]?.rows.length ?? 0;
  expect(steps + bodies).toBe(expected.content.actions + expected.content.contents); // steps of broadcasts are counted as actions, and stand with the bodies

  const back = await migration.rollback();
  expect(back.rollback).toMatchObject({ identical: true, residue: [], kept: 0, differences: [] });
  expect(comparable(stateOf(odoo))).toEqual(comparable(untouched));
}, 400_000);
