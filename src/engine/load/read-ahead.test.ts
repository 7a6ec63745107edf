import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DestinationConnection, DestinationRecord } from '../../connector/destination.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import { ReadAhead } from './read-ahead.ts';

describe('reading ahead in a delta', () => {
  const record = (id: string): DestinationRecord => ({ id, values: { a: id, b: null }, version: `v${id}`, contentHash: `h${id}` });
  let reads: string[];
  let there: Set<string>;
  let refused: string | null;
  const destination = {
    capabilities: { batchSize: { read: 5 }, changesAlong: { person: ['note'] } },
    read: async ({ ids, fields }: { ids: readonly string[]; fields: readonly string[] }) => {
      reads.push(`${ids.join()}:${fields.join()}`);
      if (refused !== null && fields.includes(refused)) throw new ConfigurationError({ code: 'unknown-field', message: refused, remedy: '' });
      return ids.filter((id) => there.has(id)).map(record);
    },
    update: async () => {}, delete: async () => {},
  } as unknown as DestinationConnection;
  const expected = (id: string, ...names: string[]): { destinationObject: string; destinationId: string; payload: Record<string, string> } => ({ destinationObject: 'note', destinationId: id, payload: Object.fromEntries(names.map((name) => [name, ''])) });
  let ahead: ReadAhead;
  let over: DestinationConnection;
  const read = async (...ids: string[]): Promise<readonly string[]> => (await over.read({ object: 'note', ids, fields: ['a'] })).map(({ id }) => id);

  beforeEach(() => {
    vi.useRealTimers();
    [reads, there, refused] = [[], new Set(['1', '2', '3', '4', '5', '6']), null];
    ahead = new ReadAhead();
    over = ahead.over(destination);
  });

  it('asks once for what several mappings compare, with the fields of all', async () => {
    ahead.expect([expected('1', 'a'), expected('2', 'a', 'b'), expected('3', 'a')]);
    there.delete('3');
    expect([await read('1'), await read('2'), await read('3')]).toEqual([['1'], ['2'], []]);
    expect(reads).toEqual(['1,2,3:a,b']);
  });

  it('asks anew for a record that was changed or deleted, for all that a change reaches, for fields that were not asked for, and for versions', async () => {
    ahead.expect([expected('1', 'a'), expected('2', 'a'), expected('3', 'a'), expected('4', 'a')]);
    await read('1');
    await over.update({ object: 'note', changes: [{ id: '2', values: {} }] });
    await over.delete({ object: 'note', ids: ['3'] });
    await read('2');
    await read('3');
    await over.read({ object: 'note', ids: ['4'], fields: ['c'] });
    await over.read({ object: 'note', ids: ['4'], fields: [] });
    await read('4');
    await over.update({ object: 'person', changes: [{ id: '9', values: {} }] });
    await read('4');
    expect(reads).toEqual(['1,2,3,4:a', '2:a', '3:a', '4:c', '4:', '4:a']);
  });

  it('asks anew after five seconds', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    ahead.expect([expected('1', 'a'), expected('2', 'a')]);
    await read('1');
    vi.advanceTimersByTime(5_001);
    await read('2');
    expect(reads).toEqual(['1,2:a', '2:a']);
  });

  it('reads alone where there is nothing to read along, too much, or a field that is no more', async () => {
    ahead.expect([expected('1', 'a')]);
    await read('1');
    ahead.expect(['1', '2', '3', '4', '5', '6'].map((id) => expected(id, 'a')));
    await read('1');
    ahead.expect([expected('1', 'a'), expected('2', 'gone')]);
    refused = 'gone';
    await read('1');
    expect(reads).toEqual(['1:a', '1:a', '1,2:a,gone', '1:a']);
  });
});
