import { createHash } from 'node:crypto';
import type { Fingerprint } from '../../../connector/destination.ts';
import type { Json } from '../../../connector/json.ts';
import { AuthenticationError } from '../../../connector/errors.ts';
import type { OdooClient } from '../client.ts';
import { contentFields, contentText } from '../values/content.ts';
import { countedDomain } from './counted-records.ts';
import { externalIdModule, unfinishedModule } from '../write/keys.ts';
import type { OdooModels } from '../fields/models.ts';
import { readRows } from './read.ts';
import { countLinks, findRelation, isRelation } from '../write/relations.ts';

/** Tables that a migration must leave as they were: what Odoo might write beside the records. */
const sideTables: readonly { readonly name: string; readonly model: string; readonly domain: Json }[] = [
  { name: 'mail.mail', model: 'mail.mail', domain: [] },
  { name: 'mail.message', model: 'mail.message', domain: [] },
  { name: 'mail.followers', model: 'mail.followers', domain: [] },
  { name: 'mail.activity', model: 'mail.activity', domain: [] },
  { name: 'ir.attachment', model: 'ir.attachment', domain: [['res_model', 'in', ['res.partner', 'crm.lead', 'mail.message', 'calendar.event']]] },
  { name: 'ir.model.data', model: 'ir.model.data', domain: [['module', 'in', [externalIdModule, unfinishedModule]]] },
  { name: 'ir.model.fields', model: 'ir.model.fields', domain: [['state', '=', 'manual']] },
];

/** Rows read per call: 60 fields a row, well below a second. */
const rowsPerCall = 500;

/** Counts and content hashes of whole models, archived records included, and counts of the side tables this user may read. */
export async function takeFingerprint(client: OdooClient, models: OdooModels, objects: readonly string[]): Promise<Fingerprint> {
  const hashed: { object: string; count: number; hash: string }[] = [];
  for (const object of [...objects].sort()) {
    if (isRelation(object)) {
      const relation = await findRelation(models, object);
      if (relation !== null) hashed.push({ object, ...await countLinks(client, relation) });
      continue;
    }
    if (await models.fieldsOrNull(object) === null) continue;
    hashed.push({ object, ...await hashModel(client, models, object) });
  }
  const sides: { [name: string]: number } = {};
  for (const side of sideTables) {
    const count = await countOrNull(client, side.model, side.domain);
    if (count !== null) sides[side.name] = count;
  }
  const hash = createHash('sha256').update(JSON.stringify([hashed, Object.entries(sides)])).digest('hex');
  return { objects: hashed, sides, hash };
}

async function hashModel(client: OdooClient, models: OdooModels, model: string): Promise<{ readonly count: number; readonly hash: string }> {
  // Custom fields that are there now: a field that a rollback took away again is in neither of the two fingerprints.
  const names = contentFields(model, await models.fields(model));
  const ids = await client.read(model, 'search', { domain: countedDomain(model), order: 'id' }) as readonly number[];
  const hash = createHash('sha256').update(JSON.stringify(names));
  for (let at = 0; at < ids.length; at += rowsPerCall) {
    const rows = await readRows(client, model, ids.slice(at, at + rowsPerCall), names);
    const byId = [...rows].sort((left, right) => Number(left['id']) - Number(right['id']));
    for (const row of byId) hash.update(`${Number(row['id'])}:${contentText(row, names)}\n`);
  }
  return { count: ids.length, hash: hash.digest('hex') };
}

/** Null = the user may not read the table (a Sales user and mail.mail). */
async function countOrNull(client: OdooClient, model: string, domain: Json): Promise<number | null> {
  try {
    return await client.read(model, 'search_count', { domain }) as number;
  } catch (error) {
    if (error instanceof AuthenticationError) return null;
    throw error;
  }
}
