import { RecordRejectedError, type Rejection } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import type { OdooField } from '../fields/field-types.ts';
import { externalIdName } from './keys.ts';
import { rejectionFor, toOdoo, UnfitValue } from '../values/values-out.ts';

/** Field that a plan may add to a model so that its records carry our key themselves. Made with an index; see `field-record.ts`. */
export const keyFieldName = 'x_portolan_key';
const namesPerCall = 1_000;

interface KeyField { readonly field: string; readonly valueOf: (key: string) => string }

/**
 * Models whose records can hold our key in a field of their own. They are created by plain `create`, in one transaction and
 * without ir.model.data: 1.4-1.5 times as fast as `load` for messages [14], 1.4 times in server time for leads [14].
 * message_id is free text and indexed on every Odoo, and serves for messages that bring none; x_portolan_key is there where the plan
 * added it. Neither is unique, so that a create is not repeated while a lost call may still commit (`capabilities.lateCommitMs`).
 */
const keyFields: Readonly<Record<string, readonly KeyField[]>> = {
  'mail.message': [
    { field: keyFieldName, valueOf: (key) => externalIdName('mail.message', key) },
    { field: 'message_id', valueOf: (key) => `<${externalIdName('mail.message', key)}@portolan.invalid>` },
  ],
  'crm.lead': [{ field: keyFieldName, valueOf: (key) => externalIdName('crm.lead', key) }],
};

/** Models that may be created this way. */
export const keyedModels: readonly string[] = Object.keys(keyFields);

/** The model's key fields that exist on this Odoo: a record may be found by any of them. */
export function keyFieldsOf(model: string, fields: ReadonlyMap<string, OdooField> | null): readonly KeyField[] {
  return (keyFields[model] ?? []).filter((keyField) => fields?.has(keyField.field) === true);
}

/**
 * The field under which these records are created; null = they are created by `load` with external ids. E-mails bring a Message-Id of
 * their own, which leaves no room for our key there.
 */
export function keyFieldFor(model: string, fields: ReadonlyMap<string, OdooField>, records: readonly JsonObject[]): KeyField | null {
  return keyFieldsOf(model, fields).find((keyField) => !records.some((values) => values[keyField.field] !== undefined && values[keyField.field] !== null)) ?? null;
}

/** Keys whose record exists. The field is not unique in Odoo: the oldest of several counts. */
export async function findByKeyField(client: OdooClient, model: string, keyField: KeyField, keys: readonly string[]): Promise<Map<string, number>> {
  const keyByValue = new Map(keys.map((key) => [keyField.valueOf(key), key]));
  const values = [...keyByValue.keys()];
  const found = new Map<string, number>();
  for (let at = 0; at < values.length; at += namesPerCall) {
    for (const row of await client.searchRead(model, [[keyField.field, 'in', values.slice(at, at + namesPerCall)]], [keyField.field])) {
      const key = keyByValue.get(String(row[keyField.field]));
      if (key !== undefined && !found.has(key)) found.set(key, Number(row['id']));
    }
  }
  return found;
}

/** One `create` for all records, in order; ids in the same order. */
export async function createKeyed(params: Readonly<{ client: OdooClient; model: string; keyField: KeyField; fields: ReadonlyMap<string, OdooField>; drafts: readonly { readonly index: number; readonly key: string; readonly values: JsonObject }[] }>): Promise<readonly number[]> {
  const { client, model, keyField, fields, drafts } = params;
  const rejections: Rejection[] = [];
  const list = drafts.map((draft) => {
    const values: { [name: string]: Json } = { [keyField.field]: keyField.valueOf(draft.key) };
    for (const [name, value] of Object.entries(draft.values)) {
      const field = fields.get(name);
      if (field === undefined || name === keyField.field) continue;
      try {
        values[name] = toOdoo(field, value);
      } catch (error) {
        if (!(error instanceof UnfitValue)) throw error;
        rejections.push(rejectionFor(draft.index, name, error));
      }
    }
    return values;
  });
  if (rejections.length > 0) {
    throw new RecordRejectedError({ code: rejections[0]?.code ?? 'unfit', message: `${model}: ${rejections.length} values do not fit; first: ${rejections[0]?.message ?? ''}`, rejections: rejections.filter((rejection, at) => rejections.findIndex((other) => other.index === rejection.index) === at) });
  }
  return await client.write(model, 'create', { vals_list: list }) as readonly number[];
}
