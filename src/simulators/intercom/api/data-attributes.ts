import { optionalFlag, optionalText, param, text } from '../call.ts';
import type { Body, Call, Handler } from '../call.ts';
import type { DataAttribute } from '../model.ts';
import { invalid, notFound, Problem, unprocessable } from '../problem.ts';
import { dataAttributeView } from '../views/contact-view.ts';
import { conversationAttributeView } from '../views/thread-view.ts';
import { atLeast } from '../versions.ts';

/** Active custom attributes of people and companies that a workspace may have. */
const mostActive = 250;
const types = ['string', 'integer', 'float', 'boolean', 'datetime', 'date'] as const;

function optionsOf(body: Body): readonly string[] | null {
  const given = body['options'];
  if (given === undefined || given === null) return null;
  if (!Array.isArray(given)) throw invalid("Options isn't an array");
  if (given.length < 2) throw invalid('The Data Attribute model needs at least two options');
  return given.map((option: unknown) => (typeof option === 'string' ? option : text(option as Body, 'value')));
}

export const createDataAttribute: Handler = ({ workspace, body }) => {
  const [name, model] = [text(body, 'name'), text(body, 'model')];
  if (model !== 'contact' && model !== 'company') throw invalid('The Data Attribute model field must be either contact or company');
  const given = text(body, 'data_type');
  const options = optionsOf(body);
  const dataType = given === 'options' ? 'string' : types.find((type) => type === given);
  if (dataType === undefined || (given === 'options' && options === null)) throw invalid("Data Type isn't an option");
  if (!/^[\p{L}\p{N}\p{Sc} _-]+$/u.test(name)) throw invalid('Your name for this attribute must only contain alphanumeric characters, currency symbols, and hyphens');
  const active = [...workspace.dataAttributes.values()].filter(({ archived }) => !archived);
  // names clash across people and companies
  const clash = active.find((attribute) => attribute.name.toLowerCase() === name.toLowerCase());
  if (clash !== undefined) throw invalid(`You already have '${clash.name}' in your ${clash.model === 'company' ? 'company' : 'people'} data. To save this as new ${model === 'company' ? 'company' : 'people'} data, use a different name.`);
  if (active.length >= mostActive) throw invalid(`You have reached the limit of ${mostActive} active custom data attributes`);
  const { now } = workspace;
  const attribute: DataAttribute = {
    id: workspace.count('data-attribute', 37), model, name, dataType, description: optionalText(body, 'description') ?? '', options, messengerWritable: optionalFlag(body, 'messenger_writable') ?? false,
    archived: false, createdAt: now, updatedAt: now, adminId: workspace.tokenAdmin?.id ?? 0,
  };
  workspace.dataAttributes.set(attribute.id, attribute);
  return dataAttributeView(attribute);
};

/** The type never changes. */
export const updateDataAttribute: Handler = (call) => {
  const { workspace, body } = call;
  const attribute = workspace.dataAttributes.get(Number(param(call, 'id')));
  if (attribute === undefined) throw notFound("We couldn't find that data attribute to update", 'field_not_found');
  const [options, archived] = [optionsOf(body), optionalFlag(body, 'archived')];
  if (archived === false && attribute.archived && [...workspace.dataAttributes.values()].filter((one) => !one.archived).length >= mostActive) throw new Problem(422, 'data_invalid', `You have reached the limit of ${mostActive} active custom data attributes`);
  if (options !== null) attribute.options = options;
  attribute.archived = archived ?? attribute.archived;
  attribute.description = optionalText(body, 'description') ?? attribute.description;
  attribute.messengerWritable = optionalFlag(body, 'messenger_writable') ?? attribute.messengerWritable;
  attribute.updatedAt = workspace.now;
  return dataAttributeView(attribute);
};

/** Standard fields have no id and are not custom. */
function standardFields(model: string | null): readonly unknown[] {
  const field = (of: string, name: string, type: string): unknown => ({ type: 'data_attribute', model: of, name, full_name: name, label: name, data_type: type, api_writable: true, ui_writable: false, messenger_writable: false, custom: false, archived: false });
  const fields = [field('contact', 'name', 'string'), field('contact', 'email', 'string'), field('contact', 'phone', 'string'), field('contact', 'signed_up_at', 'date'), field('company', 'name', 'string'), field('company', 'website', 'string'), field('company', 'size', 'integer')];
  return fields.filter((one) => model === null || (one as { readonly model: string }).model === model);
}

/** Up to 2.15 conversations' attributes were listed here and could not be made by the API at all. */
function conversationModel(call: Call): unknown {
  if (atLeast(call.version, '2.16')) throw unprocessable("model 'conversation' is not valid. Use /conversations/attributes");
  return { type: 'list', data: [...call.workspace.conversationAttributes.values()].filter(({ archived }) => !archived).map((attribute) => ({ ...conversationAttributeView(attribute) as object, type: 'data_attribute', model: 'conversation', custom: true })) };
}

export const listDataAttributes: Handler = (call) => {
  const { workspace, query } = call;
  const model = query.get('model');
  if (model === 'conversation') return conversationModel(call);
  const attributes = [...workspace.dataAttributes.values()].filter((attribute) => (model === null || attribute.model === model) && (!attribute.archived || query.get('include_archived') === 'true'));
  return { type: 'list', data: [...standardFields(model), ...attributes.map((attribute) => dataAttributeView(attribute))] };
};
