import type { Route } from '../../engine/route.ts';
import { NOBODY } from './agents.ts';
import { handoff } from './documents.ts';
import { propose } from './propose.ts';
import { readiness } from './readiness.ts';
import { gotchas, phases, rows } from './rows.ts';

/** Odoo Help Desk → Intercom. Data plus small pure functions: the plan, the guide and the readiness checks are made from the same tables. */
export const odooHelpdeskToIntercom: Route = {
  id: 'odoo-helpdesk-to-intercom', label: 'Odoo Help Desk → Intercom', source: 'odoo', destination: 'intercom',
  rows, phases, gotchas,
  destinationObjects: [
    'contact', 'company', 'contact/companies', 'contact_note', 'admin', 'team', 'tag', 'attribute', 'conversation', 'conversation_part', 'conversation_settings', 'ticket', 'ticket_part', 'ticket_settings',
  ],
  owners: { object: 'user', email: 'login', name: 'name', mapping: 'admins', through: ['admins'], field: 'email', decision: 'admin', unassigned: NOBODY },
  handoff,
  propose, readiness,
};
