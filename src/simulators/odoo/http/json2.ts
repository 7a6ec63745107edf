import { ArgumentError, OdooError } from '../python-errors.ts';
import { callNamed } from '../orm/call.ts';
import { Environment, type ServerState } from '../orm/environment.ts';
import { resolveMarks } from '../store/file-content.ts';
import type { Authentication } from './authentication.ts';
import { html, json, type Answer } from './answer.ts';
import { errorData, recordsIn } from './json-rpc.ts';
import type { Body } from './read-body.ts';
import { transact } from './transact.ts';

export interface Json2Request {
  readonly httpMethod: string;
  readonly model: string;
  readonly method: string;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly body: Body;
}

/** POST /json/2/<model>/<method> of Odoo 19: bearer key, named arguments, bare results, the status carries the class of the error. */
export function answerJson2(state: ServerState, authentication: Authentication, database: string, request: Json2Request): Answer {
  const asked = request.headers['x-odoo-database'];
  if (asked !== undefined && asked !== database) return html(404, 'Not Found', 'No database is selected and the requested URL was not found in the server-wide controllers.');
  if (request.httpMethod !== 'POST') return failure(new OdooError('werkzeug.exceptions.NotFound', 'The requested URL was not found on the server.'));
  if (!/^application\/json/iu.test(String(request.headers['content-type'] ?? ''))) return html(415, 'Unsupported Media Type', 'The server does not support the media type transmitted in the request.');
  const key = /^bearer\s+(\S+)\s*$/iu.exec(String(request.headers['authorization'] ?? ''))?.[1];
  if (key === undefined) return unauthorized('User not authenticated, use an API Key with a Bearer Authorization header.');
  const uid = authentication.userOfKey(key);
  if (uid === null) return unauthorized('Invalid apikey');
  let body: unknown;
  try {
    body = request.body.bytes.length === 0 ? {} : JSON.parse(request.body.bytes.toString('utf8'));
    if (request.body.marked) body = resolveMarks(body, state.files);
  } catch {
    return failure(new OdooError('werkzeug.exceptions.BadRequest', 'could not parse the body as json, expected a json object'));
  }
  // An array is taken for "no arguments".
  const named = typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
  const context = typeof named['context'] === 'object' && named['context'] !== null ? (named['context'] as Record<string, unknown>) : {};
  const env = new Environment(state, uid, context, 'json2');
  try {
    const { result } = transact(env, () => callNamed(env, request.model, request.method, named));
    return { ...json(200, result ?? null), records: recordsIn(result) };
  } catch (error) {
    if (error instanceof OdooError) return failure(error);
    throw error;
  }
}

function unauthorized(text: string): Answer {
  return json(401, errorData(new OdooError('werkzeug.exceptions.Unauthorized', text)), { 'WWW-Authenticate': 'Bearer' });
}

function failure(error: OdooError): Answer {
  return json(statusOf(error), errorData(error));
}

/** 500 is mostly a permanent error in the data: unknown field, bad selection value, bad date (measured on 19). */
function statusOf(error: OdooError): number {
  if (error instanceof ArgumentError) return 422;
  switch (error.pythonName) {
    case 'odoo.exceptions.AccessDenied': return 403;
    case 'odoo.exceptions.AccessError': return 403;
    case 'odoo.exceptions.MissingError':
    case 'werkzeug.exceptions.NotFound': return 404;
    case 'odoo.exceptions.ValidationError':
    case 'odoo.exceptions.UserError': return 422;
    case 'odoo.exceptions.LockError': return 409;
    case 'werkzeug.exceptions.BadRequest': return 400;
    default: return 500;
  }
}
