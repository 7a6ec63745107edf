import type { IncomingMessage, ServerResponse } from 'node:http';
import { VirtualClock } from '../clock.ts';
import type { FaultRule } from '../faults.ts';
import type { Collection, IntercomSimulator } from '../simulator.ts';

type Controlled = Omit<IntercomSimulator, 'controlUrl' | 'stop'>;

/**
 * The control port, for tests in another process. All answers are JSON:
 * - GET /faults · POST /faults (a FaultRule) → {id} · DELETE /faults · DELETE /faults/<id>
 * - POST /listener/stop · POST /listener/start
 * - POST /token/revoke · POST /token/restore · POST /scopes/remove {scope} · POST /scopes/add {scope}
 * - GET /clock → {now, virtual} · POST /clock/advance {ms} (a virtual clock only)
 * - GET /state/count?collection=… · GET /state/rows?collection=… · GET /state/answers · GET /state/windows · GET /state/side-effects · GET /state/leaked-tokens
 */
export async function answerControl(simulator: Controlled, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, value: unknown): void => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Connection': 'close' }).end(JSON.stringify(value ?? null));
  };
  try {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString('utf8')) as { readonly [name: string]: unknown };
    send(200, await answer(simulator, request, body));
  } catch (error) {
    send(400, { error: String(error) });
  }
}

async function answer(simulator: Controlled, request: IncomingMessage, body: { readonly [name: string]: unknown }): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { faults, state, listener, tokens, scopes, clock } = simulator;
  const collection = (url.searchParams.get('collection') ?? '') as Collection;
  switch (`${request.method} ${url.pathname.replace(/\/\d+$/, '/:id')}`) {
    case 'GET /faults': return faults.list();
    case 'POST /faults': return { id: faults.add(body as unknown as FaultRule) };
    case 'DELETE /faults': return faults.clear();
    case 'DELETE /faults/:id': return faults.remove(Number(url.pathname.split('/').at(-1)));
    case 'POST /listener/stop': return listener.stop();
    case 'POST /listener/start': return listener.start();
    case 'POST /token/revoke': return tokens.revoke();
    case 'POST /token/restore': return tokens.restore();
    case 'POST /scopes/remove': return scopes.remove(String(body['scope']));
    case 'POST /scopes/add': return scopes.add(String(body['scope']));
    case 'GET /clock': return { now: clock.now(), virtual: clock instanceof VirtualClock };
    case 'POST /clock/advance':
      if (!(clock instanceof VirtualClock)) throw new Error('the clock is the machine\'s own: start the simulator with a virtual one');
      return clock.advance(Number(body['ms']));
    case 'GET /state/count': return state.count(collection);
    case 'GET /state/rows': return state.rows(collection);
    case 'GET /state/answers': return state.answers();
    case 'GET /state/windows': return state.windows();
    case 'GET /state/side-effects': return state.sideEffects();
    case 'GET /state/leaked-tokens': return state.leakedTokens();
    default: throw new Error(`the control port has no ${request.method} ${url.pathname}`);
  }
}
