import { AmbiguousError, ConfigurationError, FatalError } from '../../../connector/errors.ts';
import type { HttpClient } from '../../../connector/kit/http/http.ts';
import type { HttpEffect } from '../../../connector/kit/http/http-outcomes.ts';
import type { FileOpener } from '../../../connector/file-value.ts';
import type { Json } from '../../../connector/json.ts';
import type { RpcCredentials } from './door-json-rpc.ts';
import type { OdooDoor } from './door.ts';
import { errorForFault, tooLarge } from './faults.ts';
import { bodyWithFiles, markFiles } from '../../../connector/kit/http/file-body.ts';
import { toPositional } from './signatures.ts';
import { decodeAnswer, encodeCall } from './xml-rpc-codec.ts';
import { faultName, isFaultAfterCommit, XmlRpcFault } from './xml-rpc-fault.ts';

/** XML-RPC, `/xmlrpc/2/…`: all versions to 19. The door of last resort: errors have four codes only, answers are 3.6 times as long. */
export function xmlRpcDoor(http: HttpClient, credentials: RpcCredentials): OdooDoor {
  return {
    name: 'xmlrpc',
    call: ({ model, method, args, effect, timeoutMs, files }) => {
      const { list, keywords } = toPositional(method, args);
      return xmlRpc(http, {
        url: credentials.url, service: 'object', method: 'execute_kw', effect, endpoint: `${model}.${method}`,
        args: [credentials.database, credentials.uid, credentials.secret, model, method, list, keywords],
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...(files === undefined ? {} : { files }),
      });
    },
  };
}

/** One call of an RPC service ('common', 'object', 'db'). Faults have HTTP status 200. */
export async function xmlRpc(http: HttpClient, request: Readonly<{ url: string; service: string; method: string; args: readonly Json[]; effect: HttpEffect; endpoint: string; timeoutMs?: number; files?: FileOpener }>): Promise<Json> {
  const marked = request.files === undefined ? { args: request.args, files: [] } : markFiles([...request.args]);
  const answer = await http({
    url: `${request.url}/xmlrpc/2/${request.service}`, method: 'POST', effect: request.effect, endpoint: request.endpoint,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: bodyWithFiles(encodeCall(request.method, marked.args as readonly Json[]), marked.files, request.files),
    ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
  });
  if (answer.status === 413) throw tooLarge(request.endpoint);
  if (answer.status !== 200) {
    if (answer.status === 404 || (answer.status >= 300 && answer.status < 400)) {
      throw new ConfigurationError({ code: 'no-odoo-here', message: `${request.url} does not answer as an Odoo server (HTTP status ${answer.status} on /xmlrpc/2).`, remedy: 'Check the address: scheme, host and port as the browser shows them.' });
    }
    throw unreadable(request, answer.status, undefined);
  }
  try {
    return decodeAnswer(answer.text);
  } catch (error) {
    if (!(error instanceof XmlRpcFault)) throw unreadable(request, answer.status, error);
    if (isFaultAfterCommit(error)) return null;
    throw errorForFault({ ...faultName(error), httpStatus: answer.status }, request.effect, request.endpoint);
  }
}

function unreadable(request: Readonly<{ effect: HttpEffect; endpoint: string }>, status: number, cause: unknown): AmbiguousError | FatalError {
  const details = { code: 'unreadable-answer', message: `${request.endpoint}: the answer is no XML-RPC (HTTP status ${status}).`, ...(cause === undefined ? {} : { cause }) };
  return request.effect === 'write' && status !== 400 && status !== 413 ? new AmbiguousError(details) : new FatalError(details);
}
