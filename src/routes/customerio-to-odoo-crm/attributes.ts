import type { CatalogField, FieldType } from '../../connector/catalog.ts';
import type { FieldLine, Mapping, SchemaLine, TransformStep } from '../../plan/plan.ts';
import { customFieldName } from '../../proposal/custom-field-name.ts';
import { byRoute, objectOf, sourceField, type RouteInput } from './lines.ts';

/** Attributes that fewer people have than this stay in the complete attributes only. */
const RARE = 0.01;

/** What an attribute is to Odoo, by the names that people give such attributes (compared without case, spaces and underscores). */
const meanings = {
  name: ['name', 'fullname'], firstName: ['firstname', 'givenname'], lastName: ['lastname', 'surname', 'familyname'], phone: ['phone', 'phonenumber', 'telephone'], mobile: ['mobile', 'mobilephone', 'msisdn'],
  street: ['street', 'address.street', 'streetaddress'], zip: ['zip', 'zipcode', 'postalcode', 'postcode'], city: ['city', 'town'], country: ['country', 'countrycode'], jobTitle: ['jobtitle', 'title', 'position'],
  website: ['website', 'url', 'domain'], timezone: ['timezone'], language: ['language', 'locale', 'lang'], vat: ['vat', 'vatnumber', 'taxid'],
} as const;
export type Meaning = keyof typeof meanings;

const foldName = (name: string): string => name.replace(/^attr\./u, '').toLowerCase().replaceAll(/[\s_-]/gu, '');

/** The attribute of an object that means this, by its field name: the one most people have; null = none. */
export function attributeFor(input: RouteInput, object: string, meaning: Meaning): string | null {
  const wanted: readonly string[] = meanings[meaning];
  const found = (objectOf(input.source, object)?.fields ?? []).filter((field) => field.name.startsWith('attr.') && wanted.includes(foldName(field.name)) && (field.profile?.filled ?? 0) > 0);
  return found.toSorted((left, right) => (right.profile?.filled ?? 0) - (left.profile?.filled ?? 0) || (left.name < right.name ? -1 : 1))[0]?.name ?? null;
}

interface AttributeFields { readonly lines: readonly FieldLine[]; readonly leftOut: Mapping['leftOut']; readonly schema: readonly SchemaLine[] }

/** Attributes that the route does not read itself: they tell what stands elsewhere already. */
const elsewhere: { readonly [name: string]: string } = {
  'attr.cio_id': 'Stands in x_customerio_id.', 'attr.id': 'Stands in the reference.', 'attr.email': 'Stands in the e-mail address.', 'attr.created_at': 'Stands in x_cio_created_at.', 'attr.unsubscribed': 'Stands in x_cio_unsubscribed and on the blacklist.',
};
const ownOfCustomerio = /^attr\._?cio_/u;

/** CO-09: every attribute that no line reads becomes a typed field; rare ones and those of Customer.io itself stay in the complete attributes. */
export function attributeFields(input: RouteInput, params: Readonly<{ object: string; read: ReadonlySet<string>; taken: Set<string> }>): AttributeFields {
  const { object, read, taken } = params;
  const [lines, leftOut, schema]: [FieldLine[], Mapping['leftOut'], SchemaLine[]] = [[], [], []];
  for (const field of objectOf(input.source, object)?.fields ?? []) {
    if (!field.name.startsWith('attr.') || read.has(field.name)) continue;
    const reason = reasonToLeaveOut(field);
    if (reason !== null) {
      leftOut.push({ from: field.name, ...byRoute(reason) });
      continue;
    }
    const { type, transforms, confidence } = typed(field);
    const name = customFieldName({ prefix: 'x_', header: field.name.replace(/^attr\./u, ''), taken });
    taken.add(name);
    const judged = { status: 'proposed' as const, confidence, reason: `Attribute of ${percent(field.profile?.filled ?? 0)} of the records; ${percent(field.profile?.typeConfidence ?? 0)} of the values read as ${field.type}.`, ...(field.profile === undefined ? {} : { evidence: field.profile.samples.slice(0, 3) }) };
    lines.push({ to: name, from: field.name, transforms, whenMissing: 'empty', ...judged });
    schema.push({ object: 'res.partner', name, label: field.label, type, source: `${object}.${field.name}`, help: `Attribute "${field.label}" of Customer.io.`, ...judged });
  }
  return { lines, leftOut, schema };
}

function reasonToLeaveOut(field: CatalogField): string | null {
  const filled = field.profile?.filled ?? 0;
  if (elsewhere[field.name] !== undefined) return elsewhere[field.name] ?? null;
  if (ownOfCustomerio.test(field.name)) return 'Kept by Customer.io itself; what it says of consent stands in fields of its own.';
  if (filled === 0) return 'Empty wherever it was looked at.';
  if (filled < RARE) return `Only ${percent(filled)} of the records have it: it stays in the complete attributes (x_cio_attributes).`;
  return null;
}

/** Odoo's whole numbers have 32 bits. */
const LARGEST = 2_147_483_647;

/** A type that not all values share falls back to text, which loses nothing. */
function typed(field: CatalogField): { readonly type: FieldType; readonly transforms: TransformStep[]; readonly confidence: number } {
  const confidence = field.profile?.typeConfidence ?? 0;
  const text = { type: 'text' as const, transforms: ['trim'], confidence };
  if (field.type === 'json') return { type: 'longText', transforms: [{ join: '; ' }], confidence };
  if (field.type === 'multiSelection') return { type: 'text', transforms: [{ join: '; ' }], confidence };
  if (confidence < 1) return text;
  const decimal = field.format?.kind === 'number' ? { decimal: field.format.decimal } : {};
  const order = field.format?.kind === 'date' ? { order: field.format.order } : {};
  switch (field.type) {
    case 'integer': return (field.profile?.samples ?? []).some((sample) => Math.abs(Number(sample)) > LARGEST) ? text : { type: 'integer', transforms: [{ integer: { ...decimal, max: LARGEST } }], confidence };
    case 'decimal': case 'money': return { type: 'decimal', transforms: [{ number: decimal }], confidence };
    case 'boolean': return { type: 'boolean', transforms: ['boolean'], confidence };
    case 'date': return { type: 'date', transforms: [{ date: order }], confidence };
    case 'datetime': return { type: 'datetime', transforms: [{ datetime: order }], confidence };
    case 'longText': return { type: 'longText', transforms: ['trim'], confidence };
    default: return text;
  }
}

/** Values of an attribute, where there are at most 50 different ones. */
export function valuesOf(input: RouteInput, object: string, name: string): readonly string[] {
  return (sourceField(input, object, name)?.profile?.values ?? []).map(({ value }) => value);
}

const percent = (fraction: number): string => `${Math.floor(fraction * 1000) / 10} %`;
