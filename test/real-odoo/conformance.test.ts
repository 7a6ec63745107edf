import { describeDestination } from '../../src/connector/conformance/destination-suite.ts';
import { describeOdooTraps } from '../../src/connectors/odoo/traps/trap-suite.ts';
import { odooFixture } from '../../src/connectors/odoo/traps/conformance-fixture.ts';

/** Run by `npm run test:odoo` against the server in ODOO_URL, ODOO_DATABASE, ODOO_USER, ODOO_PASSWORD. */
const settings = { url: process.env['ODOO_URL'] ?? '', database: process.env['ODOO_DATABASE'] ?? '', user: process.env['ODOO_USER'] ?? '', password: process.env['ODOO_PASSWORD'] ?? '' };

describeDestination(odooFixture('real Odoo, JSON-RPC', { ...settings, door: 'jsonrpc' }));
describeDestination(odooFixture('real Odoo, XML-RPC', { ...settings, door: 'xmlrpc' }));
describeOdooTraps('real Odoo, JSON-RPC', { ...settings, door: 'jsonrpc' });
describeOdooTraps('real Odoo, XML-RPC', { ...settings, door: 'xmlrpc' });
