import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ColumnProfile, exactDistinct } from './column-profile.ts';
import { decideDateOrder, decideDecimal, inferType, type InferredType } from './column-type.ts';
import { readDate } from './date-values.ts';
import { readNumber } from './number-values.ts';

function profileOf(values: readonly string[], dateColumn = false): ColumnProfile {
  const profile = new ColumnProfile(dateColumn);
  for (const value of values) profile.add(value);
  return profile;
}
const dateOrder = (values: readonly string[], dateColumn = true): unknown => { const decision = decideDateOrder(profileOf(values, dateColumn).tally()); return decision.state === 'decided' ? decision.value : decision.state; };
const decimal = (values: readonly string[]): unknown => { const decision = decideDecimal(profileOf(values).tally()); return decision.state === 'decided' ? decision.value : decision.state; };
function typeOf(values: readonly string[], context: { readonly rows?: number; readonly phoneHeader?: boolean; readonly dateColumn?: boolean } = {}): InferredType['type'] {
  const profile = profileOf(values, context.dateColumn ?? false);
  const { distinct } = profile.profile(values.length, 1);
  return inferType(profile.tally(), { rows: context.rows ?? values.length, distinct, distinctExact: true, phoneHeader: context.phoneHeader ?? false }).type;
}

describe('deciding the order of dates over a whole column', () => {
  it.each([
    [['03/04/2026', '25/04/2026'], 'dmy'], [['03/04/2026', '04/25/2026'], 'mdy'], [['03/04/2026', '05/06/2026'], 'undecided'], [['04/04/2026'], 'undecided'],
    [['25/04/2026', '04/25/2026'], 'undecided'], [['03.04.2026', '05.06.2026'], 'dmy'], [['2026-04-03', '2026-04-03 10:00'], 'iso'], [['20260403'], 'ymd'], [['2026.04.03'], 'ymd'],
    [['3 kwietnia 2026', '12 maja 2026'], 'dmy'], [['Apr 3, 2026'], 'mdy'], [['1767225600'], 'epochSeconds'], [['1767225600000'], 'epochMilliseconds'], [['45631'], 'excelSerial'], [['abc'], 'none'],
    [['03-04-2026 10:15', '31-04-2025', '30-04-2025 10:15:59'], 'dmy'],
  ])('%j → %s', (values, expected) => { expect(dateOrder(values)).toBe(expected); });

  it('reads bare numbers as dates only in a column that is known to hold dates', () => {
    expect([dateOrder(['45631'], false), dateOrder(['1767225600'], false), dateOrder(['20260403'], false)]).toEqual(['none', 'none', 'none']);
  });

  it('never decides a column in which both orders read every value', () => {
    const part = fc.integer({ min: 1, max: 12 }).map((number) => String(number).padStart(2, '0'));
    const ambiguous = fc.tuple(part, part, fc.constantFrom('/', '-'), fc.integer({ min: 1990, max: 2030 })).map(([a, b, sign, year]) => `${a}${sign}${b}${sign}${year}`);
    fc.assert(fc.property(fc.array(ambiguous, { minLength: 1, maxLength: 30 }), (values) => { expect(dateOrder(values)).toBe('undecided'); }));
  });

  it('is settled by one part above 12, wherever it stands', () => {
    const part = fc.integer({ min: 1, max: 12 });
    fc.assert(fc.property(fc.array(fc.tuple(part, part), { maxLength: 20 }), fc.integer({ min: 13, max: 28 }), fc.nat({ max: 20 }), fc.boolean(), (pairs, day, at, dayFirst) => {
      const values = pairs.map(([a, b]) => `${a}/${b}/2026`);
      values.splice(Math.min(at, values.length), 0, dayFirst ? `${day}/1/2026` : `1/${day}/2026`);
      expect(dateOrder(values)).toBe(dayFirst ? 'dmy' : 'mdy');
    }));
  });

  it('takes no day that is not in the calendar', () => {
    expect(readDate('30.02.2026', true)).toBeNull();
    expect(readDate('29.02.2024', true)?.days.get('dmy')).toBe('2024-02-29');
    expect(readDate('45631', true)?.days.get('excelSerial')).toBe('2024-12-05');
  });
});

describe('deciding the decimal sign over a whole column', () => {
  it.each([
    [['1 234,56', '12'], ','], [['1.234,56'], ','], [['1,234.56'], '.'], [["1'234.56"], '.'], [['12,5 %', '1,234'], ','], [['1,234'], 'undecided'], [['1.234', '2.500'], 'undecided'], [['1,234', '1.234'], 'undecided'],
    [['1,5', '1.5'], 'undecided'], [['1', '2'], '.'], [['1,234,567'], '.'], [['0,123'], ','], [['x'], 'none'], [['1\u00a0234,00 zł'], ','], [['1\u202f234,00'], ','],
  ])('%j → %s', (values, expected) => { expect(decimal(values)).toBe(expected); });

  it('never decides a column whose every number means something else under the other sign', () => {
    const ambiguous = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom(',', '.'), fc.integer({ min: 0, max: 999 })).map(([a, sign, b]) => `${a}${sign}${String(b).padStart(3, '0')}`);
    fc.assert(fc.property(fc.array(ambiguous, { minLength: 1, maxLength: 30 }), (values) => { expect(decimal(values)).toBe('undecided'); }));
  });

  it('reads signs, brackets, units and groups', () => {
    expect(['(1 234)', '12-', '-1.234,50 zł', 'PLN 1,234.50', '12,5 %'].map(readNumber).map((number) => [number?.point, number?.comma, number?.unit])).toEqual([
      ['-1234', '-1234', null], ['-12', '-12', null], [undefined, '-1234.50', 'zł'], ['1234.50', undefined, 'PLN'], [undefined, '12.5', '%'],
    ]);
    expect(['', 'a1', '1a', '--1', '1 23', '1,2,3', '+48 600 700 800 x'].map(readNumber)).toEqual([null, null, null, null, null, null, null]);
  });
});

describe('inferring the type of an unknown column from all its values', () => {
  const many = (values: readonly string[], times: number): string[] => Array.from({ length: times }, (_, index) => values[index % values.length] as string);
  it.each([
    ['date', ['2026-01-02', '2026-01-03']], ['datetime', ['2026-01-02 10:00', '2026-01-03']], ['integer', ['1', '12']], ['decimal', ['1,5', '12']], ['money', ['1,50 zł', '2,00 zł']], ['decimal', ['12,5 %', '3 %']],
    ['boolean', ['tak', 'nie', 'tak']], ['email', ['a@b.example', 'c@d.example']], ['url', ['https://a.example', 'www.b.example']], ['multiSelection', ['a;b', 'c', 'd|e']],
    ['text', ['00123', '01234']], ['text', ['5260250274', '5260250275']], ['text', ['00-950', '61-001']], ['text', ['1', '2', 'x']], ['longText', ['one\ntwo', 'three']], ['text', ['Ala', 'ma']],
  ] as const)('%s: %j', (type, values) => { expect(typeOf(values)).toBe(type); });

  it('takes few different values in many rows for a choice', () => {
    expect(typeOf(many(['mała', 'średnia', 'duża'], 100))).toBe('selection');
    expect(typeOf(many(['mała', 'średnia', 'duża'], 50))).toBe('text');
  });

  it('takes a phone header at its word', () => { expect(typeOf(['600 700 800', '+48 600 700 801'], { phoneHeader: true })).toBe('phone'); });

  it('becomes text through a single odd value, so that nothing is lost', () => { expect(typeOf([...Array.from({ length: 100 }, (_, day) => new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10)), 'wkrótce'])).toBe('text'); });
});

describe('profiling a column', () => {
  it('counts distinct values exactly up to 1,000 and then states a lower bound', () => {
    const values = (count: number): string[] => Array.from({ length: count * 2 }, (_, index) => `value ${index % count}`);
    expect(profileOf(values(exactDistinct)).profile(2 * exactDistinct, 1).distinct).toBe(exactDistinct);
    expect(profileOf(values(exactDistinct + 500)).profile(3000, 1).distinct).toBe(exactDistinct + 1);
  });

  it('lists all values with their counts when there are at most 50', () => {
    expect(profileOf(['a', 'b', 'a']).profile(4, 1)).toMatchObject({ filled: 0.75, distinct: 2, samples: ['a', 'b'], values: [{ value: 'a', count: 2 }, { value: 'b', count: 1 }] });
  });

  it('looks into every value, also those beyond the table of distinct ones', () => {
    const profile = profileOf([...Array.from({ length: 5000 }, (_, index) => `${index},50`), 'x']);
    expect(profile.tally()).toMatchObject({ filled: 5001, numbersAny: 5000 });
    expect(profile.examples('number')).toEqual(['x']);
  });
});
