import type { Environment } from './environment.ts';
import type { Row } from '../store/row.ts';

/** How a record is shown in a many2one: [id, display name]. */
export function displayName(env: Environment, modelName: string, id: number): string {
  const row = env.row(modelName, id);
  if (!row) return '';
  return nameOfRow(env, modelName, row);
}

export function nameOfRow(env: Environment, modelName: string, row: Row): string {
  const masked = env.model(modelName).behaviour.masked?.(env, row, 'display_name') ?? null;
  if (masked) return String(masked.value ?? '');
  const custom = env.model(modelName).behaviour.displayName;
  if (custom) return custom(env, row);
  const name = row[nameField(env, modelName)];
  return name === undefined ? `${modelName},${row.id}` : String(name);
}

function nameField(env: Environment, modelName: string): string {
  const fields = env.model(modelName).fields;
  return ['name', 'x_name', 'summary', 'subject', 'key'].find((name) => fields.has(name) && fields.get(name)!.stored) ?? 'name';
}

/**
 * Ids a name search finds: partners also by e-mail and reference, countries and states also by code, users also by login.
 * @param operator any text operator
 */
export function nameSearchIds(env: Environment, modelName: string, name: string, operator = 'ilike', limit?: number, domain: readonly unknown[] = []): number[] {
  const all = (terms: readonly unknown[]): number[] => env.records.search(env, modelName, [...domain, ...terms], limit === undefined ? {} : { limit });
  if (name === '' && /like/u.test(operator)) return all([]);
  switch (modelName) {
    case 'res.partner': return partnersByName(env, name, operator, domain, limit);
    case 'res.users': return unique([...all([['login', '=', name]]), ...all([['partner_id.name', operator, name]])]);
    case 'res.country': return unique([...(name.length === 2 ? all([['code', '=ilike', name]]) : []), ...all([['name', operator, name]])]);
    case 'res.country.state': return unique([...all([['code', '=ilike', name]]), ...all([['name', operator, name]])]);
    case 'helpdesk.ticket': return env.hasModel('helpdesk.ticket.stage') ? (env.version === 14 ? all([['number', operator, name]]) : unique([...all([['number', operator, name]]), ...all([['name', operator, name]])])) : all([['name', operator, name]]);
    case 'res.lang':
    case 'res.currency': return all([['name', operator, name]]);
    default: return all([[nameField(env, modelName), operator, name]]);
  }
}

function partnersByName(env: Environment, name: string, operator: string, domain: readonly unknown[], limit: number | undefined): number[] {
  if (operator === '=') {
    // The shown name of a contact is "Company, Name": what follows the last comma narrows the search.
    const short = name.includes(', ') ? name.slice(name.lastIndexOf(', ') + 2) : name;
    const found = env.records.search(env, 'res.partner', [...domain, '|', '|', ['name', 'in', [short, name]], ['email', '=', name], ['ref', '=', name]]);
    return found.filter((id) => {
      const row = env.row('res.partner', id)!;
      return row['email'] === name || row['ref'] === name || nameOfRow(env, 'res.partner', row) === name;
    }).slice(0, limit);
  }
  const wanted = name.toLowerCase();
  const all = env.records.search(env, 'res.partner', domain);
  const found: number[] = [];
  for (const id of all) {
    const row = env.row('res.partner', id)!;
    const texts = [nameOfRow(env, 'res.partner', row), row['email'], row['ref']];
    if (!texts.some((text) => text !== undefined && String(text).toLowerCase().includes(wanted))) continue;
    found.push(id);
    if (found.length === limit) break;
  }
  return found;
}

function unique(ids: readonly number[]): number[] {
  return [...new Set(ids)];
}
