import type { DestinationCapabilities } from '../../connector/capabilities.ts';
import type { ConnectionContext } from '../../connector/context.ts';
import type { DestinationConnection } from '../../connector/destination.ts';
import { RecordRejectedError } from '../../connector/errors.ts';
import { checkOdoo } from './checks/check.ts';
import { countedDomain } from './read/counted-records.ts';
import { archivable } from './fields/archivable.ts';
import { createRecords, lookupKeys, ordersByCreation } from './write/create.ts';
import { findDependants } from './read/dependants.ts';
import { displayRecords } from './fields/display-records.ts';
import { discoverOdoo, listFields } from './fields/discover.ts';
import { explainingRights } from './checks/explain-rights.ts';
import { fieldRecord } from './fields/field-record.ts';
import { takeFingerprint } from './read/fingerprint.ts';
import { externalIdName } from './write/keys.ts';
import { keyedModels } from './write/keyed-create.ts';
import { createLinkNames } from './write/link-names.ts';
import { lastChanges } from './read/last-changes.ts';
import { matchRecords } from './read/match.ts';
import { attendeeFieldNames } from './write/meetings.ts';
import { createOdooModels } from './fields/models.ts';
import { normaliseValue } from './values/normalise.ts';
import { openOdoo } from './open.ts';
import { payDebts } from './write/pay-debts.ts';
import { readRecords, readVersions } from './read/read.ts';
import { countLinks, createLinks, deleteLinks, isRelation, knownRelations, lookupLinks, matchLinks, readLinks, requireRelation, type Relation } from './write/relations.ts';
import { explainingViews } from './checks/refused-views.ts';
import { deleteRecords } from './write/remove.ts';
import { createStandingTables } from './read/standing-tables.ts';
import { settleMs, type OdooSettings } from './settings.ts';
import { updateRecords } from './write/update.ts';

/**
 * Batch of 500: against 100 it gains 10-25 % on partners and leads and 50-70 % on messages; 1,000 gains nothing more [14 17 18 19].
 * Two parallel clients gain 1.3 to 2.2 times on a server with two worker processes; four bring little more.
 * Files: 50 records per request, which the connector cuts into calls of 16 MiB or of one file. Links on records: one write per value,
 * so that many in a request cost few calls.
 */
const capabilities: Omit<DestinationCapabilities, 'concurrency' | 'lateCommitMs'> = {
  batchSize: { create: 500, update: 500, read: 500, delete: 500 },
  createBatchSize: { 'ir.attachment': 50, ...Object.fromEntries(knownRelations.map((relation) => [relation, 4_000])) },
  naturalKeys: knownRelations,
  partOf: Object.fromEntries(knownRelations.map((relation) => [relation, { field: 'record', object: relation.split('/')[0] ?? '' }])),
  archiveField: Object.fromEntries(archivable.map((model) => [model, 'active'])),
  // A partner's address, VAT number and owner go on to its contacts, its e-mail and phone to its leads and opportunities [14-19].
  changesAlong: { 'res.partner': ['res.partner', 'crm.lead'] },
  changesNotAlong: { 'res.partner': { 'res.partner': ['phone', 'mobile', 'email', 'comment', 'function'], 'crm.lead': ['comment'] } },
  // Writing active: false deletes the open activities of the record [13-18 by their source].
  archivingDeletes: { 'res.partner': ['mail.activity'], 'crm.lead': ['mail.activity'] },
  externalKey: 'atomic',
  atomicBatches: true,
  ordersByCreation, orderedWithin: { 'mail.message': ['res_id'] },
  writtenTogether: {
    // A lead that closes is closed now, whatever date_closed says, unless the date is in the same write [17-19] or comes after it [14-16].
    'crm.lead': [['stage_id', 'probability', 'active', 'date_closed']],
    // New content without its type gets a type that Odoo guesses.
    'ir.attachment': [['datas', 'mimetype']],
    // Which of the times count depends on allday; which answer an attendee gave is seen from all four lists.
    'calendar.event': [['allday', 'start', 'stop', 'start_date', 'stop_date'], ['partner_ids', ...attendeeFieldNames]],
  },
  // Without a stage a lead gets the first one, without a probability Odoo's estimate, without a type a file gets one by its bytes;
  // a person without an address of its own has its company's [14-19].
  emptiesUnset: { except: { 'crm.lead': ['stage_id', 'probability'], 'ir.attachment': ['mimetype'], 'res.partner': ['street', 'street2', 'zip', 'city', 'state_id', 'country_id'] } },
  delete: true,
  labelField: 'display_name',
  schemaObject: 'ir.model.fields',
  maxCallBytes: 64 * 1024 * 1024, // half of Odoo's 128 MiB: escapes make text grow on the way
};

/** Opens an Odoo as a destination: one login, then the contract's methods. Objects with a '/' are relations (`relations.ts`). */
export async function openOdooDestination(settings: OdooSettings, context: ConnectionContext): Promise<DestinationConnection> {
  const client = await openOdoo(settings, context);
  const models = createOdooModels(client);
  const links = createLinkNames(client);
  const standing = createStandingTables(client);
  const relationOf = (object: string): Promise<Relation> => requireRelation(models, object);
  /** Afterwards, so that nothing is held that was read while the call was under way. */
  const changing = async <Answer>(object: string, call: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await call();
    } finally {
      standing.forget(object);
    }
  };
  return {
    // External ids are unique in Odoo, key fields are not: a create of 500 records takes 1-4 s [14], and goes on when its client is gone.
    capabilities: { ...capabilities, concurrency: settings.concurrency ?? 2, lateCommitMs: Object.fromEntries(keyedModels.map((model) => [model, settleMs(settings)])) },
    check: (request) => checkOdoo(client, models, settings, request),
    discover: (request) => discoverOdoo(client, models, request.objects, settings.url),
    fields: ({ object }) => listFields(models, object),
    async lookup(request) {
      const { object, keys } = request;
      if (isRelation(object)) return lookupLinks(client, await relationOf(object), request);
      await payDebts(client, object, new Set(keys.map((key) => externalIdName(object, key))));
      const found = await lookupKeys(client, models, object, keys);
      return new Map([...found].map(([key, id]) => [key, String(id)]));
    },
    async match(request) {
      return isRelation(request.object) ? matchLinks(client, await relationOf(request.object), request) : matchRecords(client, models, standing, request);
    },
    async create(request) {
      if (!isRelation(request.object)) return explainingViews(request, () => explainingRights(client, request.object, 'create', () => changing(request.object, () => createRecords({ client, models, standing, links }, request))));
      const relation = await relationOf(request.object);
      return explainingRights(client, relation.model, 'update', () => createLinks(client, relation, request));
    },
    async update(request) {
      if (!isRelation(request.object)) return explainingRights(client, request.object, 'update', () => changing(request.object, () => updateRecords(client, models, request)));
      if (request.changes.length > 0) throw new RecordRejectedError({ code: 'not-changeable', message: `${request.object}: a link cannot be changed, only made and undone.`, rejections: request.changes.map((_, index) => ({ index, code: 'not-changeable', message: 'a link cannot be changed, only made and undone.' })) });
    },
    async read(request) {
      return isRelation(request.object) ? readLinks(client, await relationOf(request.object), request) : readRecords(client, models, request);
    },
    async versions(request) {
      if (!isRelation(request.object)) return readVersions(client, models, request);
      return new Map((await readLinks(client, await relationOf(request.object), { ...request, fields: [] })).map(({ id, version }) => [id, version]));
    },
    lastChanges: (request) => lastChanges(client, models, request),
    async delete(request) {
      if (!isRelation(request.object)) return explainingRights(client, request.object, 'delete', () => changing(request.object, () => deleteRecords(client, models, request)));
      const relation = await relationOf(request.object);
      return explainingRights(client, relation.model, 'update', () => deleteLinks(client, relation, request.ids));
    },
    dependants: async (request) => (isRelation(request.object) ? [] : findDependants(client, models, request)),
    count: async ({ object }) => (isRelation(object) ? (await countLinks(client, await relationOf(object))).count : await client.read(object, 'search_count', { domain: countedDomain(object) }) as number),
    fingerprint: ({ objects }) => takeFingerprint(client, models, objects),
    normalise: ({ field, value }) => normaliseValue(field, value),
    fieldRecord,
    displayRecords: ({ fields }) => displayRecords(client, models, fields),
    close: async () => {},
  };
}
