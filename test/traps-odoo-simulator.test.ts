import { afterAll, describe } from 'vitest';
import { describeOdooTraps } from '../src/connectors/odoo/trap-suite.ts';
import { ODOO_VERSIONS } from '../src/simulators/odoo/options.ts';
import { startOdooSimulator } from '../src/simulators/odoo/start.ts';

/** The traps that the connector handles on the real Odoo 14, on every simulated version; the suite opens by password, so not over JSON-2. */
for (const version of ODOO_VERSIONS) {
  const odoo = await startOdooSimulator({ version });
  describe(`simulated Odoo ${version}`, () => {
    afterAll(() => odoo.stop());
    for (const door of ['xmlrpc', 'jsonrpc']) {
      describeOdooTraps(`simulated Odoo ${version}, ${door}`, { url: odoo.url, database: odoo.database, door, user: odoo.user, password: odoo.password });
    }
  });
}
