import type { FieldType } from '../../connector/catalog.ts';
import type { DestinationCapabilities } from '../../connector/capabilities.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { Mapping } from '../../plan/plan.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import type { FieldsByName } from '../sessions.ts';

/** Types whose empty value is no value of its own: an unset switch or choice says something, an unset text or link says nothing. */
const emptiable: ReadonlySet<FieldType> = new Set(['text', 'longText', 'html', 'integer', 'decimal', 'money', 'date', 'datetime', 'reference', 'email', 'phone', 'url']);

/**
 * The values of a record that we made, with `null` for what an earlier load wrote and no line of the mapping writes any more
 * because its condition is no longer met (a deal that has lost its contact): left out, the field would keep its old value.
 * Only where the destination takes an empty value (`emptiesUnset`), and only what the mapping itself may write.
 * @param params.fields fields of the mapping's object; asked for only where there is something to empty
 */
export async function withEmptied(params: Readonly<{ row: Pick<CrosswalkRow, 'how' | 'payload'>; values: JsonObject; mapping: Mapping; capabilities: Pick<DestinationCapabilities, 'emptiesUnset'>; fields: () => Promise<FieldsByName> }>): Promise<JsonObject> {
  const { row, values, mapping, capabilities: { emptiesUnset } } = params;
  if (row.how !== 'created' || emptiesUnset === undefined) return values;
  const kept = emptiesUnset.except[mapping.destination] ?? [];
  const ownLines = new Set(mapping.fields.map((line) => line.to));
  const unset = Object.keys(row.payload).filter((name) => !Object.hasOwn(values, name) && ownLines.has(name) && !kept.includes(name));
  if (unset.length === 0) return values;
  const fields = await params.fields();
  const empty = unset.filter((name) => { const field = fields.get(name); return field !== undefined && !field.required && !field.readonly && emptiable.has(field.type); });
  return { ...values, ...Object.fromEntries(empty.map((name) => [name, null])) };
}
