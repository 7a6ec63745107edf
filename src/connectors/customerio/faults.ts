import { AuthenticationError, FatalError, RecordRejectedError, RetriableError, type PortolanError } from '../../connector/errors.ts';
import type { JsonObject } from '../../connector/json.ts';
import { objectIn, rowsIn } from './values.ts';

/** What Customer.io says of a call that it refused: `{errors: [{detail, status, code?}]}`, or `{meta: {error}}` of old. */
export interface CustomerioFault { readonly status: number; readonly detail: string }

export function faultIn(status: number, body: JsonObject | null): CustomerioFault {
  const said = rowsIn(body?.['errors'])[0]?.['detail'] ?? objectIn(body?.['meta'])['error'];
  return { status, detail: typeof said === 'string' && said !== '' ? said : `HTTP status ${status}` };
}

/** The one table from statuses to what the engine must do. Transport troubles (408, 429, 502 to 504, 52x) are settled before. */
export function errorForFault(fault: CustomerioFault, endpoint: string): PortolanError {
  const message = `Customer.io, ${endpoint}: ${fault.detail} (HTTP status ${fault.status}).`;
  switch (fault.status) {
    case 401:
      return new AuthenticationError({ code: 'key-refused', message, remedy: 'Take an App API key of this workspace and of this region (the other region answers the same as a wrong key), and check its list of allowed addresses.' });
    case 403:
      return new AuthenticationError({ code: 'missing-scope', message, remedy: 'Give the App API key the scope for this call, or allow this machine\'s address (Account Settings > API Credentials).' });
    case 400: case 404: case 409: case 422:
      return new RecordRejectedError({ code: fault.status === 404 ? 'not-found' : 'refused', message, rejections: [] });
    default:
      return fault.status >= 500
        ? new RetriableError({ code: `http-${fault.status}`, message, remedy: 'It is tried again; if it stays, look at Customer.io\'s status page.' })
        : new FatalError({ code: 'unexpected-answer', message, remedy: 'Check the address: it may not be Customer.io\'s App API.' });
  }
}
