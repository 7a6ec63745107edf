import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { signature } from '../views/thread-view.ts';
import type { Workspace } from '../workspace.ts';

/**
 * The host of attachments: another one than the API's, without tokens. A link works until it expires.
 * @param leaked is told when a request shows an access token here, where none belongs
 */
export function answerDownload(workspace: Workspace, leaked: () => void, request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.authorization !== undefined) leaked();
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, id = ''] = /^\/o\/(\d+)\//.exec(url.pathname) ?? [];
  const expires = Number(url.searchParams.get('expires'));
  const bytes = workspace.blobs.get(Number(id));
  const refuse = (status: number, text: string): void => void response.writeHead(status, { 'Content-Type': 'text/plain' }).end(text);
  if (bytes === null || url.searchParams.get('signature') !== signature(workspace, Number(id), expires)) return refuse(403, 'Access denied');
  if (workspace.clock.now() > expires) return refuse(403, 'Request has expired');
  const allowed = workspace.options.downloadableTypes;
  if (allowed !== undefined && !allowed.includes(path.extname(decodeURIComponent(url.pathname)).toLowerCase())) return refuse(403, 'This file type cannot be downloaded');
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length }).end(bytes);
}
