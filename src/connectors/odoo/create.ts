import { AmbiguousError, RateLimitedError, RecordRejectedError, RetriableError, type Rejection } from '../../connector/errors.ts';
import type { CreatedRecord, CreateRequest } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { OdooClient } from './client.ts';
import type { OdooField } from './field-types.ts';
import { externalIdModule, externalIdName, findByKeys, unfinishedModule } from './keys.ts';
import { companiesToVacate, vacateCompanies, vacatingId } from './first-child.ts';
import { callLoad } from './load-call.ts';
import type { LinkNames } from './link-names.ts';
import { groupForLoad, type LoadGroup, type LoadRow } from './load-groups.ts';
import { bringsOwnKey, createKeyed, findByKeyField, keyFieldOf } from './keyed-create.ts';
import { prepareForCreate } from './model-rules.ts';
import type { OdooModels } from './models.ts';
import { finish, unfinishedName } from './unfinished.ts';

/** Fields of a lead that `create` overwrites up to Odoo 16 and that are therefore written afterwards. */
const owedLeadFields = ['date_open', 'date_last_stage_update'] as const;

interface Draft { readonly index: number; readonly key: string; readonly values: JsonObject }

/**
 * Creates records with their keys: by `load`, which stores record and external id in one transaction, or by `create`
 * with the key inside where the model has room for it (keyed-create.ts). A lost answer can always be looked up (docs/decisions/0002-odoo-write-strategy.md). Keys that exist are not created again and not touched.
 */
export async function createRecords(client: OdooClient, models: OdooModels, links: LinkNames, request: CreateRequest): Promise<readonly CreatedRecord[]> {
  const { object: model, records } = request;
  if (records.length === 0) return [];
  refuseRepeatedKeys(request);
  const ids = request.looked === true ? new Map<string, number>() : await lookupKeys(client, models, model, records.map((record) => record.key));
  const drafts = records.map((record, index) => ({ index, key: record.key, values: record.values })).filter((draft) => !ids.has(draft.key));
  if (drafts.length > 0) {
    const prepared = await prepareForCreate(client, models, model, drafts.map((draft) => draft.values));
    const names = new Set(prepared.values.flatMap((values) => Object.keys(values)));
    const fields = await models.require(model, names);
    const readied = drafts.map((draft, at) => ({ ...draft, values: prepared.values[at] ?? {} }));
    const owing = client.traits.leadDatesNeedSecondWrite && model === 'crm.lead';
    const keyField = keyFieldOf(model, fields);
    const plain = prepared.rejections.length === 0 && readied.every((draft) => splitOwed(draft, owing).owed === null);
    if (keyField !== null && plain && !bringsOwnKey(keyField, prepared.values) && await createdKeyed({ client, model, keyField, fields, drafts: readied }, ids)) return inOrder(request, ids);
    const groups = await groupForLoad({
      models, model, fields, ordered: ordersByCreation.includes(model),
      drafts: readied.map((draft) => splitOwed(draft, owing)),
      rejections: prepared.rejections.map((rejection) => ({ ...rejection, index: drafts[rejection.index]?.index ?? rejection.index })),
    });
    const vacating = model === 'res.partner' ? await companiesToVacate(client, readied) : new Map<string, number>();
    const idOf = (row: LoadRow): string => {
      const company = vacating.get(row.key);
      return company === undefined ? externalIdFor(model, row.key, row.owed) : vacatingId(externalIdName(model, row.key), company);
    };
    await loadGroups({ client, links, model, groups, fields, idOf }, ids);
    try {
      if (vacating.size > 0) await vacateCompanies(client, new Set([...vacating.keys()].map((key) => externalIdName(model, key))));
      if (owing && groups.some((group) => group.rows.some((row) => row.owed !== null))) {
        await finish(client, model, new Set(drafts.map((draft) => externalIdName(model, draft.key))));
      }
    } catch (error) {
      throw afterCreation(model, error);
    }
    if (model === 'ir.model.fields') models.forget();
  }
  return inOrder(request, ids);
}

/** Ids of keys that exist: as an external id, or in the record's own key field. */
export async function lookupKeys(client: OdooClient, models: OdooModels, model: string, keys: readonly string[]): Promise<Map<string, number>> {
  const found = await findByKeys(client, model, keys);
  const keyField = keyFieldOf(model, await models.fieldsOrNull(model));
  if (keyField === null) return found;
  return new Map([...await findByKeyField(client, model, keyField, keys.filter((key) => !found.has(key))), ...found]);
}

/** A call that was certainly not made, but after the records stand: the creation as a whole must not be sent again, it is looked up. */
function afterCreation(model: string, error: unknown): unknown {
  if (!(error instanceof RetriableError) && !(error instanceof RateLimitedError)) return error;
  return new AmbiguousError({ code: 'created-unfinished', message: `${model}: the records were created; what follows the creation was not: ${error.message}`, cause: error });
}

function inOrder(request: CreateRequest, ids: ReadonlyMap<string, number>): readonly CreatedRecord[] {
  return request.records.map(({ key }) => {
    const id = ids.get(key);
    if (id === undefined) throw new AmbiguousError({ code: 'id-missing', message: `${request.object}: no id came back for one of the created records.` });
    return { key, id: String(id) };
  });
}

/** False = Odoo refused the batch without naming a record: `load` does it again, refuses it again and names them. */
async function createdKeyed(params: Parameters<typeof createKeyed>[0], ids: Map<string, number>): Promise<boolean> {
  try {
    const created = await createKeyed(params);
    params.drafts.forEach((draft, at) => { ids.set(draft.key, created[at] ?? Number.NaN); });
    return true;
  } catch (error) {
    if (error instanceof RecordRejectedError && error.rejections.length === 0) return false;
    throw error;
  }
}

/** Objects whose records are shown in the order of their ids: the chatter. */
export const ordersByCreation: readonly string[] = ['mail.message'];

interface GroupLoad {
  readonly client: OdooClient;
  readonly links: LinkNames;
  readonly model: string;
  readonly groups: readonly LoadGroup[];
  readonly fields: ReadonlyMap<string, OdooField>;
  readonly idOf: (row: LoadRow) => string;
}

async function loadGroups({ client, links, model, groups, fields, idOf }: GroupLoad, ids: Map<string, number>): Promise<void> {
  const done: number[] = [];
  for (const group of groups) {
    try {
      const { columns, cells } = await links.columnsAndCells(group, fields);
      const rows = group.rows.map((row, at) => [idOf(row), ...(cells[at] ?? [])]);
      const groupIds = await callLoad(client, model, ['id', ...columns], rows);
      group.rows.forEach((row, at) => ids.set(row.key, groupIds[at] ?? Number.NaN));
      done.push(...groupIds);
    } catch (error) {
      await takeBack(client, model, done, error);
      throw withRequestIndexes(error, group);
    }
  }
}

/** Records of one request may need several loads; when a later one is refused the earlier ones are taken back, so that all or none stands. */
async function takeBack(client: OdooClient, model: string, done: readonly number[], reason: unknown): Promise<void> {
  if (done.length === 0 || reason instanceof AmbiguousError) return; // ambiguous: every record is looked up by its key anyway
  try {
    await client.write(model, 'unlink', { ids: [...done] });
  } catch (error) {
    throw new AmbiguousError({ code: 'partly-created', message: `${model}: ${done.length} records were created before the others were refused, and could not be taken back.`, cause: error });
  }
}

function withRequestIndexes(error: unknown, group: LoadGroup): unknown {
  if (!(error instanceof RecordRejectedError)) return error;
  const rejections: readonly Rejection[] = error.rejections.map((rejection) => ({ ...rejection, index: group.rows[rejection.index]?.index ?? rejection.index }));
  return new RecordRejectedError({ code: error.code, message: error.message, rejections, cause: error.cause });
}

function splitOwed(draft: Draft, owing: boolean): Draft & { readonly owed: JsonObject | null } {
  const { values } = draft;
  if (!owing) return { ...draft, owed: null };
  const owed = Object.fromEntries(owedLeadFields.flatMap((name) => (values[name] === undefined || values[name] === null ? [] : [[name, values[name]] as const])));
  const now = Object.fromEntries(Object.entries(values).filter(([name]) => !owedLeadFields.some((field) => field === name)));
  return { ...draft, values: now, owed: Object.keys(owed).length === 0 ? null : owed };
}

function externalIdFor(model: string, key: string, owed: JsonObject | null): string {
  const name = externalIdName(model, key);
  return owed === null ? `${externalIdModule}.${name}` : `${unfinishedModule}.${unfinishedName(name, owed)}`;
}

function refuseRepeatedKeys(request: CreateRequest): void {
  const first = new Map<string, number>();
  const rejections: Rejection[] = [];
  request.records.forEach((record, index) => {
    if (first.has(record.key)) rejections.push({ index, code: 'key-repeated', message: `The key stands twice in one call (records ${first.get(record.key) ?? 0} and ${index}).` });
    else first.set(record.key, index);
  });
  if (rejections.length > 0) throw new RecordRejectedError({ code: 'key-repeated', message: `${request.object}: the same key twice in one call.`, rejections });
}
