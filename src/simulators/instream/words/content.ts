import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { randomFor } from '../random.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

export type ContentKind = 'pdf' | 'png' | 'txt' | 'docx' | 'zip';

/** Bytes of a file that can be made again at any time: from these values alone. */
export interface Content {
  readonly kind: ContentKind;
  /** Different for every file of a bundle: 'mail 12 0'. */
  readonly topic: string;
  /** Exact length in bytes; at least `smallestContent`. */
  readonly size: number;
}

export const mimeTypes: { readonly [kind in ContentKind]: string } = {
  pdf: 'application/pdf', png: 'image/png', txt: 'text/plain', zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** A PNG needs 8 + 25 + 12 bytes of frame, its pixels and a chunk of filling. */
export const smallestContent = 200;
/** A multiple of 57, so that every chunk but the last fills whole base64 lines of 76 characters. */
const contentChunk = 57 * 1024;

/** What an incompressible file is filled with: one block, stamped anew for every chunk. Making 1 GB takes seconds. */
const filling = ((): Buffer => {
  const block = Buffer.alloc(contentChunk);
  const random = randomFor(0, 'filling', 0);
  for (let index = 0; index < block.length; index += 1) block[index] = random.below(256);
  return block;
})();

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** An image that decodes, of one colour, exactly `size` bytes long: what is missing is put into a chunk that readers skip. */
function png(random: Random, size: number): Buffer {
  const header = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0]); // 8 × 8, 8 bits, colour
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(24, Buffer.of(random.below(256), random.below(256), random.below(256)))]);
  const parts = [Buffer.from('89504e470d0a1a0a', 'hex'), pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: 8 }, () => row))))];
  const end = pngChunk('IEND', Buffer.alloc(0));
  const missing = size - parts.reduce((sum, part) => sum + part.length, end.length + 12);
  const data = Buffer.alloc(missing);
  for (let start = 0; start < missing; start += filling.length) filling.copy(data, start, 0, Math.min(filling.length, missing - start));
  return Buffer.concat([...parts, pngChunk('ruBb', data), end]);
}

const heads: { readonly [kind in ContentKind]: string } = { pdf: '%PDF-1.4\n', txt: 'Portolan\r\n', docx: 'PK\u0003\u0004', zip: 'PK\u0003\u0004', png: '' };
const tails: { readonly [kind in ContentKind]: string } = { pdf: '\n%%EOF\n', txt: '', docx: '', zip: '', png: '' };

/** Makes the bytes chunk by chunk; never more than one chunk (an image: the whole of it) is held. */
export function* contentChunks(world: World, content: Content): Generator<Buffer> {
  const random = world.random(content.topic, content.size);
  if (content.kind === 'png') {
    const image = png(random, content.size);
    for (let start = 0; start < image.length; start += contentChunk) yield image.subarray(start, start + contentChunk);
    return;
  }
  const tail = Buffer.from(tails[content.kind], 'latin1');
  for (let start = 0; start < content.size; start += contentChunk) {
    const block = Buffer.from(filling.subarray(0, Math.min(contentChunk, content.size - start)));
    for (let place = 0; place + 4 <= Math.min(64, block.length); place += 4) block.writeUInt32LE(random.below(0xffff_ffff), place);
    if (content.kind === 'txt') for (let index = 0; index < block.length; index += 1) block[index] = index % 60 === 59 ? 10 : 97 + ((block[index] ?? 0) % 26);
    if (start === 0) block.write(heads[content.kind], 0, 'latin1');
    if (start + block.length === content.size) tail.copy(block, Math.max(0, block.length - tail.length));
    yield block;
  }
}

export interface Digests { readonly sha1: string; readonly sha256: string }

/** Of no bytes at all. */
export const emptyDigests: Digests = { sha1: 'da39a3ee5e6b4b0d3255bfef95601890afd80709', sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' };

const digests = new WeakMap<World, Map<string, Digests>>();

/** Digests of the bytes, lower-case hexadecimal; worked out once per file. */
export function digestsOf(world: World, content: Content): Digests {
  const known = digests.get(world) ?? new Map<string, Digests>();
  digests.set(world, known);
  const key = `${content.topic} ${content.kind} ${content.size}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const [sha1, sha256] = [createHash('sha1'), createHash('sha256')];
  for (const chunk of contentChunks(world, content)) {
    sha1.update(chunk);
    sha256.update(chunk);
  }
  const made = { sha1: sha1.digest('hex'), sha256: sha256.digest('hex') };
  known.set(key, made);
  return made;
}
