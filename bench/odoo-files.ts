/**
 * Sends files to an Odoo through the connector and watches this process's memory: it must not grow with the files.
 *
 *   ODOO_URL=http://127.0.0.1:8069 ODOO_DATABASE=test ODOO_USER=admin ODOO_PASSWORD=admin node bench/odoo-files.ts
 *
 * 1 GB in all: 20 files of 25 MB, 40 of 10 MB and 5,000 of 20 kB, of random bytes made while they are sent, deleted again.
 */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { openOdooDestination } from '../src/connectors/odoo/destination.ts';
import { odooSettingsSchema } from '../src/connectors/odoo/settings.ts';
import type { FileOpener } from '../src/connector/file-value.ts';
import type { JsonObject } from '../src/connector/json.ts';

const chunk = Buffer.alloc(65_536);

/** Bytes that depend on the seed alone, as fast as AES. */
function* bytes(seed: string, size: number): Generator<Uint8Array> {
  const cipher = createCipheriv('aes-128-ctr', createHash('md5').update(seed).digest(), Buffer.alloc(16));
  for (let left = size; left > 0; left -= chunk.byteLength) yield cipher.update(chunk.subarray(0, Math.min(left, chunk.byteLength)));
}

const open: FileOpener = async function* (file) { yield* bytes(file.$file, file.size); };

async function main(): Promise<void> {
  const settings = odooSettingsSchema.parse({
    url: process.env['ODOO_URL'], database: process.env['ODOO_DATABASE'], user: process.env['ODOO_USER'], password: process.env['ODOO_PASSWORD'],
    ...(process.env['ODOO_DOOR'] === undefined ? {} : { door: process.env['ODOO_DOOR'] }),
  });
  let calls = 0;
  const destination = await openOdooDestination(settings, { countCall: () => { calls += 1; }, budget: { acquire: async () => {}, penalise: async () => {} }, log: () => {}, signal: new AbortController().signal });
  const step = destination.capabilities.createBatchSize?.['ir.attachment'] ?? 1;
  const run = randomBytes(4).toString('hex');
  process.stdout.write('| files | size | MB | seconds | MB/s | calls | resident before | highest | heap highest |\n|---|---|---|---|---|---|---|---|---|\n');
  for (const [count, size] of [[20, 25_000_000], [40, 10_000_000], [5_000, 20_000]] as const) {
    const files = Array.from({ length: count }, (_, at) => ({ $file: `${run}/${size}/${at}`, name: `${at}.bin`, mimeType: 'application/octet-stream', size, sha1: null, sha256: randomBytes(32).toString('hex') }));
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    const highest = { rss: before, heap: 0 };
    const watch = setInterval(() => {
      const now = process.memoryUsage();
      highest.rss = Math.max(highest.rss, now.rss);
      highest.heap = Math.max(highest.heap, now.heapUsed);
    }, 20);
    const ids: string[] = [];
    const started = performance.now();
    const callsBefore = calls;
    for (let at = 0; at < count; at += step) {
      const records = files.slice(at, at + step).map((file) => ({ key: `${run}-${size}-${file.name}`, values: { name: file.name, datas: file, res_model: 'res.partner', res_id: '1' } as JsonObject }));
      ids.push(...(await destination.create({ object: 'ir.attachment', looked: true, files: open, records })).map((record) => record.id));
    }
    const seconds = (performance.now() - started) / 1000;
    clearInterval(watch);
    const made = calls - callsBefore;
    await check(destination, files, ids);
    await destination.delete({ object: 'ir.attachment', ids });
    const megabytes = (count * size) / 1e6;
    const mb = (value: number): string => `${Math.round(value / 1024 / 1024)} MiB`;
    process.stdout.write(`| ${count} | ${size} | ${megabytes} | ${seconds.toFixed(1)} | ${(megabytes / seconds).toFixed(1)} | ${made} | ${mb(before)} | ${mb(highest.rss)} | ${mb(highest.heap)} |\n`);
  }
}

/** Every file's size and SHA-1 as Odoo states them. */
async function check(destination: Awaited<ReturnType<typeof openOdooDestination>>, files: readonly { readonly $file: string; readonly size: number }[], ids: readonly string[]): Promise<void> {
  const stored = new Map((await destination.read({ object: 'ir.attachment', ids, fields: ['datas'] })).map((record) => [record.id, record.values['datas'] as JsonObject | null]));
  for (const [at, file] of files.entries()) {
    const digest = createHash('sha1');
    for (const part of bytes(file.$file, file.size)) digest.update(part);
    const found = stored.get(ids[at] ?? '');
    if (found?.['sha1'] !== digest.digest('hex') || found['size'] !== file.size) throw new Error(`${file.$file} did not arrive whole`);
  }
}

await main();
