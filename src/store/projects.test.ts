import { describe, expect, it } from 'vitest';
import { claimedBatch, crosswalkRow, loadStep, projectWithRun, record } from '../../test/support/store-data.ts';
import { withTestStore } from '../../test/support/store.ts';
import type { Catalog } from '../connector/catalog.ts';
import { purgedTables } from './purge.ts';

const test = withTestStore();
const catalog: Catalog = { platform: 'odoo', version: '14.0', edition: null, objects: [], facts: {}, limits: [], notes: [], questions: [] };

describe('projects', () => {
  it('have a name of their own', async () => {
    const { store } = test;
    const project = await store.createProject({ name: 'acme', route: 'a-to-b' });
    await expect(store.createProject({ name: 'acme', route: 'a-to-b' })).rejects.toMatchObject({ name: 'ConfigurationError', code: 'project-exists' });
    expect(await store.findProject('acme')).toEqual(project);
    expect(await store.findProject('nobody')).toBeNull();
    expect(await store.projectById(project.id)).toEqual(project);
    await expect(store.projectById('nonsense')).rejects.toMatchObject({ code: 'no-project' });
    expect(await store.listProjects()).toContainEqual(project);
  });

  it('keep the secrets of their connections sealed', async () => {
    const { store } = test;
    const { id: projectId } = await store.createProject({ name: 'sealed', route: 'a-to-b' });
    const connection = { projectId, role: 'destination' as const, platform: 'odoo', settings: { url: 'http://127.0.0.1' }, secrets: { password: 'hunter-żółw-2' } };
    await store.saveConnection({ ...connection, secrets: { password: 'old' } });
    await store.saveConnection(connection);
    expect(await store.loadConnection(projectId, 'destination')).toEqual(connection);
    expect(await store.loadConnection(projectId, 'source')).toBeNull();
    const rows = await test.query<{ row: string }>('select c::text as row from portolan.connection c');
    expect(rows.some(({ row }) => row.includes('hunter') || row.includes('password'))).toBe(false);
    // A sealed text moved to another row does not open there.
    await test.query(`insert into portolan.connection select project_id, 'source', platform, settings, secrets from portolan.connection where project_id = $1`, [projectId]);
    await expect(store.loadConnection(projectId, 'source')).rejects.toMatchObject({ code: 'wrong-key' });
  });

  it('keep the newest catalog of each role, facts by name, and every plan version', async () => {
    const { store } = test;
    const { id: projectId } = await store.createProject({ name: 'kept', route: 'a-to-b' });
    await store.saveCatalog({ projectId, role: 'destination', catalog, hash: 'c1' });
    await store.saveCatalog({ projectId, role: 'destination', catalog: { ...catalog, version: '17.0' }, hash: 'c2' });
    expect(await store.loadCatalog(projectId, 'destination')).toMatchObject({ hash: 'c2', catalog: { version: '17.0' } });
    expect(await store.loadCatalog(projectId, 'source')).toBeNull();
    await store.setFact(projectId, 'fingerprint', { hash: 'a' });
    await store.setFact(projectId, 'fingerprint', ['b']);
    expect([await store.getFact(projectId, 'fingerprint'), await store.getFact(projectId, 'other')]).toEqual([['b'], null]);

    const first = await store.savePlan({ projectId, hash: 'p1', text: 'portolan: 1 # as written\n' });
    expect(await store.savePlan({ projectId, hash: 'p1', text: 'portolan: 1' })).toEqual(first);
    const versions = await Promise.all(['p2', 'p3', 'p4'].map((hash) => store.savePlan({ projectId, hash, text: hash })));
    expect(new Set(versions.map(({ version }) => version))).toEqual(new Set([2, 3, 4]));
    const confirmed = await store.confirmPlan({ projectId, version: 1, by: 'Ola' });
    expect(confirmed).toMatchObject({ confirmedBy: 'Ola', text: 'portolan: 1 # as written\n' });
    expect(await store.confirmPlan({ projectId, version: 1, by: 'Jan' })).toEqual(confirmed);
    await expect(store.confirmPlan({ projectId, version: 9, by: 'Jan' })).rejects.toMatchObject({ code: 'no-plan' });
    expect((await store.latestPlan(projectId))!.version).toBe(4);
    expect(await store.planByHash(projectId, 'p1')).toEqual(confirmed);
    expect(await store.planByHash(projectId, 'p9')).toBeNull();
  });

  it('have an audit log that nobody changes', async () => {
    const { store } = test;
    const { id: projectId } = await store.createProject({ name: 'audited', route: 'a-to-b' });
    await store.audit({ projectId, actor: 'Ola', action: 'plan-confirmed', details: { version: 1 } });
    await expect(test.query(`update portolan.audit set actor = 'Jan'`)).rejects.toThrow('append-only');
    await expect(test.query('delete from portolan.audit')).rejects.toThrow('append-only');
    await expect(test.query('truncate portolan.audit')).rejects.toThrow('append-only');
    expect(await test.query('select actor, action from portolan.audit where project_id = $1', [projectId])).toEqual([{ actor: 'Ola', action: 'plan-confirmed' }]);
  });
});

describe('a purge', () => {
  it('names every table there is', async () => {
    // The people who use the console and their tokens belong to the installation, not to a project.
    const rows = await test.query<{ name: string }>(`select table_name::text as name from information_schema.tables where table_schema = 'portolan' and table_name <> 'migration' and table_name !~ '^(console_|api_token$)'`);
    expect(Object.keys(purgedTables).toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  });

  it('leaves nothing of the project and everything of the others', async () => {
    const { store } = test;
    const fill = async (): Promise<string> => {
      const { projectId, runId } = await projectWithRun(store);
      await store.saveConnection({ projectId, role: 'source', platform: 'instream', settings: {}, secrets: {} });
      await store.saveCatalog({ projectId, role: 'source', catalog, hash: 'c' });
      await store.savePlan({ projectId, hash: 'p', text: 't' });
      await store.setFact(projectId, 'f', 1);
      await store.rememberLines({ projectId, sourcePlatform: 'a', destinationPlatform: 'b', lines: [{ sourceObject: 'contact', destinationObject: 'partner', header: 'steward', target: null, corrected: false }] });
      await store.audit({ projectId, actor: 'a', action: 'b', details: {} });
      await store.stageRecords({ projectId, runId, records: [record('contact', '1')] });
      await store.stageRejected({ projectId, runId, rows: [{ object: 'contact', id: 'r', position: 'p', code: 'c', message: 'm', raw: '' }] });
      await store.saveCorrections({ projectId, corrections: [{ object: 'contact', sourceId: '1', fields: { a: 1 } }] });
      await store.indexRecords({ projectId, object: 'contact', sourceIds: ['1'], sortKeys: new Map(), keys: [{ object: 'contact', sourceId: '1', kind: 'id', value: '1' }],
        links: [{ fromObject: 'contact', fromId: '1', name: 'self', ordinal: 0, toObject: 'contact', rank: 0, kind: 'id', value: '1', label: null }] });
      await store.resolveLinks({ projectId, fromObject: 'contact', name: 'self' });
      await store.selectSample({ projectId, runId, roots: [{ object: 'contact', sourceIds: ['1'] }] });
      const batch = await claimedBatch(store, runId);
      const claim = { projectId, runId, batchId: batch.id, fence: batch.fence, checkpoint: null, mapping: 'people' };
      await store.writeIntents({ ...claim, intents: [{ key: 'k', mapping: 'people', sourceId: '1', action: 'create', destinationObject: 'o', destinationId: null, payloadHash: '', previous: null }] });
      await store.commitLoadStep({ ...loadStep(projectId, batch), losses: [{ field: 'phone', records: 1 }], outcomes: [{ sourceId: '1', outcome: 'created', reason: null }], crosswalk: [crosswalkRow(runId, '1')], seen: [{ sourceId: '1', payloadHash: 'h', seen: { a: 1 } }],
        foreseen: [{ mapping: 'people', sourceId: '1', destinationObject: 'partner', destinationId: 'preview:people:1', given: { name: 'A' }, folded: [{ field: 'name', value: 'a' }] }], foreseenLeaving: [{ mapping: 'people', sourceId: '1', leaves: true }] });
      await store.crosswalkByPayload({ projectId, mapping: 'people', field: 'name', foldedValues: ['x'] });
      await store.commitVerifyStep({ ...claim, step: 0, counts: { records: 1, fields: 1, exact: 0, equalAfterNormalisation: 0, declaredLossy: 0, mismatch: 1, unreadable: 0 },
        fieldCounts: [{ field: 'a', class: 'mismatch', count: 1 }], findings: [{ sourceId: '1', destinationId: '9', field: 'a', class: 'mismatch', written: 1, found: 2 }], versions: [] });
      await store.commitRollbackStep({ ...claim, dryRun: false, deleted: 0, rows: [{ mapping: 'people', sourceId: '1', fate: 'kept', destinationObject: 'partner', destinationId: '1', reason: 'r', details: {} }], closeIntents: [] });
      await store.setPartsAside({ ...claim, parts: [{ mapping: 'tags', sourceId: '1', destinationObject: 'tag', destinationId: '1:2', ofObject: 'o', ofId: '1', details: {} }] });
      await store.commitRetireStep({ ...claim, phase: 'load', retired: [{ mapping: 'people', sourceId: '2', action: 'kept', reason: 'r', destinationObject: 'o', destinationId: '2', details: {} }], removed: [], archived: [], versions: [], inherited: [], closeIntents: [] });
      await store.recordPhaseCount({ runId, phase: 'load', object: 'o', count: 1 });
      await store.openGate({ runId, phase: 'load' });
      await store.countCalls({ runId, calls: [{ connection: 'c', endpoint: 'e', count: 1 }] });
      await store.budget({ connection: `${projectId}:source`, rates: {} }).penalise('calls', 1);
      await test.query(`with target as (insert into portolan.console_target (id, kind, address, events, made_by) values (gen_random_uuid(), 'webhook', 'a', '[]', 'b') returning id)
        insert into portolan.notification (id, target_id, project_id, event, subject, body, state) select gen_random_uuid(), id, $1, 'e', 's', '{}', 'waiting' from target`, [projectId]);
      await test.query(`with sheet as (insert into portolan.spot_check (id, project_id, seed, destination, written, records, made_by) values (gen_random_uuid(), $1, 's', 'd', 1, '[{}]', 'b') returning id)
        insert into portolan.spot_check_mark (spot_check_id, position, project_id, marked_by) select id, 0, $1, 'b' from sheet`, [projectId]);
      await test.query(`insert into portolan.cut_over_mark (project_id, step, done, marked_by) values ($1, 's', true, 'b')`, [projectId]);
      await test.query(`insert into portolan.delta_schedule (project_id, cron, zone, approve_gates, state, made_by) values ($1, '0 2 * * *', 'UTC', false, 'on', 'b')`, [projectId]);
      await test.query(`insert into portolan.line_comment (id, project_id, line, author, text) values (gen_random_uuid(), $1, 'l', 'a', 't')`, [projectId]);
      return projectId;
    };
    const [purged, other] = [await fill(), await fill()];
    const deleted = await store.purge(purged);
    for (const [table, count] of Object.entries(deleted)) expect(count, table).toBeGreaterThan(0);
    expect(new Set(Object.values(await store.purge(purged)))).toEqual(new Set([0]));
    expect(await store.purge(other)).toEqual(deleted); // the other one's rows were all there still
  });
});
