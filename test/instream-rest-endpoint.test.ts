import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../src/connector/json.ts';
import { openInstreamSource } from '../src/connectors/instream/source-connection.ts';
import { readAll, testContext } from '../src/connectors/instream/testing.ts';
import { startInstreamRest, type InstreamRest, type RestOptions } from '../src/simulators/instream/rest/rest.ts';

const objectOf: { readonly [file: string]: string } = { contacts: 'contact', companies: 'company', deals: 'deal', notes: 'note', lists: 'list', list_memberships: 'list_membership', owners: 'owner', tags: 'tag', stages: 'stage', pipelines: 'pipeline', custom_fields: 'custom_field', emails: 'email', calls: 'call', meetings: 'meeting', tasks: 'task', files: 'file', record_tags: 'record_tag' };

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => { for (const work of cleanUp.splice(0).reverse()) await work(); });

async function connect(options: RestOptions): Promise<{ readonly rest: InstreamRest; readonly source: Awaited<ReturnType<typeof openInstreamSource>> }> {
  const rest = await startInstreamRest({ bundle: { seed: 7, contacts: 60, dirt: 0 }, ...options });
  cleanUp.push(() => rest.stop());
  const folder = await mkdtemp(join(tmpdir(), 'portolan-test-rest-'));
  cleanUp.push(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'descriptor.json');
  await writeFile(file, JSON.stringify(rest.descriptor('NOT_USED')));
  const source = await openInstreamSource({ rest: file, restSecret: rest.secret }, testContext);
  cleanUp.push(() => source.close());
  return { rest, source };
}

/** The stand-in was written apart from the reader, from the same published form of a descriptor: a shared misunderstanding would show here. */
describe('an endpoint that describes itself', () => {
  it.each([
    ['page', 'bearer'], ['offset', 'header'], ['cursor', 'query'], ['link-header', 'basic'], ['none', 'bearer'],
  ] as const)('with paging %s and secret %s is read record for record', async (paging, kind) => {
    const { rest, source } = await connect({ paging, auth: { kind, ...(kind === 'bearer' ? {} : { name: kind === 'header' ? 'X-Api-Key' : kind === 'query' ? 'key' : 'jan' }) } });
    const catalog = await source.discover();
    const answers: { [id: string]: Json } = Object.fromEntries(catalog.questions.map((question) => [question.id, question.recommendation ?? question.options[0]?.value ?? null]));
    const files = Object.entries(rest.expectation.records);
    expect(files.length).toBeGreaterThan(8);
    for (const [file, count] of files) {
      const object = objectOf[file.replace(/\.\w+$/, '')] ?? file;
      const { records, rejected } = await readAll(source, object, answers);
      expect([records.length, rejected.length], file).toEqual([count, 0]);
    }
  });

  it('is read whole through slow-downs and passing failures', async () => {
    const { rest, source } = await connect({ paging: 'page', pageSize: 20, requestsPerSecond: 200 });
    for (const kind of ['server-error', 'reset', 'truncated', 'rate-limit'] as const) rest.faults.add({ kind, times: 1 });
    expect((await readAll(source, 'contact')).records).toHaveLength(60);
  }, 30_000);
});
