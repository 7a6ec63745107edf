import { RecordRejectedError, type Rejection } from '../../../connector/errors.ts';
import type { UpdateRequest } from '../../../connector/destination.ts';
import type { FileOpener } from '../../../connector/file-value.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import type { OdooField } from '../fields/field-types.ts';
import { callLoad } from './load-call.ts';
import { loadColumn, toCell } from '../values/load-cells.ts';
import { callsFor, loadWithFiles } from './load-files.ts';
import type { OdooModels } from '../fields/models.ts';
import { toRecordIds } from '../read/read.ts';
import { withoutFollowers } from './update-activities.ts';
import { plainMeetingChanges, updateAttendees, withModelIds } from './update-meetings.ts';
import { reachesLeads } from './partner-leads.ts';
import { rejectionFor, toOdoo, UnfitValue } from '../values/values-out.ts';
import { recordsTogether, writeTogether, type Writing } from './write-together.ts';

interface Change { readonly index: number; readonly id: number; readonly typed: JsonObject; readonly values: JsonObject }

/** Changes that go in one `load` even where several of them are equal: it takes 0.4 s at most (52-95 rows/s), and a delta is many such handfuls. */
const fewRows = 20;

/**
 * Writes fields of existing records. Equal values go in one `write` (1,000 ids in 0.15-0.27 s); when most records get values of
 * their own, one `load` by database id does it in one transaction (52-95/s against 33-62 single calls). Where that is several calls,
 * partners and leads are written by one of another kind (`write-together.ts`).
 * Several writes are several transactions: each record is written wholly or not, and writing it again changes nothing.
 */
export async function updateRecords(client: OdooClient, models: OdooModels, request: UpdateRequest): Promise<void> {
  const { object: model } = request;
  if (request.changes.length === 0) return;
  const named = model === 'calendar.event' || model === 'mail.activity' ? await withModelIds(client, request.changes) : request.changes;
  const changes = model === 'calendar.event' ? plainMeetingChanges(named) : named;
  const fields = await models.require(model, changes.flatMap((change) => Object.keys(change.values)));
  const typed = typeChanges(model, fields, changes);
  const closing = model === 'crm.lead' && client.traits.leadDatesNeedSecondWrite ? closingDates(typed) : [];
  const calls = callsOf({ client, model, fields, files: request.files }, typed);
  const write = async (): Promise<void> => {
    if (await writtenAtOnce(client, model, typed, closing, calls.length, request.files)) return;
    for (const call of calls) await call();
    for (const group of groups(closing, ({ vals }) => String(vals['date_closed']))) await client.write(model, 'write', { ids: group.map(({ id }) => id), vals: group[0]?.vals ?? {} });
  };
  if (model === 'mail.activity') await withoutFollowers(client, named, write);
  else await write();
  if (model === 'calendar.event') await updateAttendees(client, named);
  if (model === 'ir.model.fields') models.forget();
}

/** The calls that write the changes where each takes one set of fields: one for each set, or one for each set of values. */
function callsOf(params: Omit<LoadedChanges, 'names'>, typed: readonly Change[]): readonly (() => Promise<unknown>)[] {
  const { client, model, fields, files } = params;
  return groups(typed, (change) => Object.keys(change.typed).sort().join(',')).flatMap((set): readonly (() => Promise<unknown>)[] => {
    const names = Object.keys(set[0]?.typed ?? {}).sort();
    if (names.length === 0) return [];
    const equal = groups(set, (change) => JSON.stringify(names.map((name) => change.typed[name])));
    const asLoad = equal.length > 1 && (equal.length > set.length / 2 || set.length <= fewRows) && loadSuits(set, fields, names, files);
    if (asLoad) return [() => loadChanges({ ...params, names }, set)];
    return equal.map((group) => () => client.write(model, 'write', { ids: group.map((change) => change.id), vals: group[0]?.typed ?? {} }, {}, files));
  });
}

/** Whether all was written by fewer calls, each with several sets of fields. What such a call refuses is sent again set by set: writing twice changes nothing. */
async function writtenAtOnce(client: OdooClient, model: string, typed: readonly Change[], closing: readonly Writing[], calls: number, files: FileOpener | undefined): Promise<boolean> {
  const changing = typed.filter((change) => Object.keys(change.typed).length > 0);
  const needed = calls + (closing.length > 0 ? 1 : 0);
  const along = model === 'res.partner' && changing.some((change) => reachesLeads(change.typed));
  if (files !== undefined || (needed <= Math.ceil(changing.length / recordsTogether) && !along)) return false;
  for (let at = 0; at < changing.length; at += recordsTogether) {
    const part = changing.slice(at, at + recordsTogether);
    const ids = new Set(part.map(({ id }) => id));
    if (!await writeTogether(client, model, [...part.map(({ id, typed: vals }) => ({ id, vals })), ...closing.filter(({ id }) => ids.has(id))])) return false;
  }
  return changing.length > 0;
}

/** Up to Odoo 16 a write that closes a lead sets date_closed to now over any value in it, an empty one too: the right one follows. */
function closingDates(changes: readonly Change[]): readonly Writing[] {
  return changes.flatMap(({ id, typed }) => {
    const date = typed['date_closed'];
    const closes = (typeof date === 'string' && ['stage_id', 'probability', 'active'].some((name) => name in typed)) || (date === false && (typed['active'] === false || Number(typed['probability'] ?? 0) >= 100));
    return closes ? [{ id, vals: { date_closed: date } }] : [];
  });
}

function typeChanges(model: string, fields: ReadonlyMap<string, OdooField>, changes: UpdateRequest['changes']): readonly Change[] {
  const rejections: Rejection[] = [];
  const typed = changes.map((change, index): Change => {
    const values: { [name: string]: Json } = {};
    const [id] = toRecordIds([change.id]);
    if (id === undefined) rejections.push({ index, code: 'not-an-id', message: `'${change.id}' is not the id of an Odoo record.` });
    for (const [name, value] of Object.entries(change.values)) {
      const field = fields.get(name);
      try {
        if (field !== undefined) values[name] = toOdoo(field, value);
      } catch (error) {
        if (!(error instanceof UnfitValue)) throw error;
        rejections.push(rejectionFor(index, name, error));
      }
    }
    return { index, id: id ?? 0, typed: values, values: change.values };
  });
  if (rejections.length > 0) throw new RecordRejectedError({ code: rejections[0]?.code ?? 'unfit', message: `${model}: ${rejections.length} values do not fit; first: ${rejections[0]?.message ?? ''}`, rejections });
  return typed;
}

/** `load` leaves a list of links alone where the cell is empty, so emptied lists need `write`. Ids must be distinct: the last would win. */
function loadSuits(set: readonly Change[], fields: ReadonlyMap<string, OdooField>, names: readonly string[], files: FileOpener | undefined): boolean {
  const unfit = names.filter((name) => ['many2many', 'one2many', ...(files === undefined ? ['binary'] : [])].includes(fields.get(name)?.type ?? ''));
  return new Set(set.map((change) => change.id)).size === set.length && unfit.length === 0;
}

interface LoadedChanges {
  readonly client: OdooClient;
  readonly model: string;
  readonly fields: ReadonlyMap<string, OdooField>;
  readonly names: readonly string[];
  readonly files: FileOpener | undefined;
}

/** One call, or several where there are files: small ones go together, each large one alone. */
async function loadChanges({ client, model, fields, names, files }: LoadedChanges, set: readonly Change[]): Promise<void> {
  const columns = ['.id', ...names.map((name) => loadColumn(name, fields.get(name) as OdooField))];
  const rows = set.map((change) => ({ change, cells: [String(change.id), ...names.map((name) => toCell(fields.get(name) as OdooField, change.values[name] ?? null))] }));
  for (const part of callsFor(rows, (row) => row.cells)) {
    const cells = part.map((row) => row.cells);
    try {
      if (files !== undefined && cells.some((row) => row.some((cell) => typeof cell !== 'string'))) await loadWithFiles(client, model, columns, cells, {}, files);
      else await callLoad(client, model, columns, cells);
    } catch (error) {
      if (!(error instanceof RecordRejectedError)) throw error;
      const rejections = error.rejections.map((rejection) => ({ ...rejection, index: part[rejection.index]?.change.index ?? rejection.index }));
      throw new RecordRejectedError({ code: error.code, message: error.message, ...(error.remedy === null ? {} : { remedy: error.remedy }), rejections, cause: error.cause });
    }
  }
}

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly (readonly Item[])[] {
  const byKey = new Map<string, Item[]>();
  for (const item of items) {
    const group = byKey.get(keyOf(item));
    if (group === undefined) byKey.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...byKey.values()];
}
