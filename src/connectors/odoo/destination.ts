import type { DestinationCapabilities } from '../../connector/capabilities.ts';
import type { ConnectionContext } from '../../connector/context.ts';
import type { DestinationConnection } from '../../connector/destination.ts';
import { checkOdoo } from './check.ts';
import { countedDomain } from './counted-records.ts';
import { createRecords, lookupKeys, ordersByCreation } from './create.ts';
import { vacateCompanies } from './first-child.ts';
import { findDependants } from './dependants.ts';
import { discoverOdoo, listFields } from './discover.ts';
import { explainingRights } from './explain-rights.ts';
import { fieldRecord } from './field-record.ts';
import { takeFingerprint } from './fingerprint.ts';
import { externalIdName } from './keys.ts';
import { keyedModels } from './keyed-create.ts';
import { createLinkNames } from './link-names.ts';
import { matchRecords } from './match.ts';
import { createOdooModels } from './models.ts';
import { normaliseValue } from './normalise.ts';
import { openOdoo } from './open.ts';
import { readRecords } from './read.ts';
import { deleteRecords } from './remove.ts';
import type { OdooSettings } from './settings.ts';
import { finish } from './unfinished.ts';
import { updateRecords } from './update.ts';

/**
 * Batch of 500: against 100 it gains 10-25 % on partners and leads and 50-70 % on messages; 1,000 gains nothing more [14 17 18 19].
 * Two parallel clients gain 1.3 to 2.2 times on a server with two worker processes; four bring little more.
 */
const capabilities: Omit<DestinationCapabilities, 'concurrency' | 'lateCommitMs'> = {
  batchSize: { create: 500, update: 500, read: 500, delete: 500 },
  externalKey: 'atomic',
  atomicBatches: true,
  ordersByCreation,
  // A lead that closes is closed now, whatever date_closed says, unless the date is in the same write [17-19] or comes after it [14-16].
  writtenTogether: { 'crm.lead': [['stage_id', 'probability', 'active', 'date_closed']] },
  delete: true,
  schemaObject: 'ir.model.fields',
  maxCallBytes: 64 * 1024 * 1024, // half of Odoo's 128 MiB: escapes make text grow on the way
};

/** Opens an Odoo as a destination: one login, then the contract's methods. */
export async function openOdooDestination(settings: OdooSettings, context: ConnectionContext): Promise<DestinationConnection> {
  const client = await openOdoo(settings, context);
  const models = createOdooModels(client);
  const links = createLinkNames(client);
  return {
    // External ids are unique in Odoo, key fields are not: a create of 500 records takes 1-4 s [14], and goes on when its client is gone.
    capabilities: { ...capabilities, concurrency: settings.concurrency ?? 2, lateCommitMs: Object.fromEntries(keyedModels.map((model) => [model, (settings.settleSeconds ?? 30) * 1000])) },
    check: (request) => checkOdoo(client, models, settings, request),
    discover: (request) => discoverOdoo(client, models, request.objects, settings.url),
    fields: ({ object }) => listFields(models, object),
    async lookup({ object, keys }) {
      if (client.traits.leadDatesNeedSecondWrite && object === 'crm.lead') await finish(client, object, new Set(keys.map((key) => externalIdName(object, key))));
      if (object === 'res.partner') await vacateCompanies(client, new Set(keys.map((key) => externalIdName(object, key))));
      const found = await lookupKeys(client, models, object, keys);
      return new Map([...found].map(([key, id]) => [key, String(id)]));
    },
    match: (request) => matchRecords(client, models, request),
    create: (request) => explainingRights(client, request.object, 'create', () => createRecords(client, models, links, request)),
    update: (request) => explainingRights(client, request.object, 'update', () => updateRecords(client, models, request)),
    read: (request) => readRecords(client, models, request),
    delete: (request) => explainingRights(client, request.object, 'delete', () => deleteRecords(client, models, request)),
    dependants: (request) => findDependants(client, models, request),
    count: async ({ object }) => await client.read(object, 'search_count', { domain: countedDomain(object) }) as number,
    fingerprint: ({ objects }) => takeFingerprint(client, models, objects),
    normalise: ({ field, value }) => normaliseValue(field, value),
    fieldRecord,
    close: async () => {},
  };
}
