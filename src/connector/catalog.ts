import type { Json } from './json.ts';

/**
 * The type of a field in Portolan's own words; each connector translates its platform's types into these.
 * `money` and `decimal` values travel as decimal strings, `date` as `YYYY-MM-DD`,
 * `datetime` as ISO 8601 in UTC with a trailing `Z`, `reference` as a record id (string).
 */
export const fieldTypes = [
  'text', 'longText', 'html', 'integer', 'decimal', 'money', 'boolean', 'date', 'datetime',
  'selection', 'multiSelection', 'reference', 'references', 'email', 'phone', 'url', 'binary', 'json', 'unknown',
] as const;
export type FieldType = (typeof fieldTypes)[number];

/** What discovery found at one platform: the ground a plan stands on. */
export interface Catalog {
  readonly platform: string;
  readonly version: string | null; // null = the platform has no version (an export bundle)
  readonly edition: string | null;
  readonly objects: readonly CatalogObject[];
  /** Single facts by name that routes may ask for: `currency`, `leadsEnabled`, `languages`, … */
  readonly facts: { readonly [name: string]: Json };
  readonly limits: readonly { readonly name: string; readonly value: string }[];
  /** What reading found in general, e.g. one entry per file: encoding, delimiter, rows, rejected rows. */
  readonly notes: readonly CatalogNote[];
  /** What the connector could not decide and must never guess (a date order, a decimal separator). */
  readonly questions: readonly CatalogQuestion[];
}

/** One kind of record. */
export interface CatalogObject {
  readonly name: string; // 'contact', 'res.partner'
  readonly label: string;
  readonly count: number | null; // null = not counted
  readonly fields: readonly CatalogField[];
  readonly rights?: { readonly read: boolean; readonly create: boolean; readonly update: boolean; readonly delete: boolean };
}

export interface CatalogField {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly nativeType?: string; // the platform's own word: 'char', 'many2one'
  readonly required: boolean;
  readonly readonly: boolean;
  /** For a required field of a destination: whether the platform fills it where a new record leaves it out. Default: not known. */
  readonly hasDefault?: boolean;
  readonly custom: boolean;
  readonly computed?: boolean; // never migrated as stored truth
  readonly description?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly relatedObject?: string; // for references
  readonly maxLength?: number;
  /** How the values are written, where that was decided over the whole column. */
  readonly format?: ValueFormat;
  /** Id of the catalog question that must be answered before this field's values can be read. */
  readonly question?: string;
  readonly profile?: FieldProfile;
}

/** How a source writes dates and numbers: decided per column, never per value. */
export type ValueFormat =
  | { readonly kind: 'date'; readonly order: 'iso' | 'ymd' | 'dmy' | 'mdy' | 'epochSeconds' | 'epochMilliseconds' | 'excelSerial'; readonly zone: string | null }
  | { readonly kind: 'number'; readonly decimal: '.' | ','; readonly unit: string | null };

/** What all the values of one source field look like. Fractions are 0..1 of all records of the object. */
export interface FieldProfile {
  readonly filled: number; // fraction with a value
  readonly distinct: number; // exact up to 1,000, then a lower bound
  readonly samples: readonly string[]; // at most 5, as read
  readonly typeConfidence: number; // fraction of filled values that agree with `type`
  readonly values?: readonly { readonly value: string; readonly count: number }[]; // complete list when distinct <= 50
}

export interface CatalogNote {
  readonly subject: string; // a file name, an object name
  readonly level: 'info' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly details?: { readonly [name: string]: Json };
}

/** A question only a person may answer before reading: becomes a decision of the plan. */
export interface CatalogQuestion {
  readonly id: string; // stable, e.g. 'date-order:deals.csv:closed_at'
  readonly question: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly effect: string }[];
  readonly recommendation: string | null; // null = nothing speaks for either
  readonly evidence: readonly string[];
}
