import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordRejectedError, RetriableError } from '../../../connector/errors.ts';
import { base64Field } from './base64-field.ts';

async function* cut(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, index = 0; at < text.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    yield Buffer.from(text.slice(at, at + size), 'latin1');
    at += size;
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

const wrapped = (text: string): string => text.replace(/.{76}/gu, '$&\n');
const frames: readonly { readonly name: string; readonly around: (text: string) => string }[] = [
  { name: 'JSON-RPC', around: (text) => `{"jsonrpc": "2.0", "id": 1, "result": [{"id": 7, "datas": "${text}"}]}` },
  { name: 'JSON-2', around: (text) => `[{"id":7,"datas":"${text}"}]` },
  { name: 'XML-RPC', around: (text) => `<?xml version='1.0'?>\n<methodResponse><params><param>\n<value><array><data>\n<value><struct>\n<member>\n<name>id</name>\n<value><int>7</int></value>\n</member>\n<member>\n<name>datas</name>\n<value><string>${wrapped(text)}</string></value>\n</member>\n</struct></value>\n</data></array></value>\n</param></params></methodResponse>` },
];

describe('the bytes of a base64 field in an answer', () => {
  it.each(frames)('come out of $name as they went in, wherever the answer is cut', async ({ around }) => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 6 }), async (bytes, sizes) => {
      const got = await collect(base64Field(cut(around(Buffer.from(bytes).toString('base64')), sizes), 'datas', 'test'));
      expect(got.equals(Buffer.from(bytes))).toBe(true);
    }), { numRuns: 60 });
  });

  it('are missing when the record is gone or has no content', async () => {
    for (const answer of ['{"result": []}', '{"result": [{"id": 7, "datas": false}]}']) {
      await expect(collect(base64Field(cut(answer, [9]), 'datas', 'test'))).rejects.toThrow(RecordRejectedError);
    }
  });

  it('are never taken as whole when the answer breaks off', async () => {
    await expect(collect(base64Field(cut('[{"id": 7, "datas": "AAAABBBB', [5]), 'datas', 'test'))).rejects.toThrow(RetriableError);
  });
});
