import { customerioConnector } from '../connectors/customerio/connector.ts';
import { instreamConnector } from '../connectors/instream/connector.ts';
import { intercomConnector } from '../connectors/intercom/connector.ts';
import { odooConnector } from '../connectors/odoo/connector.ts';
import { customerioToOdooCrm } from '../routes/customerio-to-odoo-crm/route.ts';
import { instreamToOdooCrm } from '../routes/instream-to-odoo-crm/route.ts';
import { odooHelpdeskToIntercom } from '../routes/odoo-helpdesk-to-intercom/route.ts';
import type { Registry } from './registry-lookup.ts';

/** Every connector and every route of this installation: the only file that names them. */
export const registry: Registry = {
  connectors: [customerioConnector, instreamConnector, intercomConnector, odooConnector],
  routes: [customerioToOdooCrm, instreamToOdooCrm, odooHelpdeskToIntercom],
};
