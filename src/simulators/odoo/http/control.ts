import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultRule } from '../faults.ts';
import type { OdooSimulator } from '../simulator.ts';

export interface Control { readonly url: string; readonly close: () => Promise<void> }

/**
 * The control port, for tests in another process. All answers are JSON:
 * - GET /faults · POST /faults (a FaultRule) → {id} · DELETE /faults · DELETE /faults/<id>
 * - POST /listener/stop · POST /listener/start
 * - POST /keys/revoke {login} · POST /keys/restore {login}
 * - GET /state/count?model=… · GET /state/rows?model=… · GET /state/sent-mails · GET /state/caused-mails · GET /state/invitations
 * - GET /state/attachments?model=… (with SHA-1 and SHA-256) · GET /state/activities · GET /state/calls · POST /state/run-mail-queue
 */
export async function openControl(simulator: Omit<OdooSimulator, 'controlUrl' | 'stop'>): Promise<Control> {
  const server: Server = createServer((request, response) => {
    void respond(simulator, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

async function respond(simulator: Omit<OdooSimulator, 'controlUrl' | 'stop'>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, value: unknown): void => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Connection': 'close' }).end(JSON.stringify(value ?? null));
  };
  try {
    send(200, await answer(simulator, request));
  } catch (error) {
    send(400, { error: String(error) });
  }
}

async function answer(simulator: Omit<OdooSimulator, 'controlUrl' | 'stop'>, request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = parts.length === 0 ? {} : (JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>);
  const model = url.searchParams.get('model') ?? '';
  const { faults, state, listener } = simulator;
  switch (`${request.method} ${url.pathname.replace(/\/\d+$/u, '/:id')}`) {
    case 'GET /faults': return faults.list();
    case 'POST /faults': return { id: faults.add(body as unknown as FaultRule) };
    case 'DELETE /faults': return faults.clear();
    case 'DELETE /faults/:id': return faults.remove(Number(url.pathname.split('/').at(-1)));
    case 'POST /listener/stop': return listener.stop();
    case 'POST /listener/start': return listener.start();
    case 'POST /keys/revoke': return state.revokeKey(String(body['login']));
    case 'POST /keys/restore': return state.restoreKey(String(body['login']));
    case 'GET /state/count': return state.count(model);
    case 'GET /state/rows': return state.rows(model);
    case 'GET /state/sent-mails': return state.sentMails();
    case 'GET /state/caused-mails': return state.causedMails();
    case 'GET /state/invitations': return state.invitations();
    case 'GET /state/attachments': return state.attachments(model === '' ? undefined : model);
    case 'GET /state/activities': return state.activities();
    case 'GET /state/calls': return state.calls();
    case 'POST /state/run-mail-queue': return state.runMailQueue();
    default: throw new Error(`the control port has no ${request.method} ${url.pathname}`);
  }
}
