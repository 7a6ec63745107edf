import type { CatalogField } from '../../connector/catalog.ts';
import { isFileValue, type StoredFile } from '../../connector/file-value.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import { canonicalJson } from '../canonical.ts';

/** A platform that has no empty files gives one back as no value (Odoo: `datas` false). */
export function isEmptyFile(value: Json): boolean {
  return asStoredFile(value)?.size === 0;
}

/**
 * Compares two files, each as it is to be written or as it was read back, by size and the digests that both sides have.
 * `unknown` = the same size, and no digest in common.
 */
export function compareFiles(left: Json, right: Json): 'same' | 'different' | 'unknown' {
  if (Array.isArray(left) || Array.isArray(right)) return compareLists(listOf(left), listOf(right));
  const [one, other] = [asStoredFile(left), asStoredFile(right)];
  if (one === null || other === null) return one === other ? 'same' : 'different';
  if (one.size !== other.size) return 'different';
  const common = (['sha1', 'sha256'] as const).filter((digest) => one[digest] !== null && other[digest] !== null);
  if (common.some((digest) => one[digest] !== other[digest])) return 'different';
  return common.length > 0 ? 'same' : 'unknown';
}

/** Lists of files are the same when each file of one has its own in the other, whatever their order. */
function compareLists(left: readonly Json[], right: readonly Json[]): 'same' | 'different' | 'unknown' {
  if (left.length !== right.length) return 'different';
  const open = [...right];
  let worst: 'same' | 'unknown' = 'same';
  for (const file of left) {
    const grades = open.map((other) => (sameName(file, other) ? compareFiles(file, other) : 'different'));
    const at = grades.includes('same') ? grades.indexOf('same') : grades.indexOf('unknown');
    if (at === -1) return 'different';
    if (grades[at] === 'unknown') worst = 'unknown';
    open.splice(at, 1);
  }
  return worst;
}

const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value as readonly Json[] : value === null ? [] : [value]);

/** Names count where both sides have one. */
function sameName(left: Json, right: Json): boolean {
  const [one, other] = [left, right].map((value) => (value as JsonObject | null)?.['name'] ?? null);
  return one === null || other === null || one === other;
}

/** Size and digests of a file value or of a stored file; null = the value is none. */
function asStoredFile(value: Json): StoredFile | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { size, sha1, sha256 } = value as JsonObject;
  return typeof size === 'number' && sha1 !== undefined && sha256 !== undefined ? { size, sha1: sha1 as string | null, sha256: sha256 as string | null } : null;
}

/** Whether a field's value is a file on one of the two sides. */
export function isFile(field: CatalogField | undefined, left: Json, right: Json): boolean {
  return field?.type === 'binary' || [left, right].some((value) => listOf(value).some((one) => isFileValue(one)));
}

/**
 * Whether two values of a field are the same in the platform's own form; files by their contents. Files of the same size
 * without a digest in common count as the same: they are not written again on a guess.
 */
export function sameValue(params: Readonly<{ field: CatalogField | undefined; left: Json; right: Json; normalise: (field: CatalogField, value: Json) => Json }>): boolean {
  const { field, left, right, normalise } = params;
  if (canonicalJson(left) === canonicalJson(right)) return true;
  if (isFile(field, left, right)) return compareFiles(left, right) !== 'different' || (left === null && isEmptyFile(right)) || (right === null && isEmptyFile(left));
  return field !== undefined && canonicalJson(normalise(field, left)) === canonicalJson(normalise(field, right));
}
