import type { Rejection } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { ConfigurationError } from '../../../connector/errors.ts';
import { followersOwed } from './activities.ts';
import type { OdooClient } from '../client.ts';
import { companiesToVacate } from './first-child.ts';
import { mailQueue } from '../read/counted-records.ts';
import { meetingContext, prepareMeeting } from './meetings.ts';
import type { OdooModels } from '../fields/models.ts';
import { lostReasonRejection, readWonStages, withOutcome, withoutPartnerSync, wonProbabilityRejection } from './lead-rules.ts';
import type { StandingTables } from '../read/standing-tables.ts';
import { splitOwedDates } from './unfinished.ts';

/** One record on its way: what creation takes, and what is written after it. */
export interface Draft {
  readonly index: number; // in the request
  readonly key: string;
  readonly values: JsonObject;
  /** Values that creation would overwrite; checked like others, written afterwards. */
  readonly owed: JsonObject | null;
  /** What else must follow the creation (`debts.ts`). */
  readonly debt: Readonly<Record<string, string>> | null;
}

/** What a model needs done to new records, before they are converted. */
export interface PreparedRecords {
  readonly drafts: readonly Draft[];
  readonly rejections: readonly Rejection[]; // indexes of the request
  /** Added to the context of the creation. */
  readonly context: JsonObject;
}

/** What the rules of models may ask. */
export interface Asking {
  readonly client: OdooClient;
  readonly models: OdooModels;
  readonly standing: StandingTables;
}

/** Applies the rules of the model to the records of one create. Asks Odoo only for what the records need. */
export async function prepareForCreate({ client, models, standing }: Asking, model: string, drafts: readonly Draft[]): Promise<PreparedRecords> {
  const records = drafts.map((draft) => draft.values);
  const withValues = (values: readonly JsonObject[], rejections: readonly Rejection[] = []): PreparedRecords => ({
    drafts: drafts.map((draft, at) => ({ ...draft, values: values[at] ?? {} })), context: {},
    rejections: rejections.map((rejection) => ({ ...rejection, index: drafts[rejection.index]?.index ?? rejection.index })),
  });
  switch (model) {
    case 'crm.lead': {
      const { values, rejections } = await prepareLeads(client, models, records);
      const prepared = withValues(values, rejections);
      return client.traits.leadDatesNeedSecondWrite ? { ...prepared, drafts: prepared.drafts.map((draft) => ({ ...draft, ...splitOwedDates(draft.values) })) } : prepared;
    }
    case 'res.partner': {
      const { values, rejections } = prepareEach(records, preparePartner);
      const prepared = withValues(values, rejections);
      return withDebts(prepared, await companiesToVacate(client, prepared.drafts));
    }
    case 'mail.message':
      return withValues(await prepareMessages(client, records));
    case 'mail.mail':
      return withValues(await prepareMails(client, records));
    case 'mail.message.subtype':
      return withValues(records.map((values) => (values['default'] === undefined ? { ...values, default: false } : values)));
    case 'mail.activity': {
      const modelIds = await modelIdsOf(client, records);
      const prepared = withValues(await prepareActivities(client, records, modelIds));
      return withDebts(prepared, await followersOwed(client, standing, prepared.drafts, new Map([...modelIds].map(([name, id]) => [id, name]))));
    }
    case 'calendar.event':
      return prepareMeetings(client, drafts);
    case 'ir.model.fields':
      return withValues(await prepareFields(client, models, records));
    default:
      return withValues(records);
  }
}

function withDebts(prepared: PreparedRecords, debts: ReadonlyMap<string, Readonly<Record<string, string>>>): PreparedRecords {
  return { ...prepared, drafts: prepared.drafts.map((draft) => ({ ...draft, debt: debts.get(draft.key) ?? null })) };
}

/** Meetings with their links checked first: what is refused after the creation would name nobody. */
async function prepareMeetings(client: OdooClient, drafts: readonly Draft[]): Promise<PreparedRecords> {
  const modelIds = await modelIdsOf(client, drafts.map((draft) => draft.values));
  const prepared = drafts.map((draft) => prepareMeeting(draft.values, draft.index, modelIds));
  const rejections = prepared.flatMap((one) => (one.rejection === null ? [] : [one.rejection]));
  const leads = [...new Set(prepared.flatMap((one) => (one.debt?.['opportunity'] === undefined ? [] : [Number(one.debt['opportunity'])])))];
  const there = new Set(leads.length === 0 ? [] : await client.read('crm.lead', 'search', { domain: [['id', 'in', leads]] }) as readonly number[]);
  prepared.forEach((one, at) => {
    const lead = one.debt?.['opportunity'];
    if (lead !== undefined && !there.has(Number(lead))) rejections.push({ index: drafts[at]?.index ?? at, code: 'link-not-found', field: 'opportunity_id', message: `opportunity_id: there is no lead ${lead}.` });
  });
  return { drafts: drafts.map((draft, at) => ({ ...draft, values: prepared[at]?.values ?? {}, debt: prepared[at]?.debt ?? null })), rejections, context: meetingContext };
}

/** `res_model` by name becomes res_model_id, `activity_type` by external id activity_type_id. Left out, the user is the API user on all versions (19 would leave it empty). */
async function prepareActivities(client: OdooClient, records: readonly JsonObject[], modelIds: ReadonlyMap<string, string>): Promise<readonly JsonObject[]> {
  const types = await externalIds(client, records, 'activity_type');
  return records.map((record) => {
    const { res_model: model, activity_type: type, ...rest } = record;
    const values: { [name: string]: Json } = { ...rest };
    if (typeof model === 'string') values['res_model_id'] = modelIds.get(model) ?? null;
    if (typeof type === 'string') values['activity_type_id'] = types.get(type) ?? null;
    if (values['user_id'] === undefined) values['user_id'] = String(client.uid);
    return values;
  });
}

/** ir.model ids of the models that records name in `res_model`. */
export async function modelIdsOf(client: OdooClient, records: readonly JsonObject[]): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set(records.flatMap((values) => (typeof values['res_model'] === 'string' ? [values['res_model']] : [])))];
  if (names.length === 0) return new Map();
  const rows = await client.searchRead('ir.model', [['model', 'in', names]], ['model']);
  return new Map(rows.map((row) => [String(row['model']), String(row['id'])]));
}

/** Database ids of the external ids that records name in a field. */
async function externalIds(client: OdooClient, records: readonly JsonObject[], field: string): Promise<ReadonlyMap<string, string>> {
  const names = new Set(records.flatMap((values) => (typeof values[field] === 'string' ? [values[field]] : [])));
  const ids = new Map<string, string>();
  for (const name of names) ids.set(name, await resolveExternalId(client, name));
  return ids;
}

interface PreparedValues { readonly values: readonly JsonObject[]; readonly rejections: readonly Rejection[] }

async function prepareLeads(client: OdooClient, models: OdooModels, records: readonly JsonObject[]): Promise<PreparedValues> {
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

function prepareEach(records: readonly JsonObject[], rule: typeof preparePartner): PreparedValues {
  const prepared = records.map(rule);
  return { values: prepared.map((one) => one.values), rejections: prepared.flatMap((one) => (one.rejection === null ? [] : [one.rejection])) };
}

/**
 * `subtype` ('mail.mt_note', 'mail.mt_comment') becomes subtype_id. An outside sender (email_from without author_id) gets
 * author_id false: left out, Odoo would name the API user as the author.
 */
async function prepareMessages(client: OdooClient, records: readonly JsonObject[]): Promise<readonly JsonObject[]> {
  const ids = await externalIds(client, records, 'subtype');
  return records.map((values) => {
    const { subtype, ...rest } = values;
    const message: { [name: string]: Json } = { ...rest };
    if (typeof subtype === 'string') message['subtype_id'] = ids.get(subtype) ?? null;
    if (message['author_id'] === undefined && typeof message['email_from'] === 'string') message['author_id'] = null;
    if (message['body'] === null) delete message['body']; // said to be empty, 14 makes the word "False" of it
    return message;
  });
}

/**
 * A mail that hangs on no record hangs on the scheduled action of the mail queue: only Odoo itself may delete a message without a
 * record (14: AccessError for administrators too), so that a rollback would leave every log. Administrators alone may read that
 * action, as they alone may read mails, and it has no chatter.
 */
async function prepareMails(client: OdooClient, records: readonly JsonObject[]): Promise<readonly JsonObject[]> {
  const isLoose = (values: JsonObject): boolean => (values['model'] ?? null) === null && (values['mail_message_id'] ?? null) === null;
  if (!records.some(isLoose)) return records;
  const queue = await resolveExternalId(client, mailQueue.externalId);
  return records.map((values) => (isLoose(values) ? { ...values, model: mailQueue.model, res_id: queue } : values));
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
