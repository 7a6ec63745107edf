import { ConfigurationError, RecordRejectedError } from '../../../connector/errors.ts';
import type { OdooClient } from '../client.ts';
import { fieldAttributes, type OdooField } from './field-types.ts';

/** The fields of models as this user sees them, asked once per model and again after new fields were made. */
export interface OdooModels {
  /** @throws ConfigurationError when the model does not exist. */
  fields(model: string): Promise<ReadonlyMap<string, OdooField>>;
  /** Null = no such model, or hidden from this user. */
  fieldsOrNull(model: string): Promise<ReadonlyMap<string, OdooField> | null>;
  /** Fields by name, asked anew once when one is unknown. @throws ConfigurationError naming the unknown field. */
  require(model: string, names: Iterable<string>): Promise<ReadonlyMap<string, OdooField>>;
  /** What is known by now without asking. */
  known(model: string): ReadonlyMap<string, OdooField> | null;
  /** Values that a new record gets by default, as Odoo gives them. */
  defaults(model: string, names: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /** One model, or all of them. */
  forget(model?: string): void;
}

export function createOdooModels(client: OdooClient): OdooModels {
  const byModel = new Map<string, ReadonlyMap<string, OdooField>>();
  const defaultsByModel = new Map<string, Map<string, unknown>>();
  const load = async (model: string): Promise<ReadonlyMap<string, OdooField>> => {
    const answer = await client.read(model, 'fields_get', { attributes: [...fieldAttributes] });
    const fields = new Map(Object.entries(answer as unknown as Record<string, OdooField>));
    byModel.set(model, fields);
    return fields;
  };
  const models: OdooModels = {
    async fields(model) {
      const known = byModel.get(model);
      if (known !== undefined) return known;
      try {
        return await load(model);
      } catch (error) {
        if (!isMissingModel(error)) throw error;
        throw new ConfigurationError({ code: 'missing-model', message: `This Odoo has no model ${model}.`, remedy: `Install the app that brings it${model.startsWith('crm.') ? ' (CRM)' : ''}.`, cause: error });
      }
    },
    async fieldsOrNull(model) {
      try {
        return await models.fields(model);
      } catch (error) {
        if (error instanceof ConfigurationError && error.code === 'missing-model') return null;
        throw error;
      }
    },
    async require(model, names) {
      const wanted = [...names];
      let fields = await models.fields(model);
      if (wanted.some((name) => !fields.has(name))) fields = await load(model);
      for (const name of wanted) {
        if (!fields.has(name)) {
          throw new ConfigurationError({ code: 'unknown-field', message: `${model} has no field '${name}' on this Odoo (or this user may not see it).`, remedy: 'Run discover again and correct the plan; fields differ between Odoo versions.' });
        }
      }
      return fields;
    },
    known: (model) => byModel.get(model) ?? null,
    async defaults(model, names) {
      const cache = defaultsByModel.get(model) ?? new Map<string, unknown>();
      defaultsByModel.set(model, cache);
      const asked = names.filter((name) => !cache.has(name));
      if (asked.length > 0) {
        const answer = await client.read(model, 'default_get', { fields_list: asked }) as Record<string, unknown>;
        for (const name of asked) cache.set(name, answer[name]);
      }
      return cache;
    },
    forget(model) {
      for (const known of [byModel, defaultsByModel]) {
        if (model === undefined) known.clear();
        else known.delete(model);
      }
    },
  };
  return models;
}

/** 14 to 18 say UserError "Object x doesn't exist" to fields_get; 19 says NotFound. Nothing else of the kind comes from fields_get. */
function isMissingModel(error: unknown): boolean {
  return error instanceof RecordRejectedError || (error instanceof ConfigurationError && error.code === 'missing-model');
}
