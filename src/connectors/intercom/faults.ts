import { AuthenticationError, ConfigurationError, FatalError, RateLimitedError, RecordRejectedError, RetriableError, type PortolanError } from '../../connector/errors.ts';
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

/** After so long a throttled conversation takes replies again, as those report who have met it. */
const THROTTLE_MS = 15_000;

/**
 * The one table from statuses and codes to what the engine must do. All of these mean that nothing was changed.
 * Sources: Intercom's OpenAPI description 2.16; 409 from reports of its users, since the description has none.
 */
export function errorForFault(fault: IntercomFault, subject: string): PortolanError {
  const said = `${subject}: ${fault.message} (${fault.code}).`;
  // Intercom names a code with every refusal: what has none comes from a proxy, or from another server.
  if ([400, 409, 410, 422].includes(fault.status) && fault.code === `http-${fault.status}`) return stranger(said);
  switch (fault.status) {
    case 401:
      return new AuthenticationError({ code: 'token-refused', message: `Intercom refuses the access token (${subject}).`, remedy: 'Copy the token of the private app anew (Developer Hub > Authentication), and check that it belongs to this workspace and region.' });
    case 403:
      return fault.code === 'api_plan_restricted'
        ? new AuthenticationError({ code: 'plan-restricted', message: said, remedy: 'The workspace\'s plan does not include this part of the API: upgrade it, or leave the object out of the plan.' })
        : new AuthenticationError({ code: 'missing-scope', message: said, remedy: 'Give the app the scope that the message names (Developer Hub > Authentication > Edit), then connect again.' });
    case 400:
      if (fault.code === 'intercom_version_invalid') return new ConfigurationError({ code: 'version-refused', message: said, remedy: 'Set version to 2.16 or 2.15, then discover and propose again.' });
      // Undocumented, and of one conversation only: the others go on meanwhile.
      if (/too many recent replies/iu.test(fault.message)) return new RateLimitedError({ code: 'conversation-throttled', message: said, retryAfterMs: THROTTLE_MS });
      return rejected(fault, said);
    case 404: case 409: case 410: case 413: case 422:
      return rejected(fault, said);
    case 500:
      // Nothing states whether a 500 was rolled back, so it is treated as if it was not: the caller looks before it sends again.
      return new RetriableError({ code: 'http-500', message: said, remedy: 'It is tried again; if it stays, look at Intercom\'s status page.' });
    default:
      return stranger(said);
  }
}

function stranger(said: string): FatalError {
  return new FatalError({ code: 'unexpected-answer', message: said, remedy: 'Check the address and proxies in front of it: what answers may not be Intercom\'s API.' });
}

/** What a refusal of one record means, by code where Intercom has one, else by its words: the first that fits. */
const refusals: readonly Readonly<{ code: string; remedy: string; is: (fault: IntercomFault) => boolean }>[] = [
  { code: 'unknown-attribute', is: ({ code, message }) => code === 'conversation_attribute_not_found' || code === 'field_not_found' || /attribute .*does not exist/iu.test(message), remedy: 'Somebody archived or renamed the attribute, or it was never made: make it again at Intercom (Settings > Data), then retry.' },
  { code: 'value-not-in-options', is: ({ message }) => /is not an option|not (?:a|one of the) valid options?/iu.test(message), remedy: 'Add the option to the list attribute at Intercom, or map the value to one that is there; then retry.' },
  { code: 'attribute-limit', is: ({ message }) => /reached the limit|limit of \d+ .*attributes/iu.test(message), remedy: 'A workspace has 250 active attributes of people and companies: archive some that nobody uses (Settings > Data), or reject lines under "schema" in the plan; then retry.' },
  { code: 'name-taken', is: ({ message }) => /^you already have '/iu.test(message), remedy: 'Names are shared by people and companies: rename the line in the plan, or the attribute at Intercom.' },
  { code: 'too-long', is: ({ message }) => /at most \d+ characters|too long/iu.test(message), remedy: 'Shorten the value, or truncate it in the plan (a declared loss); then retry.' },
  { code: 'person-not-found', is: ({ code }) => ['admin_not_found', 'assignee_not_found', 'team_not_found'].includes(code), remedy: 'The admin or team is no more in the workspace: name another one in the plan, or have the person invited again; then retry.' },
  { code: 'invalid-date', is: ({ message }) => /invalid value for created_at/iu.test(message), remedy: 'The date is in the future, or is none: correct it, then retry.' },
  { code: 'too-many-companies', is: ({ code }) => code === 'contact_company_limit_exceeded', remedy: 'A contact is in 1,000 companies at most: leave this one out.' },
  { code: 'not-found', is: ({ status }) => status === 404, remedy: 'The record that this one belongs to is gone at Intercom (deleted or archived by somebody): restore it, or leave this one out.' },
  { code: 'conflict', is: ({ status }) => status === 409, remedy: 'Something like it is there already: look at Intercom which one is to stay, then retry or leave this one out.' },
  { code: 'merged', is: ({ status }) => status === 410, remedy: 'The contact was merged into another: give this record the e-mail of that one, or leave it out.' },
  { code: 'too-large', is: ({ status }) => status === 413, remedy: 'Lower the cap on files in the plan: what is larger is named in a note instead.' },
];

function rejected(fault: IntercomFault, said: string): RecordRejectedError {
  const refusal = refusals.find(({ is }) => is(fault));
  const code = refusal?.code ?? 'refused';
  return new RecordRejectedError({ code, message: said, ...(refusal === undefined ? {} : { remedy: refusal.remedy }), rejections: [{ index: 0, code, message: said, ...(fault.field === null ? {} : { field: fault.field }) }] });
}
