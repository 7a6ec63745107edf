import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultRule, Faults } from '../faults.ts';
import { html, type Answer } from './answer.ts';
import { route, type RouterParts } from './router.ts';
import { runAndUndo } from './transact.ts';

/** Calls seen since the start, by 'model.method' (or 'method' of common and db). */
export type CallCounts = Map<string, number>;

export interface ListenerOptions {
  readonly parts: RouterParts;
  readonly faults: Faults;
  readonly calls: CallCounts;
  readonly maxBodyBytes: (path: string) => number;
}

/**
 * The HTTP listener of the simulated server on 127.0.0.1.
 * States: closed → open (`open`) → closed (`close`), any number of times; the data outlives it, and so does its port.
 */
export class Listener {
  readonly #options: ListenerOptions;
  #server: Server | null = null;
  #port: number;

  constructor(options: ListenerOptions, port: number) {
    this.#options = options;
    this.#port = port;
  }

  get port(): number {
    return this.#port;
  }

  async open(): Promise<void> {
    if (this.#server) return;
    const server = createServer((request, response) => {
      handle(this.#options, request, response).catch((error: unknown) => {
        response.destroy(error as Error);
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}

async function handle(options: ListenerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { parts, faults } = options;
  const path = (request.url ?? '/').split('?')[0]!;
  const body = await readBody(request, options.maxBodyBytes(path));
  if (body === null) return send(response, html(413, 'Request Entity Too Large', 'The data value transmitted exceeds the capacity limit.'));
  const routed = route(parts, { httpMethod: request.method ?? 'GET', path, headers: request.headers, body, address: request.socket.remoteAddress ?? '' });
  const { target } = routed;
  if (target) {
    const name = target.model === null ? target.method : `${target.model}.${target.method}`;
    options.calls.set(name, (options.calls.get(name) ?? 0) + 1);
  }
  const struck = target ? faults.strike(target, Date.now()) : [];
  const find = (kind: FaultRule['kind']): FaultRule | undefined => struck.find((rule) => rule.kind === kind);
  if (find('reset-before-commit')) return reset(request);
  const status = find('http-status');
  if (status && status.afterCommit !== true) return send(response, gatewayPage(status.status ?? 503));
  const limit = find('rate-limit');
  if (limit) return send(response, html(429, 'Too Many Requests', 'Too many requests.', { 'Retry-After': String(limit.retryAfterSeconds ?? 1) }));
  const killed = find('worker-killed');
  if (killed) {
    runAndUndo(parts.state, routed.run);
    await pause(killed.delayMs ?? 0);
    request.socket.destroy();
    return;
  }
  const slow = find('slow');
  if (slow) await pause(slow.delayMs ?? 1000);
  parts.state.diskFull = find('disk-full') !== undefined;
  const answer = routed.run();
  parts.state.diskFull = false;
  if (find('reset-after-commit')) return reset(request);
  if (status) return send(response, gatewayPage(status.status ?? 503));
  if (find('truncated-answer')) return truncate(response, answer);
  send(response, answer);
}

function reset(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}

function gatewayPage(status: number): Answer {
  return html(status, status === 502 ? 'Bad Gateway' : status === 504 ? 'Gateway Time-out' : status === 503 ? 'Service Temporarily Unavailable' : 'Error', 'nginx');
}

function send(response: ServerResponse, answer: Answer): void {
  // A server without workers closes each connection (measured on 14, 17, 18, 19).
  response.writeHead(answer.status, { 'Content-Type': answer.type, 'Content-Length': Buffer.byteLength(answer.body), 'Connection': 'close', ...answer.headers });
  response.end(answer.body);
}

function truncate(response: ServerResponse, answer: Answer): void {
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, { 'Content-Type': answer.type, 'Content-Length': bytes.length, 'Connection': 'close' });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms).unref(); });
}

/** The whole body, or null when it is over the limit (the rest is read and dropped, so that the answer arrives). */
async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size <= limit) parts.push(part as Buffer);
    else parts.length = 0;
  }
  return size > limit ? null : Buffer.concat(parts);
}
