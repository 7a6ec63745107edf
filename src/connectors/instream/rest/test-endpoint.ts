import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call that arrived. */
export interface ArrivedCall { readonly method: string; readonly url: URL; readonly headers: IncomingMessage['headers'] }

export interface TestEndpoint {
  readonly url: string;
  readonly calls: readonly ArrivedCall[];
  close(): Promise<void>;
}

export type TestAnswer = (call: ArrivedCall, response: ServerResponse) => unknown;

/** A tiny endpoint on this machine: what `answer` returns goes out as JSON, unless it has answered by itself. */
export async function startTestEndpoint(answer: TestAnswer): Promise<TestEndpoint> {
  const calls: ArrivedCall[] = [];
  const server = createServer((request, response) => {
    const call = { method: request.method ?? '', url: new URL(request.url ?? '/', 'http://127.0.0.1'), headers: request.headers };
    calls.push(call);
    const value = answer(call, response);
    if (response.writableEnded) return;
    if (value === undefined && response.statusCode === 200) response.statusCode = 404;
    response.setHeader('content-type', 'application/json');
    response.end(value === undefined ? '{}' : JSON.stringify(value));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
