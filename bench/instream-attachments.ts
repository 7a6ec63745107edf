/**
 * `node bench/instream-attachments.ts [megabytes]`: time and peak memory of looking at and streaming an InStream bundle of attachments.
 * Three bundles of the size (default 1,000 MB), each read by a process of its own: one mailbox with attachments of 25 MB, files beside
 * files.csv, and the same files in a zip. Prints the highest resident size that the kernel saw (VmHWM), beside that of a tiny bundle.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { openInstreamSource } from '../src/connectors/instream/source-connection.ts';
import { isFileValue } from '../src/connector/file-value.ts';

const attachmentMb = 25;
const chunk = randomBytes(57 * 17_544); // about 1 MB, a whole number of base64 lines

async function write(file: string, pieces: () => Iterable<Buffer | string>): Promise<void> {
  const stream = createWriteStream(file);
  for (const piece of pieces()) if (!stream.write(piece)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}

function* mailbox(count: number, megabytes: number): Iterable<Buffer | string> {
  const lines = Buffer.from(chunk.toString('base64').replace(/.{76}/g, '$&\r\n'), 'latin1');
  for (let index = 0; index < count; index += 1) {
    yield `From x@firma.example Thu Mar 12 09:14:05 2026\r\nFrom: Jan <jan${index}@firma.example>\r\nTo: ola@biuro.example\r\nDate: Thu, 12 Mar 2026 09:14:05 +0100\r\nMessage-ID: <m${index}@firma.example>\r\nSubject: Umowa ${index}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nW załączniku\r\n--b\r\nContent-Type: application/pdf; name=umowa.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
    for (let piece = 0; piece < megabytes; piece += 1) yield lines;
    yield '--b--\r\n\r\n';
  }
}

function* bytes(megabytes: number): Iterable<Buffer> {
  for (let piece = 0; piece < megabytes; piece += 1) yield chunk;
}

async function folderOfFiles(folder: string, count: number): Promise<void> {
  mkdirSync(path.join(folder, 'files'), { recursive: true });
  await write(path.join(folder, 'files.csv'), () => [`path,contact_email\n${Array.from({ length: count }, (_, index) => `files/${index}.bin,jan@firma.example`).join('\n')}\n`]);
  for (let index = 0; index < count; index += 1) await write(path.join(folder, 'files', `${index}.bin`), () => bytes(attachmentMb));
}

async function zipped(folder: string, target: string, count: number): Promise<void> {
  const zip = new yazl.ZipFile();
  zip.addFile(path.join(folder, 'files.csv'), 'files.csv');
  for (let index = 0; index < count; index += 1) zip.addFile(path.join(folder, 'files', `${index}.bin`), `files/${index}.bin`);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(target));
}

/** The child: discovers, reads all records with bytes, streams every file once. */
async function measure(export_: string, object: string): Promise<void> {
  const source = await openInstreamSource({ path: export_ }, { countCall: () => {}, budget: { acquire: async () => {}, penalise: async () => {} }, log: () => {}, signal: new AbortController().signal });
  const begun = performance.now();
  await source.discover();
  const discovered = performance.now();
  let files = 0, size = 0;
  for await (const page of source.read({ object, cursor: null, pageSize: 1000, answers: {} })) {
    for (const record of page.records) {
      const content = record.data['content'];
      if (!isFileValue(content)) continue;
      files += 1;
      for await (const piece of source.openFile?.({ file: content }) ?? []) size += piece.length;
    }
  }
  const streamed = performance.now();
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  await source.close();
  console.log(`${String(files).padStart(4)} files ${(size / 1e6).toFixed(0).padStart(6)} MB   discover ${((discovered - begun) / 1000).toFixed(1).padStart(5)} s   stream ${((streamed - discovered) / 1000).toFixed(1).padStart(5)} s   peak ${Math.round(Number(peak) / 1024)} MB`);
}

const [first = '1000', object] = process.argv.slice(2);
if (object !== undefined) await measure(first, object);
else {
  const root = mkdtempSync(path.join(tmpdir(), 'portolan-attachments-'));
  try {
    const count = Math.max(1, Math.round(Number(first) / attachmentMb));
    mkdirSync(path.join(root, 'tiny'));
    mkdirSync(path.join(root, 'mail'));
    await write(path.join(root, 'tiny', 'a.mbox'), () => mailbox(1, 1));
    await write(path.join(root, 'mail', 'a.mbox'), () => mailbox(count, attachmentMb));
    await folderOfFiles(path.join(root, 'files'), count);
    await zipped(path.join(root, 'files'), path.join(root, 'files.zip'), count);
    for (const [name, record] of [['tiny', 'email_attachment'], ['mail', 'email_attachment'], ['files', 'file'], ['files.zip', 'file']] as const) {
      process.stdout.write(name.padEnd(10));
      const done = spawnSync(process.execPath, [import.meta.filename, path.join(root, name), record], { stdio: 'inherit' });
      if (done.status !== 0) throw new Error(`measuring ${name} ended with ${String(done.status ?? done.signal)}`);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
