import type { Json } from '../../connector/json.ts';
import { plainText } from './plain-text.ts';

/**
 * The entries of a cell that holds several values: a list as it is, a JSON array, or text divided by
 * `;`, `|` or line breaks. A comma divides only where none of those is present, and only with `comma: true`,
 * because names and addresses contain commas.
 */
export function entriesOf(value: Json, options: { readonly comma: boolean }): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((entry) => entriesOf(entry, { comma: false }));
  const text = plainText(value);
  if (text === null) return [];
  const listed = fromJsonArray(text);
  if (listed !== null) return listed.flatMap((entry) => { const one = plainText(entry); return one === null ? [] : [one]; });
  const strong = /[;|\n\r]/.test(text);
  const parts = strong ? text.split(/[;|\n\r]+/) : options.comma ? text.split(',') : [text];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function fromJsonArray(text: string): readonly Json[] | null {
  if (!text.startsWith('[') || !text.endsWith(']')) return null;
  try {
    const parsed = JSON.parse(text) as Json;
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null; // square brackets in ordinary text
  }
}
