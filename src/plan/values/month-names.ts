import { fold } from './fold.ts';

// Polish: nominative, genitive, abbreviation; English: name, abbreviation. Written folded.
const names: readonly string[] = [
  'styczen stycznia sty january jan', 'luty lutego lut february feb', 'marzec marca mar march', 'kwiecien kwietnia kwi april apr',
  'maj maja may', 'czerwiec czerwca cze june jun', 'lipiec lipca lip july jul', 'sierpien sierpnia sie august aug',
  'wrzesien wrzesnia wrz september sep sept', 'pazdziernik pazdziernika paz october oct', 'listopad listopada lis november nov', 'grudzien grudnia gru december dec',
];
const months = new Map(names.flatMap((line, index) => line.split(' ').map((name): [string, number] => [name, index + 1])));

/** Month 1..12 of a Polish or English month name or abbreviation; null = none. */
export function monthOf(name: string): number | null {
  return months.get(fold(name).replace(/\.$/, '')) ?? null;
}
