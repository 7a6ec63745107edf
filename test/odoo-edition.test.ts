import { afterEach, expect, test } from 'vitest';
import type { CheckResult } from '../src/connector/check-result.ts';
import { odooConnector } from '../src/connectors/odoo/connector.ts';
import { quietTestContext } from '../src/connectors/odoo/traps/conformance-fixture.ts';
import type { OdooSimulatorOptions } from '../src/simulators/odoo/options.ts';
import type { OdooSimulator } from '../src/simulators/odoo/simulator.ts';
import { startOdooSimulator } from '../src/simulators/odoo/start.ts';

let odoo: OdooSimulator | null = null;
afterEach(async () => { await odoo?.stop(); });

async function edition(options: OdooSimulatorOptions): Promise<CheckResult | undefined> {
  odoo = await startOdooSimulator(options);
  const destination = await odooConnector.openDestination?.({ url: odoo.url, database: odoo.database, user: odoo.user, password: odoo.password }, quietTestContext());
  const results = await destination?.check({ objects: ['res.partner'], createsFields: false });
  await destination?.close();
  return results?.find((result) => result.name === 'odoo-edition');
}

test.each([14, 19] as const)('a database of Enterprise on a Community Odoo %d is told by the modules that it takes for installed', async (version) => {
  expect(await edition({ version, modules: ['web_enterprise', 'marketing_automation'] })).toMatchObject({
    result: 'warning', message: 'Community, but the database takes 2 modules of Enterprise for installed: marketing_automation, web_enterprise.', remedy: expect.stringContaining('restored here'),
  });
});

test('modules of Enterprise that are known and not installed are no sign of it', async () => {
  expect(await edition({ version: 17, withoutModules: ['web_enterprise'] })).toMatchObject({ result: 'passed', message: 'Community, and no module of Enterprise is installed.' });
});
