import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConnectionContext } from '../../connector/context.ts';
import type { Json, JsonObject } from '../../connector/json.ts';

export interface Asked { readonly method: string; readonly path: string; readonly query: URLSearchParams; readonly body: JsonObject; readonly authorization: string }
export interface Answer { readonly status?: number; readonly body?: Json; readonly text?: string; readonly headers?: Readonly<Record<string, string>> }

/** A tiny server for one test: answers by path without `/v1`; what it does not know is an empty list of everything. */
export async function tinyServer(answer: (asked: Asked) => Answer | undefined): Promise<{ readonly url: string; readonly asked: Asked[]; readonly stop: () => Promise<void> }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const respond = async (): Promise<void> => {
      const text = await bodyOf(request);
      const url = new URL(request.url ?? '/', 'http://localhost');
      const one: Asked = { method: request.method ?? '', path: url.pathname.replace(/^\/v1/u, ''), query: url.searchParams, body: text.startsWith('{') ? JSON.parse(text) as JsonObject : {}, authorization: request.headers.authorization ?? '' };
      asked.push(one);
      const given: Answer = answer(one) ?? { body: {} };
      response.writeHead(given.status ?? 200, { 'content-type': given.text === undefined ? 'application/json' : 'text/csv', connection: 'close', ...given.headers });
      response.end(given.text ?? JSON.stringify(given.body ?? {}));
    };
    void respond();
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, stop: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export function testContext(calls: Map<string, number> = new Map(), penalties: number[] = []): ConnectionContext {
  return {
    countCall: (endpoint) => { calls.set(endpoint, (calls.get(endpoint) ?? 0) + 1); },
    budget: { acquire: async () => {}, penalise: async (_limit, waitMs) => { penalties.push(waitMs); } }, log: () => {}, signal: new AbortController().signal,
  };
}
