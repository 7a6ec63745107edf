import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeSourceConformance } from '../src/connector/conformance/source-suite.ts';
import type { FileValue } from '../src/connector/file-value.ts';
import { digestOf } from '../src/connector/kit/http/http-download.ts';
import type { SourceConnection, SourceRecord } from '../src/connector/source.ts';
import { quietTestContext } from '../src/connectors/odoo/traps/conformance-fixture.ts';
import { openHelpDeskSource } from '../src/connectors/odoo/help-desk/source.ts';
import { odooSettingsSchema } from '../src/connectors/odoo/settings.ts';
import { doorsOf } from '../src/simulators/odoo/http/router.ts';
import type { OdooSimulator } from '../src/simulators/odoo/simulator.ts';
import { startOdooSimulator } from '../src/simulators/odoo/start.ts';

const desks = [{ dialect: 'oca', version: 14 }, { dialect: 'enterprise', version: 17 }, { dialect: 'enterprise', version: 19 }] as const;

/** The help desk as a source, on the simulator's two dialects and through every door. The same suite passed on a real Odoo 14 with OCA's modules. */
describe.each(desks.flatMap((desk) => doorsOf(desk.version).map((door) => ({ ...desk, door, tickets: door === 'jsonrpc' ? 60 : 24 }))))('the $dialect help desk of a simulated Odoo $version, through $door', ({ dialect, version, door, tickets }) => {
  let odoo: OdooSimulator;
  beforeAll(async () => { odoo = await startOdooSimulator({ version, helpdesk: { dialect, tickets, seed: 3 } }); });
  afterAll(() => odoo.stop());
  const open = (): Promise<SourceConnection> => openHelpDeskSource(odooSettingsSchema.parse({ url: odoo.url, database: odoo.database, door, ...(door === 'json2' ? { apiKey: odoo.apiKey } : { user: odoo.user, password: odoo.password }) }), quietTestContext());
  const all = async (source: SourceConnection, object: string): Promise<SourceRecord[]> => {
    const records: SourceRecord[] = [];
    for await (const page of source.read({ object, cursor: null, pageSize: 40, answers: {} })) records.push(...page.records);
    return records;
  };

  describeSourceConformance(`${dialect} help desk`, { open, pageSize: tickets === 60 ? 23 : 11 });

  test('every link leads to a record that is read too', async () => {
    const source = await open();
    const ids = new Map(await Promise.all(['company', 'partner', 'user', 'team', 'stage', 'tag', 'ticket'].map(async (object) => [object, new Set((await all(source, object)).map((record) => record.id))] as const)));
    const lost = (records: readonly SourceRecord[], field: string, object: string): string[] => records.flatMap((record) => { const value = record.data[field]; return typeof value === 'string' && !ids.get(object)?.has(value) ? [`${record.position} ${field} ${value}`] : []; });
    const found = await all(source, 'ticket');
    expect(found).toHaveLength(tickets);
    expect([...lost(found, 'partner_id', 'partner'), ...lost(found, 'team_id', 'team'), ...lost(found, 'stage_id', 'stage'), ...lost(found, 'user_id', 'user')]).toEqual([]);
    expect(lost(await all(source, 'partner'), 'company', 'company')).toEqual([]);
    const messages = await all(source, 'message');
    expect([...lost(messages, 'ticket_id', 'ticket'), ...lost(messages, 'author_user_id', 'user')]).toEqual([]);
    expect(lost(messages.filter((message) => message.data['author_kind'] === 'customer'), 'author_id', 'partner')).toEqual([]);
    expect(new Set(messages.map((message) => message.data['kind']))).toEqual(new Set(['reply', 'note', 'tracking']));
    await source.close();
  });

  test('ratings say when they were given where the server keeps it (Odoo 19 on), else when they were made', async () => {
    const source = await open();
    const ratings = await all(source, 'rating');
    expect(ratings.length).toBeGreaterThan(0);
    expect(ratings.every(({ data }) => (version === 19 ? /^\d{4}-\d\d-\d\dT/u.test(String(data['rated_on'])) : !('rated_on' in data)) && /^\d{4}-/u.test(String(data['create_date'])))).toBe(true);
    await source.close();
  });

  test('every file comes as its digest says', async () => {
    const source = await open();
    let compared = 0;
    for (const record of await all(source, 'attachment')) {
      const file = record.data['content'] as FileValue | null;
      if (file === null || file.size > 1_000_000 || compared > 25) continue;
      compared += 1;
      expect(await digestOf(source.openFile?.({ file }) ?? (async function* (): AsyncGenerator<Uint8Array> { /* the capability says that it is there */ })()), record.position).toMatchObject({ size: file.size, sha1: file.sha1 });
    }
    expect(compared).toBeGreaterThan(5);
    await source.close();
  });

  test('a slow server is read in halves, one broken record is rejected and the rest comes', async () => {
    odoo.faults.add({ kind: 'slow-per-record', msPerRecord: 5, timeoutMs: 60 });
    odoo.faults.add({ kind: 'broken-record', model: 'helpdesk.ticket', ids: [7] });
    const source = await open();
    const rejected: string[] = [];
    let read = 0;
    for await (const page of source.read({ object: 'ticket', cursor: null, pageSize: 40, answers: {} })) {
      read += page.records.length;
      rejected.push(...page.rejected.map((row) => `${row.code} ${row.id}`));
    }
    expect([read, rejected]).toEqual([tickets - 1, ['unreadable-record 7']]);
    odoo.faults.clear();
    await source.close();
  });
});
