import type { CatalogNote } from '../../connector/catalog.ts';
import type { JsonObject } from '../../connector/json.ts';
import { isEmailValue } from '../../connector/kit/values/value-kinds.ts';
import { opened } from './flatten-attributes.ts';
import { idText, objectIn } from './values.ts';

/** Longer than this is no line of a form any more. */
const LONG = 2000;
/** Longer properties make a note that nobody reads; they are kept whole. */
const OVERSIZE = 10_000;
const phoneName = /^(?:phone|phone_?number|telephone|mobile|mobile_?phone|msisdn)$/iu;

/** What the data quality pass looks for in people and events before anything is loaded. Memory: an address and an id for each record read. */
export class QualityPass {
  readonly #object: string;
  readonly #held = { emails: new Map<string, number>(), ids: new Map<string, number>() };
  readonly #counts = { malformedEmails: 0, malformedPhones: 0, oversize: 0 };
  readonly #nested = new Set<string>();
  readonly #long = new Map<string, number>();

  constructor(object: string) {
    this.#object = object;
  }

  add(data: JsonObject): void {
    if (this.#object === 'archive_event' || this.#object === 'event') {
      if (JSON.stringify(data['properties'] ?? null).length > OVERSIZE) this.#counts.oversize += 1;
      return;
    }
    if (this.#object !== 'person') return;
    const email = idText(data['email'])?.trim().toLowerCase() ?? '';
    if (email !== '') {
      this.#held.emails.set(email, (this.#held.emails.get(email) ?? 0) + 1);
      if (!isEmailValue(email)) this.#counts.malformedEmails += 1;
    }
    const id = idText(data['id'])?.trim().toLowerCase() ?? '';
    if (id !== '') this.#held.ids.set(id, (this.#held.ids.get(id) ?? 0) + 1);
    for (const [name, raw] of Object.entries(objectIn(data['attributes']))) {
      const value = opened(raw);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) this.#nested.add(name);
      if (typeof raw === 'string' && raw.length > LONG) this.#long.set(name, (this.#long.get(name) ?? 0) + 1);
      if (phoneName.test(name) && typeof raw === 'string' && raw.trim() !== '' && !isNumber(raw)) this.#counts.malformedPhones += 1;
    }
  }

  /** One note for each kind of finding. */
  notes(): readonly CatalogNote[] {
    const note = (code: string, records: number, message: string, level: CatalogNote['level'] = 'warning'): CatalogNote[] => (records === 0 ? [] : [{ subject: this.#object, level, code, message, details: { records } }]);
    const beyond = (held: ReadonlyMap<string, number>): number => [...held.values()].reduce((sum, count) => sum + count - 1, 0);
    const { malformedEmails, malformedPhones, oversize } = this.#counts;
    const [emails, ids] = [beyond(this.#held.emails), beyond(this.#held.ids)];
    return [
      ...note('duplicate-emails', emails, `${emails === 1 ? '1 person has' : `${emails} people have`} the e-mail address of another one; decision duplicates says what becomes of them.`), ...note('duplicate-ids', ids, `${ids === 1 ? '1 person has' : `${ids} people have`} the id of another one but for its case: both are kept, told apart by cio_id.`),
      ...note('malformed-emails', malformedEmails, `${malformedEmails === 1 ? '1 e-mail address is none: kept as it is written' : `${malformedEmails} e-mail addresses are none: kept as they are written`}, and nobody can be mailed there.`), ...note('malformed-phones', malformedPhones, `${malformedPhones === 1 ? '1 phone number is none: kept as it is written' : `${malformedPhones} phone numbers are none: kept as they are written`}; an opt-out of such a number waits in quarantine.`),
      ...note('nested-attributes', this.#nested.size, `${this.#nested.size === 1 ? '1 attribute holds' : `${this.#nested.size} attributes hold`} objects (${named(this.#nested)}): flattened with dots.`, 'info'),
      ...note('long-values', this.#long.size, `${this.#long.size === 1 ? '1 attribute has' : `${this.#long.size} attributes have`} values of more than ${LONG} characters (${named(this.#long.keys())}).`, 'info'), ...note('oversize-properties', oversize, `${oversize === 1 ? '1 event has' : `${oversize} events have`} properties of more than ${OVERSIZE} characters: kept whole, as JSON.`, 'info'),
    ];
  }
}

const named = (names: Iterable<string>): string => [...names].slice(0, 8).join(', ');

/** At least six digits, and nothing that is no part of a number. */
const isNumber = (text: string): boolean => /^\+?[\d\s()./-]+(?:\s*(?:x|ext\.?|wew\.?)\s*\d+)?$/iu.test(text.trim()) && text.replaceAll(/\D/gu, '').length >= 6;
