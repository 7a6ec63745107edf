import { expect, test } from 'vitest';
import type { CatalogField } from '../../connector/catalog.ts';
import type { DestinationConnection } from '../../connector/destination.ts';
import { AuthenticationError, RetriableError } from '../../connector/errors.ts';
import type { CompiledMapping, CompiledPlan } from '../../plan/compiled/compile.ts';
import { ReferenceNames, targetOf } from './reference-names.ts';

const field = (more: Partial<CatalogField>): CatalogField => ({ name: 'res_id', label: 'Record', type: 'reference', required: false, readonly: false, custom: false, ...more });
const mapping = { mapping: { fields: [{ to: 'res_id', link: 'deal', through: ['deals'] }, { to: 'res_id', link: 'contact', through: ['leads', 'people'] }] } } as unknown as CompiledMapping;
const plan = { mappings: new Map([['deals', 'crm.lead'], ['leads', 'crm.lead'], ['people', 'res.partner']].map(([id, destination]) => [id, { mapping: { destination } }])) } as unknown as CompiledPlan;

test('a reference leads where the destination says, else to the one object behind its links that the record names', () => {
  const target = (more: Partial<CatalogField>, payload: { [name: string]: string } = {}): string | null => targetOf({ plan, mapping, field: field(more), payload });
  expect(target({ relatedObject: 'crm.stage' })).toBe('crm.stage');
  expect(target({}, { model: 'res.partner', res_id: '3' })).toBe('res.partner');
  expect(target({}, { res_id: '3' })).toBeNull(); // a lead or a partner: never guessed
  expect([target({ name: 'other' }), target({ type: 'text', relatedObject: 'crm.stage' })]).toEqual([null, null]);
});

/** Knows 'Name 1' to 'Name 5'; what it is asked for is written down. */
function namer(asked: string[], fail: () => Error | null = () => null): DestinationConnection {
  return {
    capabilities: { labelField: 'display_name' },
    fields: async ({ object }: { object: string }) => (object === 'nameless' ? [] : [field({ name: 'display_name', type: 'text' })]),
    read: async ({ object, ids }: { object: string; ids: readonly string[] }) => {
      const error = fail();
      if (error !== null) throw error;
      asked.push(`${object} ${ids.join(',')}`);
      return ids.filter((id) => Number(id) <= 5).map((id) => ({ id, values: { display_name: `Name ${id}` }, version: '', contentHash: '' }));
    },
  } as unknown as DestinationConnection;
}

test('each name is asked for once, and what is gone or has no name stays a number', async () => {
  const asked: string[] = [];
  const names = new ReferenceNames(namer(asked));
  await names.learn('crm.stage', ['1', '2', '1', '9']);
  await names.learn('crm.stage', ['2', '3']);
  await names.learn('nameless', ['1']);
  expect(asked).toEqual(['crm.stage 1,2,9', 'crm.stage 3']);
  expect([names.of('crm.stage', ['1', '9', '3']), names.of('crm.stage', ['9']), names.of('nameless', ['1'])]).toEqual([{ 1: 'Name 1', 3: 'Name 3' }, null, null]);
});

test('an object that may not be read leaves its numbers; a destination that is away does not look like one', async () => {
  const refused = new ReferenceNames(namer([], () => new AuthenticationError({ code: 'missing-right', message: 'no' })));
  await refused.learn('res.users', ['1']);
  expect(refused.of('res.users', ['1'])).toBeNull();
  await expect(new ReferenceNames(namer([], () => new RetriableError({ code: 'away', message: 'away' }))).learn('res.users', ['1'])).rejects.toThrow('away');
});
