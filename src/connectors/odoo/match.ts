import type { MatchHit, MatchRequest } from '../../connector/destination.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import type { OdooClient } from './client.ts';
import type { OdooField } from './field-types.ts';
import type { OdooModels } from './models.ts';
import { externalIdField, matchExternalIds } from './match-external-id.ts';
import { readRows } from './read.ts';
import { fromOdoo } from './values-in.ts';

/** Values asked in one call. `in` with 5,000 values costs 0.08 s; patterns are ORed and cost more each. */
const valuesPerCall = { exact: 1_000, pattern: 250 } as const;

/** Finds records by one field's values, archived ones included. */
export async function matchRecords(client: OdooClient, models: OdooModels, request: MatchRequest): Promise<readonly MatchHit[]> {
  if (request.field === externalIdField.name) return matchExternalIds(client, request);
  const further = request.fields ?? [];
  const fields = await models.require(request.object, [request.field, ...further]);
  const field = fields.get(request.field);
  if (field === undefined || request.values.length === 0) return [];
  const asText = isTextual(field);
  const ignoreCase = request.ignoreCase && asText;
  const step = ignoreCase ? valuesPerCall.pattern : valuesPerCall.exact;
  const wanted = new Map<string, string[]>();
  for (const value of request.values) {
    const folded = fold(value, ignoreCase);
    wanted.set(folded, [...(wanted.get(folded) ?? []), value]);
  }
  const hits: MatchHit[] = [];
  const values = [...wanted.keys()];
  for (let at = 0; at < values.length; at += step) {
    const chunk = values.slice(at, at + step);
    const originals = chunk.flatMap((folded) => wanted.get(folded) ?? []);
    const domain = ignoreCase ? patternDomain(request.field, originals) : [[request.field, 'in', originals.map((value) => typedValue(field, value))]] as Json;
    const ids = await client.read(request.object, 'search', { domain, order: 'id' }) as readonly number[];
    for (const row of await readRows(client, request.object, ids, [...new Set([request.field, ...further])])) {
      const found = fromOdoo(field, row[request.field]);
      for (const folded of foldedValuesOf(found, ignoreCase)) {
        if (!chunk.includes(folded)) continue;
        for (const value of wanted.get(folded) ?? []) hits.push({ value, id: String(row['id']), values: pick(row, fields, further) });
      }
    }
  }
  return hits;
}

function pick(row: JsonObject, fields: ReadonlyMap<string, OdooField>, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => {
    const field = fields.get(name);
    return [name, field === undefined ? null : fromOdoo(field, row[name])];
  }));
}

function isTextual(field: OdooField): boolean {
  return ['char', 'text', 'html'].includes(field.type);
}

function fold(value: string, ignoreCase: boolean): string {
  return ignoreCase ? value.normalize('NFC').toLowerCase() : value;
}

function foldedValuesOf(found: Json, ignoreCase: boolean): readonly string[] {
  const list = Array.isArray(found) ? found as readonly Json[] : [found];
  return list.filter((value) => value !== null).map((value) => fold(String(value), ignoreCase));
}

function typedValue(field: OdooField, value: string): Json {
  if (['integer', 'many2one', 'many2one_reference', 'many2many', 'one2many'].includes(field.type)) return /^-?\d{1,10}$/u.test(value) && Math.abs(Number(value)) < 2 ** 31 ? Number(value) : 0;
  if (field.type === 'float' || field.type === 'monetary') return Number.isFinite(Number(value)) ? Number(value) : 0;
  if (field.type === 'boolean') return value === 'true';
  return value;
}

/** `=ilike` takes a pattern: its wildcards are escaped. The list of spellings helps databases whose locale cannot fold other alphabets. */
function patternDomain(name: string, values: readonly string[]): Json {
  const spellings = values.flatMap((value) => [value, value.toLowerCase(), value.toUpperCase()]);
  const leaves: Json[] = [[name, 'in', [...new Set(spellings)]], ...values.map((value) => [name, '=ilike', value.replaceAll(/[\\%_]/gu, String.raw`\$&`)])];
  return [...Array.from({ length: leaves.length - 1 }, () => '|'), ...leaves];
}
