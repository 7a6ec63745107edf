import { AuthenticationError, PortolanError } from '../../../connector/errors.ts';
import type { JsonObject } from '../../../connector/json.ts';
import type { HelpDesk } from './desk.ts';

const valueFields = ['char', 'text', 'integer', 'float', 'datetime'] as const;

/** Field changes that messages report ("Stage: New → Done"), by message id. Plain users may not read them: then there are none. */
export async function readTracking({ client, models }: HelpDesk, messageIds: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
  if (messageIds.length === 0) return new Map();
  const fields = await models.fieldsOrNull('mail.tracking.value');
  if (fields === null) return new Map();
  // 14 to 16 call the field `field` and keep its label beside it; from 17 on it is `field_id`, and `field_info` for removed fields.
  const wanted = ['mail_message_id', 'field_desc', 'field', 'field_id', 'field_info', ...valueFields.flatMap((kind) => [`old_value_${kind}`, `new_value_${kind}`])].filter((name) => fields.has(name));
  let rows: readonly JsonObject[];
  try {
    rows = await client.searchRead('mail.tracking.value', [['mail_message_id', 'in', [...messageIds]]], wanted);
  } catch (error) {
    if (error instanceof AuthenticationError || (error instanceof PortolanError && error.code === 'unexpected-fault')) return new Map();
    throw error;
  }
  const byMessage = Map.groupBy(rows, (row) => (Array.isArray(row['mail_message_id']) ? Number(row['mail_message_id'][0]) : 0));
  return new Map([...byMessage].map(([messageId, changes]) => [messageId, changes.map((row) => `${labelOf(row)}: ${shown(row, 'old') || '(empty)'} → ${shown(row, 'new') || '(empty)'}`)]));
}

function labelOf(row: JsonObject): string {
  const { field_desc: description, field_id: link, field, field_info: info } = row;
  if (typeof description === 'string' && description !== '') return description;
  for (const named of [link, field]) if (Array.isArray(named)) return String(named[1]).replace(/ \([^()]*\)$/u, ''); // 'Stage (Helpdesk Ticket)'
  return typeof info === 'object' && info !== null && 'desc' in info ? String(info['desc']) : 'Field';
}

function shown(row: JsonObject, side: 'old' | 'new'): string {
  for (const kind of valueFields) {
    const value = row[`${side}_value_${kind}`];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number' && value !== 0) return String(value);
  }
  return '';
}
