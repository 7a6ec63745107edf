import { AmbiguousError, AuthenticationError, ConfigurationError, FatalError, PortolanError } from '../../../connector/errors.ts';
import type { HttpClient } from '../../../connector/kit/http/http.ts';
import type { Json } from '../../../connector/json.ts';
import { jsonRpc } from './door-json-rpc.ts';
import { parseVersionInfo, supportedMajors, type OdooVersion } from '../fields/versions.ts';

/** What stands at an address: asked without login and without database. */
export interface Probe {
  readonly version: OdooVersion;
  /** The server answers /web/version, so it is 19 or newer and has JSON-2. */
  readonly json2: boolean;
}

/**
 * Asks the server what it is: GET /web/version (19 on), then `common.version` over JSON-RPC (14 to 18).
 * @throws ConfigurationError when no Odoo answers, or one outside 14 to 19.
 */
export async function probeServer(http: HttpClient, url: string): Promise<Probe> {
  const fresh = await askWebVersion(http, url);
  const version = fresh ?? await askCommonVersion(http, url);
  if (version === null) throw noOdoo(url, 'no version came back');
  if (version.major < supportedMajors.from || version.major > supportedMajors.to) {
    throw new ConfigurationError({ code: 'unsupported-version', message: `${url} runs Odoo ${version.text}; Portolan knows ${supportedMajors.from} to ${supportedMajors.to}.`, remedy: 'Upgrade the Odoo, or use a newer Portolan.' });
  }
  return { version, json2: fresh !== null };
}

async function askWebVersion(http: HttpClient, url: string): Promise<OdooVersion | null> {
  const answer = await http({ url: `${url}/web/version`, method: 'GET', effect: 'read', endpoint: 'web/version', timeoutMs: 30_000 });
  if (answer.status !== 200) return null;
  try {
    const body: unknown = JSON.parse(answer.text);
    return typeof body === 'object' && body !== null && 'version_info' in body ? parseVersionInfo(body.version_info) : null;
  } catch {
    return null; // a page of something else
  }
}

async function askCommonVersion(http: HttpClient, url: string): Promise<OdooVersion | null> {
  try {
    const answer = await jsonRpc(http, { url, service: 'common', method: 'version', args: [], effect: 'read', endpoint: 'common.version', timeoutMs: 30_000 });
    return parseVersionInfo((answer as { server_version_info?: unknown } | null)?.server_version_info);
  } catch (error) {
    if (error instanceof FatalError) throw noOdoo(url, error.message);
    throw error;
  }
}

function noOdoo(url: string, detail: string): ConfigurationError {
  return new ConfigurationError({ code: 'no-odoo-here', message: `${url} does not answer as an Odoo server (${detail}).`, remedy: 'Check the address: scheme, host and port as the browser shows them.' });
}

/**
 * Logs in by name. One try only: from the fifth failed login on, Odoo 14 refuses everybody from this address for 60 seconds,
 * and then a right password looks exactly like a wrong one.
 */
export async function logIn(authenticate: () => Promise<Json>, params: Readonly<{ url: string; database: string; user: string; failedBefore: number }>): Promise<number> {
  let answer: Json;
  try {
    answer = await authenticate();
  } catch (error) {
    if (error instanceof PortolanError && !(error instanceof AmbiguousError) && error.code === 'invalid-value') throw wrongPassword(params, error); // 18: empty password is an AssertionError
    throw error;
  }
  if (typeof answer === 'number') return answer;
  throw wrongPassword(params, undefined);
}

function wrongPassword(params: Readonly<{ url: string; database: string; user: string; failedBefore: number }>, cause: unknown): AuthenticationError {
  const cooldown = params.failedBefore >= 4
    ? ` This was failed login number ${params.failedBefore + 1}: Odoo 14 now refuses right passwords too, for 60 seconds.`
    : ' After five failed logins in a minute Odoo 14 refuses right ones as well, for 60 seconds.';
  return new AuthenticationError({
    code: 'wrong-password', message: `Odoo at ${params.url} refuses user '${params.user}' on database '${params.database}'.`,
    remedy: `Check user and password (or API key).${cooldown}`, ...(cause === undefined ? {} : { cause }),
  });
}
