import type { FieldType } from '../../connector/catalog.ts';
import type { DestinationCapabilities } from '../../connector/capabilities.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { Condition, FieldLine, Mapping } from '../../plan/plan.ts';
import type { RecordContext } from '../../plan/record-context.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import type { FieldsByName } from '../sessions.ts';

/** Types whose empty value is no value of its own: an unset switch or choice says something, an unset text or link says nothing. */
const emptiable: ReadonlySet<FieldType> = new Set(['text', 'longText', 'html', 'integer', 'decimal', 'money', 'date', 'datetime', 'reference', 'email', 'phone', 'url']);

/**
 * The values of a record that we made, with `null` for what an earlier load wrote and no line of the mapping writes any more
 * because its condition is no longer met (a deal that names no contact any more): left out, the field would keep its old value.
 * Only where the destination takes an empty value (`emptiesUnset`), and only what the mapping itself may write. What hangs on a
 * record that the source names and that was not found, or found twice, stays as it was written: there the source says something
 * that could not be read.
 * @param params.links what the links of the record came to
 * @param params.fields fields of the mapping's object; asked for only where there is something to empty
 */
export async function withEmptied(params: Readonly<{
  row: Pick<CrosswalkRow, 'how' | 'payload'>; values: JsonObject; mapping: Mapping; links: RecordContext['links']; capabilities: Pick<DestinationCapabilities, 'emptiesUnset'>; fields: () => Promise<FieldsByName>;
}>): Promise<JsonObject> {
  const { row, values, mapping, links, capabilities: { emptiesUnset } } = params;
  if (row.how !== 'created' || emptiesUnset === undefined) return values;
  const kept = emptiesUnset.except[mapping.destination] ?? [];
  const unset = Object.keys(row.payload).filter((name) => !Object.hasOwn(values, name) && !kept.includes(name) && mapping.fields.some((line) => line.to === name));
  if (unset.length === 0) return values;
  const fields = await params.fields();
  const isUnclear = (link: string): boolean => links[link]?.some(({ state }) => state === 'missing' || state === 'ambiguous') === true;
  const settled: Record<string, JsonObject[string]> = {};
  for (const name of unset) {
    const field = fields.get(name);
    if (field === undefined || field.required || field.readonly || !emptiable.has(field.type)) continue;
    const own = mapping.fields.filter((line) => line.to === name);
    const stays = own.some((line) => line.whenUnmet === 'keep' || linksOf(line).some(isUnclear));
    settled[name] = stays ? row.payload[name] ?? null : null;
  }
  return { ...values, ...settled };
}

/** Links on which it depends whether a line writes, and what. */
function linksOf({ link, when }: FieldLine): readonly string[] {
  return [...(link === undefined ? [] : [link]), ...(when === undefined ? [] : linksIn(when))];
}

function linksIn(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(linksIn);
  if ('any' in condition) return condition.any.flatMap(linksIn);
  if ('not' in condition) return linksIn(condition.not);
  return 'link' in condition ? [condition.link] : [];
}
