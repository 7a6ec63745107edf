import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ZipFile } from 'yazl';
import type { Serving } from './api-door.ts';

/** Several rows a chunk. */
function* chunks(lines: Iterable<string>): Generator<string> {
  let text = '';
  for (const line of lines) {
    text += line;
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/**
 * The host of finished exports: another one than the API's, without keys. A link works for 15 minutes; the rows are made while they are read.
 * @param leaked is told when a request shows the API key here, where it does not belong
 */
export async function answerDownload(serving: Serving, leaked: () => void, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers.authorization !== undefined) leaked();
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, key = ''] = /^\/exports\/([0-9a-f-]+)$/.exec(url.pathname) ?? [];
  const job = serving.exports.open(key, Math.floor(serving.clock.now() / 1_000));
  if (job === null || url.searchParams.get('X-Signature') !== 'invented') {
    response.writeHead(403, { 'Content-Type': 'application/xml' }).end('<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>');
    return;
  }
  const compression = serving.world.unknowns.exportCompression;
  response.writeHead(200, { 'Content-Type': compression === 'none' ? 'text/csv' : compression === 'gzip' ? 'application/gzip' : 'application/zip' });
  const rows = Readable.from(chunks(job.lines()));
  try {
    if (compression === 'none') await pipeline(rows, response);
    else if (compression === 'gzip') await pipeline(rows, createGzip(), response);
    else await zipped(rows, response);
  } catch (error) {
    if (!response.destroyed) throw error; // otherwise the client has gone
  }
}

async function zipped(rows: Readable, response: ServerResponse): Promise<void> {
  const zip = new ZipFile();
  zip.addReadStream(rows, 'export.csv');
  zip.end();
  zip.outputStream.pipe(response);
  await once(response, 'finish');
}
