import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Database } from './database.ts';
import { lazyRows, plainRow } from './lazy-rows.ts';
import type { Row } from './row.ts';

const [FIRST, COUNT] = [10, 30];
const columns = { name: (at: number) => `row ${at}`, owner: (at: number) => Math.floor(at / 3), empty: () => undefined };
const owner = (row: Row): number | undefined => row['owner'] as number | undefined;
const lookup = {
  count: (key: string | number) => (typeof key === 'number' && key >= 0 && key < COUNT / 3 ? 3 : 0),
  ids: (key: string | number) => (typeof key === 'number' && key >= 0 && key < COUNT / 3 ? [0, 1, 2].map((more) => FIRST + 3 * key + more) : []),
};

/** The same rows made up, and held. */
function pair(): [Database, Database] {
  const [made, held] = [new Database(), new Database()];
  for (const database of [made, held]) database.table('m').put({ id: 3, name: 'own', owner: 2 });
  made.generate('m', { first: FIRST, count: COUNT, make: lazyRows(columns, FIRST), keys: { owner: lookup } });
  held.table('m').skipTo(FIRST);
  for (let at = 0; at < COUNT; at += 1) held.table('m').put({ id: held.table('m').nextId(), name: columns.name(at), owner: columns.owner(at) });
  return [made, held];
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), id: fc.integer({ min: 1, max: 45 }), owner: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ kind: fc.constant('remove' as const), id: fc.integer({ min: 1, max: 45 }) }),
  fc.record({ kind: fc.constant('undone' as const), id: fc.integer({ min: 1, max: 45 }), owner: fc.integer({ min: 0, max: 12 }) }),
);

describe('a table of made-up rows', () => {
  it('behaves as one whose rows are held, through any changes and their undoing', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const both = pair();
      for (const { kind, id, ...values } of steps) {
        for (const database of both) {
          const table = database.table('m');
          if (kind === 'remove') table.remove(id);
          else if (kind === 'put') table.put({ id, name: 'changed', ...values });
          else {
            expect(() => database.transaction(() => {
              table.put({ id, name: 'undone', ...values });
              table.remove((id % 40) + 1);
              throw new Error('undo');
            })).toThrow('undo');
          }
        }
      }
      const [made, held] = both.map((database) => database.table('m'));
      expect([...made!.rows()].map(plainRow)).toEqual([...held!.rows()].map(plainRow));
      expect(made!.size).toBe(held!.size);
      expect([...made!.ids(17)]).toEqual([...held!.ids(17)]);
      for (let key = -1; key < 14; key += 1) {
        expect(made!.withKey('owner', key, owner)).toEqual(held!.withKey('owner', key, owner));
        // A key without a look-up is searched for.
        expect(made!.withKey('owner by hand', key, owner)).toEqual(held!.withKey('owner by hand', key, owner));
      }
      for (let id = 0; id < 50; id += 1) expect(made!.has(id)).toBe(held!.has(id));
    }), { numRuns: 300 });
  });

  it('numbers new rows after the made-up ones', () => {
    const [made] = pair();
    expect(made.table('m').nextId()).toBe(FIRST + COUNT);
    expect(made.table('m').canIndex('owner')).toBe(true);
    expect(made.table('m').canIndex('name')).toBe(false);
  });
});
