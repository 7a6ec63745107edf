import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Context } from 'hono';
import { refusal } from './problem.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.json': 'application/json', '.woff2': 'font/woff2', '.png': 'image/png', '.txt': 'text/plain; charset=utf-8',
};
/** Stands in index.html where the nonce of one answer goes. */
const noncePlace = 'portolan-nonce';

interface Asset { readonly type: string; readonly plain: Buffer; readonly zipped: Buffer }

/** The built console, read once into memory (about a megabyte): only files that were there can be asked for. */
export function openAssets(folder: string): (context: Context) => Response {
  const files = new Map(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map((entry): [string, Asset] => {
    const path = join(entry.parentPath, entry.name);
    const plain = readFileSync(path);
    return [path.slice(folder.length).split(sep).join('/'), { type: types[extname(path)] ?? 'application/octet-stream', plain, zipped: gzipSync(plain, { level: 9 }) }];
  }));
  const page = files.get('/index.html')?.plain.toString('utf8') ?? '';
  return (context) => {
    const path = new URL(context.req.url).pathname;
    const file = files.get(path);
    if (file !== undefined && path !== '/index.html') {
      const zip = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
      return context.body(new Uint8Array(zip ? file.zipped : file.plain), 200, {
        'content-type': file.type, 'vary': 'accept-encoding', 'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache', ...(zip ? { 'content-encoding': 'gzip' } : {}),
      });
    }
    if (path.startsWith('/api/') || path.startsWith('/assets/')) throw refusal(404, 'not-found', `There is nothing at ${path.slice(0, 200)}.`);
    const nonce = randomBytes(16).toString('base64');
    context.header('content-security-policy', contentSecurityPolicy(nonce));
    return context.body(page.replaceAll(noncePlace, nonce), 200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  };
}

/** Scripts and connections of this server alone; styles that its page's own libraries add carry the nonce. */
export function contentSecurityPolicy(nonce: string | null): string {
  return [
    "default-src 'none'", "script-src 'self'", `style-src 'self'${nonce === null ? '' : ` 'nonce-${nonce}'`}`, "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'",
  ].join('; ');
}
