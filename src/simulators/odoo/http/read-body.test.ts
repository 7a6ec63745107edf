import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileContent, resolveMarks } from '../store/file-content.ts';
import { FileStore } from '../store/file-store.ts';
import { readBody } from './read-body.ts';

/** A request whose body arrives in pieces of the given sizes, over and over. */
function request(body: Buffer, sizes: readonly number[], type = 'application/json'): IncomingMessage {
  const pieces = function* (): Generator<Buffer> {
    for (let at = 0, turn = 0; at < body.length; turn += 1) {
      const size = sizes[turn % sizes.length]!;
      yield body.subarray(at, at + size);
      at += size;
    }
  };
  return { headers: { 'content-type': type }, url: '/jsonrpc', [Symbol.asyncIterator]: async function* () { yield* pieces(); } } as unknown as IncomingMessage;
}

/** Contents as the texts they stand for. */
function texts(value: unknown): unknown {
  if (value instanceof FileContent) return value.text();
  if (Array.isArray(value)) return value.map(texts);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, texts(entry)])) : value;
}

const letters = randomBytes(150_000).toString('base64');
/** Short texts, long base64 of every padding, and long texts that only look like it. */
const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.integer({ min: 48_000, max: 49_500 }).map((size) => letters.slice(0, 4 * Math.ceil(size / 3))),
  fc.integer({ min: 100_000, max: 100_002 }).map((size) => randomBytes(size).toString('base64')),
  fc.constantFrom(`${letters}"quoted"`, `${letters}\n`, `=${letters}`, `${letters}===`, letters.slice(0, 90_001), `${letters}= =`, `a ${letters}`, `${letters} b`, `"${letters}"`),
);

describe('the reader of bodies', () => {
  it('gives every body as it came, however it is cut, and files as contents', async () => {
    const files = new FileStore();
    await fc.assert(fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 5 }), async (values, sizes) => {
      const sent = { args: ['db', 2, values.map((value) => ({ datas: value }))] };
      const body = await readBody(request(Buffer.from(JSON.stringify(sent)), sizes.map((size) => Math.max(size, 500))), Infinity, files);
      expect(texts(resolveMarks(JSON.parse(body!.bytes.toString('utf8')), files))).toEqual(sent);
      if (values.some((value) => value.length > 100_000 && /^[A-Za-z0-9+/]+={0,2}$/u.test(value) && value.length % 4 === 0)) expect(body!.bytes.length).toBeLessThan(JSON.stringify(sent).length - 90_000);
    }), { numRuns: 60 });
    files.close();
  }, 20_000);

  it('takes files out of XML as well', async () => {
    const files = new FileStore();
    const body = await readBody(request(Buffer.from(`<value><string>${letters}</string></value><value>${letters}x y</value>`), [1000], 'text/xml'), Infinity, files);
    expect(body!.bytes.toString('utf8')).toMatch(/^<value><string>@@file:[0-9a-f]+:[0-9a-f]{40}@@<\/string><\/value><value>/u);
    expect(resolveMarks(/@@file[^@]*@@/u.exec(body!.bytes.toString('utf8'))![0], files)).toBeInstanceOf(FileContent);
    expect(body!.bytes.toString('utf8')).toContain(`${letters}x y`);
    files.close();
  });

  it('gives nothing for a body over the limit', async () => {
    const files = new FileStore();
    expect(await readBody(request(Buffer.from(JSON.stringify({ datas: letters })), [1000]), 100_000, files)).toBeNull();
    files.close();
  });
});

describe('the store of files', () => {
  it('holds equal content once, and gives back what it was given', () => {
    const files = new FileStore();
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 8 }), (parts) => {
      const writer = files.writer();
      for (const part of parts) writer.write(Buffer.from(part));
      const content = writer.finish();
      expect(Buffer.concat([...content.chunks()])).toEqual(Buffer.concat(parts));
      expect(files.put(Buffer.concat(parts))).toBe(content);
      expect(files.get(content.sha1)).toBe(content);
    }), { numRuns: 100 });
    files.close();
  });

  it('keeps two files apart that are written at the same time', () => {
    const files = new FileStore();
    const [one, two] = [files.writer(), files.writer()];
    const parts = Array.from({ length: 20 }, () => randomBytes(5000));
    parts.forEach((part, at) => (at % 2 === 0 ? one : two).write(part));
    const [first, second] = [one.finish(), two.finish()];
    expect(Buffer.concat([...first.chunks()])).toEqual(Buffer.concat(parts.filter((_part, at) => at % 2 === 0)));
    expect(Buffer.concat([...second.chunks()])).toEqual(Buffer.concat(parts.filter((_part, at) => at % 2 === 1)));
    files.close();
  });
});
