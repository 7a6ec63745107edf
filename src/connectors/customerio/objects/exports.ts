import { setTimeout as sleep } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import type { ConnectionContext } from '../../../connector/context.ts';
import { ConfigurationError, FatalError, RetriableError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { DelimitedTokenizer } from '../../../connector/kit/tables/delimited-tokenizer.ts';
import { fitRow } from '../../../connector/kit/tables/delimited-reader.ts';
import { download } from '../../../connector/kit/http/http-download.ts';
import type { CustomerioClient } from '../client.ts';
import { wholeList } from '../cursor-pages.ts';
import { columnReader } from '../files/file-object.ts';
import type { CustomerioSettings } from '../settings.ts';
import type { Item, SourceObject } from '../source-object.ts';
import { idText, objectIn } from '../values.ts';

const pollMs = 2000;
const longestWaitMs = 30 * 60_000;
const rowsPerChunk = 1000;

/** Rows of CSV exports, where they are switched on. Their columns are documented nowhere: all stand in `row`, ids by known names. */
export function exportObjects(client: CustomerioClient, settings: CustomerioSettings, context: ConnectionContext): readonly SourceObject[] {
  const { exports, exportAttributes } = settings;
  const everybody = { filters: { and: [{ attribute: { field: 'cio_id', operator: 'exists' } }] }, ...(exportAttributes.length === 0 ? {} : { attributes: exportAttributes }) };
  const people = exportObject({ client, context, name: 'exported_person', label: 'People of the export', jobs: async () => [{ key: 'people', path: '/exports/customers', body: everybody }] });
  const deliveries = exportObject({
    client, context, name: 'exported_delivery', label: 'Deliveries of the exports', jobs: async () => {
      const jobs: Job[] = [];
      // An export takes exactly one of these, so that there is one for each.
      for (const [path, items, key] of [['/campaigns', 'campaigns', 'campaign_id'], ['/newsletters', 'newsletters', 'newsletter_id'], ['/transactional', 'messages', 'transactional_message_id']] as const) {
        for (const row of await wholeList(client, { path, items, endpoint: path.slice(1) })) {
          jobs.push({ key: `${key}:${idText(row['id']) ?? '?'}`, path: '/exports/deliveries', body: { [key]: row['id'] ?? null, ...(exportAttributes.length === 0 ? {} : { attributes: exportAttributes }) } });
        }
      }
      return jobs;
    },
  });
  return [...(exports === 'people' || exports === 'both' ? [people] : []), ...(exports === 'deliveries' || exports === 'both' ? [deliveries] : [])];
}

interface Job { readonly key: string; readonly path: string; readonly body: Json }

function exportObject({ client, context, name, label, jobs }: Readonly<{ client: CustomerioClient; context: ConnectionContext; name: string; label: string; jobs: () => Promise<readonly Job[]> }>): SourceObject {
  return {
    name, label, profiled: false, fields: { cio_id: { refersTo: 'person' }, person_id: 'text', email: 'email', delivery_id: { refersTo: 'message' }, export: 'text', row: 'json' },
    async *chunks(from) {
      const place = objectIn(from);
      const all = await jobs();
      const first = Math.max(0, all.findIndex((job) => job.key === place['job']));
      for (const [index, job] of all.slice(first).entries()) {
        const resumed = index === 0 && from !== null ? place : {};
        const id = idText(resumed['export']) ?? await begin(client, job);
        const begun = typeof resumed['row'] === 'number' ? resumed['row'] : 0;
        let number = 0;
        let items: Item[] = [];
        for await (const { row, raw } of exportedRows(await finished(client, context, id), context)) {
          number += 1;
          if (number <= begun) continue;
          items.push(itemOf(job.key, number, row, raw));
          if (items.length === rowsPerChunk) {
            yield { at: { job: job.key, export: id, row: number - items.length }, items };
            items = [];
          }
        }
        if (items.length > 0) yield { at: { job: job.key, export: id, row: number - items.length }, items };
      }
    },
  };
}

async function begin(client: CustomerioClient, job: Job): Promise<string> {
  const body = await client.call({ path: job.path, body: job.body, endpoint: job.path.slice(1).replace('/', '.'), once: true });
  const id = idText(objectIn(body['export'])['id']);
  if (id === null) throw new FatalError({ code: 'unreadable-answer', message: `${job.path}: the answer names no export.`, remedy: 'Set exports to off.' });
  return id;
}

/** The address of the file, once Customer.io has written it. It holds for 15 minutes and is never logged. */
async function finished(client: CustomerioClient, context: ConnectionContext, id: string): Promise<string> {
  for (let waited = 0; ; waited += pollMs) {
    const status = objectIn((await client.call({ path: `/exports/${encodeURIComponent(id)}`, endpoint: 'exports.status' }))['export'])['status'];
    if (status === 'done') break;
    if (status === 'failed') throw new ConfigurationError({ code: 'export-failed', message: `Customer.io could not make export ${id}.`, remedy: 'Look at it in the workspace\'s list of exports, or set exports to off.' });
    if (waited >= longestWaitMs) throw new RetriableError({ code: 'export-pending', message: `Export ${id} is not ready after ${longestWaitMs / 60_000} minutes.` });
    await sleep(pollMs, undefined, { signal: context.signal });
  }
  const url = (await client.call({ path: `/exports/${encodeURIComponent(id)}/download`, endpoint: 'exports.download' }))['url'];
  if (typeof url !== 'string' || !URL.canParse(url)) throw new FatalError({ code: 'unreadable-answer', message: `Export ${id} has no address to read it from.`, remedy: 'Set exports to off.' });
  return url;
}

/** Streams the CSV as it comes, unpacked where it is gzip. The key never goes to the file's host. */
async function* exportedRows(url: string, context: ConnectionContext): AsyncGenerator<{ readonly row: JsonObject | null; readonly raw: string }> {
  context.countCall('exports.file');
  const decoder = new TextDecoder('utf-8');
  const tokenizer = new DelimitedTokenizer({ delimiter: ',', expectedCells: null, firstLine: 1 });
  let header: readonly string[] | null = null;
  for await (const text of texts(unpacked(download({ url, endpoint: 'exports.file', signal: context.signal })), decoder)) {
    for (const line of tokenizer.push(text.text, text.final)) {
      if (header === null) {
        header = line.cells.map((name) => name.trim());
        continue;
      }
      const fitted = fitRow(line, header.length);
      if (fitted.kind === 'blank') continue;
      yield { raw: line.raw, row: fitted.kind === 'cells' ? Object.fromEntries(header.map((name, index) => [name, fitted.cells[index] ?? ''])) : null };
    }
  }
}

async function* texts(bytes: AsyncIterable<Uint8Array>, decoder: TextDecoder): AsyncGenerator<{ readonly text: string; readonly final: boolean }> {
  for await (const chunk of bytes) yield { text: decoder.decode(chunk, { stream: true }), final: false };
  yield { text: decoder.decode(), final: true };
}

async function* unpacked(bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const first = await bytes.next();
  if (first.done === true) return;
  const head = first.value;
  if (head[0] === 0x50 && head[1] === 0x4b) throw new ConfigurationError({ code: 'export-zipped', message: 'The export is a ZIP archive.', remedy: 'Unpack it by hand and give it as a file.' });
  const all = (async function* whole() { yield head; yield* bytes; })();
  if (head[0] === 0x1f && head[1] === 0x8b) yield* Readable.from(all).pipe(createGunzip()) as AsyncIterable<Uint8Array>;
  else yield* all;
}

function itemOf(job: string, number: number, row: JsonObject | null, raw: string): Item {
  const position = `export ${job} row ${number}`;
  if (row === null) return { id: `${job}:${number}`, code: 'unreadable-row', message: 'The row does not fit the header.', position, raw };
  const column = columnReader(row);
  const [cioId, delivery] = [idText(column('cio_id', 'internal_customer_id')), idText(column('delivery_id'))];
  const data = { cio_id: cioId, person_id: idText(column('customer_id', 'id')), email: idText(column('email', 'recipient')), delivery_id: delivery, export: job, row };
  return { id: delivery ?? (cioId === null ? `${job}:${number}` : cioId), position, data };
}
