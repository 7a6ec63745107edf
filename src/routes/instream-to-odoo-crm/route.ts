import type { Route } from '../../engine/route.ts';
import { handoff } from './documents.ts';
import { LEAD_TAGS, PARTNER_TAGS } from './mappings/tags.ts';
import { UNASSIGNED } from './owner-decisions.ts';
import { propose } from './propose.ts';
import { readiness } from './readiness.ts';
import { gotchas, phases, rows } from './rows.ts';

/** InStream → Odoo CRM. Data plus small pure functions: the plan, the guide and the readiness checks are made from the same tables. */
export const instreamToOdooCrm: Route = {
  id: 'instream-to-odoo-crm', label: 'InStream → Odoo CRM', source: 'instream', destination: 'odoo',
  rows, phases, gotchas,
  destinationObjects: [
    'res.partner', 'crm.lead', 'crm.stage', 'crm.team', 'crm.tag', 'res.partner.category', 'crm.lost.reason', 'mail.message', 'mail.message.subtype', 'mail.activity', 'mail.activity.type',
    'calendar.event', 'ir.attachment', LEAD_TAGS, PARTNER_TAGS, 'res.users', 'res.country', 'res.country.state', 'ir.model.fields',
  ],
  owners: { object: 'owner', email: 'email', name: 'name', mapping: 'owners', through: ['owners', 'new-owners'], field: 'login', decision: 'owner', unassigned: UNASSIGNED },
  handoff,
  propose, readiness,
};
