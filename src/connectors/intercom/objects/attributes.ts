import type { CatalogField, FieldType } from '../../../connector/catalog.ts';
import type { FieldDefinition } from '../../../connector/destination.ts';
import { ConfigurationError, RecordRejectedError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { IntercomClient } from '../client.ts';
import { errorForFault } from '../faults.ts';
import type { ObjectKind, ReadBack } from '../object-kind.ts';
import type { TicketTypes } from '../ticket-types.ts';
import { listIn, textOf } from '../values.ts';

/** Where custom attributes live: contacts and companies share one list, conversations have another (API since 2.16). */
export type AttributeModel = 'contact' | 'company' | 'conversation';
/** Attributes of tickets belong to the chosen ticket type. */
type RecordModel = AttributeModel | 'ticket';

export interface Attribute { readonly model: AttributeModel; readonly id: string; readonly name: string; readonly dataType: string; readonly options: readonly string[]; readonly description: string | null; readonly archived: boolean }

/** The custom attributes of the workspace, asked once and again after one was made. */
export interface Attributes {
  of(model: AttributeModel): Promise<readonly Attribute[]>;
  /** The attributes as fields of their object, beside its own. */
  fields(model: AttributeModel): Promise<readonly CatalogField[]>;
  forget(): void;
}

const fieldTypes: Readonly<Record<string, FieldType>> = { string: 'text', integer: 'integer', float: 'decimal', decimal: 'decimal', boolean: 'boolean', date: 'date', datetime: 'datetime', list: 'selection', options: 'selection' };

export function createAttributes(client: IntercomClient): Attributes {
  const known = new Map<AttributeModel, Promise<readonly Attribute[]>>();
  const load = async (model: AttributeModel): Promise<readonly Attribute[]> => {
    if (model !== 'conversation') return listIn((await client.call({ method: 'GET', path: '/data_attributes', query: { model }, endpoint: 'data_attributes.list' }))['data']).filter((row) => row['custom'] === true).map((row) => attribute(model, row));
    if (client.features.conversationAttributes) return listIn((await client.call({ method: 'GET', path: '/conversations/attributes', endpoint: 'conversation_attributes.list' }))['data']).map((row) => attribute(model, row));
    // Below 2.16 they are listed with the data attributes, and made in Intercom only.
    return listIn((await client.call({ method: 'GET', path: '/data_attributes', query: { model }, endpoint: 'data_attributes.list' }))['data']).filter((row) => row['custom'] === true).map((row) => attribute(model, row));
  };
  const attributes: Attributes = {
    of(model) {
      const asked = known.get(model) ?? load(model);
      known.set(model, asked);
      asked.catch(() => known.delete(model));
      return asked;
    },
    async fields(model) {
      return (await attributes.of(model)).filter((one) => !one.archived).map((one): CatalogField => ({
        name: one.name, label: one.name, type: fieldTypes[one.dataType] ?? 'unknown', nativeType: one.dataType, required: false, readonly: !(one.dataType in fieldTypes), custom: true,
        ...(one.options.length === 0 ? {} : { options: one.options.map((value) => ({ value, label: value })) }),
        ...(one.description === null ? {} : { description: one.description }),
        // Contact and company texts are cut at 255 characters by Intercom; conversation texts have no documented limit.
        ...(one.dataType === 'string' && model !== 'conversation' ? { maxLength: 255 } : {}),
      }));
    },
    forget: () => known.clear(),
  };
  return attributes;
}

function attribute(model: AttributeModel, row: JsonObject): Attribute {
  return {
    model, id: String(row['id']), name: textOf(row['name']) ?? '', dataType: textOf(row['data_type']) ?? '', description: textOf(row['description']), archived: row['archived'] === true,
    options: Array.isArray(row['options']) ? (row['options'] as readonly Json[]).flatMap((option) => typeof option === 'string' ? [option] : typeof option === 'object' && option !== null && !Array.isArray(option) ? [textOf((option as JsonObject)['label'] ?? (option as JsonObject)['value']) ?? ''] : []) : [],
  };
}

const dataTypes: { readonly [model in 'data' | 'conversation' | 'ticket']: Readonly<Partial<Record<FieldType, string>>> } = {
  data: { text: 'string', longText: 'string', integer: 'integer', decimal: 'float', money: 'float', boolean: 'boolean', date: 'date', datetime: 'datetime', selection: 'options', email: 'string', phone: 'string', url: 'string' },
  conversation: { text: 'string', longText: 'string', integer: 'integer', decimal: 'decimal', money: 'decimal', boolean: 'boolean', date: 'datetime', datetime: 'datetime', selection: 'list', email: 'string', phone: 'string', url: 'string' },
  ticket: { text: 'string', longText: 'string', integer: 'integer', decimal: 'decimal', money: 'decimal', boolean: 'boolean', date: 'datetime', datetime: 'datetime', selection: 'list', email: 'string', phone: 'string', url: 'string' },
};

/** Turns the definition of a new field into a record of object `attribute`. @throws ConfigurationError for a type without counterpart */
export function attributeRecord({ object, name, label, type, options, help }: FieldDefinition): JsonObject {
  const model: RecordModel = object === 'conversation_settings' ? 'conversation' : object === 'ticket' || object === 'company' ? object : 'contact';
  const dataType = dataTypes[model === 'conversation' || model === 'ticket' ? model : 'data'][type];
  if (dataType === undefined) throw new ConfigurationError({ code: 'no-attribute-type', message: `Intercom has no attribute of type ${type} (field ${object}.${name}).`, remedy: 'Choose text, and a transform that writes the value as text.' });
  return { model, name, data_type: dataType, description: help ?? label, options: (options ?? []).map((option) => option.label) };
}

/** Custom attributes as records: made before anything uses them, archived by a rollback (they cannot be deleted). */
export function attributeKind(client: IntercomClient, attributes: Attributes, ticketTypes: TicketTypes): ObjectKind {
  const idFor = (one: { readonly model: RecordModel; readonly id: string }): string => `${one.model}:${one.id}`;
  const of = async (model: RecordModel): Promise<readonly (Omit<Attribute, 'model'> & { readonly model: RecordModel })[]> => model === 'ticket'
    ? (await ticketTypes.chosen()).attributes.filter((one) => !one.isDefault).map((one) => ({ ...one, model, options: one.options.map(({ label }) => label) }))
    : attributes.of(model);
  const all = async (models: readonly RecordModel[]): Promise<Awaited<ReturnType<typeof of>>> => (await Promise.all(models.map(of))).flat();
  const readBack = (one: Awaited<ReturnType<typeof of>>[number]): ReadBack => ({ id: idFor(one), values: { model: one.model, name: one.name, data_type: one.dataType, description: one.description, options: [...one.options] }, version: JSON.stringify(one) });
  const forget = (): void => {
    attributes.forget();
    ticketTypes.forget();
  };
  return {
    name: 'attribute', label: 'Custom attribute',
    fields: async () => (['model', 'name', 'data_type', 'description', 'options'] as const).map((name): CatalogField => ({ name, label: name, type: name === 'options' ? 'multiSelection' : 'text', required: name !== 'description' && name !== 'options', readonly: false, custom: false })),
    async find(values) {
      forget();
      const found = (await of(values['model'] as RecordModel)).find((one) => one.name === values['name'] && !one.archived);
      return found === undefined ? null : idFor(found);
    },
    async create(values) {
      const { model, name, data_type: dataType, description } = values;
      const options = Array.isArray(values['options']) ? (values['options'] as readonly Json[]).map(String) : [];
      const body: Record<string, Json> = { name: name ?? null, data_type: dataType ?? null, ...(description === null || description === undefined ? {} : { description }) };
      const made = model === 'ticket' ? await createTicketAttribute(client, (await ticketTypes.chosen()).id, body, options)
        : model === 'conversation' ? await createConversationAttribute(client, body, options)
          : await client.call({ method: 'POST', path: '/data_attributes', endpoint: 'data_attributes.create', body: { ...body, model: model ?? null, ...(dataType === 'options' ? { options: options.map((value) => ({ value })) } : {}) } });
      forget();
      return { id: `${String(model)}:${String(made['id'])}` };
    },
    read: async (ids) => (await all([...new Set(ids.map((id) => (id.split(':')[0] ?? '') as RecordModel))])).filter((one) => ids.includes(idFor(one)) && !one.archived).map(readBack),
    async remove(id) {
      const [model = '', number = ''] = id.split(':');
      const answer = model === 'conversation'
        ? await client.ask({ method: 'DELETE', path: `/conversations/attributes/${number}`, endpoint: 'conversation_attributes.archive' })
        : await client.ask({ method: 'PUT', path: model === 'ticket' ? `/ticket_types/${(await ticketTypes.chosen()).id}/attributes/${number}` : `/data_attributes/${number}`, endpoint: model === 'ticket' ? 'ticket_attributes.archive' : 'data_attributes.archive', body: { archived: true } });
      forget();
      if ('fault' in answer && answer.fault.status !== 404) throw errorForFault(answer.fault, 'attributes.archive');
    },
    count: async () => (await all(['contact', 'company', 'conversation'])).filter((one) => !one.archived).length,
  };
}

async function createConversationAttribute(client: IntercomClient, body: JsonObject, options: readonly string[]): Promise<JsonObject> {
  if (!client.features.conversationAttributes) {
    throw new RecordRejectedError({ code: 'attribute-by-hand', message: `Version ${client.version} of the API makes no conversation attributes (${String(body['name'])}).`, remedy: 'Make it in Intercom (Settings > Data > Conversations), or set version to 2.16.', rejections: [{ index: 0, code: 'attribute-by-hand', message: 'conversation attributes are made in Intercom below version 2.16' }] });
  }
  return client.call({ method: 'POST', path: '/conversations/attributes', endpoint: 'conversation_attributes.create', body: { ...body, ...(body['data_type'] === 'list' ? { options: options.map((label) => ({ label })) } : {}) } });
}

/** The options of a list go out as one text with commas between them: a label cannot hold one. */
async function createTicketAttribute(client: IntercomClient, typeId: string, body: JsonObject, options: readonly string[]): Promise<JsonObject> {
  const bad = options.find((label) => label.includes(','));
  if (body['data_type'] === 'list' && bad !== undefined) {
    const message = `Option ${JSON.stringify(bad)} of ticket attribute ${String(body['name'])} has a comma`;
    throw new RecordRejectedError({ code: 'comma-in-option', message: `${message}.`, remedy: 'Intercom separates options by commas: rename the option in the plan, or make the attribute a text.', rejections: [{ index: 0, code: 'comma-in-option', message }] });
  }
  return client.call({ method: 'POST', path: `/ticket_types/${typeId}/attributes`, endpoint: 'ticket_attributes.create', body: { ...body, description: body['description'] ?? body['name'] ?? '', visible_to_contacts: false, ...(body['data_type'] === 'list' ? { list_items: options.join(',') } : {}) } });
}
