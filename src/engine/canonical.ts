import { createHash } from 'node:crypto';
import type { Json } from '../connector/json.ts';

/** JSON text with sorted keys: equal values give equal text, whatever order their keys came in. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((entry: Json) => canonicalJson(entry)).join(',')}]`;
  const object = value as { readonly [key: string]: Json };
  const parts: string[] = [];
  for (const key of Object.keys(object).toSorted()) {
    const entry = object[key];
    if (entry !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(entry)}`);
  }
  return `{${parts.join(',')}}`;
}

/** Content hash of a JSON value: 32 hex digits (128 bits of SHA-256, enough to tell versions of one record apart). */
export function contentHash(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);
}
