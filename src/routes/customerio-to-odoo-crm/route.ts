import type { Route } from '../../engine/route.ts';
import { handoff } from './documents.ts';
import { LEAD_TAGS, PARTNER_TAGS } from './mappings/tags.ts';
import { propose } from './propose.ts';
import { readiness } from './readiness.ts';
import { gotchas, phases, rows } from './rows.ts';

/** Customer.io → Odoo CRM: a translation between two models that differ by design. Data plus small pure functions. */
export const customerioToOdooCrm: Route = {
  id: 'customerio-to-odoo-crm', label: 'Customer.io → Odoo CRM', source: 'customerio', destination: 'odoo',
  rows, phases, gotchas,
  destinationObjects: [
    'res.partner', 'res.partner.category', 'crm.lead', 'crm.tag', 'crm.stage', 'mail.message', 'mail.message.subtype', 'mail.activity', 'mail.activity.type', 'mail.template', 'mail.mail', 'mail.blacklist', 'phone.blacklist', LEAD_TAGS, PARTNER_TAGS,
    'res.country', 'ir.model', 'ir.model.fields',
  ],
  handoff, propose, readiness,
};
