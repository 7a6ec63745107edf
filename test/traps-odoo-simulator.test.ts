import { afterAll, describe } from 'vitest';
import { describeDisplayTraps } from '../src/connectors/odoo/traps/trap-displays.ts';
import { describeFileTraps } from '../src/connectors/odoo/traps/trap-files.ts';
import { describeMeetingTraps } from '../src/connectors/odoo/traps/trap-meetings.ts';
import { describeRelationTraps } from '../src/connectors/odoo/traps/trap-relations.ts';
import { describeOdooTraps } from '../src/connectors/odoo/traps/trap-suite.ts';
import { doorsOf } from '../src/simulators/odoo/http/router.ts';
import { ODOO_VERSIONS } from '../src/simulators/odoo/options.ts';
import { startOdooSimulator } from '../src/simulators/odoo/start.ts';

/** The traps that the connector handles on the real Odoo 14, on every simulated version; the suite opens by password; over JSON-2 the parts that do not. */
for (const version of ODOO_VERSIONS) {
  const odoo = await startOdooSimulator({ version });
  describe(`simulated Odoo ${version}`, () => {
    afterAll(() => odoo.stop());
    for (const door of ['xmlrpc', 'jsonrpc']) {
      describeOdooTraps(`simulated Odoo ${version}, ${door}`, { url: odoo.url, database: odoo.database, door, user: odoo.user, password: odoo.password });
    }
    if (doorsOf(version).includes('json2')) {
      const settings = { url: odoo.url, database: odoo.database, door: 'json2', user: odoo.user, apiKey: odoo.apiKey };
      describeRelationTraps(`simulated Odoo ${version}, json2`, settings);
      describeMeetingTraps(`simulated Odoo ${version}, json2`, settings);
      describeFileTraps(`simulated Odoo ${version}, json2`, settings);
      describeDisplayTraps(`simulated Odoo ${version}, json2`, settings);
    }
  });
}
