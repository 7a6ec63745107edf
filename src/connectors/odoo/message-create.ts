import { RecordRejectedError, type Rejection } from '../../connector/errors.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import type { OdooClient } from './client.ts';
import type { OdooField } from './field-types.ts';
import { externalIdName } from './keys.ts';
import { rejectionFor, toOdoo, UnfitValue } from './values-out.ts';

/**
 * Messages have a field of their own that can hold our key: message_id, free text and indexed. A message is therefore created
 * by plain `create` with its key inside the record, in one transaction and without ir.model.data: 1.4-1.5 times as fast as
 * `load` [14]. Messages that bring a Message-Id of their own (e-mails) go by `load` with an external id.
 */
export function carriesOwnMessageId(records: readonly JsonObject[]): boolean {
  return records.some((values) => values['message_id'] !== undefined && values['message_id'] !== null);
}

/** The Message-Id under which a note or call is stored. */
function messageIdFor(key: string): string {
  return `<${externalIdName('mail.message', key)}@portolan.invalid>`;
}

const namesPerCall = 1_000;

/** Keys whose message exists. message_id is not unique in Odoo: the oldest of several counts. */
export async function findMessagesByKeys(client: OdooClient, keys: readonly string[]): Promise<Map<string, number>> {
  const keyById = new Map(keys.map((key) => [messageIdFor(key), key]));
  const names = [...keyById.keys()];
  const found = new Map<string, number>();
  for (let at = 0; at < names.length; at += namesPerCall) {
    for (const row of await client.searchRead('mail.message', [['message_id', 'in', names.slice(at, at + namesPerCall)]], ['message_id'])) {
      const key = keyById.get(String(row['message_id']));
      if (key !== undefined && !found.has(key)) found.set(key, Number(row['id']));
    }
  }
  return found;
}

/** One `create` for all messages, in order; ids in the same order. */
export async function createMessages(client: OdooClient, fields: ReadonlyMap<string, OdooField>, drafts: readonly { readonly index: number; readonly key: string; readonly values: JsonObject }[]): Promise<readonly number[]> {
  const rejections: Rejection[] = [];
  const list = drafts.map((draft) => {
    const values: { [name: string]: Json } = { message_id: messageIdFor(draft.key) };
    for (const [name, value] of Object.entries(draft.values)) {
      const field = fields.get(name);
      if (field === undefined || name === 'message_id') continue;
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
    throw new RecordRejectedError({ code: rejections[0]?.code ?? 'unfit', message: `mail.message: ${rejections.length} values do not fit; first: ${rejections[0]?.message ?? ''}`, rejections: rejections.filter((rejection, at) => rejections.findIndex((other) => other.index === rejection.index) === at) });
  }
  return await client.write('mail.message', 'create', { vals_list: list }) as readonly number[];
}
