import type { CheckResult } from '../../../connector/check-result.ts';
import type { Json } from '../../../connector/json.ts';
import { hostingOf } from '../fields/facts.ts';
import { readRights } from '../checks/rights.ts';
import type { HelpDesk } from './desk.ts';
import { helpDeskObjects } from './objects.ts';

/** Readiness of an Odoo help desk as a source. Reads only. */
export async function checkHelpDesk(desk: HelpDesk, url: string): Promise<readonly CheckResult[]> {
  const { client, dialect } = desk;
  const results: CheckResult[] = [
    passed('odoo-version', 'Odoo version', `Odoo ${client.version.text}.`),
    passed('odoo-edition', 'Edition', client.version.enterprise ? 'Enterprise.' : 'Community.'),
    hostingOf(url) === 'online'
      ? { name: 'hosting', title: 'Hosting', result: 'warning', message: 'Odoo Online.', remedy: 'The external API needs the Custom plan there; on the other plans every call is refused.' }
      : passed('hosting', 'Hosting', hostingOf(url) === 'odoo.sh' ? 'Odoo.sh.' : 'The customer\'s own server.'),
    passed('api-door', 'API door', `${client.door}.`),
    passed('help-desk-dialect', 'Help desk', `${dialect.label}.`),
  ];
  const models = new Map(helpDeskObjects.flatMap((object) => { const model = object.model(dialect); return model === null ? [] : [[model, object.label] as const]; }));
  for (const [model, label] of models) {
    const name = `reads-${model.replaceAll('.', '-')}`;
    if (await desk.models.fieldsOrNull(model) === null) {
      if (model !== 'rating.rating' && model !== 'helpdesk.sla') results.push({ name, title: `Reads ${model}`, result: 'failed', message: `This user sees no ${model} (${label}).`, remedy: 'Install the module that brings it, or give the user the right to read it.' });
      else results.push(passed(name, `Reads ${model}`, 'Not installed: nothing to read.'));
      continue;
    }
    const rights = await readRights(client, model);
    results.push(rights.read ? passed(name, `Reads ${model}`, 'Yes.') : { name, title: `Reads ${model}`, result: 'failed', message: `This user may not read ${model} (${label}).`, remedy: 'Give the user the right, or connect as an administrator.', kind: 'authentication' });
  }
  const archived = await client.read('helpdesk.ticket', 'search_count', { domain: [['active', '=', false]] as Json }) as number;
  const companies = await client.read('res.company', 'search_count', { domain: [] }) as number;
  const tickets = await client.read('helpdesk.ticket', 'search_count', { domain: [] }) as number;
  // Users outside the help desk's groups pass the rights check and see no ticket, without an error [OCA 14, measured].
  if (tickets === 0) results.push({ name: 'tickets', title: 'Tickets', result: 'failed', message: 'This user sees no ticket at all.', remedy: 'Give the user a group of the help desk that sees the tickets of all teams (the model\'s own right is not enough), or connect the database that holds them.', kind: 'authentication' });
  else results.push(passed('tickets', 'Tickets', `${tickets} in all, ${archived} of them archived, in ${companies} ${companies === 1 ? 'company' : 'companies'} that this user sees.`));
  return results;
}

function passed(name: string, title: string, message: string): CheckResult {
  return { name, title, result: 'passed', message, remedy: null };
}
