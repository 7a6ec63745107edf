/** Why a row could not be read as cells. */
export type RowFlaw = 'unclosed-quote' | 'broken-quote' | 'row-too-long';

/**
 * One record of a delimited text, with where it stands.
 * The rest of a given-up row that arrives later comes as a further flawed row with the same `line`.
 */
export interface DelimitedRow {
  readonly cells: readonly string[]; // empty when flawed
  readonly line: number; // first line, counted from 1
  readonly endLine: number;
  readonly raw: string; // as read, with its line end
  readonly flaw: RowFlaw | null;
}

export interface TokenizerOptions {
  readonly delimiter: string; // one character
  /** Cells that a row should have: settles whether `\"` before a delimiter closes the cell. null = not known yet. */
  readonly expectedCells: number | null;
  readonly firstLine: number;
}

/** A quoted cell longer than this has lost its closing quote (checklist item 3). In characters. */
export const maxCellLength = 1_000_000;
const maxRowLength = 8_000_000;

interface Scan { readonly cells: string[]; readonly next: number; readonly quoted: boolean; readonly flaw: RowFlaw | null; readonly ambiguous: boolean }

const quote = 34, backslash = 92, lineFeed = 10, carriageReturn = 13, space = 32, tab = 9, equals = 61;

/** Position after the next line end at or after `from`; -1 = none yet. */
function afterLine(text: string, from: number, final: boolean): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === lineFeed) return at + 1;
    if (code !== carriageReturn) continue;
    if (at + 1 === text.length && !final) return -1;
    return text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1;
  }
  return final ? text.length : -1;
}

function escapedByBackslash(text: string, at: number, from: number): boolean {
  let count = 0;
  while (at - 1 - count >= from && text.charCodeAt(at - 1 - count) === backslash) count += 1;
  return count % 2 === 1;
}

/** Scans one row. null = the row is not complete yet. */
function scanRow(text: string, from: number, delimiter: number, final: boolean, backslashCloses: boolean): Scan | null {
  const cells: string[] = [];
  const length = text.length;
  let position = from, quoted = false, ambiguous = false;
  const ends = (code: number): boolean => code === delimiter || code === lineFeed || code === carriageReturn;
  for (;;) {
    let start = position;
    while (start < length && (text.charCodeAt(start) === space || (text.charCodeAt(start) === tab && delimiter !== tab))) start += 1;
    const guard = text.charCodeAt(position) === equals;
    if (!final && start + 1 >= length) return null;
    const opening = text.charCodeAt(start) === quote ? start : guard && text.charCodeAt(position + 1) === quote ? position + 1 : -1;
    let end: number;
    if (opening < 0) {
      end = position;
      while (end < length && !ends(text.charCodeAt(end))) end += 1;
      cells.push(text.slice(position, end));
    } else {
      quoted = true;
      let value = '', segment = opening + 1, search = segment;
      let close: number;
      for (;;) {
        close = text.indexOf('"', search);
        if (close < 0 && !final && length - opening <= maxCellLength) return null;
        if (close < 0 || close - opening > maxCellLength) {
          const next = afterLine(text, opening, final);
          return { cells: [], next: next < 0 ? length : next, quoted, flaw: 'unclosed-quote', ambiguous };
        }
        if (close + 1 >= length && !final) return null;
        const following = text.charCodeAt(close + 1); // NaN at the end
        const escaped = escapedByBackslash(text, close, opening + 1);
        const closes = close + 1 >= length || ends(following);
        if (escaped && (closes ? !backslashCloses : following !== quote || !backslashCloses)) {
          value += `${text.slice(segment, close - 1)}"`;
          segment = search = close + 1;
          continue;
        }
        if (following === quote) {
          ambiguous ||= escaped;
          value += text.slice(segment, close + 1);
          segment = search = close + 2;
          continue;
        }
        ambiguous ||= escaped;
        break;
      }
      value += text.slice(segment, close);
      end = close + 1;
      while (end < length && (text.charCodeAt(end) === space || (text.charCodeAt(end) === tab && delimiter !== tab))) end += 1;
      if (end < length && !ends(text.charCodeAt(end))) {
        // Text after the closing quote: on one line it is a stray quote and kept as written; over several lines nobody can tell where the cell ends.
        while (end < length && !ends(text.charCodeAt(end))) end += 1;
        if (end >= length && !final) return null;
        if (/[\r\n]/.test(value)) {
          const next = afterLine(text, end, final);
          return next < 0 ? null : { cells: [], next, quoted, flaw: 'broken-quote', ambiguous };
        }
        value = text.slice(position, end);
      }
      cells.push(value);
    }
    if (end >= length) return final ? { cells, next: length, quoted, flaw: null, ambiguous } : null;
    if (text.charCodeAt(end) === delimiter) {
      position = end + 1;
      continue;
    }
    const next = afterLine(text, end, final);
    return next < 0 ? null : { cells, next, quoted, flaw: null, ambiguous };
  }
}

function countLineEnds(text: string): number {
  let count = 0;
  for (let at = afterLine(text, 0, true); ; at = afterLine(text, at, true)) {
    if (at >= text.length) return /[\r\n]$/.test(text) ? count + 1 : count;
    count += 1;
  }
}

/**
 * Splits delimited text, pushed in any pieces, into rows: RFC 4180 and what real exports do besides
 * (mixed line ends, stray quotes, `\"` as well as `""`, `="00123"`, an unclosed quote).
 * A row that cannot be told apart becomes a row with a flaw, never a guess.
 */
export class DelimitedTokenizer {
  readonly #delimiter: number;
  readonly #expected: number | null;
  #line: number;
  #text = '';
  #skipping = false; // inside the rest of a row that was given up

  constructor(options: TokenizerOptions) {
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#expected = options.expectedCells;
    this.#line = options.firstLine;
  }

  /** @param final no more text follows: what is left becomes a row. */
  *push(piece: string, final: boolean): Generator<DelimitedRow> {
    this.#text += piece;
    let from = 0;
    while (from < this.#text.length) {
      const scan = this.#scan(from, final);
      if (scan === null) break;
      const raw = this.#text.slice(from, scan.next);
      const lines = scan.quoted || scan.flaw !== null ? countLineEnds(raw) : 1;
      yield { cells: scan.cells, line: this.#line, endLine: this.#line + Math.max(0, lines - 1), raw, flaw: scan.flaw };
      this.#line += lines;
      from = scan.next;
      this.#skipping = scan.flaw !== null && !final && !/[\r\n]$/.test(raw);
    }
    this.#text = this.#text.slice(from);
  }

  #scan(from: number, final: boolean): Scan | null {
    const text = this.#text;
    if (this.#skipping) {
      const next = afterLine(text, from, final);
      return { cells: [], next: next < 0 ? text.length : next, quoted: true, flaw: 'row-too-long', ambiguous: false };
    }
    const scan = scanRow(text, from, this.#delimiter, final, true);
    if (scan === null && text.length - from > maxRowLength) return { cells: [], next: text.length, quoted: true, flaw: 'row-too-long', ambiguous: false };
    if (scan === null || !scan.ambiguous || this.#expected === null || scan.cells.length === this.#expected) return scan;
    const other = scanRow(text, from, this.#delimiter, final, false);
    if (other === null) return null;
    return other.cells.length === this.#expected && other.flaw === null ? other : scan;
  }
}
