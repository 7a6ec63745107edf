import { accessError, ArgumentError, attributeError, keyError, OdooError, typeError } from '../python-errors.ts';
import type { Method, MethodCall } from './behaviour.ts';
import type { Environment } from './environment.ts';
import { COMMON_METHODS } from './common-methods.ts';

/** Public methods of the ORM that 19 refuses to call over the network (measured). */
const REFUSED_19 = new Set(['browse', 'exists', 'search_fetch', 'sudo', 'check_access']);

function findMethod(env: Environment, model: string, name: string): Method | undefined {
  const method = env.model(model).behaviour.methods?.[name] ?? COMMON_METHODS[name];
  return method?.versions && !method.versions.includes(env.version) ? undefined : method;
}

function checkPublic(env: Environment, model: string, name: string): void {
  if (name.startsWith('_') || (env.version >= 19 && REFUSED_19.has(name))) {
    throw accessError(env.version >= 19 ? `Private methods (such as '${model}.${name}') cannot be called remotely.` : `Private methods (such as ${name}) cannot be called remotely.`);
  }
}

/** `execute_kw`: positional arguments, the first being the ids of a record method, then keywords. */
export function callPositional(env: Environment, model: string, name: string, positional: readonly unknown[], keywords: Readonly<Record<string, unknown>>): { readonly method: Method; readonly result: unknown } {
  env.model(model);
  checkPublic(env, model, name);
  const method = findMethod(env, model, name);
  if (!method) throw attributeError(env.version === 14 ? `type object '${model}' has no attribute '${name}'` : `The method '${model}.${name}' does not exist`);
  const named: Record<string, unknown> = { ...keywords };
  delete named['context'];
  let rest = positional;
  let ids: number[] = [];
  if (method.on === 'records') {
    if (positional.length > 0) {
      ids = idList(positional[0]);
      rest = positional.slice(1);
    } else if ('ids' in named) {
      ids = idList(named['ids']);
      delete named['ids'];
    } else throw typeError(`${name}() missing 1 required positional argument: 'ids'`);
  }
  return { method, result: method.run(env, { model, ids, arguments: bind(name, method, rest, named) } satisfies MethodCall) };
}

function bind(name: string, method: Method, positional: readonly unknown[], named: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const parameters = method.parameters.filter((parameter) => parameter !== '**');
  if (positional.length > parameters.length) throw typeError(`${name}() takes ${parameters.length + 1} positional arguments but ${positional.length + 1} were given`);
  const bound: Record<string, unknown> = {};
  parameters.forEach((parameter, at) => {
    const plain = parameter.replace(/=$/u, '');
    if (at < positional.length) {
      if (plain in named) throw typeError(`${name}() got multiple values for argument '${plain}'`);
      bound[plain] = positional[at];
    } else if (plain in named) bound[plain] = named[plain];
    else if (!parameter.endsWith('=')) throw typeError(`${name}() missing 1 required positional argument: '${plain}'`);
  });
  for (const [key, value] of Object.entries(named)) {
    if (key in bound) continue;
    if (!method.parameters.includes('**')) throw typeError(`${name}() got an unexpected keyword argument '${key}'`);
    bound[key] = value;
  }
  return bound;
}

/** JSON-2: only named arguments, with `ids` for the records; forgotten `ids` mean an empty recordset (measured). */
export function callNamed(env: Environment, model: string, name: string, body: Readonly<Record<string, unknown>>): { readonly method: Method; readonly result: unknown } {
  if (!env.hasModel(model)) throw new OdooError('werkzeug.exceptions.NotFound', `the model '${model}' does not exist`);
  checkPublic(env, model, name);
  const method = findMethod(env, model, name);
  if (!method) throw new OdooError('werkzeug.exceptions.NotFound', `The method '${model}.${name}' does not exist`);
  const { ids, context: _context, ...named } = body;
  const unprocessable = (text: string): Error => new ArgumentError('werkzeug.exceptions.UnprocessableEntity', text);
  if (ids !== undefined && method.on === 'model') throw unprocessable(`cannot call ${model}.${name} with ids`);
  const accepted = new Set(method.parameters.map((parameter) => parameter.replace(/=$/u, '')));
  for (const parameter of method.parameters) {
    if (parameter !== '**' && !parameter.endsWith('=') && !(parameter in named)) throw unprocessable(`missing a required argument: '${parameter}'`);
  }
  for (const key of Object.keys(named)) {
    if (!accepted.has(key) && !method.parameters.includes('**')) throw unprocessable(`got an unexpected keyword argument '${key}'`);
  }
  return { method, result: method.run(env, { model, ids: ids === undefined ? [] : idList(ids), arguments: named }) };
}

function idList(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (value === false || value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.map((entry) => (typeof entry === 'number' ? entry : notAnId(entry)));
  return notAnId(value);
}

function notAnId(value: unknown): never {
  if (typeof value === 'object') throw typeError("unhashable type: 'list'");
  throw keyError(String(value));
}
