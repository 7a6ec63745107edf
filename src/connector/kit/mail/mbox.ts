/** What a mailbox holds, in order: where a message begins, then its bytes with the mailbox's escapes taken off. */
type MboxPiece =
  | { readonly kind: 'message'; readonly offset: number; readonly postmark: string } // offset of its "From " line in bytes
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'stray'; readonly bytes: Buffer }; // text before the first message: no mail

const lineFeed = 10, carriageReturn = 13, greater = 62;
const fromWord = Buffer.from('From ');
/** A line longer than this is passed on in pieces; only a line's beginning can be a separator or an escape. */
const maxHeldLine = 1 << 20;
const postmarkPattern = /^From [^\r\n]*\d{1,2}:\d{2}[^\r\n]*/;
const headerPattern = /^[!-9;-~]+[ \t]*:|^>?From |^\r?\n/;

/** Length of the line end at the end of `bytes`; 0 = there is none. */
const lineEndLength = (bytes: Buffer): number => (bytes.at(-1) !== lineFeed ? 0 : bytes.at(-2) === carriageReturn ? 2 : 1);

/**
 * The bytes of one message on their way out. The last line end is kept back until more follows:
 * before a separator it belongs to the mailbox, however the file was cut into chunks.
 */
class MessageTail {
  #keptEnd: Buffer = Buffer.alloc(0);
  #blank = true; // what is kept back ends an empty line

  *push(bytes: Buffer): Generator<Buffer> {
    if (bytes.length === 0) return;
    const whole = this.#keptEnd.length === 0 ? bytes : Buffer.concat([this.#keptEnd, bytes]);
    const cut = whole.length - lineEndLength(whole);
    const out = whole.subarray(0, cut);
    this.#keptEnd = Buffer.from(whole.subarray(cut));
    if (out.length > 0) {
      this.#blank = out.at(-1) === lineFeed;
      yield out;
    }
  }

  /** @param separated a separator follows, so that the empty line before it is not part of the message. */
  *finish(separated: boolean): Generator<Buffer> {
    if (!separated && !this.#blank && this.#keptEnd.length > 0) yield this.#keptEnd;
    this.#keptEnd = Buffer.alloc(0);
    this.#blank = true;
  }
}

/**
 * Takes a mailbox (mbox) apart while it streams by. A message begins at a line `From … <time> …` at the start or after an empty line,
 * when a header line follows: a sentence of a body that begins with "From " has no time or no header after it.
 * Lines `>From `, `>>From ` lose one `>` (mboxrd; in mboxo only the first form is written, and reads the same).
 * Line ends may be LF or CRLF. Memory holds one chunk.
 * @param from byte offset of the first byte of `stream` in the file; a message must begin there.
 */
async function* readMbox(stream: AsyncIterable<Uint8Array>, from = 0): AsyncGenerator<MboxPiece> {
  let held: Buffer = Buffer.alloc(0);
  let at = from; // file offset of held[0]
  let atLineStart = true; // held[0] begins a line
  let afterBlank = true; // the line before held[0] is empty, or there is none
  let begun = false;
  const tail = new MessageTail();

  function* out(bytes: Buffer): Generator<MboxPiece> {
    if (!begun) {
      if (bytes.length > 0) yield { kind: 'stray', bytes };
    } else for (const piece of tail.push(bytes)) yield { kind: 'bytes', bytes: piece };
  }
  const blankBefore = (text: Buffer, line: number): boolean => {
    if (line === 0) return atLineStart && afterBlank;
    let end = line - 1; // the line feed of the line before
    if (end > 0 && text[end - 1] === carriageReturn) end -= 1;
    return end === 0 ? atLineStart : text[end - 1] === lineFeed;
  };

  function* take(text: Buffer, final: boolean): Generator<MboxPiece> {
    // The last whole line waits for the one after it, by which a separator is known.
    let end = text.length;
    if (!final) {
      const last = text.lastIndexOf(lineFeed);
      const previous = last <= 0 ? -1 : text.lastIndexOf(lineFeed, last - 1);
      end = previous < 0 ? (text.length > maxHeldLine ? text.length : 0) : previous + 1;
    }
    let start = 0;
    for (let search = 0; search < end;) {
      const word = text.indexOf(fromWord, search);
      if (word < 0 || word >= end) break;
      search = word + 1;
      let line = word;
      while (line > 0 && text[line - 1] === greater) line -= 1;
      if (line === 0 ? !atLineStart : text[line - 1] !== lineFeed) continue;
      if (line < word) { // escaped: one `>` is taken off
        yield* out(text.subarray(start, line));
        start = line + 1;
        continue;
      }
      if (!blankBefore(text, line) || !isPostmark(text, word)) continue;
      yield* out(text.subarray(start, line));
      for (const piece of tail.finish(true)) yield { kind: 'bytes', bytes: piece };
      const lineEnd = text.indexOf(lineFeed, word);
      start = lineEnd < 0 ? text.length : lineEnd + 1;
      yield { kind: 'message', offset: at + line, postmark: text.toString('latin1', word, Math.min(start, word + 500)).trim() };
      begun = true;
      search = start;
    }
    if (start < end) yield* out(text.subarray(start, end));
    if (end > 0) {
      afterBlank = text[end - 1] === lineFeed && blankBefore(text, end);
      atLineStart = text[end - 1] === lineFeed;
    }
    held = text.subarray(end);
    at += end;
  }

  for await (const chunk of stream) yield* take(held.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.concat([held, chunk]), false);
  yield* take(held, true);
  for (const piece of tail.finish(false)) yield { kind: 'bytes', bytes: piece };
}

function isPostmark(text: Buffer, word: number): boolean {
  const head = text.toString('latin1', word, Math.min(text.length, word + 1500));
  const postmark = postmarkPattern.exec(head)?.[0];
  if (postmark === undefined) return false;
  const following = head.slice(postmark.length).replace(/^\r?\n/, '');
  return following === '' || headerPattern.test(following);
}

/** One message of a mailbox. Its bytes must be read to the end, or left alone, before the next message is asked for. */
export interface MboxMessage {
  readonly offset: number; // of its "From " line in bytes
  readonly postmark: string | null; // the "From " line; null = text before the first message, which is no mail
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The messages of a mailbox one after the other (see `readMbox`). */
export async function* mboxMessages(stream: AsyncIterable<Uint8Array>, from = 0): AsyncGenerator<MboxMessage> {
  const pieces = readMbox(stream, from);
  let now: IteratorResult<MboxPiece, unknown> = { done: false, value: { kind: 'bytes', bytes: Buffer.alloc(0) } };
  // One piece is asked for after the other, also when a reader gave up in the middle of a message.
  let pending: Promise<void> = Promise.resolve();
  const next = async (before: Promise<void>): Promise<void> => {
    await before;
    now = await pieces.next();
  };
  const advance = (): Promise<void> => (pending = next(pending));
  const current = (): MboxPiece | null => (now.done === true ? null : now.value);
  async function* body(kind: 'bytes' | 'stray'): AsyncGenerator<Uint8Array> {
    for (let piece = current(); piece !== null && piece.kind === kind; piece = current()) {
      yield piece.bytes;
      await advance();
    }
  }
  try {
    await advance();
    for (let piece = current(); piece !== null; piece = current()) {
      const kind: 'bytes' | 'stray' = piece.kind === 'stray' ? 'stray' : 'bytes';
      const head = { offset: piece.kind === 'message' ? piece.offset : from, postmark: piece.kind === 'message' ? piece.postmark : null };
      if (piece.kind === 'message') await advance();
      yield { ...head, bytes: body(kind) };
      await pending;
      while (current()?.kind === kind) await advance();
    }
  } finally {
    await pending.catch(() => {});
    await pieces.return(undefined);
  }
}
