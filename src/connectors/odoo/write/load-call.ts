import { RecordRejectedError, RetriableError, type Rejection } from '../../../connector/errors.ts';
import type { FileOpener } from '../../../connector/file-value.ts';
import type { JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import type { Cell } from '../values/load-cells.ts';
import { readableText } from '../doors/readable-message.ts';
import { isRegistryInFlux, registryRemedy } from '../fields/registry-in-flux.ts';

interface LoadMessage {
  readonly type: string;
  readonly message: string;
  readonly record?: number;
  readonly field?: string | false;
}

/** Texts of PostgreSQL by which `load` hides a rolled-back transaction among its messages. In English or as the SQL state's name. */
const busy = /could not serialize access|deadlock detected|could not obtain lock|canceling statement/iu;
/** What every record says that follows an error in its transaction, a passing one or not. */
const follows = /current transaction is aborted/iu;

/**
 * One `load`: records and their external ids in ONE transaction, all or none. It reports errors as data, never as a fault,
 * with the index of the record; a changed answer without ids means that nothing was stored.
 * `active_test: false`: links to archived records must be found (they are searched by id, one search a cell).
 * @returns ids in the order of the rows.
 */
export async function callLoad(client: OdooClient, model: string, columns: readonly string[], rows: readonly (readonly Cell[])[], context: JsonObject = {}, files?: FileOpener): Promise<readonly number[]> {
  const answer = await client.write(model, 'load', { fields: [...columns], data: rows.map((row) => [...row]) }, { active_test: false, ...context }, files) as unknown as { ids: readonly number[] | false; messages: readonly LoadMessage[] };
  const errors = answer.messages.filter((message) => message.type === 'error');
  if (answer.ids !== false && errors.length === 0 && answer.ids.length === rows.length) return answer.ids;
  throw errorForMessages(model, errors, rows.length, columns);
}

function errorForMessages(model: string, errors: readonly LoadMessage[], rowCount: number, columns: readonly string[]): RecordRejectedError | RetriableError {
  const flux = errors.find((error) => isRegistryInFlux(error.message));
  if (flux !== undefined) return new RetriableError({ code: 'registry-in-flux', message: `${model}.load: this Odoo is building its models anew: ${readableText(flux.message)}`, remedy: registryRemedy });
  // One is enough: nothing of the call was stored, and what the others said may come of it.
  if (errors.some((error) => busy.test(error.message)) || (errors.length > 0 && errors.every((error) => follows.test(error.message)))) {
    return new RetriableError({ code: 'rolled-back', message: `${model}.load: the database was busy and rolled the call back.` });
  }
  const byIndex = new Map<number, Rejection>();
  for (const error of errors) {
    if (typeof error.record !== 'number' || error.record >= rowCount || byIndex.has(error.record) || follows.test(error.message)) continue;
    const field = typeof error.field === 'string' && columns.some((column) => column.split('/')[0] === error.field) ? error.field : undefined;
    byIndex.set(error.record, { index: error.record, code: codeFor(error.message), message: readableText(error.message), ...(field === undefined ? {} : { field }) });
  }
  const rejections = [...byIndex.values()].sort((left, right) => left.index - right.index);
  const first = rejections[0]?.message ?? (errors[0] === undefined ? 'Odoo stored nothing and gave no reason.' : readableText(errors[0].message));
  return new RecordRejectedError({ code: 'refused', message: `${model}: ${rejections.length || 'some'} of ${rowCount} records refused; first: ${first}`, rejections });
}

/** Stable codes for the reasons that can be told apart without relying on wording alone. */
function codeFor(message: string): string {
  if (/No matching record found/iu.test(message)) return 'link-not-found';
  if (/_uniq|unique|already exists|must be unique/iu.test(message)) return 'not-unique';
  if (/mandatory|required|not-null|Missing required/iu.test(message)) return 'required-empty';
  return 'refused';
}
