import type { Door, OdooVersion } from '../options.ts';
import type { FaultTarget } from '../faults.ts';
import type { ServerState } from '../orm/environment.ts';
import type { Authentication } from './authentication.ts';
import { html, json, notFound, type Answer } from './answer.ts';
import { answerJson2 } from './json2.ts';
import { answerJsonRpc, readJsonRpc } from './json-rpc.ts';
import { editionMark, type Services } from './services.ts';
import type { Body } from './read-body.ts';
import { answerXmlRpc, readXmlRpc } from './xml-rpc.ts';

export interface Request {
  readonly httpMethod: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly body: Body;
  readonly address: string;
}

/** A request that was understood: what it calls (for the faults), and how to carry it out. */
export interface Routed { readonly target: FaultTarget | null; readonly run: () => Answer }

export interface RouterParts {
  readonly state: ServerState;
  readonly services: Services;
  readonly authentication: Authentication;
  readonly database: string;
  readonly doors: readonly Door[];
}

/** Which doors a version has. */
export function doorsOf(version: OdooVersion): readonly Door[] {
  return version >= 19 ? ['xmlrpc', 'jsonrpc', 'json2'] : ['xmlrpc', 'jsonrpc'];
}

export function route(parts: RouterParts, request: Request): Routed {
  const { state: { version } } = parts;
  const fixed = (answer: Answer): Routed => ({ target: null, run: () => answer });
  const xmlPath = /^\/xmlrpc(\/2)?\/(common|object|db)$/u.exec(request.path);
  if (xmlPath && parts.doors.includes('xmlrpc')) return routeXmlRpc(parts, request, xmlPath[2]!, xmlPath[1] === undefined);
  if (request.path === '/jsonrpc' && parts.doors.includes('jsonrpc')) return routeJsonRpc(parts, request);
  if (request.path === '/web/version' || request.path === '/json/version') {
    if (version >= 19) return fixed(json(200, { version_info: [version, 0, 0, 'final', 0, editionMark(parts.state)], version: `${version}.0${editionMark(parts.state) === '' ? '' : '+e'}` }));
    return fixed(version === 18 && request.path === '/json/version' ? redirect() : notFound());
  }
  const json2 = /^\/json\/2\/([^/]+)\/([^/]+)$/u.exec(request.path);
  if (json2) {
    if (version === 18) return fixed(redirect());
    if (version < 18 || !parts.doors.includes('json2')) return fixed(notFound());
    const [model, method] = [decodeURIComponent(json2[1]!), decodeURIComponent(json2[2]!)];
    return {
      target: { door: 'json2', model, method },
      run: () => answerJson2(parts.state, parts.authentication, parts.database, { httpMethod: request.httpMethod, model, method, headers: request.headers, body: request.body }),
    };
  }
  return fixed(notFound());
}

function routeXmlRpc(parts: RouterParts, request: Request, service: string, old: boolean): Routed {
  const { version } = parts.state;
  if (request.httpMethod !== 'POST') return { target: null, run: () => html(405, 'Method Not Allowed', 'The method is not allowed for the requested URL.') };
  const call = readXmlRpc(version, request.body, parts.state.files);
  if ('status' in call) return { target: null, run: () => call };
  return { target: targetOf('xmlrpc', service, call.method, call.parameters), run: () => answerXmlRpc(version, parts.services, service, call, request.address, old) };
}

function routeJsonRpc(parts: RouterParts, request: Request): Routed {
  const { version } = parts.state;
  if (request.httpMethod !== 'POST') return { target: null, run: () => html(405, 'Method Not Allowed', 'The method is not allowed for the requested URL.') };
  const call = readJsonRpc(version, String(request.headers['content-type'] ?? ''), request.body, parts.state.files);
  if ('status' in call) return { target: null, run: () => call };
  return { target: targetOf('jsonrpc', call.service, call.method, call.args), run: () => answerJsonRpc(version, parts.services, call, request.address) };
}

function targetOf(door: Door, service: string, method: string, args: readonly unknown[]): FaultTarget {
  return service === 'object' ? { door, model: String(args[3]), method: String(args[4]) } : { door, model: null, method };
}

function redirect(): Answer {
  return html(303, 'See Other', 'You should be redirected automatically to the target URL: /web/login', { Location: '/web/login' });
}
