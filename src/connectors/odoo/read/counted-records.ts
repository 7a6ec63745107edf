import type { Json } from '../../../connector/json.ts';

/** What mail logs hang on that belong to no record (`model-rules.ts`); there on 14 to 19. */
export const mailQueue = { model: 'ir.cron', externalId: 'mail.ir_cron_mail_scheduler_action' } as const;

/**
 * Which records of a model count as records of people. ir.model.fields also lists the thousands of fields of the modules, and a
 * field added to res.partner appears a second time for res.users (state base): only manual ones are made and taken away.
 * ir.attachment also holds the style sheets and scripts that Odoo puts together when somebody opens a page (res_model ir.ui.view).
 * mail.mail is Odoo's own queue too: digests and what people send come, and go once they are sent; logs hang on the queue itself.
 */
export function countedDomain(model: string): Json {
  if (model === 'ir.attachment') return [['res_model', '!=', 'ir.ui.view']];
  if (model === 'mail.mail') return [['model', '=', mailQueue.model]];
  return model === 'ir.model.fields' ? [['state', '=', 'manual']] : [];
}
