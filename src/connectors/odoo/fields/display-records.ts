import type { DisplayRecord, FieldDefinition } from '../../../connector/destination.ts';
import { AuthenticationError } from '../../../connector/errors.ts';
import type { JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { groupsBy } from '../write/debts.ts';
import { keyFieldName } from '../write/keyed-create.ts';
import type { OdooModels } from './models.ts';

/** Form views by external id, the same names from 14 to 19. Messages have no form that people open. */
const forms: Readonly<Record<string, string>> = { 'crm.lead': 'crm.crm_lead_view_form', 'res.partner': 'base.view_partner_form' };
const withoutForm = new Set(['mail.message', 'mail.activity', 'ir.attachment']);

/**
 * Views that show new fields to people: one for each model, which extends its form by a page "Imported" (a group at the end of the
 * sheet, or of the form, where the form has no pages). Made after the fields; Odoo refuses to delete a field that a view shows, so
 * they go before them. Empty where this user may not see views: then people add the fields by hand.
 */
export async function displayRecords(client: OdooClient, models: OdooModels, fields: readonly FieldDefinition[]): Promise<readonly DisplayRecord[]> {
  const records: DisplayRecord[] = [];
  for (const group of groupsBy(fields.filter((field) => field.name !== keyFieldName && !withoutForm.has(field.object)), (field) => field.object)) {
    const { object } = group[0];
    const form = await findForm(client, object);
    if (form === null) continue;
    const described = await models.fields('ir.ui.view');
    const archField = ['arch_base', 'arch', 'arch_db'].find((name) => described.has(name)) ?? 'arch';
    records.push({
      object: 'ir.ui.view', name: `${object} form`,
      values: { name: `portolan.imported.${object}`, type: 'form', model: object, inherit_id: String(form['id']), mode: 'extension', priority: 99, [archField]: viewText(String(form['arch_db'] ?? form['arch'] ?? ''), group) },
    });
  }
  return records;
}

async function findForm(client: OdooClient, model: string): Promise<JsonObject | null> {
  try {
    const [module, name] = (forms[model] ?? '.').split('.');
    const known = forms[model] === undefined ? [] : await client.searchRead('ir.model.data', [['module', '=', module ?? ''], ['name', '=', name ?? ''], ['model', '=', 'ir.ui.view']], ['res_id']);
    const [row] = known;
    const id = typeof row?.['res_id'] === 'number' ? row['res_id'] : null;
    const domain = id === null ? [['model', '=', model], ['type', '=', 'form'], ['mode', '=', 'primary'], ['inherit_id', '=', false], ['active', '=', true]] : [['id', '=', id]];
    const views = await client.read('ir.ui.view', 'search_read', { domain, fields: ['arch_db', 'priority'], order: 'priority,id', limit: 1 }) as readonly JsonObject[];
    return views[0] ?? null;
  } catch (error) {
    if (error instanceof AuthenticationError) return null;
    throw error;
  }
}

/** The extension of a form. `form`: the text of the form that is extended, in which the place is looked for. */
function viewText(form: string, fields: readonly FieldDefinition[]): string {
  const shown = fields.map((field) => `<field name="${escapeXml(field.name)}"${widget(field)}/>`).join('');
  const sheet = /<sheet[\s>]/u.test(form);
  if (sheet && /<notebook[\s>]/u.test(form)) return `<data><xpath expr="//sheet//notebook" position="inside"><page string="Imported" name="portolan_imported"><group name="portolan_imported_fields" col="4">${shown}</group></page></xpath></data>`;
  return `<data><xpath expr="${sheet ? '//sheet' : '/form'}" position="inside"><group string="Imported" name="portolan_imported_fields" col="4">${shown}</group></xpath></data>`;
}

function widget(field: FieldDefinition): string {
  const label = ` string="${escapeXml(field.label)}"`;
  switch (field.type) {
    case 'references': return `${label} widget="many2many_tags"`;
    case 'url': return `${label} widget="url"`;
    case 'email': return `${label} widget="email"`;
    case 'phone': return `${label} widget="phone"`;
    case 'longText': case 'html': return `${label} colspan="4"`;
    default: return label;
  }
}

function escapeXml(text: string): string {
  // eslint-disable-next-line no-control-regex -- XML cannot hold them
  return text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '').toWellFormed().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
