import { validationError } from '../python-errors.ts';

const ESCAPES: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r' };

/**
 * Reads `[('key', 'Label'), …]`, the old form of selection options, as Python's literal_eval does.
 * @throws OdooError ValidationError for anything else
 */
export function readPythonPairs(text: string): (readonly [string, string])[] {
  let at = 0;
  const fail = (): never => {
    throw validationError("The Selection Options expression is not a valid Pythonic expression. Please provide expression in the [('key','Label'), ...] format.");
  };
  const skip = (): void => { while (/\s/u.test(text[at] ?? '')) at += 1; };
  const expect = (character: string): void => {
    skip();
    if (text[at] !== character) fail();
    at += 1;
  };
  const accept = (character: string): boolean => {
    skip();
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };
  const string = (): string => {
    skip();
    if (text[at] === 'u') at += 1;
    const quote = text[at];
    if (quote !== "'" && quote !== '"') return fail();
    let value = '';
    for (at += 1; text[at] !== quote; at += 1) {
      if (at >= text.length) fail();
      if (text[at] !== '\\') value += text[at]!;
      else if (/^\\(?:x[0-9a-f]{2}|u[0-9a-f]{4})/iu.test(text.slice(at, at + 6))) {
        const digits = text[at + 1] === 'x' ? 2 : 4;
        value += String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 2 + digits), 16));
        at += 1 + digits;
      } else {
        at += 1;
        value += ESCAPES[text[at] ?? ''] ?? text[at] ?? '';
      }
    }
    at += 1;
    return value;
  };
  const pairs: (readonly [string, string])[] = [];
  expect('[');
  while (!accept(']')) {
    const close = accept('(') ? ')' : (expect('['), ']');
    const key = string();
    expect(',');
    const label = string();
    accept(',');
    expect(close);
    pairs.push([key, label]);
    if (!accept(',')) {
      expect(']');
      break;
    }
  }
  return pairs;
}
