import type { Environment } from './environment.ts';
import type { Model } from './registry.ts';

/** Automation rules fire on every create and write over the API, whatever the context says (measured on 17). */
export function runAutomation(env: Environment, model: Model, ids: readonly number[], trigger: 'on_create' | 'on_write' | 'on_unlink'): void {
  if (env.server.automationWrites.size === 0 || env.flag('__automation') || ids.length === 0) return;
  for (const rule of env.table('base.automation').rows()) {
    if (rule['active'] !== true || rule['model_name'] !== model.name) continue;
    if (rule['trigger'] !== trigger && !(rule['trigger'] === 'on_create_or_write' && trigger !== 'on_unlink')) continue;
    if (env.server.automationMails.has(rule.id)) for (const id of ids) env.server.causedMails.push({ reason: 'automation', to: '', model: model.name, resId: id });
    const values = env.server.automationWrites.get(rule.id);
    if (values && Object.keys(values).length > 0) env.records.write(env.sudo().with({ __automation: true }), model.name, ids, values);
  }
}
