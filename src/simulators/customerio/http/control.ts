import type { IncomingMessage, ServerResponse } from 'node:http';
import { VirtualClock } from '../clock.ts';
import type { FaultRule } from '../faults.ts';
import type { CustomerioSimulator } from '../simulator.ts';

type Controlled = Omit<CustomerioSimulator, 'controlUrl' | 'stop'>;

/**
 * The control port, for tests in another process. All answers are JSON:
 * - GET /faults · POST /faults (a FaultRule) → {id} · DELETE /faults · DELETE /faults/<id>
 * - POST /listener/stop · POST /listener/start · POST /key/revoke · POST /key/restore · POST /scopes/remove {path} · POST /scopes/add {path} · POST /exports/fail-next
 * - POST /become (a Later) · GET /expectation
 * - GET /clock → {now, virtual} · POST /clock/advance {ms} (a virtual clock only)
 * - GET /state/answers · GET /state/seconds · GET /state/exports-created · GET /state/leaked-keys · GET /state/journeys-side-effects
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
  const { faults, state, listener, keys, scopes, exports, clock } = simulator;
  switch (`${request.method} ${url.pathname.replace(/\/\d+$/, '/:id')}`) {
    case 'GET /faults': return faults.list();
    case 'POST /faults': return { id: faults.add(body as unknown as FaultRule) };
    case 'DELETE /faults': return faults.clear();
    case 'DELETE /faults/:id': return faults.remove(Number(url.pathname.split('/').at(-1)));
    case 'POST /listener/stop': return listener.stop();
    case 'POST /listener/start': return listener.start();
    case 'POST /key/revoke': return keys.revoke();
    case 'POST /key/restore': return keys.restore();
    case 'POST /scopes/remove': return scopes.remove(String(body['path']));
    case 'POST /scopes/add': return scopes.add(String(body['path']));
    case 'POST /exports/fail-next': return exports.failNext();
    case 'POST /become': return simulator.become(body);
    case 'GET /expectation': return simulator.expectation();
    case 'GET /clock': return { now: clock.now(), virtual: clock instanceof VirtualClock };
    case 'POST /clock/advance':
      if (!(clock instanceof VirtualClock)) throw new Error('the clock is the machine\'s own: start the simulator with a virtual one');
      return clock.advance(Number(body['ms']));
    case 'GET /state/answers': return state.answers();
    case 'GET /state/seconds': return state.seconds();
    case 'GET /state/exports-created': return state.exportsCreated();
    case 'GET /state/leaked-keys': return state.leakedKeys();
    case 'GET /state/journeys-side-effects': return state.journeysSideEffects();
    default: throw new Error(`the control port has no ${request.method} ${url.pathname}`);
  }
}
