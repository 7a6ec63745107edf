import { assertionError, attributeError, typeError } from '../python-errors.ts';
import type { MethodTable, Operation } from './behaviour.ts';
import { createRecords } from './create.ts';
import type { Environment } from './environment.ts';
import { describeFields } from './fields-get.ts';
import { displayName, nameSearchIds } from './names.ts';
import { readRecords } from './read.ts';
import { checkModelRight, checkRowRights, hasModelRight } from './rights.ts';
import { countRows, searchIds } from './search.ts';
import { deleteRecords } from './unlink.ts';
import { writeRecords } from './write.ts';
import { VIEW_METHODS } from '../models/view.ts';
import { loadRows } from '../load/load-rows.ts';
import { defaultsOf } from './defaults.ts';
import { groupRows } from './read-group.ts';

type Values = Readonly<Record<string, unknown>>;
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const names = (value: unknown): string[] | null => (Array.isArray(value) ? value.map(String) : null);

function search(env: Environment, model: string, a: Values): number[] {
  checkModelRight(env, model, 'read');
  return searchIds(env, model, a['domain'] ?? a['args'] ?? [], { offset: number(a['offset']) ?? 0, limit: number(a['limit']), order: typeof a['order'] === 'string' ? a['order'] : null });
}

/** Methods every model answers to. */
export const COMMON_METHODS: MethodTable = {
  ...VIEW_METHODS,
  create: {
    on: 'model', parameters: ['vals_list'],
    run: (env, { model, arguments: { vals_list: given } }) => {
      if (Array.isArray(given)) {
        const wrong = given.find((entry) => !isDictionary(entry));
        if (wrong !== undefined) throw attributeError(`'${pythonType(wrong)}' object has no attribute 'get'`);
        return createRecords(env, model, given as Values[]);
      }
      if (!isDictionary(given)) throw attributeError(`'${pythonType(given)}' object has no attribute 'get'`);
      const ids = createRecords(env, model, [given as Values]);
      return env.door === 'json2' ? ids : ids[0];
    },
  },
  write: {
    on: 'records', parameters: ['vals'],
    run: (env, { model, ids, arguments: { vals } }) => {
      if (!isDictionary(vals)) throw attributeError(`'${pythonType(vals)}' object has no attribute 'get'`);
      writeRecords(env, model, ids, vals as Values);
      return true;
    },
  },
  unlink: { on: 'records', parameters: [], run: (env, { model, ids }) => { deleteRecords(env, model, ids); return true; } },
  read: {
    on: 'records', parameters: ['fields=', 'load='],
    run: (env, { model, ids, arguments: a }) => readRecords(env, model, ids, names(a['fields']), loadMode(a['load'])),
  },
  search: {
    // `count` gave the number instead of the ids; it is gone on the later versions.
    on: 'model', parameters: ['domain', 'offset=', 'limit=', 'order=', '**'],
    run: (env, { model, arguments: a }) => {
      const unknown = Object.keys(a).find((key) => !['domain', 'offset', 'limit', 'order', ...(env.version === 14 ? ['count'] : [])].includes(key));
      if (unknown !== undefined) throw typeError(`search() got an unexpected keyword argument '${unknown}'`);
      const ids = search(env, model, a);
      return a['count'] ? ids.length : ids;
    },
  },
  search_count: {
    on: 'model', parameters: ['domain', 'limit='],
    run: (env, { model, arguments: a }) => {
      checkModelRight(env, model, 'read');
      return countRows(env, model, a['domain'] ?? [], number(a['limit']) || null);
    },
  },
  search_read: {
    on: 'model', parameters: ['domain=', 'fields=', 'offset=', 'limit=', 'order=', '**'],
    run: (env, { model, arguments: a }) => {
      if (env.version === 14 && 'load' in a) throw typeError("search_read() got an unexpected keyword argument 'load'");
      const unknown = Object.keys(a).find((key) => !['domain', 'fields', 'offset', 'limit', 'order', 'load'].includes(key));
      if (unknown !== undefined) throw typeError(`search_read() got an unexpected keyword argument '${unknown}'`);
      return readRecords(env, model, search(env, model, a), names(a['fields']), loadMode(a['load']));
    },
  },
  fields_get: {
    on: 'model', parameters: ['allfields=', 'attributes='],
    run: (env, { model, arguments: a }) => {
      return describeFields(env, model, names(a['allfields']), names(a['attributes']));
    },
  },
  load: { on: 'model', parameters: ['fields', 'data'], run: (env, { model, arguments: a }) => loadRows(env, model, (a['fields'] as string[]), (a['data'] as unknown[][])) },
  name_search: {
    // The second is called `args` before 19 and `domain` from 19 on; both are taken.
    on: 'model', parameters: ['name=', 'args=', 'operator=', 'limit=', '**'],
    run: (env, call) => nameSearch(env, call.model, call.arguments),
  },
  name_create: {
    on: 'model', parameters: ['name'],
    run: (env, { model, arguments: a }) => {
      const id = createRecords(env, model, [{ name: a['name'] }])[0]!;
      return [id, displayName(env, model, id)];
    },
  },
  name_get: { on: 'records', parameters: [], versions: [14, 17], run: (env, { model, ids }) => ids.map((id) => [id, displayName(env, model, id)]) },
  default_get: {
    on: 'model', parameters: ['fields_list'],
    run: (env, { model, arguments: a }) => {
      const defaults = defaultsOf(env, env.model(model));
      return Object.fromEntries((names(a['fields_list']) ?? []).filter((name) => defaults[name] !== undefined).map((name) => [name, defaults[name]]));
    },
  },
  check_access_rights: {
    on: 'model', parameters: ['operation', 'raise_exception='],
    run: (env, { model, arguments: a }) => {
      const allowed = hasModelRight(env, model, a['operation'] as Operation);
      if (!allowed && a['raise_exception'] !== false) checkModelRight(env, model, a['operation'] as Operation);
      return allowed;
    },
  },
  has_access: {
    on: 'records', parameters: ['operation'], versions: [18, 19],
    run: (env, { model, ids, arguments: a }) => {
      const operation = a['operation'] as Operation;
      if (!hasModelRight(env, model, operation)) return false;
      const allowed = env.model(model).behaviour.allowed;
      return !allowed || ids.every((id) => { const row = env.row(model, id); return !row || allowed(env, row, operation); });
    },
  },
  // These two return None: over XML-RPC that is a fault, after the call was committed.
  check_access_rule: { on: 'records', parameters: ['operation'], run: (env, { model, ids, arguments: a }) => { checkRowRights(env, model, ids, a['operation'] as Operation); return null; } },
  check_access: {
    on: 'records', parameters: ['operation'], versions: [18],
    run: (env, { model, ids, arguments: a }) => {
      checkModelRight(env, model, a['operation'] as Operation);
      checkRowRights(env, model, ids, a['operation'] as Operation);
      return null;
    },
  },
  exists: { on: 'records', parameters: [], returnsRecords: true, run: (env, { model, ids }) => ids.filter((id) => env.table(model).has(id)) },
  action_archive: { on: 'records', parameters: [], run: (env, { model, ids }) => { writeRecords(env, model, ids, { active: false }); return true; } },
  action_unarchive: { on: 'records', parameters: [], run: (env, { model, ids }) => { writeRecords(env, model, ids, { active: true }); return true; } },
  toggle_active: {
    on: 'records', parameters: [],
    run: (env, { model, ids }) => {
      for (const id of ids) writeRecords(env, model, [id], { active: env.row(model, id)?.['active'] !== true });
      return null;
    },
  },
  read_group: {
    on: 'model', parameters: ['domain', 'fields', 'groupby', 'offset=', 'limit=', 'orderby=', 'lazy='],
    run: (env, { model, arguments: a }) => groupRows(env, model, a['domain'], names(a['fields']) ?? [], a['groupby'], a['lazy'] !== false),
  },
};

function isDictionary(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pythonType(value: unknown): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  return { string: 'str', boolean: 'bool', number: Number.isInteger(value) ? 'int' : 'float' }[typeof value as string] ?? 'dict';
}

function loadMode(value: unknown): string {
  return value === undefined ? '_classic_read' : value === '_classic_read' ? value : '_classic_write';
}

function nameSearch(env: Environment, model: string, a: Values): unknown {
  checkModelRight(env, model, 'read');
  const domain = a['args'] ?? a['domain'];
  if (domain !== undefined && domain !== null && !Array.isArray(domain)) throw assertionError("Domains to normalize must have a 'domain' form: a list or tuple of domain components");
  const limit = number(a['limit']) ?? 100;
  const ids = nameSearchIds(env, model, typeof a['name'] === 'string' ? a['name'] : '', typeof a['operator'] === 'string' ? a['operator'] : 'ilike', limit, (domain as unknown[] | undefined) ?? []);
  return ids.map((id) => [id, displayName(env, model, id)]);
}

