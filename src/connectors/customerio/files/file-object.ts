import type { JsonObject } from '../../../connector/json.ts';
import type { FieldSpec, Item, SourceObject } from '../source-object.ts';
import { idText, objectIn } from '../values.ts';
import { fileName, fileRows } from './file-rows.ts';

/** What a row says: its own id if it has one, and its data. A flaw = it lacks what makes it a record; the text says what. Null = another row holds instead. */
type RowReading = { readonly id: string | null; readonly data: JsonObject } | { readonly flaw: string } | null;

export interface FileObjectParams {
  readonly name: string;
  readonly label: string;
  readonly files: readonly string[];
  readonly fields: Readonly<Record<string, FieldSpec>>;
  readonly read: (row: JsonObject) => RowReading;
}

/** An object read from files, with the same places to go on from as one of the API: file and place in it. */
export function fileObject(params: FileObjectParams): SourceObject {
  const { name, label, files, fields, read } = params;
  return {
    name, label, fields, profiled: true, flowing: true,
    async *chunks(from) {
      const place = objectIn(from);
      const first = Math.max(0, files.findIndex((file) => fileName(file) === idText(place['file'])));
      for (const [index, file] of files.slice(first).entries()) {
        const own = fileName(file);
        for await (const stretch of fileRows(file, index === 0 && from !== null ? objectIn(place['place']) : null)) {
          yield { at: { file: own, place: stretch.at }, items: stretch.rows.flatMap((row) => itemOf(own, row, read) ?? []) };
        }
      }
    },
  };
}

function itemOf(file: string, { number, row, raw }: Readonly<{ number: number; row: JsonObject | null; raw: string }>, read: (row: JsonObject) => RowReading): Item | null {
  const position = `${file} row ${number}`;
  const place = `${file}:${number}`;
  if (row === null) return { id: place, code: 'unreadable-row', message: 'The row is no JSON object, or does not fit the header.', position, raw };
  const reading = read(row);
  if (reading === null) return null;
  if ('flaw' in reading) return { id: place, code: 'incomplete-row', message: reading.flaw, position, raw };
  return { id: reading.id ?? place, data: reading.data, position };
}

/** The first of some columns that has a value; names are compared without case, spaces, dots and underscores. */
export function columnReader(row: JsonObject): (...names: readonly string[]) => JsonObject[string] {
  const folded = new Map(Object.entries(row).map(([name, value]) => [fold(name), value]));
  return (...names) => {
    for (const name of names) {
      const value = folded.get(fold(name));
      if (value !== undefined && value !== null && value !== '') return value;
    }
    return null;
  };
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]/gu, '');
}
