import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { externalIdModule } from '../write/keys.ts';
import { readRows } from '../read/read.ts';

/**
 * Odoo makes files of pictures that stand as data: URLs in a message body, and puts their address with an access token in place of them
 * [14 17 18 19]. They outlive the message; so a message that is deleted takes them along: those that its body names with a token, that
 * hang on it, and that are not records of ours.
 */
export async function picturesMadeFrom(client: OdooClient, messageIds: readonly number[]): Promise<readonly number[]> {
  const rows = await readRows(client, 'mail.message', messageIds, ['body', 'attachment_ids']);
  const found = new Set(rows.flatMap(namedPictures));
  if (found.size === 0) return [];
  const ids: Json = [...found];
  const ours = await client.searchRead('ir.model.data', [['module', '=', externalIdModule], ['model', '=', 'ir.attachment'], ['res_id', 'in', ids]], ['res_id']);
  for (const row of ours) found.delete(Number(row['res_id']));
  return await client.read('ir.attachment', 'search', { domain: [['id', 'in', [...found]], ['create_uid', '=', client.uid]] }) as readonly number[];
}

function namedPictures(row: JsonObject): readonly number[] {
  const held = row['attachment_ids'] as readonly number[];
  return [...String(row['body']).matchAll(/\/web\/image\/(\d+)\?access_token=/gu)].map((match) => Number(match[1])).filter((id) => held.includes(id));
}
