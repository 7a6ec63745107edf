import type { ConnectionContext } from '../../../connector/context.ts';
import { RecordRejectedError } from '../../../connector/errors.ts';
import type { FileValue } from '../../../connector/file-value.ts';
import type { Json } from '../../../connector/json.ts';
import { download, type DownloadRequest } from '../../../connector/kit/http/http-download.ts';
import type { OdooClient } from '../client.ts';
import { readContext } from '../fields/contexts.ts';
import type { OdooSettings } from '../settings.ts';
import { encodeCall } from '../doors/xml-rpc-codec.ts';
import { base64Field } from './base64-field.ts';

/**
 * Streams the content of one file: over RPC as base64, since /web/content wants the session of a browser (odoo-facts 13).
 * Counts as one call of the connection's budget.
 */
export async function* openFile(client: OdooClient, settings: OdooSettings, context: ConnectionContext, file: FileValue): AsyncGenerator<Uint8Array> {
  const id = Number(/^ir\.attachment\/(\d+)$/u.exec(file.$file)?.[1] ?? Number.NaN);
  if (!Number.isInteger(id)) throw new RecordRejectedError({ code: 'file-gone', message: `${file.$file} names no file of an Odoo.`, rejections: [] });
  await context.budget.acquire('calls');
  context.countCall('ir.attachment.read');
  const endpoint = 'ir.attachment.read datas';
  yield* base64Field(download({ ...requestFor(client, settings, id), endpoint, signal: context.signal }), 'datas', endpoint);
}

function requestFor(client: OdooClient, settings: OdooSettings, id: number): Pick<DownloadRequest, 'url' | 'method' | 'headers' | 'body'> {
  const keywords = { fields: ['datas'], load: '_classic_write', context: readContext };
  if (client.door === 'json2') {
    return {
      url: `${settings.url}/json/2/ir.attachment/read`, method: 'POST', body: JSON.stringify({ ids: [id], ...keywords }),
      headers: { authorization: `bearer ${settings.apiKey ?? ''}`, 'content-type': 'application/json', ...(client.database === '' ? {} : { 'x-odoo-database': client.database }) },
    };
  }
  const args: Json[] = [client.database, client.uid, settings.password ?? settings.apiKey ?? '', 'ir.attachment', 'read', [[id]], keywords];
  if (client.door === 'xmlrpc') return { url: `${settings.url}/xmlrpc/2/object`, method: 'POST', headers: { 'content-type': 'text/xml; charset=utf-8' }, body: encodeCall('execute_kw', args) };
  return { url: `${settings.url}/jsonrpc`, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: { service: 'object', method: 'execute_kw', args } }) };
}
