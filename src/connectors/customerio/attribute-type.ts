import type { CatalogField, FieldType, ValueFormat } from '../../connector/catalog.ts';
import type { Json } from '../../connector/json.ts';
import { ColumnProfile } from '../../connector/kit/values/column-profile.ts';
import { decideDateOrder, decideDecimal, inferType } from '../../connector/kit/values/column-type.ts';

const looksDated = /(?:^|[_\s.-])(?:at|on|date|time|timestamp|since|until|created|updated|day|dob|birthday)(?:$|[_\s.-])|[a-z](?:At|Date|Time)$/u;
const looksPhone = /phone|mobile|msisdn|\btel\b/iu;

/** Gathers what all values of one field look like. Memory is that of at most 1,000 different values. */
export class FieldProfiler {
  readonly #name: string;
  readonly #column: ColumnProfile;
  #filled = 0;
  #lists = 0;
  #structures = 0;

  constructor(name: string) {
    this.#name = name;
    this.#column = new ColumnProfile(looksDated.test(name));
  }

  add(value: Json | undefined): void {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return;
    this.#filled += 1;
    if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) this.#lists += 1;
    else if (typeof value === 'object') this.#structures += 1;
    this.#column.add(typeof value === 'object' ? JSON.stringify(value) : String(value), true);
  }

  /** The field with its declared type, or, without one, with the type that its values tell. */
  field(records: number, declared: CatalogField | null): { readonly field: CatalogField; readonly conflict: string | null } {
    if (declared !== null) return { field: { ...declared, profile: this.#column.profile(records, 1) }, conflict: null };
    const { type, confidence, conflict, format } = this.#inferred(records);
    const label = this.#name.replace(/^attr\./u, '');
    return { conflict, field: { name: this.#name, label, type, required: false, readonly: true, custom: true, ...(format === null ? {} : { format }), profile: this.#column.profile(records, confidence) } };
  }

  #inferred(records: number): { readonly type: FieldType; readonly confidence: number; readonly conflict: string | null; readonly format: ValueFormat | null } {
    const all = this.#filled;
    if (this.#structures > 0) return { type: 'json', confidence: this.#structures / all, conflict: this.#structures < all ? `${this.#structures} of ${all} values are structures, the others are not` : null, format: null };
    if (this.#lists > 0) return this.#lists === all ? { type: 'multiSelection', confidence: 1, conflict: null, format: null } : { type: 'json', confidence: this.#lists / all, conflict: `${this.#lists} of ${all} values are lists, the others are not`, format: null };
    const tally = this.#column.tally();
    const known = [...this.#column.knownValues()].length;
    const inferred = inferType(tally, { rows: records, distinct: known, distinctExact: known < 1000, phoneHeader: looksPhone.test(this.#name) });
    // Text with commas is no list here: lists of Customer.io are JSON.
    const type: FieldType = inferred.type === 'multiSelection' ? (tally.long > 0 ? 'longText' : 'text') : inferred.type;
    const dates = decideDateOrder(tally);
    if (type === 'date' || type === 'datetime') {
      if (dates.state !== 'decided') return { type: 'text', confidence: 1, conflict: 'the values are dates, and whether day or month stands first cannot be told', format: null };
      return { type, confidence: 1, conflict: null, format: { kind: 'date', order: dates.value, zone: dates.value.startsWith('epoch') ? 'UTC' : null } };
    }
    const decimal = decideDecimal(tally);
    const numeric = type === 'integer' || type === 'decimal' || type === 'money';
    return { type, confidence: inferred.confidence, conflict: conflictIn(type, tally, all), format: numeric && decimal.state === 'decided' ? { kind: 'number', decimal: decimal.value, unit: null } : null };
  }
}

/** Text of which most values are of one type: somebody sent the others by mistake. */
function conflictIn(type: FieldType, tally: ReturnType<ColumnProfile['tally']>, all: number): string | null {
  if (type !== 'text' && type !== 'selection' && type !== 'longText') return null;
  for (const [what, count] of [['dates', tally.datesAny], ['numbers', tally.numbersAny], ['yes or no', tally.booleans], ['e-mail addresses', tally.emails]] as const) {
    if (count >= all * 0.5 && count < all) return `${count} of ${all} values are ${what}, the others are not`;
  }
  return null;
}
