import type { OdooSimulatorOptions } from '../options.ts';
import type { Environment } from '../orm/environment.ts';
import { putRow } from './put-row.ts';

const MODULES = [
  'base', 'web', 'mail', 'contacts', 'crm', 'calendar', 'base_automation', 'sales_team', 'utm', 'mass_mailing', 'base_import', 'auth_signup', 'bus', 'iap', 'partner_autocomplete', 'crm_iap_lead', 'sms',
];
const MODULES_17 = ['crm_iap_enrich', 'crm_iap_mine'];

/** Modules of Odoo Enterprise that tests name: their manifests bear its licence. */
const ENTERPRISE_MODULES: ReadonlySet<string> = new Set(['web_enterprise', 'helpdesk', 'web_studio', 'sale_subscription', 'marketing_automation']);

/** The tables of models and of their fields, and the installed modules. */
export function seedModels(env: Environment, options: OdooSimulatorOptions): void {
  let fieldId = 0;
  [...env.server.registry.models()].forEach((model, at) => {
    putRow(env, 'ir.model', at + 1, {
      model: model.name, name: model.label, order: model.order, state: 'base', is_mail_thread: model.isThread ? true : undefined, is_mail_activity: model.isThread ? true : undefined,
    }, `base.model_${model.name.replaceAll('.', '_')}`);
    for (const field of model.fields.values()) {
      fieldId += 1;
      putRow(env, 'ir.model.fields', fieldId, {
        name: field.name, model: model.name, model_id: at + 1, ttype: field.type, field_description: field.label, state: 'base', relation: field.relation ?? undefined,
        required: field.required ? true : undefined, readonly: field.readonly ? true : undefined, store: field.stored ? true : undefined,
        complete_name: `${model.name}.${field.name}`, relation_field: field.inverse ?? undefined,
      });
    }
  });
  const without = new Set(options.withoutModules);
  const installed = [...MODULES, ...(env.version >= 17 ? MODULES_17 : []), ...(options.modules ?? []), ...(options.helpdesk ? ['rating', ...(options.helpdesk.dialect === 'oca' ? ['helpdesk_mgmt', 'helpdesk_mgmt_sla', 'helpdesk_mgmt_rating'] : ['helpdesk'])] : [])].filter((name) => !without.has(name));
  [...new Set([...installed, ...without])].forEach((name, at) => {
    const state = without.has(name) ? 'uninstalled' : 'installed';
    putRow(env, 'ir.module.module', at + 1, { name, shortdesc: name, state, license: ENTERPRISE_MODULES.has(name) ? 'OEEL-1' : 'LGPL-3', latest_version: state === 'installed' ? `${env.version}.0.1.0` : undefined }, `base.module_${name}`);
  });
}
