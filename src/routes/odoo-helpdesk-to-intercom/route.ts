import type { Route } from '../../engine/route.ts';
import { propose } from './propose.ts';
import { phases } from './rows.ts';

/** Odoo Help Desk → Intercom, tickets as conversations. Data plus small pure functions. */
export const odooHelpdeskToIntercom: Route = {
  id: 'odoo-helpdesk-to-intercom', label: 'Odoo Help Desk → Intercom', source: 'odoo', destination: 'intercom',
  rows: [], phases, gotchas: [],
  destinationObjects: ['contact', 'company', 'contact/companies', 'contact_note', 'admin', 'team', 'tag', 'attribute', 'conversation', 'conversation_part', 'conversation_settings'],
  propose, readiness: () => [],
};
