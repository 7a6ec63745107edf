import { randomBytes } from 'node:crypto';
import type { Answer } from '../http/answer.ts';
import { bytesOf, type FileStore, type StoredContent } from './file-store.ts';

/** Larger ones travel as marks in a body, and are streamed. */
const STREAMED_FROM = 64 * 1024;
const MARK = `@@file:${randomBytes(8).toString('hex')}:`;
const MARKS = new RegExp(`${MARK}([^@]+)@@`, 'gu');

/** A value of a binary field whose bytes are in the file store: it stands for the base64 text that a client sends and gets. */
export class FileContent {
  readonly [name: string]: unknown;
  readonly content: StoredContent;
  constructor(content: StoredContent) {
    this.content = content;
  }

  text(): string {
    return bytesOf(this.content).toString('base64');
  }

  /** What stands for it in a body: the text itself when it is short, else a mark that the listener replaces while sending. */
  written(): string {
    return this.content.size < STREAMED_FROM ? this.text() : markOf(this.content.key);
  }

  toJSON(): string {
    return this.written();
  }
}

export function markOf(key: string): string {
  return `${MARK}${key}@@`;
}

export function base64Length(size: number): number {
  return 4 * Math.ceil(size / 3);
}

/** A body cut at its marks: text, or the content whose base64 text stands there. */
export function partsOf(answer: Answer, files: FileStore): (string | StoredContent)[] {
  if (!answer.body.includes(MARK)) return [answer.body];
  return answer.body.split(MARKS).map((part, at) => (at % 2 === 0 ? part : contentOf(files, part)));
}

function contentOf(files: FileStore, key: string): StoredContent {
  const content = files.get(key);
  if (!content) throw new Error(`the file store of the simulator has no content '${key}'`);
  return content;
}

/** The base64 text of a content, in pieces. */
export function* base64Of(content: StoredContent): Generator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for (const chunk of content.chunks()) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % 3);
    rest = bytes.subarray(whole);
    if (whole > 0) yield Buffer.from(bytes.subarray(0, whole).toString('base64'), 'latin1');
  }
  if (rest.length > 0) yield Buffer.from(rest.toString('base64'), 'latin1');
}

/** Puts the contents in place of the marks of a parsed body. A mark inside a longer text becomes that text again. */
export function resolveMarks(value: unknown, files: FileStore): unknown {
  if (typeof value === 'string') {
    if (!value.includes(MARK)) return value;
    const parts = value.split(MARKS);
    if (parts.length === 3 && parts[0] === '' && parts[2] === '') return new FileContent(contentOf(files, parts[1]!));
    return parts.map((part, at) => (at % 2 === 0 ? part : new FileContent(contentOf(files, part)).text())).join('');
  }
  if (Array.isArray(value)) return value.map((entry) => resolveMarks(entry, files));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, resolveMarks(entry, files)]));
  return value;
}
