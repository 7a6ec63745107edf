import type { CatalogField } from '../../connector/catalog.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import { canonicalJson } from '../canonical.ts';
import { compareFiles, isEmptyFile, isFile } from './same-value.ts';
import type { FieldClass } from '../ports/verification.ts';

export interface ComparedField { readonly field: string; readonly class: FieldClass; readonly written: Json; readonly found: Json }

/**
 * Classes every written field of one record against what the destination gives back.
 * @param params.written the payload as written, in Portolan's forms.
 * @param params.found the values read back; null = the record is gone, a missing name = the field could not be read.
 * @param params.fields the destination's fields by name.
 * @param params.lossy fields whose line declares a loss.
 * @param params.normalise the connector's `normalise`, applied to both sides.
 */
export function compareRecord(params: Readonly<{
  written: JsonObject;
  found: JsonObject | null;
  fields: ReadonlyMap<string, CatalogField>;
  lossy: ReadonlySet<string>;
  normalise: (field: CatalogField, value: Json) => Json;
}>): readonly ComparedField[] {
  const { written, found, fields, lossy, normalise } = params;
  return Object.entries(written).map(([name, value]): ComparedField => {
    if (found === null) return { field: name, class: 'mismatch', written: value, found: null };
    const back = found[name];
    const field = fields.get(name);
    if (back === undefined || field === undefined) return { field: name, class: 'unreadable', written: value, found: null };
    return { field: name, class: classify(field, value, back), written: value, found: back };
  });

  function classify(field: CatalogField, value: Json, back: Json): FieldClass {
    if (isFile(field, value, back)) return classifyFile(value, back) ?? (lossy.has(field.name) ? 'declaredLossy' : 'mismatch');
    if (canonicalJson(value) === canonicalJson(back)) return 'exact';
    if (canonicalJson(normalise(field, value)) === canonicalJson(normalise(field, back))) return 'equalAfterNormalisation';
    return lossy.has(field.name) ? 'declaredLossy' : 'mismatch';
  }
}

/** A file is exact by its size and every digest that both sides have; without one in common nothing is proved. Null = it differs. */
function classifyFile(value: Json, back: Json): FieldClass | null {
  if (back === null && isEmptyFile(value)) return 'equalAfterNormalisation';
  const compared = compareFiles(value, back);
  return compared === 'same' ? 'exact' : compared === 'unknown' ? 'unreadable' : null;
}
