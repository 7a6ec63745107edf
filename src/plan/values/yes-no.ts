import type { Json } from '../../connector/json.ts';
import { fold } from './fold.ts';
import { plainText } from './plain-text.ts';

const yes = new Set(['true', 'yes', 'y', 'tak', 't', '1', 'x', '✓', '✔', '☑', 'on', 'wlaczone', 'aktywny', 'aktywna', 'aktywne', 'active', 'prawda']);
const no = new Set(['false', 'no', 'n', 'nie', 'f', '0', '✗', '✘', '☐', 'off', 'wylaczone', 'nieaktywny', 'nieaktywna', 'nieaktywne', 'inactive', 'falsz']);

/** What a value says as an answer, in English or Polish; null = neither yes nor no. */
export function readsAs(value: Json): boolean | null {
  const text = fold(plainText(value) ?? '');
  return yes.has(text) ? true : no.has(text) ? false : null;
}
