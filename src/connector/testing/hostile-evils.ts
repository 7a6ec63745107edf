/** What the hostile source can do to its reader, each alone or together. */
export const hostileEvils = [
  'duplicate-ids', // ids come again on later pages, some with other content
  'empty-pages', // pages without records that are not the last one
  'huge-cells', // values of 2 million characters
  'bad-characters', // NUL and lone surrogates
  'scripts', // HTML, formulas and SQL in names
  'right-to-left', // Hebrew, Arabic and direction marks
  'long-values', // values of 10,000 characters
  'wrong-types', // numbers, booleans, objects where the catalog says text
  'repeated-page', // one page is delivered twice in a row
  'dangling-references', // records that point to nothing
  'rejected-rows', // rows that could not be read
  'gone-files', // files whose bytes are not there any more
  'changed-files', // files that are other bytes than their value says: longer, shorter, or of the same size
  'broken-files', // the first reading of every file breaks off with a RetriableError
  'retriable-error', // a RetriableError in mid-stream, three times per object, then no more
  'fatal-error', // a FatalError in mid-stream, always
] as const;
export type HostileEvil = (typeof hostileEvils)[number];

/** A small, fast generator of numbers in 0..1; the same seed gives the same row of numbers. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const scripts = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "Robert'); DROP TABLE contacts;--", '=HYPERLINK("http://attacker.example","x")', '+48=1+1', '@SUM(A1)', '${7*7} {{7*7}}', '../../etc/passwd', '%00%0d%0aSet-Cookie: a=b'];
export const rightToLeft = ['שלום עולם', 'مرحبا بالعالم', '\u202eevil\u202c', 'abc\u200f\u200e\u2066def\u2069'];
export const badCharacters = ['a\0b', '\ud800', 'x\udfffy', '\ud83d', '\ufffe\uffff', '\u0007\u001b[31m'];
