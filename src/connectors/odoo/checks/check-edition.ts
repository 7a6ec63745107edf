import type { CheckResult } from '../../../connector/check-result.ts';
import type { OdooClient } from '../client.ts';
import { orNull } from '../fields/facts.ts';
import { passed, unknown, warning } from './check-results.ts';

const [name, title] = ['odoo-edition', 'Edition'] as const;

/**
 * A server of the Community edition that runs a database of Enterprise lacks the code of modules that the database takes for
 * installed: their fields are gone or their custom fields have lost the app. The database itself tells, by the licence of its modules.
 */
export async function checkEdition(client: OdooClient): Promise<CheckResult> {
  if (client.version.enterprise) return passed(name, title, 'Enterprise.');
  const names = await orNull(async () => (await client.searchRead('ir.module.module', [['state', 'in', ['installed', 'to upgrade']], '|', ['license', '=', 'OEEL-1'], ['name', '=', 'web_enterprise']], ['name'])).map((row) => String(row['name'])).toSorted());
  if (!Array.isArray(names)) return unknown(name, title, 'Community. Which modules are installed may not be read by this user, so it cannot be told whether the database was made by an Enterprise server.');
  if (names.length === 0) return passed(name, title, 'Community, and no module of Enterprise is installed.');
  return warning(name, title, `Community, but the database takes ${names.length} ${names.length === 1 ? 'module' : 'modules'} of Enterprise for installed: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ` and ${names.length - 20} more` : ''}.`,
    'It was probably made by an Enterprise server and restored here, where the code of these modules is missing. Load into a server of the edition that stays, or uninstall them (Apps) and discover again.');
}
