import { RecordRejectedError, RetriableError } from '../../../connector/errors.ts';

/** Where the value of a field begins in an answer: JSON (`"datas": "…"`) or XML (`<name>datas</name><value><string>…`). */
const begins = (field: string): readonly RegExp[] => [new RegExp(`"${field}"\\s*:\\s*"`, 'u'), new RegExp(`<name>${field}</name>\\s*<value>\\s*<string>`, 'u')];
/** What stands in front of the field is short: the record's id. More than this is another kind of answer. */
const searched = 64 * 1024;

/**
 * The bytes of one base64 field of an RPC answer, decoded as they come: an answer of 33 MB is never held.
 * @throws RecordRejectedError 'file-gone' when the answer has no content in that field, RetriableError when it breaks off
 */
export async function* base64Field(chunks: AsyncIterable<Uint8Array>, field: string, place: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('latin1'); // base64 and the frame around it are ASCII; latin1 keeps every byte one character
  let head = '';
  let pending = '';
  let state: 'before' | 'within' | 'after' = 'before';
  for await (const chunk of chunks) {
    if (state === 'after') continue; // the rest of the frame is read, so that the connection ends in order
    let text = decoder.decode(chunk, { stream: true });
    if (state === 'before') {
      head += text;
      const begin = begins(field).map((pattern) => pattern.exec(head)).find((match) => match !== null);
      if (begin === undefined) {
        if (head.length > searched) throw gone(place);
        continue;
      }
      text = head.slice((begin?.index ?? 0) + (begin?.[0].length ?? 0));
      head = '';
      state = 'within';
    }
    const end = text.search(/["<]/u);
    pending += (end < 0 ? text : text.slice(0, end)).replace(/\s|\\n/gu, '');
    const whole = end < 0 ? pending.length - (pending.length % 4) : pending.length;
    if (whole > 0) yield Buffer.from(pending.slice(0, whole), 'base64');
    pending = pending.slice(whole);
    if (end >= 0) state = 'after';
  }
  if (state === 'before') throw gone(place);
  if (state === 'within') throw new RetriableError({ code: 'lost', message: `${place}: the answer broke off within the file.` });
}

function gone(place: string): RecordRejectedError {
  const message = `${place}: the answer holds no file: it was deleted, or its content is not there.`;
  return new RecordRejectedError({ code: 'file-gone', message, rejections: [{ index: 0, code: 'file-gone', message }] });
}
