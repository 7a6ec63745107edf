import type { Catalog, CatalogField, CatalogObject } from '../../../connector/catalog.ts';
import { AuthenticationError } from '../../../connector/errors.ts';
import type { OdooClient } from '../client.ts';
import { countedDomain } from '../read/counted-records.ts';
import { aliasFields } from './field-aliases.ts';
import { catalogField } from './field-types.ts';
import { hostingOf, readFacts } from './facts.ts';
import { externalIdField } from '../read/match-external-id.ts';
import type { OdooModels } from './models.ts';
import { countLinks, findRelation, isRelation, relationFields, relationObject } from '../write/relations.ts';
import { readRights } from '../checks/rights.ts';

/** Objects with fields, counts and rights, and the single facts that routes ask for. Models that do not exist are left out. */
export async function discoverOdoo(client: OdooClient, models: OdooModels, objects: readonly string[], url: string): Promise<Catalog> {
  models.forget();
  const found: CatalogObject[] = [];
  for (const name of objects) {
    if (isRelation(name)) {
      const relation = await findRelation(models, name);
      if (relation === null) continue;
      const rights = await readRights(client, relation.model);
      found.push(relationObject(relation, await modelLabel(client, relation.model), rights.read ? (await countLinks(client, relation)).count : null, rights));
      continue;
    }
    const fields = await models.fieldsOrNull(name);
    if (fields === null) continue;
    const rights = await readRights(client, name);
    found.push({
      name,
      label: await modelLabel(client, name),
      count: rights.read ? await client.read(name, 'search_count', { domain: countedDomain(name) }) as number : null,
      fields: [externalIdField, ...aliasFields(name), ...[...fields].map(([fieldName, field]) => catalogField(name, fieldName, field))].sort((left, right) => (left.name < right.name ? -1 : 1)),
      rights,
    });
  }
  return {
    platform: 'odoo',
    version: client.version.text,
    edition: client.version.enterprise ? 'Enterprise' : 'Community',
    objects: found,
    facts: await readFacts(client, models, url),
    limits: [
      { name: 'records per call', value: '500 (measured: more gains nothing)' },
      { name: 'time per call', value: '120 s on servers with worker processes' },
      { name: 'request size', value: '128 MiB' },
      { name: 'hosting', value: hostingOf(url) },
    ],
    notes: [],
    questions: [],
  };
}

/** The fields of one model as they are now: one fields_get. */
export async function listFields(models: OdooModels, object: string): Promise<readonly CatalogField[]> {
  models.forget(object);
  if (isRelation(object)) {
    const relation = await findRelation(models, object);
    return relation === null ? [] : relationFields(relation);
  }
  const fields = await models.fieldsOrNull(object);
  return fields === null ? [] : [externalIdField, ...aliasFields(object), ...[...fields].map(([name, field]) => catalogField(object, name, field))];
}

/** A model's name for people; plain users may not read ir.model from 17 on. */
async function modelLabel(client: OdooClient, model: string): Promise<string> {
  try {
    const rows = await client.searchRead('ir.model', [['model', '=', model]], ['name']);
    return String(rows[0]?.['name'] ?? model);
  } catch (error) {
    if (error instanceof AuthenticationError) return model;
    throw error;
  }
}
