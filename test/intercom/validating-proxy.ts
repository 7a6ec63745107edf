import { createServer, request as ask, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { complaints } from './check-request.ts';

export interface ValidatingProxy {
  readonly url: string;
  /** What was wrong with the requests so far, each once. */
  readonly complaints: ReadonlySet<string>;
  /** Operations that were called: 'POST /conversations'. */
  readonly seen: ReadonlySet<string>;
  /** Every request in its order: 'POST /conversations/7/reply'. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

/** Stands between the connector and Intercom: passes everything on, and checks every request against the description's tables. */
export async function startValidatingProxy(target: string): Promise<ValidatingProxy> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const log: string[] = [];
  const to = new URL(target);
  const server = createServer((incoming, outgoing) => {
    void read(incoming).then((body) => { // oxlint-disable-line promise/always-return
      const url = new URL(incoming.url ?? '/', target);
      const version = incoming.headers['intercom-version'];
      for (const complaint of complaints({ method: incoming.method ?? 'GET', path: url.pathname, query: [...url.searchParams.keys()], version: typeof version === 'string' ? version : undefined, body: body.length === 0 ? undefined : parsed(body) })) found.add(complaint);
      log.push(`${incoming.method} ${url.pathname}`);
      seen.add(`${incoming.method} ${url.pathname.replace(/\/(?:[0-9a-f]{24}|\d+|odoo%3A[^/]*)(?=\/|$)/gu, '/{}')}`);
      const passed = ask({ host: to.hostname, port: to.port, path: incoming.url, method: incoming.method, headers: { ...incoming.headers, host: to.host } }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        answer.on('error', () => outgoing.destroy());
      });
      passed.on('error', () => incoming.socket.resetAndDestroy()); // a lost answer stays one
      passed.end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, complaints: found, seen, log,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return 'no JSON';
  }
}
