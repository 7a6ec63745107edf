import { createHash } from 'node:crypto';
import type { FileStore, StoredContent } from '../store/file-store.ts';
import type { Columns } from '../store/lazy-rows.ts';
import { FIRST, K, stamp, type Shape } from './shape.ts';
import { FILES } from './words.ts';

const CHUNK = 64 * 1024;
const KEPT_DIGESTS = 5000;
/** One file in 50 is the same logo. */
const LOGO_SIZE = 8765;

const kindOf = (shape: Shape, file: number): readonly [string, string] => (isLogo(shape, file) ? ['logo.png', 'image/png'] : shape.dice.pick(FILES, K.fileKind, file));

function isLogo(shape: Shape, file: number): boolean {
  return shape.fileSize(file) < 1_000_000 && shape.dice.chance(0.02, K.content, file);
}

export function fileName(shape: Shape, file: number): string {
  const [name] = kindOf(shape, file);
  return file % 5 === 0 ? name : name.replace(/(\.[a-z0-9]+)?$/u, ` ${file}$1`);
}

export function fileType(shape: Shape, file: number): string {
  return kindOf(shape, file)[1];
}

export function fileToken(file: number): string {
  return `00000000-0000-4000-9000-${file.toString(16).padStart(12, '0')}`;
}

/** The columns of attachments; one in 300 is a link. Their content is made when it is read. */
export function fileColumns(shape: Shape, files: FileStore): Columns {
  const isLink = (file: number): boolean => file % 300 === 250;
  const sizeOf = (file: number): number => (isLogo(shape, file) ? LOGO_SIZE : shape.fileSize(file));
  const created = (file: number): string => `${stamp(shape.createdMs(shape.files.ownerOf(file)))}.000000`;
  const keyOf = (file: number): string | undefined => (isLink(file) ? undefined : `seeded:${isLogo(shape, file) ? 'logo' : file}`);
  provideContents(shape, files);
  return {
    name: (file) => fileName(shape, file),
    type: (file) => (isLink(file) ? 'url' : 'binary'),
    url: (file) => (isLink(file) ? `https://files.example/${file}.pdf` : undefined),
    mimetype: (file) => fileType(shape, file),
    res_model: () => 'helpdesk.ticket',
    res_id: (file) => FIRST.ticket + shape.files.ownerOf(file),
    file_size: (file) => (isLink(file) ? undefined : sizeOf(file)),
    checksum: (file) => {
      const key = keyOf(file);
      return key === undefined ? undefined : files.get(key)!.sha1;
    },
    access_token: (file) => fileToken(file),
    company_id: () => 1,
    __file: keyOf,
    create_uid: () => 1, create_date: created, write_uid: () => 1, write_date: created,
  };
}

/** Contents by name: 'logo', or the file's place. Nothing is held but the digests of the last few thousand that were read. */
function provideContents(shape: Shape, files: FileStore): void {
  const base = noise(shape.dice.bits(K.content, -1));
  const digests = new Map<string, { readonly sha1: string; readonly sha256: string }>();
  const chunks = function* (name: string, size: number): Generator<Buffer> {
    const head = headOf(name === 'logo' ? 'image/png' : fileType(shape, Number(name)));
    for (let from = 0, at = 0; from < size; from += CHUNK, at += 1) {
      const chunk = Buffer.from(base.subarray(0, Math.min(CHUNK, size - from)));
      if (chunk.length >= 32) chunk.write(`${name}:${at}:${shape.options.seed}`.padEnd(24, '.'), 8, 24, 'latin1');
      if (at === 0) head.copy(chunk, 0, 0, Math.min(8, chunk.length));
      yield chunk;
    }
  };
  const digestsOf = (name: string, size: number): { readonly sha1: string; readonly sha256: string } => {
    let found = digests.get(name);
    if (!found) {
      const [sha1, sha256] = [createHash('sha1'), createHash('sha256')];
      for (const chunk of chunks(name, size)) {
        sha1.update(chunk);
        sha256.update(chunk);
      }
      found = { sha1: sha1.digest('hex'), sha256: sha256.digest('hex') };
      if (digests.size >= KEPT_DIGESTS) digests.clear();
      digests.set(name, found);
    }
    return found;
  };
  files.provide('seeded', (name): StoredContent => {
    const size = name === 'logo' ? LOGO_SIZE : shape.fileSize(Number(name));
    return {
      key: `seeded:${name}`, size, chunks: () => chunks(name, size),
      get sha1() { return digestsOf(name, size).sha1; },
      get sha256() { return digestsOf(name, size).sha256; },
    };
  });
}

function headOf(type: string): Buffer {
  if (type === 'application/pdf') return Buffer.from('%PDF-1.4', 'latin1');
  if (type === 'image/png') return Buffer.from('\u0089PNG\r\n\u001A\n', 'latin1');
  if (type === 'application/zip') return Buffer.from('PK\u0003\u0004\u0014\u0000\u0000\u0000', 'latin1');
  return Buffer.from('file    ', 'latin1');
}

/** 64 KB that do not compress. */
function noise(seed: number): Buffer {
  const bytes = Buffer.alloc(CHUNK);
  let state = seed | 1;
  for (let at = 0; at < CHUNK; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes.writeInt32LE(state, at);
  }
  return bytes;
}
