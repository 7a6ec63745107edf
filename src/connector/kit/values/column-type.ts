import type { FieldType } from '../../catalog.ts';
import type { ColumnTally } from './column-profile.ts';
import type { DateOrder } from './date-values.ts';

/** How the values of a column are written, as far as the values settle it. */
export type FormatDecision<T> =
  | { readonly state: 'decided'; readonly value: T; readonly agreeing: number } // values that read under it
  | { readonly state: 'undecided'; readonly agreeing: number } // several readings fit equally: only a person may choose
  | { readonly state: 'none' }; // nothing of the kind

/**
 * Decides the order of a column's dates over all values; a single part above 12 settles it.
 * A column in which day-month and month-day order both fit is undecided, also when values contradict each other.
 */
export function decideDateOrder(tally: ColumnTally): FormatDecision<DateOrder> {
  const fits = (order: DateOrder): number => tally.dates.get(order) ?? 0;
  const [dmy, mdy] = [fits('dmy'), fits('mdy')];
  const orders = [...tally.dates].sort((a, b) => b[1] - a[1]);
  const best = orders[0];
  if (best === undefined) return { state: 'none' };
  const either = Math.max(dmy, mdy);
  if (either > 0 && either >= best[1]) {
    // Decided when one order reads everything that either reads, and the other does not.
    const onlyDmy = mdy < dmy && !contradicts(tally, 'mdy');
    const onlyMdy = dmy < mdy && !contradicts(tally, 'dmy');
    if (onlyDmy) return { state: 'decided', value: 'dmy', agreeing: dmy };
    if (onlyMdy) return { state: 'decided', value: 'mdy', agreeing: mdy };
    return { state: 'undecided', agreeing: either };
  }
  return { state: 'decided', value: best[0], agreeing: best[1] };
}

/** Values that are dates under `order` and not under its opposite: dates under either = dmy + mdy − both. */
function contradicts(tally: ColumnTally, order: 'dmy' | 'mdy'): boolean {
  const both = bothOrders(tally);
  return (tally.dates.get(order) ?? 0) > both;
}

function bothOrders(tally: ColumnTally): number {
  const others = [...tally.dates].filter(([order]) => order !== 'dmy' && order !== 'mdy').reduce((sum, [, count]) => sum + count, 0);
  return (tally.dates.get('dmy') ?? 0) + (tally.dates.get('mdy') ?? 0) - (tally.datesAny - others);
}

/** Decides the decimal sign of a column over all values. Whole numbers fit every sign and settle nothing. */
export function decideDecimal(tally: ColumnTally): FormatDecision<'.' | ','> {
  if (tally.numbersAny === 0) return { state: 'none' };
  const onlyPoint = tally.numbersPoint - tally.numbersWhole - tally.numbersAmbiguous;
  const onlyComma = tally.numbersComma - tally.numbersWhole - tally.numbersAmbiguous;
  if (onlyPoint > 0 && onlyComma === 0) return { state: 'decided', value: '.', agreeing: tally.numbersPoint };
  if (onlyComma > 0 && onlyPoint === 0) return { state: 'decided', value: ',', agreeing: tally.numbersComma };
  if (onlyPoint === 0 && tally.numbersAmbiguous === 0) return { state: 'decided', value: '.', agreeing: tally.numbersAny };
  return { state: 'undecided', agreeing: Math.max(tally.numbersPoint, tally.numbersComma) };
}

/** Currencies and other signs that stand by a column's numbers, in upper case; empty = plain numbers. */
export function unitsOf(tally: ColumnTally): readonly string[] {
  return [...new Set([...tally.units.keys()].filter((unit) => unit !== '').map((unit) => unit.toUpperCase()))];
}

export interface InferredType {
  readonly type: FieldType;
  readonly confidence: number; // fraction of filled values that agree
  readonly reason: string;
}

/** Facts about the column that its values alone do not tell. */
export interface InferenceContext {
  readonly rows: number; // records of the object
  readonly distinct: number;
  readonly distinctExact: boolean;
  readonly phoneHeader: boolean;
}

/**
 * Infers the type of an unknown column from ALL its values, in the fixed order
 * date > number > currency > percent > list > single choice > text (facts section 2, custom field types).
 * A type needs every value to agree: one odd value makes the column text, so that nothing is lost.
 */
export function inferType(tally: ColumnTally, context: InferenceContext): InferredType {
  const all = tally.filled;
  const as = (type: FieldType, reason: string, confidence = 1): InferredType => ({ type, confidence, reason });
  if (all === 0) return as('text', 'no value', 0);
  const dates = decideDateOrder(tally);
  if (dates.state !== 'none' && tally.datesAny === all && dates.agreeing === all) return as(tally.datesWithTime > 0 ? 'datetime' : 'date', 'every value is a date');
  if (context.phoneHeader && tally.phones > 0) return as('phone', 'the header names a phone', tally.phones / all);
  if (tally.booleans === all && context.distinct <= 2) return as('boolean', 'every value is a yes or no');
  const identifierLike = tally.identifiers > 0 || (tally.numbersWhole === all && tally.minLength === tally.maxLength && tally.minLength >= 7);
  const numbers = decideDecimal(tally);
  if (tally.numbersAny === all && numbers.state !== 'none' && numbers.agreeing === all && !identifierLike) {
    if (tally.units.has('%')) return as('decimal', 'every value is a number, some in per cent');
    if ([...tally.units.keys()].some((unit) => unit !== '')) return as('money', 'every value is a number with a currency');
    return tally.numbersWhole === all ? as('integer', 'every value is a whole number') : as('decimal', 'every value is a number');
  }
  if (tally.emails === all) return as('email', 'every value is an e-mail address');
  if (tally.urls === all) return as('url', 'every value is a web address');
  if (tally.lists >= all * 0.2 && tally.long < all * 0.2) return as('multiSelection', `${tally.lists} of ${all} cells hold several values`);
  if (identifierLike) return as('text', 'digits that look like an identifier');
  if (tally.long > 0) return as('longText', 'values with line ends or more than 250 characters');
  if (context.distinctExact && context.distinct <= 30 && context.distinct <= context.rows * 0.05) return as('selection', `${context.distinct} different values in ${context.rows} rows`);
  return as('text', 'free text');
}

