import type { Dependant } from '../../../connector/destination.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import type { OdooModels } from '../fields/models.ts';
import { isoOf, userOf } from './last-changes.ts';
import { toRecordIds } from './read.ts';

interface Tie {
  readonly on: readonly string[] | 'any'; // models of the records asked about
  readonly model: string;
  readonly field: string; // holds the id
  readonly effect: Dependant['effect'];
  readonly extra?: readonly Json[];
  readonly ownerField?: string; // field that names the model, with 'any'
  readonly label: (row: JsonObject) => string;
  readonly labelFields: readonly string[];
}

const named = (what: string) => (row: JsonObject): string => `${what} ${String(row['display_name'] || `#${String(row['id'])}`)}`;

/** What hangs on records, and what becomes of it when they are deleted. Measured on 14, 17, 18, 19. */
const ties: readonly Tie[] = [
  // Not the log and tracking lines that Odoo itself writes (type notification without an activity): they are no one's work.
  { on: 'any', model: 'mail.message', field: 'res_id', ownerField: 'model', effect: 'deleted', extra: ['|', ['message_type', '!=', 'notification'], ['mail_activity_type_id', '!=', false]], labelFields: ['date', 'subject'], label: (row) => `message of ${String(row['date'] || '?')} ${String(row['subject'] || '')}`.trim() },
  { on: 'any', model: 'mail.activity', field: 'res_id', ownerField: 'res_model', effect: 'deleted', labelFields: ['display_name'], label: named('activity') },
  { on: 'any', model: 'ir.attachment', field: 'res_id', ownerField: 'res_model', effect: 'deleted', extra: [['res_field', '=', false]], labelFields: ['name'], label: (row) => `file ${String(row['name'] || '')}` },
  { on: ['res.partner'], model: 'crm.lead', field: 'partner_id', effect: 'orphaned', labelFields: ['name'], label: (row) => `lead ${String(row['name'] || '')}` },
  { on: ['res.partner'], model: 'res.partner', field: 'parent_id', effect: 'orphaned', labelFields: ['name'], label: (row) => `contact ${String(row['name'] || '')}` },
  { on: ['res.partner'], model: 'calendar.event', field: 'partner_ids', effect: 'orphaned', labelFields: ['name'], label: (row) => `meeting ${String(row['name'] || '')}` },
  { on: ['crm.lead'], model: 'calendar.event', field: 'opportunity_id', effect: 'orphaned', labelFields: ['name'], label: (row) => `meeting ${String(row['name'] || '')}` },
  { on: ['calendar.event'], model: 'mail.activity', field: 'calendar_event_id', effect: 'deleted', labelFields: ['display_name'], label: named('activity') },
  { on: ['mail.message.subtype'], model: 'mail.message', field: 'subtype_id', effect: 'orphaned', labelFields: ['date', 'subject'], label: (row) => `message of ${String(row['date'] || '?')} ${String(row['subject'] || '')}`.trim() },
  { on: ['crm.stage'], model: 'crm.lead', field: 'stage_id', effect: 'orphaned', labelFields: ['name'], label: (row) => `lead ${String(row['name'] || '')}` },
  { on: ['crm.team'], model: 'crm.lead', field: 'team_id', effect: 'orphaned', labelFields: ['name'], label: (row) => `lead ${String(row['name'] || '')}` },
  { on: ['crm.tag'], model: 'crm.lead', field: 'tag_ids', effect: 'orphaned', labelFields: ['name'], label: (row) => `lead ${String(row['name'] || '')}` },
  { on: ['res.partner.category'], model: 'res.partner', field: 'category_id', effect: 'orphaned', labelFields: ['name'], label: (row) => `contact ${String(row['name'] || '')}` },
];

/** Records without a history of their own: no message and no activity can hang on them, whatever the version. */
const withoutHistory = new Set(['mail.activity', 'mail.message', 'mail.message.subtype', 'ir.attachment']);

const idsPerCall = 500;

/** Everything that hangs on the records, one entry each. Models this Odoo lacks, or this user may not see, tie nothing. */
export async function findDependants(client: OdooClient, models: OdooModels, request: Readonly<{ object: string; ids: readonly string[] }>): Promise<readonly Dependant[]> {
  const ids = toRecordIds(request.ids);
  const found: Dependant[] = [];
  for (const tie of ties) {
    if (tie.on === 'any' ? tie.model !== 'ir.attachment' && withoutHistory.has(request.object) : !tie.on.includes(request.object)) continue;
    const fields = await models.fieldsOrNull(tie.model);
    if (fields === null || !fields.has(tie.field)) continue;
    const madeBy = ['create_uid', 'create_date'].filter((name) => fields.has(name));
    for (let at = 0; at < ids.length; at += idsPerCall) {
      const chunk = ids.slice(at, at + idsPerCall);
      const owner: Json[] = tie.ownerField === undefined ? [] : [[tie.ownerField, '=', request.object]];
      const domain: Json = [...owner, [tie.field, 'in', chunk], ...(tie.extra ?? [])];
      for (const row of await client.searchRead(tie.model, domain, [...new Set([tie.field, ...tie.labelFields, ...madeBy])])) {
        const [user, made] = [userOf(row['create_uid']), isoOf(row['create_date'])];
        for (const ofId of heldIds(row[tie.field] ?? null)) {
          if (chunk.includes(ofId)) found.push({ ofId: String(ofId), object: tie.model, id: String(row['id']), effect: tie.effect, label: tie.label(row), ...(user === null ? {} : { by: user.name }), ...(made === null ? {} : { at: made }) });
        }
      }
    }
  }
  return found;
}

/** 7, [7, 'name'] (many2one) or [7, 8] (many2many). */
function heldIds(value: Json): readonly number[] {
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).filter((item): item is number => typeof item === 'number');
}
