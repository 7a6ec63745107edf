import type { CatalogField } from '../../../connector/catalog.ts';
import type { Json } from '../../../connector/json.ts';
import { cleanText } from './clean-text.ts';
import { canonicalHtml } from './canonical-html.ts';
import { decimalText } from './values-in.ts';

/**
 * The form in which Odoo would give a value back, by the field's type; both sides of a comparison go through it.
 * Odoo has no empty number (0) and no empty boolean (false); an empty text is no text.
 */
export function normaliseValue(field: CatalogField, value: Json): Json {
  switch (field.type) {
    case 'boolean':
      return value === true;
    case 'integer':
      return value === null ? (isIdColumn(field) ? null : 0) : Number(value);
    case 'decimal':
      return numberText(value, null);
    case 'money':
      return numberText(value, 2); // to the cent: Odoo rounds to the currency's digits
    case 'datetime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? `${new Date(value).toISOString().slice(0, 19)}Z` : null;
    case 'date':
      return typeof value === 'string' && value !== '' ? value.slice(0, 10) : null;
    case 'reference':
      return value === null || value === '' ? null : String(value);
    case 'references':
      return Array.isArray(value) ? [...new Set((value as readonly Json[]).map(String))].sort((left, right) => Number(left) - Number(right)) : [];
    case 'html':
      return value === null ? null : emptyToNull(canonicalHtml(cleanText(String(value))));
    case 'url':
      return value === null ? null : emptyToNull(withScheme(plainText(value), field));
    case 'json':
      return value;
    default:
      return value === null ? null : emptyToNull(plainText(value));
  }
}

function isIdColumn(field: CatalogField): boolean {
  return field.nativeType === 'many2one_reference';
}

function numberText(value: Json, digits: number | null): string {
  const number = value === null || value === '' ? 0 : Number(value);
  if (!Number.isFinite(number)) return String(value);
  const text = digits === null ? decimalText(number) : decimalText(Math.round((number + Math.sign(number) * Number.EPSILON) * 10 ** digits) / 10 ** digits);
  return text === '-0' ? '0' : text;
}

/** Line ends as LF, no characters that Odoo cannot hold, no blanks at the ends of the text. */
function plainText(value: Json): string {
  return cleanText(String(value)).trim();
}

/** res.partner and crm.lead put 'http://' before a website without scheme [14 17 18 19]. */
function withScheme(text: string, field: CatalogField): string {
  if (field.name !== 'website' || text === '' || /^[a-z][a-z0-9+.-]*:\/\//iu.test(text)) return text;
  return `http://${text}`;
}

function emptyToNull(text: string): string | null {
  return text === '' ? null : text;
}
