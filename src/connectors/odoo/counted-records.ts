import type { Json } from '../../connector/json.ts';

/**
 * Which records of a model count as records of people. ir.model.fields also lists the thousands of fields of the modules, and a
 * field added to res.partner appears a second time for res.users (state base): only manual ones are made and taken away.
 * ir.attachment also holds the style sheets and scripts that Odoo puts together when somebody opens a page (res_model ir.ui.view).
 */
export function countedDomain(model: string): Json {
  if (model === 'ir.attachment') return [['res_model', '!=', 'ir.ui.view']];
  return model === 'ir.model.fields' ? [['state', '=', 'manual']] : [];
}
