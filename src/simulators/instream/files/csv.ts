import type { Encoder } from './encoding.ts';

const chunkBytes = 64 * 1024;

function cell(text: string, delimiter: string): string {
  return text.includes('"') || text.includes(delimiter) || /[\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One file as encoded chunks of about 64 KB: whatever its length, one chunk is all that is ever held. */
export function* csvChunks(params: Readonly<{ header: readonly string[]; rows: Iterable<readonly string[]>; delimiter: string; lineEnd: string; encoder: Encoder }>): Generator<Buffer> {
  const { delimiter, lineEnd, encoder } = params;
  const line = (cells: readonly string[]): string => cells.map((text) => cell(encoder.fit(text), delimiter)).join(delimiter) + lineEnd;
  if (encoder.mark.length > 0) yield encoder.mark;
  let waiting = line(params.header);
  for (const row of params.rows) {
    waiting += line(row);
    if (waiting.length >= chunkBytes) {
      yield encoder.encode(waiting);
      waiting = '';
    }
  }
  if (waiting !== '') yield encoder.encode(waiting);
}
