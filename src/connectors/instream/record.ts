import { ConfigurationError } from '../../connector/errors.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import { repairDoubleEncoding } from '../../connector/kit/values/double-encoding.ts';
import { splitMulti } from '../../connector/kit/values/multi-values.ts';
import { isEmailValue } from '../../connector/kit/values/value-kinds.ts';
import type { ObjectScan } from './scan.ts';
import type { Table } from './tables.ts';

export const doubleEncodingQuestion = (object: string): string => `double-encoding:${object}`;

type Repair = (cell: string) => string;

/** How double-encoded cells are read, from the answer to the object's question. */
function repairer(object: string, answers: { readonly [id: string]: Json }): Repair {
  const id = doubleEncodingQuestion(object);
  const answer = answers[id];
  if (answer === 'keep') return (cell) => cell;
  return (cell) => {
    const repaired = repairDoubleEncoding(cell);
    if (repaired === null || answer === 'repair') return repaired ?? cell;
    throw new ConfigurationError({
      code: 'question-not-answered', message: answer === undefined ? `The question ${id} is not answered.` : `The question ${id} has no option ${JSON.stringify(answer)}.`, remedy: 'Answer it with one of: repair, keep.',
    });
  };
}

/** Turns the rows of a table into record data: strings as read, lists for columns with several values, no key for an empty cell. */
export function recordReader(table: Table, scan: ObjectScan, answers: { readonly [id: string]: Json }): (cells: readonly string[]) => JsonObject {
  const exact = 'format' in table.source; // what the reader wrote itself was decoded as its charset says
  const repair = exact ? (cell: string) => cell : repairer(table.object.name, answers);
  const types = new Map(table.object.columns.map((column) => [column.name, column.type]));
  const columns = table.columns.filter((column) => scan.fields.has(column.field)).map((column) => ({
    index: column.index, field: column.field, isKnown: scan.isKnown.get(column.field) ?? null, emails: column.field === 'email', file: types.get(column.field) === 'binary',
  }));
  return (cells) => {
    const data: { [field: string]: Json } = {};
    for (const column of columns) {
      const cell = cells[column.index];
      if (cell === undefined || cell === '' || cell.trim() === '') continue;
      if (column.file) {
        data[column.field] = JSON.parse(cell) as Json; // a FileValue, written by the reader
        continue;
      }
      const text = repair(cell);
      if (column.isKnown !== null) {
        data[column.field] = mergeLists(data[column.field], splitMulti(text, column.isKnown));
        continue;
      }
      data[column.field] = text;
      if (column.emails && /[;,|\n]/.test(text)) {
        const several = splitMulti(text, isEmailValue);
        if (several.length > 1) data['emails'] = mergeLists(data['emails'], several);
      }
    }
    return data;
  };
}

function mergeLists(before: Json | undefined, more: readonly string[]): readonly Json[] {
  return Array.isArray(before) ? [...new Set([...before, ...more])] : more;
}
