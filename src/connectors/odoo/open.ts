import { ConfigurationError, FatalError } from '../../connector/errors.ts';
import type { ConnectionContext } from '../../connector/context.ts';
import { createHttpClient, type HttpClient } from '../../connector/kit/http/http.ts';
import type { Json } from '../../connector/json.ts';
import { createOdooClient, type OdooClient } from './client.ts';
import type { OdooDoor } from './doors/door.ts';
import { jsonRpc, jsonRpcDoor } from './doors/door-json-rpc.ts';
import { json2Door } from './doors/door-json2.ts';
import { xmlRpc, xmlRpcDoor } from './doors/door-xml-rpc.ts';
import { logIn, probeServer, type Probe } from './doors/probe.ts';
import type { OdooDoorName, OdooSettings } from './settings.ts';
import { versionTraits } from './fields/versions.ts';

/** Failed logins of this process per address, for the cooldown's message. Never used to refuse a try. */
const failedLogins = new Map<string, number>();

/**
 * Probes the server, chooses the door and logs in once; the uid is kept for the life of the connection.
 * @throws ConfigurationError (address, database, version), AuthenticationError (user, password, key), RetriableError (not reachable now).
 */
export async function openOdoo(settings: OdooSettings, context: ConnectionContext): Promise<OdooClient> {
  const secrets = [settings.password, settings.apiKey].filter((secret) => secret !== undefined);
  const http = createHttpClient({ secrets, signal: context.signal });
  const probe = await probeServer(http, settings.url);
  const doorName = chooseDoor(settings, probe);
  const traits = versionTraits(probe.version.major);
  const base = { version: probe.version, traits, url: settings.url, context };
  if (doorName === 'json2') {
    const database = settings.database ?? '';
    const door = json2Door(http, { url: settings.url, database: settings.database ?? null, apiKey: settings.apiKey ?? '' });
    const who = await door.call({ model: 'res.users', method: 'context_get', args: {}, effect: 'read' }) as { readonly uid?: Json } | null;
    return createOdooClient({ ...base, door, uid: Number(who?.uid), database });
  }
  const user = settings.user;
  if (user === undefined) throw new ConfigurationError({ code: 'missing-setting', message: `This Odoo (${probe.version.text}) has no JSON-2 door, and the other doors need the login name.`, remedy: 'Give the setting `user`.' });
  const database = settings.database ?? await onlyDatabase(http, settings.url, doorName);
  const secret = settings.password ?? settings.apiKey ?? '';
  const uid = await logInOnce(http, settings.url, doorName, { database, user, secret });
  const credentials = { url: settings.url, database, uid, secret };
  const door = await readableDoor(settings, doorName === 'jsonrpc' ? jsonRpcDoor(http, credentials) : xmlRpcDoor(http, credentials), () => xmlRpcDoor(http, credentials));
  return createOdooClient({ ...base, door, uid, database });
}

/**
 * On a server with several databases Odoo 14 answers every failed JSON-RPC call with an HTML page "500 Internal Server Error":
 * the reason is lost, and a refused record could not be told from a broken server. XML-RPC carries faults there [14, measured].
 * One call that must fail shows which it is.
 */
async function readableDoor(settings: OdooSettings, door: OdooDoor, xmlDoor: () => OdooDoor): Promise<OdooDoor> {
  if (door.name !== 'jsonrpc') return door;
  try {
    await door.call({ model: 'portolan.no.such.model', method: 'fields_get', args: {}, effect: 'read' });
  } catch (error) {
    if (!(error instanceof FatalError) || error.code !== 'unreadable-answer') return door;
    if (settings.door === undefined) return xmlDoor();
    throw new ConfigurationError({ code: 'door-unreadable', message: `Odoo at ${settings.url} has several databases, and its JSON-RPC then hides the reason of every error.`, remedy: 'Remove the setting `door` (XML-RPC is taken), or give the server a dbfilter that leaves one database.', cause: error });
  }
  return door;
}

/** JSON-2 where there is a key and the server has it; JSON-RPC otherwise: typed errors, a quarter of the bytes of XML. */
function chooseDoor(settings: OdooSettings, probe: Probe): OdooDoorName {
  if (settings.door === 'json2' && !probe.json2) {
    throw new ConfigurationError({ code: 'door-missing', message: `Door json2 was asked for, but Odoo ${probe.version.text} has none: it came with Odoo 19.`, remedy: 'Remove the setting `door`, or set it to jsonrpc.' });
  }
  return settings.door ?? (probe.json2 && settings.apiKey !== undefined ? 'json2' : 'jsonrpc');
}

async function logInOnce(http: HttpClient, url: string, doorName: OdooDoorName, params: Readonly<{ database: string; user: string; secret: string }>): Promise<number> {
  const request = { url, service: 'common', method: 'authenticate', args: [params.database, params.user, params.secret, {}], effect: 'read', endpoint: 'common.authenticate', timeoutMs: 60_000 } as const;
  const failedBefore = failedLogins.get(url) ?? 0;
  try {
    const uid = await logIn(() => (doorName === 'xmlrpc' ? xmlRpc(http, request) : jsonRpc(http, request)), { url, database: params.database, user: params.user, failedBefore });
    failedLogins.delete(url);
    return uid;
  } catch (error) {
    if (error instanceof ConfigurationError && error.code === 'wrong-database') {
      throw new ConfigurationError({ code: error.code, message: `Odoo at ${url} has no database '${params.database}'.`, remedy: error.remedy ?? 'Correct the setting `database`.', cause: error });
    }
    failedLogins.set(url, failedBefore + 1);
    throw error;
  }
}

/** The database of a server that has only one. Hosted servers do not tell. */
async function onlyDatabase(http: HttpClient, url: string, doorName: OdooDoorName): Promise<string> {
  const request = { url, service: 'db', method: 'list', args: [], effect: 'read', endpoint: 'db.list', timeoutMs: 30_000 } as const;
  let names: Json = [];
  try {
    names = doorName === 'xmlrpc' ? await xmlRpc(http, request) : await jsonRpc(http, request);
  } catch (error) {
    throw new ConfigurationError({ code: 'database-unknown', message: `${url} does not list its databases.`, remedy: 'Give the setting `database`; on Odoo Online it is the first part of the address.', cause: error });
  }
  const list = Array.isArray(names) ? names as readonly Json[] : [];
  const [only] = list;
  if (list.length === 1 && typeof only === 'string') return only;
  throw new ConfigurationError({ code: 'database-unknown', message: `${url} has ${list.length} databases.`, remedy: `Give the setting \`database\`${list.length > 1 && list.length < 20 ? `: one of ${list.join(', ')}` : ''}.` });
}
