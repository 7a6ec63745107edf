import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTurns, type Placed } from './in-turns.ts';

const placed = (text: string): Placed<string>[] => text.split(' ').map((word, index) => ({ record: `${index}`, place: Number(word[0]), parents: Array.from(word.slice(1)) }));

test('records of different parents are gathered into one turn for each mapping', () => {
  expect(inTurns(placed('0a 1b 0c 1d'), 2)).toEqual([{ place: 0, records: ['0', '2'] }, { place: 1, records: ['1', '3'] }]);
});

test('a record comes after every older one with the same parent', () => {
  expect(inTurns(placed('1a 0a 1a 0b'), 2)).toEqual([{ place: 0, records: ['3'] }, { place: 1, records: ['0'] }, { place: 0, records: ['1'] }, { place: 1, records: ['2'] }]);
});

test('nothing is lost, nothing is doubled, and no order of a parent is ever turned round', () => {
  const record = fc.record({ place: fc.nat(3), parents: fc.uniqueArray(fc.constantFrom(...'abcde'), { maxLength: 3 }) });
  fc.assert(fc.property(fc.array(record, { maxLength: 60 }), (records) => {
    const turns = inTurns(records.map((one, index) => ({ ...one, record: index })), 4);
    const order = turns.flatMap((turn) => turn.records);
    expect(order.toSorted((left, right) => left - right)).toEqual(records.map((_, index) => index));
    for (const turn of turns) for (const index of turn.records) expect(records[index]?.place).toBe(turn.place);
    for (const parent of 'abcde') {
      const own = order.filter((index) => records[index]?.parents.includes(parent));
      expect(own).toEqual(own.toSorted((left, right) => left - right));
    }
  }));
});
