import { keyError, OdooError, typeError } from '../python-errors.ts';
import { createRecords } from '../orm/create.ts';
import type { Environment } from '../orm/environment.ts';
import { bindExternalId, findExternalId } from '../orm/external-ids.ts';
import { writeRecords } from '../orm/write.ts';
import { convertCell, type CellProblem } from './convert-cell.ts';

/** One message of a `load` answer. */
export interface LoadMessage {
  readonly type: 'error' | 'warning';
  readonly message: string;
  readonly rows?: { readonly from: number; readonly to: number };
  readonly record?: number;
  readonly field?: string;
  readonly moreinfo?: unknown;
}
export interface LoadAnswer { readonly ids: number[] | false; readonly messages: LoadMessage[]; readonly nextrow: number }

interface Column { readonly field: string; readonly by: 'value' | 'id' | '.id' }

/** Leaves the savepoint of `load`, whose answer is data and not a fault. */
class RolledBack extends Error {}

/**
 * `load(fields, rows)`: creates or updates by external id. Any error undoes the whole batch and is given as data (no fault).
 * Same external id twice: the last row wins and its id is repeated.
 * @throws OdooError KeyError for an unknown column, AttributeError for a real boolean in a boolean column
 */
export function loadRows(env: Environment, modelName: string, fields: readonly string[], rows: readonly (readonly unknown[])[]): LoadAnswer {
  if (!Array.isArray(fields) || !Array.isArray(rows)) throw typeError("'NoneType' object is not iterable");
  const columns = fields.map((name) => columnOf(env, modelName, String(name)));
  const messages: LoadMessage[] = [];
  const ids: number[] = [];
  try {
    env.server.database.transaction(() => {
      rows.forEach((row, at) => {
        const id = loadRow(env, modelName, columns, row, at, messages);
        if (id !== null) ids.push(id);
      });
      if (messages.some((message) => message.type === 'error')) throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    return { ids: false, messages, nextrow: 0 };
  }
  return { ids, messages, nextrow: 0 };
}

function columnOf(env: Environment, modelName: string, name: string): Column {
  if (name === 'id') return { field: 'id', by: 'id' };
  if (name === '.id') return { field: 'id', by: '.id' };
  const match = /^([^/:.]+)(?:([/:])(\.?id)|(\.id))?$/u.exec(name);
  const field = match?.[1] ?? name.split('/')[0]!;
  const known = env.model(modelName).fields.get(field);
  if (!known) throw keyError(field);
  if (!match) throw new OdooError('builtins.NotImplementedError', `column '${name}': the simulator loads no lines of one2many fields; load them in a call of their own`);
  return { field, by: match[4] !== undefined || match[3] === '.id' ? '.id' : match[3] === 'id' ? 'id' : 'value' };
}

function loadRow(env: Environment, modelName: string, columns: readonly Column[], row: readonly unknown[], at: number, messages: LoadMessage[]): number | null {
  const position = { rows: { from: at, to: at }, record: at };
  const problem = (found: CellProblem): void => {
    messages.push({ ...position, ...found });
  };
  const values: Record<string, unknown> = {};
  let externalId: string | null = null;
  let databaseId: number | null = null;
  const model = env.model(modelName);
  columns.forEach((column, index) => {
    const cell = row[index];
    if (column.field === 'id') {
      if (cell === '' || cell === false || cell === null || cell === undefined) return;
      if (column.by === 'id') externalId = String(cell);
      else if (env.table(modelName).has(Number(cell))) databaseId = Number(cell);
      else problem({ type: 'error', field: '.id', message: `Unknown database identifier '${String(cell)}'` });
      return;
    }
    const converted = convertCell(env, model.fields.get(column.field)!, column.by, cell, problem);
    if (converted !== undefined) values[column.field] = converted;
  });
  try {
    return env.server.database.transaction(() => {
      // 14 stumbles over an empty list of attendees (measured).
      if (env.version === 14 && modelName === 'calendar.event' && isEmptyList(values['partner_ids'])) throw typeError("'bool' object is not iterable");
      return store(env, modelName, externalId, databaseId, values);
    });
  } catch (error) {
    if (!(error instanceof OdooError)) throw error;
    messages.push({ ...position, ...wording(env, error) });
    return null;
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 1 && Array.isArray(value[0]) && (value[0][2] as readonly unknown[] | undefined)?.length === 0;
}

function store(env: Environment, modelName: string, externalId: string | null, databaseId: number | null, values: Record<string, unknown>): number {
  if (databaseId !== null && externalId === null) {
    writeRecords(env, modelName, [databaseId], values);
    return databaseId;
  }
  if (externalId === null) return createRecords(env, modelName, [values])[0]!;
  const name = externalId.includes('.') ? externalId : `__import__.${externalId}`;
  const known = findExternalId(env, name);
  if (known && known['model'] !== modelName && env.version >= 17) {
    throw new OdooError('odoo.exceptions.ValidationError', `External ID '${name}' belongs to the model '${String(known['model'])}' and cannot be used for '${modelName}'.`);
  }
  if (known && env.table(modelName).has(known['res_id'] as number)) {
    writeRecords(env, modelName, [known['res_id'] as number], values);
    return known['res_id'] as number;
  }
  const id = createRecords(env, modelName, [values])[0]!;
  bindExternalId(env, name, modelName, id);
  return id;
}

function wording(env: Environment, error: OdooError): Pick<LoadMessage, 'type' | 'message' | 'field' | 'moreinfo'> {
  if (error.column?.kind === 'required') return { type: 'error', message: `Missing required value for the field '${error.column.label}' (${error.column.field})`, field: error.column.field };
  if (error.column?.kind === 'unique') return { type: 'error', message: `The value for the field '${error.column.field}' already exists (this is probably '${error.column.label}' in the current model).`, field: error.column.field };
  if (error.column?.kind === 'check') return { type: 'error', message: env.version === 14 ? `'${error.column.text}'` : error.column.text };
  // 14 knows only errors of the database; those of its own code are unknown to it (measured).
  if (env.version === 14 && error.pythonName.startsWith('odoo.exceptions.') && error.column === null && !isDatabaseText(error)) return unknownError(error);
  if (error.pythonName.startsWith('odoo.exceptions.') || error.pythonName.startsWith('psycopg2.')) return { type: 'error', message: error.message };
  return unknownError(error);
}

/** Refusals of the database carry no column when they come from a foreign key. */
function isDatabaseText(error: OdooError): boolean {
  return error.message.startsWith('The operation cannot be completed') || error.message.startsWith('duplicate key value');
}

function unknownError(error: OdooError): Pick<LoadMessage, 'type' | 'message' | 'field' | 'moreinfo'> {
  return { type: 'error', message: `Unknown error during import: <class '${error.pythonName.replace('builtins.', '')}'>: ${error.message}`, moreinfo: 'Resolve other errors first' };
}
