import type { Draft } from '../store/row.ts';
import { toStored } from './convert.ts';
import type { Environment } from './environment.ts';
import type { Model } from './registry.ts';

/** Values of fields a create leaves out: `default_<field>` of the context, the model's own, `active`. */
export function defaultsOf(env: Environment, model: Model): Draft {
  const defaults: Draft = {};
  if (model.fields.get('active')?.type === 'boolean') defaults['active'] = true;
  Object.assign(defaults, model.behaviour.defaults?.(env));
  for (const [key, value] of Object.entries(env.context)) {
    if (!key.startsWith('default_')) continue;
    const field = model.fields.get(key.slice('default_'.length));
    if (field?.type === 'many2many' && Array.isArray(value) && value.every((id) => typeof id === 'number')) defaults[field.name] = [...value as readonly number[]];
    if (!field || field.type === 'one2many' || field.type === 'many2many') continue;
    const stored = toStored(env, model.name, field, value);
    if (stored === undefined) delete defaults[field.name];
    else defaults[field.name] = stored;
  }
  return defaults;
}
