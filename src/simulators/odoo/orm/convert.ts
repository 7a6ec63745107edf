import { databaseError, OdooError, typeError, userError, valueError, pythonRepr } from '../python-errors.ts';
import { sanitiseHtml } from './sanitise-html.ts';
import type { Field } from '../schema/parse-schema.ts';
import { FileContent } from '../store/file-content.ts';
import type { Stored, StoredObject } from '../store/row.ts';
import type { Environment } from './environment.ts';

const INT_MAX = 2 ** 31 - 1;

/**
 * Brings a value sent by a client into its stored form, as lenient as the real servers (measured on 14, 17, 18, 19):
 * True becomes 'True' in a char, '7' becomes 7 in an integer; dates with 'T' or 'Z' are refused.
 * Relations to many are not values: see `relations.ts`.
 * @returns undefined for an empty value
 */
export function toStored(env: Environment, model: string, field: Field, given: unknown): Stored | undefined {
  // A long base64 text that was put aside while the request was read: only files are kept that way.
  const isFile = field.type === 'binary' && model === 'ir.attachment';
  const value = given instanceof FileContent && !isFile ? given.text() : given;
  switch (field.type) {
    case 'char':
    case 'text': return toText(env, field, value);
    case 'html': return toHtml(env, model, value);
    case 'integer':
    case 'many2one_reference': return toInteger(value);
    case 'float':
    case 'monetary': return toFloat(value);
    case 'boolean': return isTruthy(value) ? true : undefined;
    case 'date':
    case 'datetime': return storedTime(env, field.type, value);
    case 'selection': return toSelection(env, model, field, value);
    case 'many2one': return toMany2one(value);
    case 'binary': return value instanceof FileContent ? value : toBinary(field, value);
    case 'reference': return isEmpty(value) ? undefined : String(value);
    default: return isEmpty(value) ? undefined : (value as StoredObject);
  }
}

function isEmpty(value: unknown): boolean {
  return value === false || value === null || value === undefined || value === '';
}

function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return Boolean(value);
}

function toText(env: Environment, field: Field, value: unknown): string | undefined {
  // '' is stored as an empty string, but read back as false is what NULL gives; '' itself is read back as ''.
  if (value === null || value === undefined || value === false) return undefined;
  const text = value === true ? 'True' : typeof value === 'string' ? value : typeof value === 'number' ? String(value) : pythonRepr(value);
  checkText(env, text);
  return field.size !== null && field.size > 0 ? [...text].slice(0, field.size).join('') : text;
}

function checkText(env: Environment, text: string): void {
  if (text.includes('\0')) throw valueError('A string literal cannot contain NUL (0x00) characters.');
  if (!text.isWellFormed()) throw surrogateError(env, text);
}

/** 14 answers with UnicodeEncodeError; 17 and 18 fail while writing the answer: HTTP 500 (`http/json-rpc.ts`). */
function surrogateError(_env: Environment, text: string): OdooError {
  const at = [...text].findIndex((character) => !character.isWellFormed());
  const code = text.charCodeAt(Math.max(0, text.split('').findIndex((unit, index) => !unit.isWellFormed() && !text.slice(index, index + 2).isWellFormed())));
  return new OdooError('builtins.UnicodeEncodeError', `'utf-8' codec can't encode character '\\u${code.toString(16).padStart(4, '0')}' in position ${at}: surrogates not allowed`);
}

function toHtml(env: Environment, model: string, value: unknown): string | undefined {
  if (value === null || value === undefined || value === false || value === '') return undefined;
  const text = (typeof value === 'string' ? value : String(value === true ? 'True' : value)).replaceAll('\0', '');
  if (!text.isWellFormed()) throw surrogateError(env, text);
  return sanitiseHtml(text, { styles: model === 'mail.message' ? 'filter' : 'keep' });
}

function toInteger(value: unknown): number | undefined {
  if (isEmpty(value)) return undefined;
  const number = typeof value === 'boolean' ? 1 : typeof value === 'string' ? parseInteger(value) : typeof value === 'number' ? Math.trunc(value) : notANumber('int', value);
  if (number > INT_MAX || number < -INT_MAX - 1) throw databaseError('NumericValueOutOfRange', 'integer out of range\n');
  return number === 0 ? undefined : number;
}

function parseInteger(text: string): number {
  if (!/^\s*[+-]?\d+\s*$/u.test(text)) throw valueError(`invalid literal for int() with base 10: ${pythonRepr(text)}`);
  return Number(text);
}

function toFloat(value: unknown): number | undefined {
  if (isEmpty(value)) return undefined;
  if (typeof value === 'boolean') return 1;
  if (typeof value === 'number') return value === 0 ? undefined : value;
  if (typeof value === 'string') {
    if (/^\s*[+-]?(?:nan|inf(?:inity)?)\s*$/iu.test(value)) throw valueError('cannot convert float NaN to integer');
    if (!/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/iu.test(value)) throw valueError(`could not convert string to float: ${pythonRepr(value)}`);
    return Number(value) || undefined;
  }
  return notANumber('float', value);
}

function notANumber(type: 'int' | 'float', value: unknown): never {
  const name = Array.isArray(value) ? 'list' : 'dict';
  throw typeError(type === 'int'
    ? `int() argument must be a string, a bytes-like object or a number, not '${name}'`
    : `float() argument must be a string or a number, not '${name}'`);
}

/** On 14 a date that has the right form but does not exist gets as far as PostgreSQL. */
function storedTime(env: Environment, type: 'date' | 'datetime', value: unknown): string | undefined {
  try {
    return type === 'date' ? toDate(value) : toDatetime(value);
  } catch (error) {
    if (env.version === 14 && /^\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2})?$/u.test(String(value))) throw databaseError('DatetimeFieldOverflow', `date/time field value out of range: "${String(value)}"\n`);
    throw error;
  }
}

export function toDate(value: unknown): string | undefined {
  if (isEmpty(value)) return undefined;
  const text = String(value).slice(0, 10);
  if (!isDate(text)) throw valueError(`time data ${pythonRepr(text)} does not match format '%Y-%m-%d'`);
  return text;
}

export function toDatetime(value: unknown): string | undefined {
  if (isEmpty(value)) return undefined;
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}$/u.test(text) && isDate(text)) return `${text} 00:00:00`;
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?/u.test(text) || !isDate(text.slice(0, 10))) {
    throw valueError(`time data ${pythonRepr(text)} does not match format '%Y-%m-%d %H:%M:%S'`);
  }
  const full = text.length === 16 ? `${text}:00` : text;
  if (full.length > 19) throw valueError(`unconverted data remains: ${full.slice(19)}`);
  const [hour, minute, second] = full.slice(11).split(':').map(Number) as [number, number, number];
  if (hour > 23 || minute > 59 || second > 59) throw valueError(`time data ${pythonRepr(text)} does not match format '%Y-%m-%d %H:%M:%S'`);
  return full;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text) || text.startsWith('0000')) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

function toSelection(env: Environment, model: string, field: Field, value: unknown): string | undefined {
  if (isEmpty(value)) return undefined;
  const options = optionsOf(env, field);
  if (typeof value === 'string' && options.some(([option]) => option === value)) return value;
  if (env.version >= 19 && model === 'ir.model.fields' && field.name === 'translate' && value === true) return 'standard';
  // 18 takes any language for a partner (measured).
  if (env.version === 18 && field.name === 'lang' && typeof value === 'string' && /^[a-z]{2}_[A-Z]{2}$/u.test(value)) return value;
  throw valueError(`Wrong value for ${model}.${field.name}: ${pythonRepr(value)}`);
}

/** The choices of a selection field; languages are those installed. */
export function optionsOf(env: Environment, field: Field): Field['options'] {
  if (field.name !== 'lang' || field.manual) return field.options;
  const languages: (readonly [string, string])[] = [];
  for (const row of env.table('res.lang').rows()) {
    if (row['active'] === true) languages.push([String(row['code']), String(row['name'])]);
  }
  return languages;
}

function toMany2one(value: unknown): number | undefined {
  if (isEmpty(value) || value === 0) return undefined;
  if (Array.isArray(value)) {
    const bad = value.find((entry) => typeof entry !== 'number');
    throw databaseError('InvalidTextRepresentation', `invalid input syntax for type integer: ${JSON.stringify(String(bad ?? `{${value.join(',')}}`))}\nLINE 1: ... ARRAY[${value.map(pythonRepr).join(',')}]...\n`);
  }
  if (typeof value === 'string' && !/^\d+$/u.test(value)) throw databaseError('InvalidTextRepresentation', `invalid input syntax for type integer: ${JSON.stringify(value)}\n`);
  if (typeof value === 'object') throw typeError(`unhashable type: 'dict'`);
  const id = Number(value);
  if (id > INT_MAX) throw databaseError('NumericValueOutOfRange', 'integer out of range\n');
  return id;
}

function toBinary(field: Field, value: unknown): string | undefined {
  if (isEmpty(value)) return undefined;
  if (typeof value !== 'string') throw typeError(`argument should be a bytes-like object or ASCII string, not '${Array.isArray(value) ? 'list' : 'dict'}'`);
  const letters = value.replace(/[^A-Za-z0-9+/]/gu, '');
  if (letters.length % 4 === 1 || (value.replace(/\s/gu, '').length % 4 !== 0 && /^[A-Za-z0-9+/=\s]*$/u.test(value))) {
    throw new OdooError('binascii.Error', 'Incorrect padding');
  }
  if (field.name === 'image_1920' && !isImage(Buffer.from(letters, 'base64'))) {
    throw userError('This file could not be decoded as an image file. Please try with a different file.');
  }
  return value;
}

function isImage(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47])) || bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xd8]))
    || bytes.subarray(0, 4).toString('latin1').startsWith('GIF8') || bytes.subarray(8, 12).toString('latin1') === 'WEBP'
    || /^\s*(?:<\?xml[^>]*>\s*)?<svg/u.test(bytes.subarray(0, 400).toString('utf8'));
}
