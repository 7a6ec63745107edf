import pg from 'pg';

/**
 * PostgreSQL stores neither U+0000 nor lone surrogates, and both occur in real exports. They are escaped on the way
 * in and restored on the way out, here and nowhere else: U+E0F0, a private use character, starts an escape of
 * four hexadecimal digits (the code unit), and stands for itself as its own escape.
 */
const mark = '\ue0f0';
const needsEscape = /[\0\ue0f0]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const escaped = /\ue0f0([0-9a-f]{4})/g;
/** In a JSON text, NUL and lone surrogates stand as \\uXXXX (JSON.stringify is well-formed); an even number of backslashes before makes it a false alarm that costs only time. */
const suspicious = /\\u0000|\\ud[89a-f]|\ue0f0/;

const escapeText = (text: string): string =>
  text.replace(needsEscape, (unit) => mark + unit.charCodeAt(0).toString(16).padStart(4, '0'));

const restoreText = (text: string): string =>
  text.includes(mark) ? text.replace(escaped, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))) : text;

/** A value that goes to the server as JSON. Strings anywhere inside it are escaped first. */
export class JsonParameter {
  readonly #text: string;
  constructor(value: unknown) {
    const text = JSON.stringify(value);
    this.#text = suspicious.test(text) ? JSON.stringify(mapStrings(value, escapeText)) : text;
  }
  /** Called by pg. */
  toPostgres(): string {
    return this.#text;
  }
}

/** Shorthand of the store's statements: `${json(value)}::jsonb`. */
export const json = (value: unknown): JsonParameter => new JsonParameter(value);

/** Escapes one parameter of a statement; JSON parameters have done it themselves. */
export function escapeParameter(value: unknown): unknown {
  if (typeof value === 'string') return escapeText(value);
  return Array.isArray(value) ? value.map(escapeParameter) : value;
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const copy: { [key: string]: unknown } = {};
  for (const [key, item] of Object.entries(value)) {
    // defineProperty, so that a key named __proto__ stays a key.
    Object.defineProperty(copy, change(key), { value: mapStrings(item, change), enumerable: true, writable: true, configurable: true });
  }
  return copy;
}

const readJson = (text: string): unknown => {
  const value: unknown = JSON.parse(text);
  return text.includes(mark) ? mapStrings(value, restoreText) : value;
};
const readTimestamp = (text: string): string => new Date(text).toISOString();
/** pg's own reader of a type. Its typings list neither text[] nor the numbers that the server sends. */
const readAsText = pg.types.getTypeParser as (type: number) => (text: string) => unknown;
const textArray = 1009;
const readTextArray = (text: string): unknown => (readAsText(textArray)(text) as (string | null)[]).map((item) => (item === null ? null : restoreText(item)));

/** How column types come back: text and JSON restored, instants as ISO 8601 text, bigint as text. */
const readers: { readonly [type: number]: (text: string) => unknown } = {
  25: restoreText, 1043: restoreText, 114: readJson, 3802: readJson, 1184: readTimestamp, [textArray]: readTextArray,
};

export const readTypes: pg.CustomTypesConfig = {
  getTypeParser: ((type: number) => readers[type] ?? readAsText(type)) as pg.CustomTypesConfig['getTypeParser'], // we ask for text only
};
