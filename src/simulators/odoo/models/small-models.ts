import type { ModelBehaviour } from '../orm/behaviour.ts';
import type { Environment } from '../orm/environment.ts';
import type { Draft, Row } from '../store/row.ts';

/** A model that differs from a plain table only in its default values. */
export function recordDefaults(values: Draft): ModelBehaviour {
  return { defaults: () => values };
}

/** Contact tags are shown with their parents: 'Customers / Gold'. */
export const categoryBehaviour: ModelBehaviour = {
  displayName: (env, row) => {
    const names = [String(row['name'])];
    for (let above = env.row('res.partner.category', row['parent_id']); above; above = env.row('res.partner.category', above['parent_id'])) names.unshift(String(above['name']));
    return names.join(' / ');
  },
};

const OF_PARTNER = ['street', 'city', 'zip', 'state_id', 'country_id', 'vat', 'website'];

/** A company's address is that of its partner. */
export const companyBehaviour: ModelBehaviour = {
  computed: Object.fromEntries(OF_PARTNER.map((name) => [name, (env: Environment, row: Row) => env.row('res.partner', row['partner_id'])?.[name]])),
};

export const currencyBehaviour: ModelBehaviour = { defaults: () => ({ rounding: 0.01, position: 'after' }) };

/** 'California (US)'. */
export const stateBehaviour: ModelBehaviour = {
  displayName: (env: Environment, row: Row) => `${String(row['name'])} (${String(env.row('res.country', row['country_id'])?.['code'] ?? '')})`,
};

/** The model's name beside the reference to it, as Odoo relates it. */
const nameModel: NonNullable<ModelBehaviour['beforeCreate']> = (env, draft) => {
  const model = env.row('ir.model', draft['model_id'])?.['model'];
  if (model !== undefined) draft['model_name'] = model;
};

/** Automation rules know their model by name, for the moment they fire. */
export const automationBehaviour: ModelBehaviour = {
  defaults: (env) => ({ trigger: 'on_create', ...(env.version === 14 ? { state: 'object_write' } : {}) }),
  beforeCreate: nameModel,
};

/** A scheduled action has its name from the server action behind it; `cron_name` is that name, stored. */
export const cronBehaviour: ModelBehaviour = {
  beforeCreate: nameModel,
  computed: { name: (_env, row) => row['cron_name'] },
};
