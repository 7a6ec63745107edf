import { Readable } from 'node:stream';
import { Splitter } from '@zone-eu/mailsplit';
import { parseHeaders, type RawHeaders } from './mail-headers.ts';
import { transferDecoder, type TransferDecoder } from './mail-transfer.ts';

/** A leaf of a message's tree: a body text or a file. A message in the message is a leaf. */
export interface MailPart {
  readonly number: number; // leaves counted from 1, in order
  readonly root: boolean; // the message has no other part
  readonly headers: RawHeaders;
  readonly mimeType: string; // 'text/html'
  readonly charset: string; // '' = not said
  readonly disposition: string; // 'attachment', 'inline', ''
  readonly filename: string; // '' = none
  /** Number of the multipart/alternative that this leaf is a version of; 0 = of none. */
  readonly alternative: number;
  readonly flowed: { readonly deleteSpace: boolean } | null;
}

/** What walking through a message yields, in order: its headers, then for each leaf its description, its decoded bytes, its end. */
export type MailPiece =
  | { readonly kind: 'headers'; readonly headers: RawHeaders }
  | { readonly kind: 'part'; readonly part: MailPart }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'part-end' }
  | { readonly kind: 'end'; readonly cutOff: boolean }; // cut off: the last boundary of the message is not there

/** Nested parts at most, and bytes of one header block: beyond, the message is refused. */
const limits = { maxChildNodes: 1000, maxHeadSize: 1 << 20 };

const text = (value: string | false): string => (value === false ? '' : value);

/**
 * Walks through one message while it streams by: transfer encodings are taken off, bytes are passed on, nothing is collected.
 * Messages in the message stay whole, as files.
 * @throws Error code 'EMAXLEN' when a header block or the number of parts is beyond the limits.
 */
export async function* walkMail(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<MailPiece> {
  const splitter = new Splitter({ ignoreEmbedded: true, ...limits });
  const source = Readable.from(bytes, { objectMode: false });
  source.on('error', (error) => splitter.destroy(error));
  source.pipe(splitter);
  const alternatives = new Map<object, number>();
  let count = 0;
  let closing = ''; // the line that ends the message, until it has come
  let decoder: TransferDecoder | null = null;
  try {
    for await (const item of splitter) {
      const chunk = item as SplitterItem;
      if (chunk.type === 'node') {
        if (decoder !== null) yield* ended(decoder);
        decoder = null;
        const node = chunk;
        if (node.root && node.multipart !== false && node._boundary !== false) closing = `--${node._boundary.toString('latin1')}--`;
        if (node.root) yield { kind: 'headers', headers: parseHeaders(node.getHeaders(), text(node.charset)) };
        if (node.multipart === 'alternative') alternatives.set(node, alternatives.size + 1);
        if (node.multipart !== false) continue;
        count += 1;
        decoder = transferDecoder(text(node.encoding));
        yield {
          kind: 'part',
          part: {
            number: count, root: node.root, headers: parseHeaders(node.getHeaders(), text(node.charset)), mimeType: text(node.contentType) || 'application/octet-stream', charset: text(node.charset),
            disposition: text(node.disposition), filename: text(node.filename), alternative: alternativeOf(node, alternatives),
            flowed: node.flowed ? { deleteSpace: node.delSp } : null,
          },
        };
      } else if (chunk.type === 'data') {
        if (closing !== '' && chunk.value?.toString('latin1').includes(closing) === true) closing = '';
      } else if (chunk.type === 'body' && decoder !== null && chunk.value !== undefined && chunk.value.length > 0) {
        const decoded = decoder.push(chunk.value);
        if (decoded.length > 0) yield { kind: 'bytes', bytes: decoded };
      }
    }
    if (decoder !== null) yield* ended(decoder);
    yield { kind: 'end', cutOff: closing !== '' };
  } finally {
    source.destroy();
    splitter.destroy();
  }
}

type SplitterItem = SplitterNode | { readonly type: 'body' | 'data' | 'none'; readonly value?: Buffer };
interface SplitterNode {
  readonly type: 'node'; readonly root: boolean; readonly parentNode: SplitterNode | false; readonly multipart: string | false; readonly encoding: string | false;
  readonly contentType: string | false; readonly charset: string | false; readonly disposition: string | false; readonly filename: string | false;
  readonly flowed: boolean; readonly delSp: boolean; readonly _boundary: Buffer | false; getHeaders(): Buffer;
}

function* ended(decoder: TransferDecoder): Generator<MailPiece> {
  const rest = decoder.finish();
  if (rest.length > 0) yield { kind: 'bytes', bytes: rest };
  yield { kind: 'part-end' };
}

function alternativeOf(node: SplitterNode, numbers: ReadonlyMap<object, number>): number {
  for (let at: SplitterNode | false = node.parentNode; at !== false; at = at.parentNode) {
    const number = numbers.get(at);
    if (number !== undefined) return number;
  }
  return 0;
}
