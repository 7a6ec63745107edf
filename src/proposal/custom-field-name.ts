import { createHash } from 'node:crypto';
import { fold } from '../plan/values/fold.ts';

/** Longest column name of PostgreSQL, and so of a custom field in Odoo (63 accepted, 64 refused; Odoo 14-19, measured). */
const MAX_LENGTH = 63;

/**
 * A stable name for a new field: the header in lower-case ASCII with underscores, e.g. `Źródło leada` → `x_zrodlo_leada`.
 * The same header among the same names gives the same result; a header without Latin letters or digits gets a piece of its hash.
 * @param params.taken names that are no longer free; a number is added where needed.
 */
export function customFieldName(params: Readonly<{ prefix: string; header: string; taken: ReadonlySet<string> }>): string {
  const bare = fold(params.header).replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '') || `field_${createHash('sha256').update(params.header).digest('hex').slice(0, 8)}`;
  const base = `${params.prefix}${bare}`.slice(0, MAX_LENGTH).replace(/_+$/, '');
  if (!params.taken.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const suffix = `_${number}`;
    const name = `${base.slice(0, MAX_LENGTH - suffix.length)}${suffix}`;
    if (!params.taken.has(name)) return name;
  }
}
