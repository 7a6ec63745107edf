import { afterAll, describe } from 'vitest';
import { describeDestination } from '../src/connector/conformance/destination-suite.ts';
import { odooFixture } from '../src/connectors/odoo/traps/conformance-fixture.ts';
import { doorsOf } from '../src/simulators/odoo/http/router.ts';
import { ODOO_VERSIONS } from '../src/simulators/odoo/options.ts';
import { startOdooSimulator } from '../src/simulators/odoo/start.ts';

/** The suite that the real Odoo passes, on the simulated one: every version, every door. */
for (const version of ODOO_VERSIONS) {
  const odoo = await startOdooSimulator({ version });
  describe(`simulated Odoo ${version}`, () => {
    afterAll(() => odoo.stop());
    for (const door of doorsOf(version)) {
      const credential = door === 'json2' ? { apiKey: odoo.apiKey } : { user: odoo.user, password: odoo.password };
      describeDestination(odooFixture(`simulated Odoo ${version}, ${door}`, { url: odoo.url, database: odoo.database, door, ...credential }));
    }
  });
}
