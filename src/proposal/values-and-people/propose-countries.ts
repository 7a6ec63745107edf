import { countryCodeOf, countryNames } from '../../plan/values/countries.ts';
import { fold } from '../../plan/values/fold.ts';
import { oneApart } from '../words/lexicon.ts';

/** A spelling that no list of countries has, and the country it most likely means. */
export interface CountryProposal { readonly value: string; readonly code: string; readonly probability: number; readonly reason: string }

/** Shorter words are too near to others. */
const LEAST = 5;

/** Proposes countries for spellings that are one letter away from exactly one country's name (`Polnad`, `Niemczy`). What already reads as a country is left out. Pure. */
export function proposeCountries(values: readonly string[]): readonly CountryProposal[] {
  return values.flatMap((value) => {
    const text = fold(value);
    if (text.length < LEAST || countryCodeOf(value) !== null) return [];
    const near = countryNames.filter(([name]) => Math.abs(name.length - text.length) <= 1 && oneApart(text, name));
    const [first] = near;
    if (first === undefined || near.some(([, code]) => code !== first[1])) return [];
    return [{ value, code: first[1], probability: 0.9, reason: `one letter from "${first[0]}"` }];
  });
}
