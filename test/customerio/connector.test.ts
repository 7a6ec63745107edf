import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeSourceConformance } from '../../src/connector/conformance/source-suite.ts';
import type { ConnectionContext } from '../../src/connector/context.ts';
import type { JsonObject } from '../../src/connector/json.ts';
import type { SourceConnection } from '../../src/connector/source.ts';
import { customerioSettingsSchema } from '../../src/connectors/customerio/settings.ts';
import { openCustomerioSource } from '../../src/connectors/customerio/source.ts';
import { writeCustomerioFiles } from '../../src/simulators/customerio/files/write-files.ts';
import { startCustomerioSimulator } from '../../src/simulators/customerio/start.ts';
import type { CustomerioSimulator } from '../../src/simulators/customerio/simulator.ts';

let customerio: CustomerioSimulator;
let folder: string;
beforeAll(async () => {
  customerio = await startCustomerioSimulator({ people: 40, companies: 6, events: 90, deliveries: 60, newsletters: 3, deliveryDays: 60, perSecond: 1_000_000, journeys: true });
  folder = await mkdtemp(join(tmpdir(), 'customerio-files-'));
});
afterAll(async () => {
  await customerio.stop();
  await rm(folder, { recursive: true });
});

const calls = new Map<string, number>();
const context = (): ConnectionContext => ({ countCall: (endpoint) => { calls.set(endpoint, (calls.get(endpoint) ?? 0) + 1); }, budget: { acquire: async () => {}, penalise: async () => {} }, log: () => {}, signal: new AbortController().signal });
const since = new Date(Date.now() - 75 * 86_400_000).toISOString().slice(0, 10);
function open(settings: Readonly<Record<string, string>> = {}): Promise<SourceConnection> {
  return openCustomerioSource(customerioSettingsSchema.parse({ appKey: customerio.apiKey, url: customerio.url, messagesSince: since, ...settings }), context());
}
async function all(source: SourceConnection, object: string): Promise<{ records: JsonObject[]; rejected: string[] }> {
  const found = { records: [] as JsonObject[], rejected: [] as string[] };
  for await (const page of source.read({ object, cursor: null, pageSize: 500, answers: {} })) {
    found.records.push(...page.records.map((record) => record.data));
    found.rejected.push(...page.rejected.map((row) => row.code));
  }
  return found;
}

describeSourceConformance('Customer.io, on the simulator', { open: () => open(), pageSize: 11 });

describe('Customer.io on the simulator', () => {
  test('everything that the workspace has is read, object by object', async () => {
    const source = await open();
    const expected = customerio.expectation();
    const counts: Record<string, number> = {};
    for (const object of ['person', 'segment', 'campaign', 'newsletter', 'object', 'relationship', 'message', 'event', 'optout', 'suppression']) counts[object] = (await all(source, object)).records.length;
    expect(counts).toMatchObject({
      person: expected.people.total, segment: Object.keys(expected.segments).length, campaign: expected.content.campaigns, newsletter: expected.content.newsletters, event: expected.events.withinApi,
      object: Object.values(expected.objects.byType).reduce((sum, each) => sum + each, 0), relationship: expected.objects.relationships, message: expected.deliveries.total - expected.deliveries.drafts,
    });
    const suppressed = new Set((await all(source, 'suppression')).records.map((record) => `${String(record['category'])} ${String(record['email'])}`));
    expect(suppressed.size).toBe(Object.values(expected.consent.suppressions).reduce((sum, each) => sum + each, 0));
    expect((await all(source, 'person')).records.filter((record) => record['unsubscribed'] === true)).toHaveLength(expected.consent.unsubscribed);
  });

  test('the region that knows the key is found', async () => {
    const source = await openCustomerioSource(customerioSettingsSchema.parse({ appKey: customerio.apiKey }), context(), customerio.regions);
    const results = await source.check();
    expect(results.filter((result) => result.result === 'failed')).toEqual([]);
    expect(results.find((result) => result.name === 'region')?.message).toBe('US.');
  });

  test('exports carry everybody and take no key to the file\'s host; workflows come from the journeys door', async () => {
    const source = await open({ exports: 'people', journeysToken: customerio.serviceToken, journeysUrl: customerio.journeysUrl, workspace: '111222' });
    const exported = await all(source, 'exported_person');
    expect(exported.rejected).toEqual([]);
    expect(new Set(exported.records.map((record) => record['cio_id']))).toEqual(new Set((await all(source, 'person')).records.map((record) => record['cio_id'])));
    expect(customerio.state.leakedKeys()).toBe(0);
    expect((await all(source, 'campaign_workflow')).records.length).toBeGreaterThan(0);
    expect(customerio.state.journeysSideEffects()).toEqual([]);
  });

  test('files of the warehouse sync and archives of events are read as objects', async () => {
    const files = await writeCustomerioFiles({ world: customerio.world, folder, events: ['jsonl', 'csv', 'parquet'], warehouse: ['parquet'] });
    expect(files.some((file) => file.endsWith('.parquet'))).toBe(true);
    const expected = customerio.expectation();
    for (const format of ['jsonl', 'csv', 'parquet']) {
      const events = await all(await open({ eventsPath: join(folder, `events.${format}`) }), 'archive_event');
      // An archive may hold an event twice: the id tells.
      const ids = new Set(events.records.map((record) => record['id']));
      expect(ids.size + events.rejected.length, `${format} ${events.rejected.join(' ')}`).toBe(expected.events.total);
    }
    const source = await open({ warehousePath: join(folder, 'warehouse'), suppressionPath: join(folder, 'suppression.csv') });
    expect((await all(source, 'warehouse_deliveries')).rejected).toEqual([]);
    expect((await all(source, 'warehouse_people')).records.length).toBeGreaterThanOrEqual(expected.people.total);
    expect((await all(source, 'suppressed_profile')).records).toHaveLength(expected.consent.suppressedProfiles);
  });
});
