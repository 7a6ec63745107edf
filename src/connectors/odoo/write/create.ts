import { AmbiguousError, AuthenticationError, ConfigurationError, RateLimitedError, RecordRejectedError, RetriableError, type Rejection } from '../../../connector/errors.ts';
import type { CreatedRecord, CreateRequest } from '../../../connector/destination.ts';
import type { FileOpener } from '../../../connector/file-value.ts';
import type { JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { createKeyed, findByKeyField, keyFieldFor, keyFieldsOf } from './keyed-create.ts';
import { debtId } from './debts.ts';
import { payDebts } from './pay-debts.ts';
import type { OdooField } from '../fields/field-types.ts';
import { externalIdModule, externalIdName, findByKeys } from './keys.ts';
import { callLoad } from './load-call.ts';
import { callsFor, loadWithFiles, oversize } from './load-files.ts';
import type { LinkNames } from './link-names.ts';
import { groupForLoad, type LoadGroup, type LoadRow } from './load-groups.ts';
import { prepareForCreate, type Asking, type Draft } from './model-rules.ts';
import type { OdooModels } from '../fields/models.ts';
import { owedDateParts } from './unfinished.ts';

/**
 * Creates records with their keys: by `load`, which stores record and external id in one transaction, or by `create`
 * with the key inside where the model has room for it (keyed-create.ts). A lost answer can always be looked up (docs/decisions/0002-odoo-write-strategy.md). Keys that exist are not created again and not touched.
 */
export async function createRecords({ client, models, standing, links }: Asking & Readonly<{ links: LinkNames }>, request: CreateRequest): Promise<readonly CreatedRecord[]> {
  const { object: model, records } = request;
  if (records.length === 0) return [];
  refuseRepeatedKeys(request);
  const ids = request.looked === true ? new Map<string, number>() : await lookupKeys(client, models, model, records.map((record) => record.key));
  const drafts = records.map((record, index): Draft => ({ index, key: record.key, values: record.values, owed: null, debt: null })).filter((draft) => !ids.has(draft.key));
  if (drafts.length === 0) return inOrder(request, ids);
  const prepared = await prepareForCreate({ client, models, standing }, model, drafts);
  const fields = await models.require(model, new Set(prepared.drafts.flatMap(({ values }) => Object.keys(values))));
  const keyField = keyFieldFor(model, fields, prepared.drafts.map(({ values }) => values));
  const plain = prepared.rejections.length === 0 && prepared.drafts.every((draft) => draft.owed === null && draft.debt === null);
  if (keyField !== null && plain && await createdKeyed({ client, model, keyField, fields, drafts: prepared.drafts }, ids)) return inOrder(request, ids);
  const groups = await groupForLoad({ models, model, fields, ordered: ordersByCreation.includes(model), drafts: prepared.drafts, rejections: prepared.rejections });
  const debts = new Map(prepared.drafts.map((draft) => [draft.key, draft.debt]));
  const partsOf = (row: LoadRow): Readonly<Record<string, string>> => ({ ...(row.owed === null ? {} : owedDateParts(row.owed)), ...debts.get(row.key) });
  const idOf = (row: LoadRow): string => {
    const name = externalIdName(model, row.key);
    return Object.keys(partsOf(row)).length === 0 ? `${externalIdModule}.${name}` : debtId(name, partsOf(row));
  };
  const made = await loadGroups({ client, links, model, groups, fields, idOf, context: prepared.context, ...(request.files === undefined ? {} : { files: request.files }) }, ids);
  const owing = groups.flatMap((group) => group.rows).filter((row) => Object.keys(partsOf(row)).length > 0);
  if (owing.length > 0) await payAfterCreation(client, model, new Set(owing.map((row) => externalIdName(model, row.key))), made);
  if (model === 'ir.model.fields') models.forget();
  return inOrder(request, ids);
}

/** Ids of keys that exist: as an external id, or in the record's own key field. */
export async function lookupKeys(client: OdooClient, models: OdooModels, model: string, keys: readonly string[]): Promise<Map<string, number>> {
  const found = await findByKeys(client, model, keys);
  for (const keyField of keyFieldsOf(model, await models.fieldsOrNull(model))) {
    const missing = keys.filter((key) => !found.has(key));
    if (missing.length > 0) for (const [key, id] of await findByKeyField(client, model, keyField, missing)) found.set(key, id);
  }
  return found;
}

/**
 * What follows the creation and is refused takes the records back, so that none stands. A call that was certainly not made comes
 * after records that stand: the creation as a whole must not be sent again, it is looked up.
 */
async function payAfterCreation(client: OdooClient, model: string, names: ReadonlySet<string>, made: readonly number[]): Promise<void> {
  try {
    await payDebts(client, model, names, true);
  } catch (error) {
    if (error instanceof RetriableError || error instanceof RateLimitedError) {
      throw new AmbiguousError({ code: 'created-unfinished', message: `${model}: the records were created; what follows the creation was not: ${error.message}`, cause: error });
    }
    if (error instanceof RecordRejectedError || error instanceof AuthenticationError || error instanceof ConfigurationError) await takeBack(client, model, made, error);
    if (!(error instanceof RecordRejectedError)) throw error;
    throw new RecordRejectedError({ code: error.code, message: error.message, rejections: [], cause: error }); // its indexes are those of another call
  }
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
  readonly context: JsonObject;
  readonly files?: FileOpener;
}

/** Gives the ids of what was made, also into `ids`. Several calls, where records have different fields or files are large: all or none stands. */
async function loadGroups({ client, links, model, groups, fields, idOf, context, files }: GroupLoad, ids: Map<string, number>): Promise<readonly number[]> {
  refuseOversize(client, model, groups);
  const done: number[] = [];
  for (const group of groups) {
    const calls = [...callsFor(group.rows, (row) => row.cells)];
    for (let rows = calls.shift(); rows !== undefined; rows = calls.shift()) {
      const part = { names: group.names, rows };
      try {
        const { columns, cells } = await links.columnsAndCells(part, fields);
        const lines = rows.map((row, at) => [idOf(row), ...(cells[at] ?? [])]);
        const made = files !== undefined && lines.some((line) => line.some((cell) => typeof cell !== 'string'))
          ? await loadWithFiles(client, model, ['id', ...columns], lines, context, files)
          : await callLoad(client, model, ['id', ...columns], lines, context);
        rows.forEach((row, at) => ids.set(row.key, made[at] ?? Number.NaN));
        done.push(...made);
      } catch (error) {
        if (rows.length > 1 && error instanceof RecordRejectedError && error.code === 'request-too-large') {
          calls.unshift(rows.slice(0, rows.length / 2), rows.slice(rows.length / 2)); // the limit of a server or a proxy is not known before
          continue;
        }
        await takeBack(client, model, done, error);
        throw withRequestIndexes(error, part);
      }
    }
  }
  return done;
}

function refuseOversize(client: OdooClient, model: string, groups: readonly LoadGroup[]): void {
  const rejections = groups.flatMap((group) => group.rows.flatMap((row): Rejection[] => {
    const message = oversize(client, row.cells);
    return message === null ? [] : [{ index: row.index, code: 'request-too-large', message }];
  }));
  if (rejections.length > 0) throw new RecordRejectedError({ code: 'request-too-large', message: `${model}: ${rejections.length} files are too large; first: ${rejections[0]?.message ?? ''}`, remedy: 'Use door jsonrpc or json2, or leave the files out.', rejections });
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
  return new RecordRejectedError({ code: error.code, message: error.message, ...(error.remedy === null ? {} : { remedy: error.remedy }), rejections, cause: error.cause });
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
