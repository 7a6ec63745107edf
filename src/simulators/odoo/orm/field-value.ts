import type { Field } from '../schema/parse-schema.ts';
import type { Row, Stored } from '../store/row.ts';
import { attachedTo, linkedBy } from './hierarchy.ts';
import type { Environment } from './environment.ts';
import { displayName } from './names.ts';
import type { Model } from './registry.ts';

/** The value of any field of a row: stored, computed, inherited, or the other side of a relation. */
export function fieldValue(env: Environment, model: Model, row: Row, field: Field): Stored | undefined {
  const computed = model.behaviour.computed?.[field.name];
  if (computed) return computed(env, row);
  if (field.inheritedThrough && model.inherits) {
    const parent = env.model(model.inherits.model);
    const held = env.row(parent.name, row[field.inheritedThrough]);
    return held && fieldValue(env, parent, held, parent.fields.get(field.name)!);
  }
  if (field.name === 'display_name') return displayName(env, model.name, row.id);
  if (field.type === 'one2many') return inverseRows(env, model, row, field);
  if (field.name === 'message_partner_ids') return followers(env, model, row);
  const owner = mirrorOf(model.name, field.name);
  if (owner) return mirrored(env, row, owner);
  return row[field.name];
}

/** many2many fields whose links are kept on the other model. */
const MIRRORED: { readonly [field: string]: readonly [model: string, field: string] } = {
  'res.partner.category.partner_ids': ['res.partner', 'category_id'],
  'res.partner.meeting_ids': ['calendar.event', 'partner_ids'],
  'res.groups.users': ['res.users', 'groups_id'],
  'res.groups.user_ids': ['res.users', 'group_ids'],
  'res.groups.implied_by_ids': ['res.groups', 'implied_ids'],
  'res.company.user_ids': ['res.users', 'company_ids'],
};

const BY_MODEL = new Map<string, Map<string, readonly [string, string]>>();
for (const [field, owner] of Object.entries(MIRRORED)) {
  const at = field.lastIndexOf('.');
  const model = field.slice(0, at);
  BY_MODEL.set(model, (BY_MODEL.get(model) ?? new Map()).set(field.slice(at + 1), owner));
}

export function mirrorOf(model: string, field: string): readonly [model: string, field: string] | undefined {
  return BY_MODEL.get(model)?.get(field);
}

function mirrored(env: Environment, row: Row, [model, field]: readonly [string, string]): readonly number[] {
  const ids: number[] = [];
  for (const other of env.table(model).rows()) {
    if ((other[field] as readonly number[] | undefined)?.includes(row.id)) ids.push(other.id);
  }
  return ids;
}

function inverseRows(env: Environment, model: Model, row: Row, field: Field): readonly number[] {
  const other = env.server.registry.get(field.relation!);
  if (!other || field.inverse === null) return [];
  if (field.inverse === 'res_id') {
    const ids = attachedTo(env, other.name, { model: model.name, id: row.id });
    return other.name === 'mail.message' ? ids.toReversed() : archivedOut(env, other, ids);
  }
  const ids = archivedOut(env, other, linkedBy(env, other.name, field.inverse, row.id));
  // Lines come in the order of their own model.
  return ids.length < 2 || other.order === 'id' ? ids : env.records.search(env.sudo(), other.name, [['id', 'in', ids]], { activeTest: false });
}

function archivedOut(env: Environment, other: Model, ids: readonly number[]): readonly number[] {
  if (env.context['active_test'] === false || other.fields.get('active')?.type !== 'boolean') return ids;
  return ids.filter((id) => {
    const row = env.row(other.name, id)!;
    return other.name === 'res.users' || row['active'] === true;
  });
}

function followers(env: Environment, model: Model, row: Row): readonly number[] {
  return attachedTo(env, 'mail.followers', { model: model.name, id: row.id }).map((id) => env.row('mail.followers', id)!['partner_id'] as number).sort((a, b) => a - b);
}
