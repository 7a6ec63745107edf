import { createReadStream } from 'node:fs';
import { RecordRejectedError } from '../../connector/errors.ts';
import type { FileValue } from '../../connector/file-value.ts';
import { readMailFile } from '../../connector/kit/mail/mail-message.ts';
import { mboxMessages } from '../../connector/kit/mail/mbox.ts';
import { readJsonLines } from '../../connector/kit/tables/json-lines.ts';
import { PairTable } from '../../connector/kit/pair-table.ts';
import type { JsonObject } from '../../connector/json.ts';
import { fileKind, type Bundle } from './bundle.ts';
import type { MailPlace, MailTables, SpooledMail } from './mail-spool.ts';
import { Memo } from './memo.ts';

const wordsOf = (reference: string): readonly [number, number] => [Number.parseInt(reference.slice(0, 8), 16), Number.parseInt(reference.slice(8, 16), 16)];
const gone = (file: FileValue): RecordRejectedError => new RecordRejectedError({ code: 'file-gone', message: `The file ${JSON.stringify(file.name)} (${file.$file}) is no longer in the export.`, remedy: 'Give back the export that was read, or run the delta on the new one.', rejections: [] });

/** Streams the bytes behind references to files of the bundle and to parts of messages. */
export class FileOpening {
  readonly #bundle: Bundle;
  readonly #mail: () => Promise<MailTables>;
  readonly #memo = new Memo();

  constructor(bundle: Bundle, mail: () => Promise<MailTables>) {
    this.#bundle = bundle;
    this.#mail = mail;
  }

  async *open(file: FileValue): AsyncGenerator<Uint8Array> {
    const [, kind, rest = ''] = /^(file|mail):(.*)$/s.exec(file.$file) ?? [];
    if (kind === 'file' && this.#bundle.files.some((one) => one.name === rest)) {
      yield* this.#bundle.open(rest);
      return;
    }
    const match = /^([0-9a-f]{32})#(\d+)$/.exec(rest);
    const place = kind === 'mail' && match !== null ? await this.#placeOf(match[1] ?? '') : null;
    if (place === null) throw gone(file);
    let any = false;
    for await (const bytes of readMailFile(this.#messageAt(place), Number(match?.[2]))) {
      any = true;
      yield bytes;
    }
    if (!any && file.size > 0) throw gone(file);
  }

  /** Where the message of a reference lies: a table of numbers leads to its row in the spool. */
  async #placeOf(reference: string): Promise<MailPlace | null> {
    const { table } = await this.#mail();
    if (table === null) return null;
    const index = await this.#memo.get('index', async () => {
      const places = new PairTable();
      for await (const lines of readJsonLines(table.source.path, 0)) {
        for (const { value, offset } of lines) {
          const mail = (value as JsonObject)['x'] as unknown as SpooledMail | undefined;
          if (mail !== undefined && mail.files.length > 0) places.add(wordsOf(mail.reference), [Math.floor(offset / 2 ** 32), offset >>> 0]);
        }
      }
      return places;
    });
    const at = index.get(wordsOf(reference));
    if (at === null) return null;
    for await (const lines of readJsonLines(table.source.path, at[0] * 2 ** 32 + at[1])) {
      const mail = (lines[0]?.value as JsonObject | undefined)?.['x'] as unknown as SpooledMail | undefined;
      return mail?.reference === reference ? mail.place : null;
    }
    return null;
  }

  async *#messageAt({ file, offset }: MailPlace): AsyncGenerator<Uint8Array> {
    if (fileKind(file) === 'mail' || offset === null) {
      yield* this.#bundle.open(file);
      return;
    }
    const stream = createReadStream(await this.#bundle.localPath(file), { start: offset, highWaterMark: 1 << 18 });
    for await (const message of mboxMessages(stream, offset)) {
      yield* message.bytes;
      return;
    }
  }
}
