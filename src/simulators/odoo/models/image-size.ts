import { crc32, deflateSync } from 'node:zlib';
import type { StoredContent } from '../store/file-store.ts';

interface Size { readonly width: number; readonly height: number }

/**
 * What 17 and later store of an image that is larger than `largest` ('1920x1920'; '0' or 'False' switches it off): another, smaller
 * image (public source of 17 to 19; 14 stores the bytes as they come, measured). The stand-in keeps the size of the result right and
 * leaves the picture out: a plain PNG of that many pixels.
 * @returns null when the content stays as it is
 */
export function shrunkImage(content: StoredContent, mimeType: string, largest: string): Buffer | null {
  const limit = /^(\d+)x(\d+)$/u.exec(largest);
  if (!limit || !['image/png', 'image/jpeg', 'image/bmp', 'image/tiff'].includes(mimeType)) return null;
  const size = imageSize(content);
  if (!size) return null;
  const scale = Math.min(Number(limit[1]) / size.width, Number(limit[2]) / size.height);
  return scale >= 1 ? null : plainPng({ width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) });
}

function imageSize(content: StoredContent): Size | null {
  let bytes: Buffer = Buffer.alloc(0);
  for (const first of content.chunks()) {
    bytes = first;
    break;
  }
  if (bytes.length >= 24 && bytes.toString('latin1', 1, 4) === 'PNG') return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  if (bytes.length >= 26 && bytes.toString('latin1', 0, 2) === 'BM') return { width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) };
  return jpegSize(bytes);
}

/** The first frame header (SOF) holds the size. */
function jpegSize(bytes: Buffer): Size | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** A PNG of one grey, as small as it gets. */
export function plainPng({ width, height }: Size): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  return Buffer.concat([Buffer.from('\u0089PNG\r\n\u001A\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
