import type { OdooFault } from './door.ts';

/** Texts that would mislead or leak are replaced by our own sentence; told by the exception's name or PostgreSQL's constraint words. */
const replaced: readonly { readonly test: RegExp; readonly text: string }[] = [
  // Foreign keys: Odoo 14-19 talk about deleting a record, although a link to a missing record is written, or the reverse.
  { test: /requires the record being deleted|record you are trying to delete|violates foreign key|_fkey/iu, text: 'a link to another record does not hold: the linked record is missing, or others still use this one.' },
  { test: /mandatory field is not set|Missing required value|violates not-null|null value in column/iu, text: 'a required field is empty.' },
  { test: /A string literal cannot contain NUL/u, text: 'a text holds the character NUL.' },
];

/** One short sentence for people from what Odoo said: no traceback, no Python reprs, no constraint names of foreign keys. */
export function readableMessage(fault: Pick<OdooFault, 'name' | 'message'>): string {
  return readableText(fault.message) || fault.name;
}

/** The same for a text that came as data, such as the messages of `load`. */
export function readableText(raw: string): string {
  const field = /(?:Fields?|field)[:\s]+'?([^'\n(]*?)'?\s*\((\w+)\)/u.exec(raw);
  const known = replaced.find((entry) => entry.test.test(raw));
  if (known !== undefined) {
    return field?.[2] === undefined || known.text.includes('link') ? known.text : known.text.replace('a required field', `the required field ${field[2]}`);
  }
  const unwrapped = unwrapTuple(raw)
    .replace(/^Unknown error during import: <class '[^']*'>: /u, '')
    .replace(/^The operation cannot be completed:\s*/u, '');
  const line = unwrapped.split('\n').map((part) => part.trim()).find((part) => part !== '') ?? '';
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

/** RedirectWarning over XML-RPC is a Python tuple's repr: "('You cannot delete…', {'type': …}, …)" [17][18]. */
function unwrapTuple(text: string): string {
  const tuple = /^\((['"])((?:\\.|(?!\1).)*)\1,/su.exec(text);
  if (tuple?.[2] === undefined) return text;
  return tuple[2].replaceAll('\\n', '\n').replaceAll(/\\(['"\\])/gu, '$1');
}
