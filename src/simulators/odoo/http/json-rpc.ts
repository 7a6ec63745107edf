import { OdooError, traceback } from '../python-errors.ts';
import type { OdooVersion } from '../options.ts';
import { resolveMarks } from '../store/file-content.ts';
import type { FileStore } from '../store/file-store.ts';
import { html, json, type Answer } from './answer.ts';
import type { Body } from './read-body.ts';
import type { Services } from './services.ts';

export interface JsonRpcRequest { readonly id: unknown; readonly service: string; readonly method: string; readonly args: readonly unknown[] }

/** Reads the envelope; an Answer is the refusal of one that cannot be read. */
export function readJsonRpc(version: OdooVersion, contentType: string, { bytes: body, marked }: Body, files: FileStore): JsonRpcRequest | Answer {
  if (!/^application\/json/iu.test(contentType)) {
    return version >= 19 ? html(415, 'Unsupported Media Type', 'The server does not support the media type transmitted in the request.') : html(400, 'Bad Request', `&lt;function /jsonrpc&gt; can only be called with Content-Type application/json, not ${contentType || 'none'}.`);
  }
  if (version === 14 && body[0] === 0x1f && body[1] === 0x8b) return html(500, 'Internal Server Error', 'The server encountered an internal error and was unable to complete your request.');
  try {
    const request = JSON.parse(body.toString('utf8')) as { id?: unknown; params?: { service?: unknown; method?: unknown; args?: unknown } };
    const { service, method, args } = request.params ?? {};
    return { id: request.id ?? null, service: String(service), method: String(method), args: Array.isArray(args) ? (marked ? (resolveMarks(args, files) as unknown[]) : args) : [] };
  } catch {
    return html(400, 'Bad Request', 'Invalid JSON data');
  }
}

/** Carries out a call; every outcome is HTTP 200, but for text that cannot be written as UTF-8 on 17 and later. */
export function answerJsonRpc(version: OdooVersion, services: Services, request: JsonRpcRequest, address: string): Answer {
  const envelope = { jsonrpc: '2.0', id: request.id };
  try {
    const { value } = services.call({ service: request.service, method: request.method, args: request.args, door: 'jsonrpc', address });
    // A result of None is left out of the answer.
    return { ...json(200, value === null || value === undefined ? envelope : { ...envelope, result: value }), records: recordsIn(value) };
  } catch (error) {
    if (!(error instanceof OdooError)) throw error;
    if (error.pythonName === 'builtins.UnicodeEncodeError' && version >= 17) return html(500, 'Internal Server Error', 'The server encountered an internal error and was unable to complete your request.');
    return json(200, { ...envelope, error: { code: version >= 19 ? 0 : 200, message: 'Odoo Server Error', data: errorData(error) } });
  }
}

/** Records in a result: a list has as many, anything else counts as one. */
export function recordsIn(value: unknown): number {
  return Array.isArray(value) ? value.length : 1;
}

export function errorData(error: OdooError): Record<string, unknown> {
  return { name: error.pythonName, debug: traceback(error), message: error.message, arguments: error.args, context: {} };
}
