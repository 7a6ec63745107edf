import { expect, test } from 'vitest';
import { recordsOnly } from '../support/bundles.ts';
import { withMigrations } from '../support/migration.ts';
import { rowsWhere, stateOf } from '../support/odoo-state.ts';
import { expectClean } from '../support/reports.ts';
import { handoffFiles } from '../../src/reports/handoff-files.ts';
import { spotCheckSheet, spotCheckTable } from '../../src/reports/documents/spot-check.ts';
import { instreamToOdooCrm } from '../../src/routes/instream-to-odoo-crm/route.ts';

const migrations = withMigrations();

test('a sandbox run loads everything into another database, leaves the destination alone, and is taken back by itself', async () => {
  const [odoo, trial] = [await migrations.simulator({ version: 17, companyCurrency: 'PLN' }), await migrations.simulator({ version: 17, companyCurrency: 'PLN' })];
  const migration = await migrations.start({ odoo, bundle: { contacts: 40, deals: 20, ...recordsOnly } });
  await migration.planned();
  const { engine, project, projectId } = migration;
  await expect(engine.startRun({ project, mode: 'sandbox', settings: {}, by: 'test' })).rejects.toMatchObject({ code: 'not-connected' });
  const store = migrations.tests.store;
  const shadow = await store.createProject({ name: `${project}~sandbox`, route: instreamToOdooCrm.id });
  const connection = (at: typeof odoo) => ({ platform: 'odoo', role: 'destination' as const, settings: { url: at.url, database: at.database, user: at.user, settleSeconds: '1' }, secrets: { password: at.password } });
  await store.saveConnection({ ...connection(odoo), projectId: shadow.id });
  await expect(engine.startRun({ project, mode: 'sandbox', settings: {}, by: 'test' })).rejects.toMatchObject({ code: 'sandbox-is-destination' });
  await store.saveConnection({ ...connection(trial), projectId: shadow.id });

  const [untouched, emptyTrial] = [stateOf(odoo), stateOf(trial)];
  const run = await engine.startRun({ project, mode: 'sandbox', settings: { approveGates: true }, by: 'test' });
  const report = await engine.driveRun({ runId: run.id });
  expectClean(report);
  expect([report.project, report.mode]).toEqual([`${project}~sandbox`, 'sandbox']);
  expect(report.written).toBeGreaterThan(100);
  expect(stateOf(odoo)).toEqual(untouched);
  expect(rowsWhere(trial, 'res.partner', (row) => row['x_instream_id'] !== undefined).length).toBeGreaterThan(0);
  expect(await store.crosswalkMappings(projectId)).toEqual([]);

  const diffs = await engine.compareRecords({ project: shadow.name, runId: run.id, choice: { kind: 'random', count: 30, seed: 'seed' } });
  expect(diffs.records).toHaveLength(30);
  expect(diffs.records.flatMap((record) => record.fields).filter((field) => field.class === 'mismatch' || field.class === 'unreadable')).toEqual([]);
  const references = diffs.records.flatMap((record) => record.fields).filter(({ field, planned }) => ['stage_id', 'parent_id', 'partner_id', 'res_id', 'record'].includes(field) && planned !== null);
  expect(references.length).toBeGreaterThan(3);
  for (const { field, planned, names } of references) expect(names?.[String(planned)], `${field} ${String(planned)}`).toEqual(expect.stringMatching(/\p{L}{2}/u));
  const facts = { project, run: run.id, seed: 'seed', destination: 'trial' };
  const input = await engine.handoffInput({ project: shadow.name, runId: run.id });
  const documents = instreamToOdooCrm.handoff?.documents(input) ?? [];
  expect(documents.map((document) => document.id)).toEqual(['lists-and-tags', 'list-memberships', 'stages', 'owners', 'social-profiles', 'automations']);
  const rowsOf = (id: string, section: string) => documents.find((document) => document.id === id)?.sections.find((one) => one.id === section)?.rows ?? [];
  expect(rowsOf('stages', 'stages').length).toBeGreaterThan(0);
  for (const [, name, , id] of rowsOf('lists-and-tags', 'tags').filter((row) => row[2] === 'crm.tag')) expect(trial.state.row('crm.tag', Number(id)), String(name)).toMatchObject({ name });
  const files = await handoffFiles({ project, about: 'about', documents, sheets: [{ sheet: spotCheckSheet(diffs, facts), table: spotCheckTable(diffs, facts), data: diffs }], runs: {} });
  expect(files.map((file) => file.name)).toEqual(expect.arrayContaining(['index.html', 'handoff.xlsx', 'stages.html', 'spot-check.html', 'spot-check.xlsx', 'spot-check-sign-off.csv']));
  expect(files.every(({ content }) => (typeof content === 'string' || Buffer.isBuffer(content)) && content.length > 0)).toBe(true);

  const back = await engine.startRun({ project: shadow.name, mode: 'rollback', settings: {}, by: 'test' });
  expect((await engine.driveRun({ runId: back.id })).rollback).toMatchObject({ identical: true, residue: [] });
  expect(stateOf(trial)['res.partner']).toEqual(emptyTrial['res.partner']);
  const purged = await engine.purge(project);
  expect(Object.values(purged.left).every((count) => count === 0)).toBe(true);
  expect(await store.findProject(shadow.name)).toBeNull();
}, 400_000);
