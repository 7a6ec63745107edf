import { AmbiguousError, ConfigurationError, FatalError } from '../../../connector/errors.ts';
import type { HttpClient } from '../../../connector/kit/http/http.ts';
import type { Json } from '../../../connector/json.ts';
import type { OdooDoor } from './door.ts';
import { errorForFault, tooLarge } from './faults.ts';
import { bodyWithFiles, markFiles } from '../../../connector/kit/http/file-body.ts';

export interface Json2Credentials {
  readonly url: string;
  readonly database: string | null; // null = the server has one database only
  readonly apiKey: string;
}

/**
 * JSON-2, `POST /json/2/<model>/<method>` [19]: bearer key, arguments by name, the bare value as the answer; the HTTP status and
 * `name` in the body say what went wrong. Status 500 is mostly bad data (an unknown field, a bad option), so only names decide.
 */
export function json2Door(http: HttpClient, credentials: Json2Credentials): OdooDoor {
  return {
    name: 'json2',
    async call({ model, method, args, effect, timeoutMs, files }) {
      const endpoint = `${model}.${method}`;
      const named = argumentsFor(method, args);
      const marked = files === undefined ? { args: named, files: [] } : markFiles(named);
      const answer = await http({
        url: `${credentials.url}/json/2/${model}/${method}`, method: 'POST', effect, endpoint,
        headers: {
          authorization: `bearer ${credentials.apiKey}`,
          'content-type': 'application/json',
          ...(credentials.database === null ? {} : { 'x-odoo-database': credentials.database }),
        },
        body: bodyWithFiles(JSON.stringify(marked.args), marked.files, files),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      });
      if (answer.status === 413) throw tooLarge(endpoint);
      const body = parse(answer.text);
      if (answer.status === 200 && body !== undefined) return body as Json;
      if (answer.status === 404 && body === undefined) {
        throw new ConfigurationError({ code: 'wrong-database', message: `Odoo at ${credentials.url} knows no database '${credentials.database ?? ''}', or has no JSON-2.`, remedy: 'Correct the setting `database`: with several databases it must be given.' });
      }
      if (isFault(body)) throw errorForFault({ name: body.name, message: typeof body.message === 'string' ? body.message : '', httpStatus: answer.status }, effect, endpoint);
      // No body of Odoo's own: a page of a proxy, or an answer cut off.
      if (effect === 'write' && (answer.status === 200 || answer.status >= 500)) {
        throw new AmbiguousError({ code: 'unreadable-answer', message: `${endpoint}: sent, but the answer cannot be read (HTTP status ${answer.status}); it may have been carried out.` });
      }
      throw new FatalError({ code: 'unreadable-answer', message: `${endpoint}: the answer is no JSON-2 (HTTP status ${answer.status}).`, remedy: 'Check that the address belongs to an Odoo server and no proxy answers for it.' });
    },
  };
}

const recordMethods = new Set(['write', 'unlink', 'read']);

/** `ids` forgotten on a record method does NOTHING and answers true; `ids` on a model method is refused. So both are checked here. */
function argumentsFor(method: string, args: OdooArguments): OdooArguments {
  if (recordMethods.has(method) && !Array.isArray(args['ids'])) throw new TypeError(`${method} needs ids`);
  return args;
}
type OdooArguments = Parameters<OdooDoor['call']>[0]['args'];

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isFault(body: unknown): body is { readonly name: string; readonly message?: unknown } {
  return typeof body === 'object' && body !== null && 'name' in body && typeof body.name === 'string';
}
