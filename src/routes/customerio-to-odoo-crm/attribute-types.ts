import type { CatalogField, FieldType } from '../../connector/catalog.ts';
import type { TransformStep } from '../../plan/plan.ts';

/** Attributes that the route does not read itself: they tell what stands elsewhere already. */
const elsewhere: { readonly [name: string]: string } = {
  'attr.cio_id': 'Stands in x_customerio_id.', 'attr.id': 'Stands in the reference.', 'attr.email': 'Stands in the e-mail address.', 'attr.created_at': 'Stands in x_cio_created_at.', 'attr.unsubscribed': 'Stands in x_cio_unsubscribed and on the blacklist.',
};
const ownOfCustomerio = /^attr\._?cio_/u;
const ofObjects: { readonly [name: string]: string } = { 'attr.name': 'Stands in the name.', 'attr.cio_object_id': 'Stands in x_customerio_id, with the type.', 'attr.object_id': 'Stands in the reference.' };

/**
 * Why an attribute gets no field of its own; null = it gets one.
 * @param rareBelow share of the records that have it, 0..1, under which it stays in the complete attributes only
 */
export function reasonToLeaveOut(field: CatalogField, object: string, rareBelow: number): string | null {
  const filled = field.profile?.filled ?? 0;
  const known = elsewhere[field.name] ?? (object === 'object' ? ofObjects[field.name] : undefined);
  if (known !== undefined) return known;
  if (ownOfCustomerio.test(field.name)) return 'Kept by Customer.io itself; what it says of consent stands in fields of its own.';
  if (filled === 0) return 'Empty wherever it was looked at.';
  if (filled < rareBelow) return `Only ${percent(filled)} of the records have it, less than ${percent(rareBelow)} (decision rare-attributes): it stays in the complete attributes (x_cio_attributes).`;
  return null;
}

/** Odoo's whole numbers have 32 bits. */
const LARGEST = 2_147_483_647;

/** A type that not all values share falls back to text, which loses nothing. */
export function typedAttribute(field: CatalogField): { readonly type: FieldType; readonly transforms: TransformStep[]; readonly confidence: number } {
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

export const percent = (fraction: number): string => `${Math.floor(fraction * 1000) / 10} %`;
