import { createHash } from 'node:crypto';

/**
 * The stable external key of a record at the destination, derived from project, mapping and source id:
 * the same record gets the same key in every run, which is what makes a create repeatable.
 * Only [A-Za-z0-9_-], since Odoo's `load` reads dots and commas in ids as separators (Odoo 14–19, measured).
 */
export function externalKey(params: Readonly<{ project: string; mapping: string; sourceId: string }>): string {
  const safe = (text: string): string => text.replaceAll(/[^A-Za-z0-9-]/g, '-').slice(0, 40);
  const digest = createHash('sha256').update(`${params.project}\u0000${params.mapping}\u0000${params.sourceId}`).digest('hex').slice(0, 32);
  return `${safe(params.project)}_${safe(params.mapping)}_${digest}`;
}
