/** Takes the transfer encoding off a body that comes in pieces. */
export interface TransferDecoder {
  push(bytes: Buffer): Buffer;
  finish(): Buffer;
}

const nothing: Buffer = Buffer.alloc(0);
const equals = 61, lineFeed = 10, carriageReturn = 13;

/** Base64 in lines; characters outside the alphabet are passed over (RFC 2045 section 6.8). */
class Base64Decoder implements TransferDecoder {
  #rest = '';

  push(bytes: Buffer): Buffer {
    let text = this.#rest + bytes.toString('latin1').replace(/[\r\n]+/g, '');
    let decoded = this.#take(text);
    if (decoded.length * 4 !== (text.length - this.#rest.length) * 3) { // fewer bytes than letters: some are no base64 (a test of each would take most of the time)
      text = text.replace(/[^A-Za-z0-9+/]+/g, '');
      decoded = this.#take(text);
    }
    return decoded;
  }

  /** Decodes whole groups of four and keeps the rest. */
  #take(text: string): Buffer {
    const whole = text.length - (text.length % 4);
    this.#rest = text.slice(whole);
    return whole === 0 ? nothing : Buffer.from(text.slice(0, whole), 'base64');
  }

  finish(): Buffer {
    const rest = this.#rest;
    this.#rest = '';
    return rest.length < 2 ? nothing : Buffer.from(rest.replace(/[^A-Za-z0-9+/]+/g, ''), 'base64');
  }
}

const hexDigit = (code: number | undefined): number => (code === undefined ? -1 : code >= 48 && code <= 57 ? code - 48 : code >= 65 && code <= 70 ? code - 55 : code >= 97 && code <= 102 ? code - 87 : -1);

/** Quoted-printable; an `=` that begins no code stays as it is. Blanks before a line end are not part of the text (RFC 2045 section 6.7). */
class QuotedPrintableDecoder implements TransferDecoder {
  #held: Buffer = nothing;

  push(bytes: Buffer): Buffer {
    return this.#decode(this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]), false);
  }

  finish(): Buffer {
    return this.#decode(this.#held, true);
  }

  #decode(text: Buffer, final: boolean): Buffer {
    const out = Buffer.alloc(text.length);
    let size = 0, at = 0;
    while (at < text.length) {
      const code = text[at] ?? 0;
      if (code === 32 || code === 9) { // blanks count only when something follows in the line
        let end = at;
        while (end < text.length && (text[end] === 32 || text[end] === 9)) end += 1;
        if (!final && (end === text.length || (text[end] === carriageReturn && end + 1 === text.length))) break;
        const lineEnds = end === text.length || text[end] === lineFeed || (text[end] === carriageReturn && text[end + 1] === lineFeed);
        if (!lineEnds) size += text.copy(out, size, at, end);
        at = end;
      } else if (code !== equals) {
        out[size++] = code;
        at += 1;
      } else {
        let end = at + 1;
        while (end < text.length && (text[end] === 32 || text[end] === 9)) end += 1;
        if (!final && (text.length - at < 3 || end >= text.length || (text[end] === carriageReturn && end + 1 >= text.length))) break;
        const [high, low] = [hexDigit(text[at + 1]), hexDigit(text[at + 2])];
        if (high >= 0 && low >= 0) {
          out[size++] = high * 16 + low;
          at += 3;
        } else if (end >= text.length || text[end] === lineFeed || text[end] === carriageReturn) { // a soft line end
          at = text[end] === carriageReturn && text[end + 1] === lineFeed ? end + 2 : Math.min(end + 1, text.length);
        } else {
          out[size++] = code;
          at += 1;
        }
      }
    }
    this.#held = Buffer.from(text.subarray(at));
    return out.subarray(0, size);
  }
}

class PlainDecoder implements TransferDecoder {
  push(bytes: Buffer): Buffer { return bytes; }
  finish(): Buffer { return nothing; }
}

/** @param encoding value of Content-Transfer-Encoding; an unknown one leaves the bytes as they are. */
export function transferDecoder(encoding: string): TransferDecoder {
  if (encoding === 'base64') return new Base64Decoder();
  return encoding === 'quoted-printable' ? new QuotedPrintableDecoder() : new PlainDecoder();
}
