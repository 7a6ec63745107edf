import { AmbiguousError, ConfigurationError, FatalError } from '../../../connector/errors.ts';
import type { HttpClient } from '../../../connector/kit/http/http.ts';
import type { HttpEffect } from '../../../connector/kit/http/http-outcomes.ts';
import type { FileOpener } from '../../../connector/file-value.ts';
import type { Json } from '../../../connector/json.ts';
import type { OdooDoor, OdooFault } from './door.ts';
import { errorForFault, tooLarge } from './faults.ts';
import { bodyWithFiles, markFiles } from '../../../connector/kit/http/file-body.ts';
import { toPositional } from './signatures.ts';

export interface RpcCredentials {
  readonly url: string;
  readonly database: string;
  readonly uid: number;
  readonly secret: string; // password or API key
}

/** JSON-RPC, `/jsonrpc`: all versions to 19. Gives the exception's class by name, so it is preferred to XML-RPC. */
export function jsonRpcDoor(http: HttpClient, credentials: RpcCredentials): OdooDoor {
  return {
    name: 'jsonrpc',
    call: ({ model, method, args, effect, timeoutMs, files }) => {
      const { list, keywords } = toPositional(method, args);
      return jsonRpc(http, {
        url: credentials.url, service: 'object', method: 'execute_kw', effect, endpoint: `${model}.${method}`,
        args: [credentials.database, credentials.uid, credentials.secret, model, method, list, keywords],
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...(files === undefined ? {} : { files }),
      });
    },
  };
}

/** One call of an RPC service ('common', 'object', 'db'). */
export async function jsonRpc(http: HttpClient, request: Readonly<{ url: string; service: string; method: string; args: readonly Json[]; effect: HttpEffect; endpoint: string; timeoutMs?: number; files?: FileOpener }>): Promise<Json> {
  const marked = request.files === undefined ? { args: [...request.args], files: [] } : markFiles([...request.args]);
  const answer = await http({
    url: `${request.url}/jsonrpc`, method: 'POST', effect: request.effect, endpoint: request.endpoint,
    headers: { 'content-type': 'application/json' },
    body: bodyWithFiles(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: { service: request.service, method: request.method, args: marked.args } }), marked.files, request.files),
    ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
  });
  if (answer.status === 413) throw tooLarge(request.endpoint);
  const body = parseObject(answer.text);
  if (answer.status === 404 || (answer.status >= 300 && answer.status < 400)) {
    throw new ConfigurationError({ code: 'no-odoo-here', message: `${request.url} does not answer as an Odoo server (HTTP status ${answer.status} on /jsonrpc).`, remedy: 'Check the address: scheme, host and port as the browser shows them.' });
  }
  if (body === null || body['jsonrpc'] !== '2.0') {
    // A cut-off answer, or a proxy's page in its place: the call itself may have been carried out.
    if (request.effect === 'write' && answer.status !== 400 && answer.status !== 415) {
      throw new AmbiguousError({ code: 'unreadable-answer', message: `${request.endpoint}: sent, but the answer cannot be read (HTTP status ${answer.status}); it may have been carried out.` });
    }
    throw new FatalError({ code: 'unreadable-answer', message: `${request.endpoint}: the answer is no JSON-RPC (HTTP status ${answer.status}).`, remedy: 'Check that the address belongs to an Odoo server and no proxy answers for it.' });
  }
  if ('error' in body) throw errorForFault(faultIn(body['error'], answer.status), request.effect, request.endpoint);
  return (body['result'] ?? null) as Json; // a method that returns None has no `result` at all on 14
}

function faultIn(error: unknown, httpStatus: number): OdooFault {
  const data = isObject(error) && isObject(error['data']) ? error['data'] : {};
  const name = typeof data['name'] === 'string' ? data['name'] : 'unknown';
  const message = typeof data['message'] === 'string' ? data['message'] : '';
  return { name, message, httpStatus };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
