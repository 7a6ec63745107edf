import { startOdooSimulator } from '../start.ts';
import type { OdooSimulatorOptions, OdooVersion } from '../options.ts';
import type { OdooSimulator } from '../simulator.ts';

/** An error of the JSON-RPC door: the class and the clean text. */
export interface RpcError { readonly name: string; readonly message: string; readonly code: number }

/** Raw calls to one simulated server, for the simulator's own tests: bytes in, bytes out, no connector. */
export interface RawClient {
  readonly odoo: OdooSimulator;
  /** execute_kw over /jsonrpc; gives the result, or throws `RpcFailure`. */
  readonly call: <T = unknown>(model: string, method: string, args?: readonly unknown[], keywords?: Readonly<Record<string, unknown>>) => Promise<T>;
  /** The same, giving the error instead of throwing. */
  readonly fail: (model: string, method: string, args?: readonly unknown[], keywords?: Readonly<Record<string, unknown>>) => Promise<RpcError>;
  /** The same as another user. */
  readonly as: (uid: number, password: string) => RawClient;
}

class RpcFailure extends Error {
  readonly error: RpcError;
  constructor(error: RpcError) {
    super(`${error.name}: ${error.message}`);
    this.error = error;
  }
}

/** Starts a server; the caller stops `odoo`. */
export async function startRaw(version: OdooVersion, options: Partial<OdooSimulatorOptions> = {}): Promise<RawClient> {
  return rawClient(await startOdooSimulator({ version, ...options }), 2, options.password ?? 'admin');
}

function rawClient(odoo: OdooSimulator, uid: number, password: string): RawClient {
  const call = async <T>(model: string, method: string, args: readonly unknown[] = [], keywords: Readonly<Record<string, unknown>> = {}): Promise<T> => {
    const answer = await jsonRpc(odoo, 'object', 'execute_kw', [odoo.database, uid, password, model, method, args, keywords]);
    if (answer.error) throw new RpcFailure({ name: answer.error.data.name, message: answer.error.data.message, code: answer.error.code });
    return answer.result as T;
  };
  return {
    odoo, call,
    fail: async (model, method, args, keywords) => {
      try {
        const result = await call(model, method, args, keywords);
        throw new Error(`${model}.${method} should have failed, but gave ${JSON.stringify(result)}`);
      } catch (error) {
        if (error instanceof RpcFailure) return error.error;
        throw error;
      }
    },
    as: (other, secret) => rawClient(odoo, other, secret),
  };
}

interface JsonRpcAnswer { readonly result?: unknown; readonly error?: { readonly code: number; readonly message: string; readonly data: { readonly name: string; readonly message: string; readonly debug: string } } }

export async function jsonRpc(odoo: { readonly url: string }, service: string, method: string, args: readonly unknown[]): Promise<JsonRpcAnswer> {
  const response = await fetch(`${odoo.url}/jsonrpc`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params: { service, method, args } }),
  });
  return (await response.json()) as JsonRpcAnswer;
}

/** One XML-RPC call with parameters written as XML; gives status and text. */
export async function xmlRpc(odoo: { readonly url: string }, path: string, method: string, parameters: readonly string[]): Promise<{ readonly status: number; readonly text: string }> {
  const body = `<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params>${parameters.map((xml) => `<param>${xml}</param>`).join('')}</params></methodCall>`;
  const response = await fetch(`${odoo.url}${path}`, { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body });
  return { status: response.status, text: await response.text() };
}

/** A value as XML-RPC; strings are not escaped, so that a test can send what it likes. */
export function xmlValue(value: unknown): string {
  if (typeof value === 'boolean') return `<value><boolean>${value ? 1 : 0}</boolean></value>`;
  if (typeof value === 'number') return `<value>${Number.isInteger(value) ? `<int>${value}</int>` : `<double>${value}</double>`}</value>`;
  if (value === null) return '<value><nil/></value>';
  if (typeof value === 'string') return `<value><string>${value}</string></value>`;
  if (Array.isArray(value)) return `<value><array><data>${value.map(xmlValue).join('')}</data></array></value>`;
  return `<value><struct>${Object.entries(value as Record<string, unknown>).map(([name, entry]) => `<member><name>${name}</name>${xmlValue(entry)}</member>`).join('')}</struct></value>`;
}

/** execute_kw over /xmlrpc/2/object. */
export async function xmlCall(odoo: OdooSimulator, model: string, method: string, args: readonly unknown[], keywords: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { text } = await xmlRpc(odoo, '/xmlrpc/2/object', 'execute_kw', [odoo.database, 2, odoo.password, model, method, args, keywords].map(xmlValue));
  return text;
}

/** The fault of an XML-RPC answer. */
export function faultOf(text: string): { readonly code: string; readonly message: string } {
  const code = /<name>faultCode<\/name>\s*<value><(?:int|string)>([^<]*)</u.exec(text)?.[1];
  const message = /<name>faultString<\/name>\s*<value><string>([\s\S]*?)<\/string>/u.exec(text)?.[1];
  if (code === undefined || message === undefined) throw new Error(`no fault in ${text.slice(0, 300)}`);
  return { code, message: message.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&') };
}

/** One JSON-2 call. */
export async function json2(odoo: OdooSimulator, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<{ readonly status: number; readonly body: unknown; readonly headers: Headers }> {
  const response = await fetch(`${odoo.url}/json/2/${path}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'Authorization': `bearer ${odoo.apiKey}`, 'X-Odoo-Database': odoo.database, ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
}

/** The context that keeps every write quiet. */
export const QUIET = {
  tracking_disable: true, mail_create_nosubscribe: true, mail_create_nolog: true, mail_notrack: true, mail_auto_subscribe_no_notify: true,
  no_mail_to_attendees: true, mail_activity_quick_update: true, no_reset_password: true, tz: 'UTC',
};
