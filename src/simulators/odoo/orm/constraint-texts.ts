import { keyError, OdooError, validationError, valueError } from '../python-errors.ts';
import type { Field } from '../schema/parse-schema.ts';
import type { Environment } from './environment.ts';
import type { Model } from './registry.ts';

/** The label error texts show: 19 says 'Lead' where the others say 'Lead/Opportunity'. */
export function modelLabel(env: Environment, model: Model): string {
  return env.version >= 19 && model.name === 'crm.lead' ? 'Lead' : model.label;
}

export function missingRequired(env: Environment, model: Model, field: Field): OdooError {
  const error = requiredError(env, model, field);
  error.column = { kind: 'required', field: field.name, label: field.label, text: '' };
  return error;
}

function requiredError(env: Environment, model: Model, field: Field): OdooError {
  const label = modelLabel(env, model);
  if (env.version >= 19) return validationError(`The operation cannot be completed: Missing required value for the field '${field.label}' (${field.name}).\nModel: '${label}' (${model.name})\n- create/update: a mandatory field is not set\n- delete: another model requires the record being deleted, you can archive it instead`);
  const text = 'The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n- Delete: another model requires the record being deleted. If possible, archive it instead.\n\n';
  return validationError(env.version === 14
    ? `${text}Model: ${label} (${model.name}), Field: ${field.label} (${field.name})`
    : `${text}Model: ${label} (${model.name})\nField: ${field.label} (${field.name})\n`);
}

/** A many2one that points nowhere, or a row another one must not lose: the same text, which speaks of deleting either way. */
export function foreignKey(env: Environment, model: Model, field: Field): OdooError {
  const label = modelLabel(env, model);
  if (env.version >= 19) return validationError(`The operation cannot be completed: Another model is using the record you are trying to delete.\n\nThe troublemaker is: '${label}' (${model.name})\nThanks to the following constraint: '${field.label}' (${field.name})\nHow about archiving the record instead?`);
  const constraint = `${model.name.replaceAll('.', '_')}_${field.name}_fkey`;
  const text = 'The operation cannot be completed: another model requires the record being deleted. If possible, archive it instead.\n\n';
  return validationError(env.version === 14
    ? `${text}Model: ${label} (${model.name}), Constraint: ${constraint}`
    : `${text}Model: ${label} (${model.name})\nConstraint: ${constraint}\n`);
}

/** Link tables whose names are not made of the two models. */
const LINK_CONSTRAINTS: { readonly [field: string]: string } = {
  'crm.lead.tag_ids': 'crm_tag_rel_tag_id_fkey', 'mail.message.attachment_ids': 'message_attachment_rel_attachment_id_fkey', 'calendar.event.partner_ids': 'calendar_event_res_partner_rel_res_partner_id_fkey',
  'res.partner.category_id': 'res_partner_res_partner_category_rel_category_id_fkey',
};

/** A many2many that links to nothing: the link's table belongs to no model (measured on 14). */
export function linkToNothing(env: Environment, model: Model, field: Field): OdooError {
  if (env.version >= 19) return foreignKey(env, model, field);
  const target = field.relation!.replaceAll('.', '_');
  const constraint = LINK_CONSTRAINTS[`${model.name}.${field.name}`] ?? `${[model.name.replaceAll('.', '_'), target].sort().join('_')}_rel_${target}_id_fkey`;
  const text = 'The operation cannot be completed: another model requires the record being deleted. If possible, archive it instead.\n\n';
  return validationError(env.version === 14 ? `${text}Model: Unknown (Unknown), Constraint: ${constraint}` : `${text}Model: Unknown (Unknown)\nConstraint: ${constraint}\n`);
}

/** 14 gives only the constraint's name. */
export function constraintViolated(env: Environment, name: string, text: string, field?: Pick<Field, 'name' | 'label'>): OdooError {
  const error = validationError(env.version === 14 ? name : `The operation cannot be completed: ${text}`);
  error.column = { kind: field ? 'unique' : 'check', field: field?.name ?? '', label: field?.label ?? '', text };
  return error;
}

export function unknownFieldOnWrite(env: Environment, model: string, name: string, operation: 'create' | 'write'): OdooError {
  if (env.version < 19) return valueError(`Invalid field '${name}' on model '${model}'`);
  if (operation === 'create') return valueError(`Invalid field '${name}' in '${model}'`);
  return model === 'res.partner' ? keyError(name) : valueError(`Invalid field '${name}' in '${model}'`);
}

export function unknownFieldOnRead(env: Environment, model: string, name: string): OdooError {
  return valueError(env.version >= 19 ? `Invalid field '${name}' on '${model}'` : `Invalid field '${name}' on model '${model}'`);
}

export function missingRecords(env: Environment, model: string, ids: readonly number[]): OdooError {
  const list = ids.length === 1 ? `(${ids[0]},)` : `(${ids.join(', ')})`;
  return new OdooError('odoo.exceptions.MissingError', `Record does not exist or has been deleted.\n(Record: ${model}${list}, User: ${env.uid})`);
}
