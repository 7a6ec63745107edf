import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { READS, type FaultRule, type Faults } from '../faults.ts';
import { base64Length, base64Of, partsOf } from '../store/file-content.ts';
import type { FileStore, StoredContent } from '../store/file-store.ts';
import { html, type Answer } from './answer.ts';
import { readBody } from './read-body.ts';
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
  const { files } = parts.state;
  const send = (answer: Answer): Promise<void> => sendAnswer(response, answer, files);
  const body = await readBody(request, options.maxBodyBytes(path), files);
  if (body === null) return send(html(413, 'Request Entity Too Large', 'The data value transmitted exceeds the capacity limit.'));
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
  if (status && status.afterCommit !== true) return send(gatewayPage(status.status ?? 503));
  const limit = find('rate-limit');
  if (limit) return send(html(429, 'Too Many Requests', 'Too many requests.', { 'Retry-After': String(limit.retryAfterSeconds ?? 1) }));
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
  parts.state.brokenRecords = brokenRecords(struck);
  const answer = routed.run();
  parts.state.diskFull = false;
  parts.state.brokenRecords = NONE_BROKEN;
  const perRecord = target && READS.has(target.method) ? find('slow-per-record') : undefined;
  if (perRecord) {
    const needed = (answer.records ?? 1) * (perRecord.msPerRecord ?? 10);
    const allowed = perRecord.timeoutMs ?? Infinity;
    await pause(Math.min(needed, allowed));
    if (needed > allowed) {
      if (perRecord.status !== undefined) return send(gatewayPage(perRecord.status));
      request.socket.destroy();
      return;
    }
  }
  if (find('reset-after-commit')) return reset(request);
  if (status) return send(gatewayPage(status.status ?? 503));
  if (find('truncated-answer')) return truncate(response, answer, files);
  return send(answer);
}

const NONE_BROKEN: ReadonlyMap<string, ReadonlySet<number>> = new Map();

function brokenRecords(rules: readonly FaultRule[]): ReadonlyMap<string, ReadonlySet<number>> {
  const broken = new Map<string, Set<number>>();
  for (const rule of rules) {
    if (rule.kind !== 'broken-record' || rule.model === undefined) continue;
    broken.set(rule.model, new Set([...(broken.get(rule.model) ?? []), ...(rule.ids ?? [])]));
  }
  return broken.size === 0 ? NONE_BROKEN : broken;
}

function reset(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}

function gatewayPage(status: number): Answer {
  return html(status, status === 502 ? 'Bad Gateway' : status === 504 ? 'Gateway Time-out' : status === 503 ? 'Service Temporarily Unavailable' : 'Error', 'nginx');
}

async function sendAnswer(response: ServerResponse, answer: Answer, files: FileStore): Promise<void> {
  const parts = partsOf(answer, files);
  // A server without workers closes each connection (measured on 14, 17, 18, 19).
  response.writeHead(answer.status, { 'Content-Type': answer.type, 'Content-Length': lengthOf(parts), 'Connection': 'close', ...answer.headers });
  if (parts.length === 1 && typeof parts[0] === 'string') {
    response.end(parts[0]);
    return;
  }
  // A client that hangs up in the middle of a file is its own affair.
  await pipeline(Readable.from(pieces(parts), { objectMode: true }), response).catch(() => undefined);
}

async function truncate(response: ServerResponse, answer: Answer, files: FileStore): Promise<void> {
  const parts = partsOf(answer, files);
  const length = lengthOf(parts);
  response.writeHead(answer.status, { 'Content-Type': answer.type, 'Content-Length': length, 'Connection': 'close' });
  let left = Math.floor(length / 2);
  for (const piece of pieces(parts)) {
    const bytes = (typeof piece === 'string' ? Buffer.from(piece) : piece).subarray(0, left);
    left -= bytes.length;
    await new Promise((resolve) => { response.write(bytes, resolve); });
    if (left === 0) break;
  }
  response.destroy();
}

function* pieces(parts: readonly (string | StoredContent)[]): Generator<string | Buffer> {
  for (const part of parts) {
    if (typeof part !== 'string') yield* base64Of(part);
    else if (part !== '') yield part;
  }
}

function lengthOf(parts: readonly (string | StoredContent)[]): number {
  return parts.reduce((sum, part) => sum + (typeof part === 'string' ? Buffer.byteLength(part) : base64Length(part.size)), 0);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms).unref(); });
}
