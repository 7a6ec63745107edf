import type { CatalogField, FieldType } from '../../../connector/catalog.ts';
import type { FieldDefinition } from '../../../connector/destination.ts';
import { ConfigurationError, RecordRejectedError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { IntercomClient } from '../client.ts';
import { errorForFault } from '../faults.ts';
import type { ObjectKind, ReadBack } from '../object-kind.ts';
import { listIn, textOf } from '../values.ts';

/** Where custom attributes live: contacts and companies share one list, conversations have another (API since 2.16). */
export type AttributeModel = 'contact' | 'company' | 'conversation';

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
    if (client.version !== '2.15') return listIn((await client.call({ method: 'GET', path: '/conversations/attributes', endpoint: 'conversation_attributes.list' }))['data']).map((row) => attribute(model, row));
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

const dataTypes: { readonly [model in 'data' | 'conversation']: Readonly<Partial<Record<FieldType, string>>> } = {
  data: { text: 'string', longText: 'string', integer: 'integer', decimal: 'float', money: 'float', boolean: 'boolean', date: 'date', datetime: 'datetime', selection: 'options', email: 'string', phone: 'string', url: 'string' },
  conversation: { text: 'string', longText: 'string', integer: 'integer', decimal: 'decimal', money: 'decimal', boolean: 'boolean', date: 'datetime', datetime: 'datetime', selection: 'list', email: 'string', phone: 'string', url: 'string' },
};

/** Turns the definition of a new field into a record of object `attribute`. @throws ConfigurationError for a type without counterpart */
export function attributeRecord({ object, name, label, type, options, help }: FieldDefinition): JsonObject {
  const model: AttributeModel = object === 'conversation_settings' ? 'conversation' : object === 'company' ? 'company' : 'contact';
  const dataType = dataTypes[model === 'conversation' ? 'conversation' : 'data'][type];
  if (dataType === undefined) throw new ConfigurationError({ code: 'no-attribute-type', message: `Intercom has no attribute of type ${type} (field ${object}.${name}).`, remedy: 'Choose text, and a transform that writes the value as text.' });
  return { model, name, data_type: dataType, description: help ?? label, options: (options ?? []).map((option) => option.label) };
}

/** Custom attributes as records: made before anything uses them, archived by a rollback (they cannot be deleted). */
export function attributeKind(client: IntercomClient, attributes: Attributes): ObjectKind {
  const idFor = (one: Attribute): string => `${one.model}:${one.id}`;
  const all = async (): Promise<readonly Attribute[]> => (await Promise.all((['contact', 'company', 'conversation'] as const).map((model) => attributes.of(model)))).flat();
  const readBack = (one: Attribute): ReadBack => ({ id: idFor(one), values: { model: one.model, name: one.name, data_type: one.dataType, description: one.description, options: [...one.options] }, version: JSON.stringify(one) });
  return {
    name: 'attribute', label: 'Custom attribute',
    fields: async () => (['model', 'name', 'data_type', 'description', 'options'] as const).map((name): CatalogField => ({ name, label: name, type: name === 'options' ? 'multiSelection' : 'text', required: name !== 'description' && name !== 'options', readonly: false, custom: false })),
    async find(values) {
      attributes.forget();
      const found = (await attributes.of(values['model'] as AttributeModel)).find((one) => one.name === values['name'] && !one.archived);
      return found === undefined ? null : idFor(found);
    },
    async create(values) {
      const { model, name, data_type: dataType, description } = values;
      const options = Array.isArray(values['options']) ? values['options'] as readonly Json[] : [];
      const body: Record<string, Json> = { name: name ?? null, data_type: dataType ?? null, ...(description === null || description === undefined ? {} : { description }) };
      if (model === 'conversation' && client.version === '2.15') {
        throw new RecordRejectedError({ code: 'attribute-by-hand', message: `Version 2.15 of the API makes no conversation attributes (${String(name)}).`, remedy: 'Make it in Intercom (Settings > Data > Conversations), or set version to 2.16.', rejections: [{ index: 0, code: 'attribute-by-hand', message: 'conversation attributes are made in Intercom below version 2.16' }] });
      }
      const made = model === 'conversation'
        ? await client.call({ method: 'POST', path: '/conversations/attributes', endpoint: 'conversation_attributes.create', body: { ...body, ...(dataType === 'list' ? { options: options.map((label) => ({ label })) } : {}) } })
        : await client.call({ method: 'POST', path: '/data_attributes', endpoint: 'data_attributes.create', body: { ...body, model: model ?? null, ...(dataType === 'options' ? { options: options.map((value) => ({ value })) } : {}) } });
      attributes.forget();
      return { id: `${String(model)}:${String(made['id'])}` };
    },
    read: async (ids) => (await all()).filter((one) => ids.includes(idFor(one)) && !one.archived).map(readBack),
    async remove(id) {
      const [model = '', number = ''] = id.split(':');
      const answer = model === 'conversation'
        ? await client.ask({ method: 'DELETE', path: `/conversations/attributes/${number}`, endpoint: 'conversation_attributes.archive' })
        : await client.ask({ method: 'PUT', path: `/data_attributes/${number}`, endpoint: 'data_attributes.archive', body: { archived: true } });
      attributes.forget();
      if ('fault' in answer && answer.fault.status !== 404) throw errorForFault(answer.fault, 'attributes.archive');
    },
    count: async () => (await all()).filter((one) => !one.archived).length,
  };
}
