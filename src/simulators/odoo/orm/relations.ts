import { typeError, valueError, pythonRepr } from '../python-errors.ts';
import type { Field } from '../schema/parse-schema.ts';
import type { Environment } from './environment.ts';
import { mirrorOf } from './field-value.ts';
import { linkedBy } from './hierarchy.ts';

/** A command list with its kind spelled out. */
type Command =
  | { readonly kind: 'create'; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'update'; readonly id: number; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'delete' | 'unlink' | 'link'; readonly id: number }
  | { readonly kind: 'clear' }
  | { readonly kind: 'set'; readonly ids: readonly number[] };

/** Reads `[1, 2]`, `[[6, 0, [1]]]`, `[[4, 1]]`, `[[0, 0, {…}]]`, `[[5]]`, false. */
function readCommands(value: unknown, name: string): Command[] {
  if (value === false || value === null || value === undefined || value === '') return [{ kind: 'clear' }];
  if (typeof value === 'number') return [{ kind: 'set', ids: [value] }];
  if (!Array.isArray(value)) throw valueError(`Wrong value for ${name}: ${typeof value === 'string' ? value : pythonRepr(value)}`);
  if (value.length > 0 && value.every((entry) => typeof entry === 'number')) return [{ kind: 'set', ids: value }];
  return value.map((entry: unknown): Command => {
    if (typeof entry === 'number') return { kind: 'link', id: entry };
    if (!Array.isArray(entry)) throw typeError("'str' object is not a command");
    const [code, id, rest] = entry as [unknown, unknown, unknown];
    switch (code) {
      case 0: return { kind: 'create', values: (rest ?? {}) as Record<string, unknown> };
      case 1: return { kind: 'update', id: Number(id), values: (rest ?? {}) as Record<string, unknown> };
      case 2: return { kind: 'delete', id: Number(id) };
      case 3: return { kind: 'unlink', id: Number(id) };
      case 4: return { kind: 'link', id: Number(id) };
      case 5: return { kind: 'clear' };
      case 6: return { kind: 'set', ids: Array.isArray(rest) ? rest.map(Number) : [] };
      default: throw valueError(`Wrong value for ${name}: ${pythonRepr(entry)}`);
    }
  });
}

/** The ids a many2many holds after the commands, ascending; inline records are created. */
export function applyToMany2many(env: Environment, modelName: string, field: Field, before: readonly number[], value: unknown): readonly number[] {
  const ids = new Set(before);
  for (const command of readCommands(value, `${modelName}.${field.name}`)) {
    switch (command.kind) {
      case 'create': ids.add(env.records.create(env, field.relation!, [command.values])[0]!); break;
      case 'update': env.records.write(env, field.relation!, [command.id], command.values); break;
      case 'delete': env.records.unlink(env, field.relation!, [command.id]); ids.delete(command.id); break;
      case 'unlink': ids.delete(command.id); break;
      case 'link': ids.add(command.id); break;
      case 'clear': ids.clear(); break;
      case 'set': ids.clear(); for (const id of command.ids) ids.add(id);
    }
  }
  return [...ids].sort((a, b) => a - b);
}

/** Carries out the commands of a one2many (or of the mirrored side of a many2many) on a row that exists. */
export function applyToOne2many(env: Environment, modelName: string, id: number, field: Field, value: unknown): void {
  const mirror = mirrorOf(modelName, field.name);
  if (mirror) return applyToMirror(env, id, mirror, value);
  const inverse = field.inverse;
  if (inverse === null || inverse === 'res_id') return;
  const link = (ids: readonly number[], target: number | false): void => {
    if (ids.length > 0) env.records.write(env, field.relation!, ids, { [inverse]: target });
  };
  for (const command of readCommands(value, `${modelName}.${field.name}`)) {
    switch (command.kind) {
      case 'create': env.records.create(env, field.relation!, [{ ...command.values, [inverse]: id }]); break;
      case 'update': env.records.write(env, field.relation!, [command.id], command.values); break;
      case 'delete': env.records.unlink(env, field.relation!, [command.id]); break;
      case 'unlink': dropLine(env, field, inverse, [command.id]); break;
      case 'link': link([command.id], id); break;
      case 'clear': dropLine(env, field, inverse, linkedBy(env, field.relation!, inverse, id)); break;
      case 'set': {
        const wanted = command.ids;
        dropLine(env, field, inverse, linkedBy(env, field.relation!, inverse, id).filter((line) => !wanted.includes(line)));
        link(wanted, id);
      }
    }
  }
}

/** A line that must have its parent is deleted when it loses it. */
function dropLine(env: Environment, field: Field, inverse: string, ids: readonly number[]): void {
  if (ids.length === 0) return;
  if (env.model(field.relation!).fields.get(inverse)?.required) env.records.unlink(env, field.relation!, ids);
  else env.records.write(env, field.relation!, ids, { [inverse]: false });
}

function applyToMirror(env: Environment, id: number, [model, name]: readonly [string, string], value: unknown): void {
  const field = env.model(model).fields.get(name)!;
  const own = [...env.table(model).rows()].filter((row) => (row[name] as readonly number[] | undefined)?.includes(id)).map((row) => row.id);
  const wanted = applyToMany2many(env, model, { ...field, relation: model }, own, value);
  for (const other of new Set([...own, ...wanted])) {
    const inside = wanted.includes(other);
    if (own.includes(other) !== inside) env.records.write(env, model, [other], { [name]: [[inside ? 4 : 3, id]] });
  }
}
