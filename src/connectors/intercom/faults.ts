import { AuthenticationError, ConfigurationError, FatalError, RecordRejectedError, RetriableError, type PortolanError } from '../../connector/errors.ts';
import type { JsonObject } from '../../connector/json.ts';

/** What Intercom says of a call that it did not carry out: `{type: "error.list", errors: [{code, message, field}]}`. */
export interface IntercomFault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
}

/** Reads the error list; an answer without one keeps its status as code. */
export function faultIn(status: number, body: JsonObject | null): IntercomFault {
  const errors = Array.isArray(body?.['errors']) ? body['errors'] as readonly JsonObject[] : [];
  const [first] = errors;
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  return { status, code: text(first?.['code']) ?? `http-${status}`, message: text(first?.['message']) ?? text(body?.['message']) ?? `HTTP status ${status}`, field: text(first?.['field']) };
}

/**
 * The one table from statuses and codes to what the engine must do. All of these mean that nothing was changed.
 * Sources: Intercom's OpenAPI description 2.16; 409 from reports of its users, since the description has none.
 */
export function errorForFault(fault: IntercomFault, subject: string): PortolanError {
  const said = `${subject}: ${fault.message} (${fault.code}).`;
  switch (fault.status) {
    case 401:
      return new AuthenticationError({ code: 'token-refused', message: `Intercom refuses the access token (${subject}).`, remedy: 'Copy the token of the private app anew (Developer Hub > Authentication), and check that it belongs to this workspace and region.' });
    case 403:
      return fault.code === 'api_plan_restricted'
        ? new AuthenticationError({ code: 'plan-restricted', message: said, remedy: 'The workspace\'s plan does not include this part of the API: upgrade it, or leave the object out of the plan.' })
        : new AuthenticationError({ code: 'missing-scope', message: said, remedy: 'Give the app the scope that the message names (Developer Hub > Authentication > Edit), then connect again.' });
    case 400:
      if (fault.code === 'intercom_version_invalid') return new ConfigurationError({ code: 'version-refused', message: said, remedy: 'Set version to 2.16 or 2.15.' });
      return rejected(fault, said);
    case 404: case 409: case 410: case 413: case 422:
      return rejected(fault, said);
    case 500:
      // Nothing states whether a 500 was rolled back, so it is treated as if it was not: the caller looks before it sends again.
      return new RetriableError({ code: 'http-500', message: said, remedy: 'It is tried again; if it stays, look at Intercom\'s status page.' });
    default:
      return new FatalError({ code: 'unexpected-answer', message: said, remedy: 'Check the address: it may not be Intercom\'s API.' });
  }
}

function rejected(fault: IntercomFault, said: string): RecordRejectedError {
  const codes: Readonly<Record<number, string>> = { 404: 'not-found', 409: 'conflict', 410: 'merged', 413: 'too-large' };
  return new RecordRejectedError({ code: codes[fault.status] ?? 'refused', message: said, rejections: [{ index: 0, code: codes[fault.status] ?? 'refused', message: fault.message, ...(fault.field === null ? {} : { field: fault.field }) }] });
}
