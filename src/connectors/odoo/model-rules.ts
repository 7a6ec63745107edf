import type { Rejection } from '../../connector/errors.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import type { OdooClient } from './client.ts';
import type { OdooModels } from './models.ts';
import { lostReasonRejection, readWonStages, withOutcome, withoutPartnerSync, wonProbabilityRejection } from './lead-rules.ts';

/** What a model needs done to the values of new records, before they are converted. */
export interface PreparedRecords {
  readonly values: readonly JsonObject[];
  readonly rejections: readonly Rejection[];
}

/** Applies the rules of the model to the records of one create. Asks Odoo only for what the records need. */
export async function prepareForCreate(client: OdooClient, models: OdooModels, model: string, records: readonly JsonObject[]): Promise<PreparedRecords> {
  switch (model) {
    case 'crm.lead':
      return prepareLeads(client, models, records);
    case 'res.partner':
      return prepareEach(records, preparePartner);
    case 'mail.message':
      return { values: await prepareMessages(client, records), rejections: [] };
    case 'ir.model.fields':
      return { values: await prepareFields(client, models, records), rejections: [] };
    default:
      return { values: records, rejections: [] };
  }
}

async function prepareLeads(client: OdooClient, models: OdooModels, records: readonly JsonObject[]): Promise<PreparedRecords> {
  const fields = await models.fields('crm.lead');
  const wonStages = records.some((values) => typeof values['stage_id'] === 'string') ? await readWonStages(client) : new Set<string>();
  const rejections: Rejection[] = [];
  const values = records.map((record, index) => {
    const rejection = lostReasonRejection(index, record) ?? (client.traits.wonDemandsFullProbability ? wonProbabilityRejection(index, record, wonStages) : null);
    if (rejection !== null) rejections.push(rejection);
    const lead = withOutcome(withoutPartnerSync(record), wonStages);
    // crm_iap_enrich comes with crm from 17 on (14: on demand); its cron sends mail domains of leads that are not marked done to a paid service.
    return fields.has('iap_enrich_done') && lead['iap_enrich_done'] === undefined ? { ...lead, iap_enrich_done: true } : lead;
  });
  return { values, rejections };
}

const addressFields = ['street', 'street2', 'zip', 'city', 'state_id', 'country_id'] as const;

/**
 * A child of type 'contact' takes over the parent's whole address and loses its own [14 17 18 19]. With an address and no
 * type given it becomes type 'other', which keeps its own; asked for as 'contact' it is held back.
 */
function preparePartner(values: JsonObject, index: number): { readonly values: JsonObject; readonly rejection: Rejection | null } {
  const isChild = values['parent_id'] !== undefined && values['parent_id'] !== null && values['is_company'] !== true;
  const hasAddress = addressFields.some((name) => values[name] !== undefined && values[name] !== null && values[name] !== '');
  if (!isChild || !hasAddress) return { values, rejection: null };
  if (values['type'] === undefined || values['type'] === null) return { values: { ...values, type: 'other' }, rejection: null };
  if (values['type'] !== 'contact') return { values, rejection: null };
  return { values, rejection: { index, code: 'child-loses-address', field: 'type', message: "A contact of type 'contact' under a company takes the company's address and would lose its own: use type 'other', or leave the address out." } };
}

function prepareEach(records: readonly JsonObject[], rule: typeof preparePartner): PreparedRecords {
  const prepared = records.map(rule);
  return { values: prepared.map((one) => one.values), rejections: prepared.flatMap((one) => (one.rejection === null ? [] : [one.rejection])) };
}

/**
 * `subtype` ('mail.mt_note', 'mail.mt_comment') becomes subtype_id. An outside sender (email_from without author_id) gets
 * author_id false: left out, Odoo would name the API user as the author.
 */
async function prepareMessages(client: OdooClient, records: readonly JsonObject[]): Promise<readonly JsonObject[]> {
  const names = new Set(records.flatMap((values) => (typeof values['subtype'] === 'string' ? [values['subtype']] : [])));
  const ids = new Map<string, string>();
  for (const name of names) ids.set(name, await resolveExternalId(client, name));
  return records.map((values) => {
    const { subtype, ...rest } = values;
    const message: { [name: string]: Json } = { ...rest };
    if (typeof subtype === 'string') message['subtype_id'] = ids.get(subtype) ?? null;
    if (message['author_id'] === undefined && typeof message['email_from'] === 'string') message['author_id'] = null;
    return message;
  });
}

/**
 * Model names become model ids: ir.model.fields wants `model_id`, and creating with `model` alone fails.
 * A monetary field names its currency field from 15 or so on; where that cannot be said (14) it is made as a plain number.
 */
async function prepareFields(client: OdooClient, models: OdooModels, records: readonly JsonObject[]): Promise<readonly JsonObject[]> {
  const names = [...new Set(records.flatMap((values) => (typeof values['model'] === 'string' ? [values['model']] : [])))];
  const rows = await client.searchRead('ir.model', [['model', 'in', names]], ['model']);
  const ids = new Map(rows.map((row) => [String(row['model']), String(row['id'])]));
  const namesCurrency = (await models.fields('ir.model.fields')).has('currency_field');
  return records.map((record) => {
    const { currency_field: currency, ...others } = record;
    const values: JsonObject = currency === undefined || namesCurrency ? record : { ...others, ttype: 'float' };
    const { model, ...rest } = values;
    if (typeof model !== 'string') return values;
    const id = ids.get(model);
    if (id === undefined) throw new ConfigurationError({ code: 'missing-model', message: `A field is to be added to ${model}, which this Odoo does not have.`, remedy: 'Install the app that brings the model, or take the field out of the plan.' });
    return { ...rest, model_id: id };
  });
}

/** 'module.name' → database id. @throws ConfigurationError when it does not exist. */
async function resolveExternalId(client: OdooClient, externalId: string): Promise<string> {
  const dot = externalId.indexOf('.');
  const rows = await client.searchRead('ir.model.data', [['module', '=', externalId.slice(0, dot)], ['name', '=', externalId.slice(dot + 1)]], ['res_id']);
  const id = rows[0]?.['res_id'];
  if (typeof id !== 'number') throw new ConfigurationError({ code: 'unknown-external-id', message: `This Odoo has no record with the external id ${externalId}.`, remedy: 'Correct the plan, or install the app that brings it.' });
  return String(id);
}
