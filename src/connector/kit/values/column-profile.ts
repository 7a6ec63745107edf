import type { FieldProfile } from '../../catalog.ts';
import { readDate, type DateOrder } from './date-values.ts';
import { hasListSeparator } from './multi-values.ts';
import { readNumber } from './number-values.ts';
import { repairDoubleEncoding } from './double-encoding.ts';
import { isBooleanWord, isDamagedPhone, isEmailValue, isPhoneValue, isUrlValue } from './value-kinds.ts';

/** Distinct values that are counted exactly; beyond, the count is a lower bound. */
export const exactDistinct = 1_000;
const maxSamples = 5;
const maxSampleLength = 200;

/** Counts over all filled values of a column: all that type inference looks at. */
export interface ColumnTally {
  readonly filled: number;
  readonly dates: Map<DateOrder, number>; // values that are dates under the order
  datesAmbiguous: number; // dates under dmy and mdy, with different days
  datesAny: number;
  datesWithTime: number;
  numbersPoint: number;
  numbersComma: number;
  numbersWhole: number;
  numbersAmbiguous: number; // numbers under both signs, with different values
  numbersAny: number;
  readonly units: Map<string, number>; // '' = none
  identifiers: number;
  booleans: number;
  emails: number;
  phones: number;
  damagedPhones: number; // `4,86E+10`: a spreadsheet has cut the digits off
  urls: number;
  lists: number; // cells with a list separator
  long: number; // more than 250 characters, or line ends
  doubleEncoded: number;
  minLength: number;
  maxLength: number;
}

/** A copy that does not keep the whole chunk alive from which the text was cut. */
const detached = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

const add = <K>(map: Map<K, number>, key: K, count: number): void => { map.set(key, (map.get(key) ?? 0) + count); };

/**
 * Gathers the profile of one column from every value, in one pass and bounded memory.
 * Values seen before are only counted; they are looked into once, at the end or when the table of 1,000 is full.
 */
export class ColumnProfile {
  readonly #counts = new Map<string, number>();
  readonly #dateColumn: boolean;
  readonly #exact = new Set<string>(); // values that were decoded for certain
  readonly #samples: string[] = [];
  readonly #unread: { readonly date: string[]; readonly number: string[]; readonly damaged: string[] } = { date: [], number: [], damaged: [] };
  #filled = 0;
  #more = false; // distinct values beyond the table exist
  #pending = true;
  readonly #tally: { -readonly [K in keyof ColumnTally]: ColumnTally[K] } = {
    filled: 0, dates: new Map(), datesAmbiguous: 0, datesAny: 0, datesWithTime: 0, numbersPoint: 0, numbersComma: 0, numbersWhole: 0, numbersAmbiguous: 0,
    numbersAny: 0, units: new Map(), identifiers: 0, booleans: 0, emails: 0, phones: 0, damagedPhones: 0, urls: 0, lists: 0, long: 0, doubleEncoded: 0, minLength: Infinity, maxLength: 0,
  };

  /** @param dateColumn the header says that the column holds dates, so that bare numbers count as dates. */
  constructor(dateColumn: boolean) {
    this.#dateColumn = dateColumn;
  }

  /**
   * Takes one filled value.
   * @param exact its encoding was stated and kept (mail): text that looks encoded twice is meant so.
   */
  add(value: string, exact = false): void {
    this.#filled += 1;
    const seen = this.#counts.get(value);
    if (seen !== undefined) {
      this.#counts.set(value, seen + 1);
    } else if (this.#counts.size < exactDistinct && value.length <= maxSampleLength) {
      const kept = detached(value);
      this.#counts.set(kept, 1);
      if (exact) this.#exact.add(kept);
      if (this.#samples.length < maxSamples) this.#samples.push(kept);
    } else {
      this.#more = true;
      if (this.#samples.length < maxSamples) this.#samples.push(detached(value.slice(0, maxSampleLength)));
      this.#look(value, 1, exact);
    }
  }

  /** Examples of values that are no date, no number, or double-encoded; at most 5 each. */
  examples(kind: 'date' | 'number' | 'damaged'): readonly string[] {
    this.tally();
    return this.#unread[kind];
  }

  /** Values that look like dates or numbers under several readings, as evidence for a question. */
  samples(accept: (value: string) => boolean, limit: number): readonly string[] {
    const found: string[] = [];
    for (const value of this.#counts.keys()) {
      if (accept(value)) found.push(value);
      if (found.length >= limit) break;
    }
    return found;
  }

  /** The values that stand alone in a cell, up to the 1,000 that are kept. */
  knownValues(): Iterable<string> {
    return this.#counts.keys();
  }

  tally(): ColumnTally {
    if (this.#pending) {
      this.#pending = false;
      for (const [value, count] of this.#counts) this.#look(value, count, this.#exact.has(value));
    }
    return { ...this.#tally, filled: this.#filled };
  }

  /** @param of records of the object, for the fill rate. */
  profile(of: number, typeConfidence: number): FieldProfile {
    const distinct = this.#counts.size + (this.#more ? 1 : 0);
    const complete = !this.#more && this.#counts.size <= 50;
    return {
      filled: of === 0 ? 0 : this.#filled / of, distinct, samples: this.#samples, typeConfidence,
      ...(complete ? { values: [...this.#counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)) } : {}),
    };
  }

  #look(value: string, count: number, exact: boolean): void {
    const tally = this.#tally;
    tally.minLength = Math.min(tally.minLength, value.length);
    tally.maxLength = Math.max(tally.maxLength, value.length);
    if (value.length > 250 || value.includes('\n')) tally.long += count;
    const damaged = exact ? null : repairDoubleEncoding(value);
    if (damaged !== null) {
      tally.doubleEncoded += count;
      this.#example('damaged', value);
    }
    if (hasListSeparator(value)) tally.lists += count;
    this.#lookDate(value, count);
    this.#lookNumber(value, count);
    if (value.length <= 320) {
      if (isBooleanWord(value)) tally.booleans += count;
      if (value.includes('@') && isEmailValue(value)) tally.emails += count;
      else if (isUrlValue(value)) tally.urls += count;
      else if (isPhoneValue(value)) tally.phones += count;
      else if (isDamagedPhone(value)) tally.damagedPhones += count;
    }
  }

  #lookDate(value: string, count: number): void {
    const tally = this.#tally;
    const date = readDate(value, this.#dateColumn);
    if (date === null) {
      this.#example('date', value);
      return;
    }
    tally.datesAny += count;
    if (date.hasTime) tally.datesWithTime += count;
    for (const order of date.days.keys()) add(tally.dates, order, count);
    const [dmy, mdy] = [date.days.get('dmy'), date.days.get('mdy')];
    if (dmy !== undefined && mdy !== undefined && dmy !== mdy) tally.datesAmbiguous += count;
  }

  #lookNumber(value: string, count: number): void {
    const tally = this.#tally;
    const number = readNumber(value);
    if (number === null) {
      this.#example('number', value);
      return;
    }
    tally.numbersAny += count;
    if (number.identifier) tally.identifiers += count;
    if (number.point !== undefined) tally.numbersPoint += count;
    if (number.comma !== undefined) tally.numbersComma += count;
    if (number.whole) tally.numbersWhole += count;
    else if (number.point !== undefined && number.comma !== undefined) tally.numbersAmbiguous += count;
    add(tally.units, number.unit ?? '', count);
  }

  #example(kind: 'date' | 'number' | 'damaged', value: string): void {
    const list = this.#unread[kind];
    if (list.length < 5) list.push(detached(value.slice(0, maxSampleLength)));
  }
}
