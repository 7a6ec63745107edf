import type { Condition, TransformStep } from '../../../plan/plan.ts';
import { proposeCountries } from '../../../proposal/values-and-people/propose-countries.ts';
import type { LineBuilder } from '../line-builder.ts';
import type { MappingInput } from '../mapping-input.ts';

/** Columns of an address. */
export const addressColumns = ['street', 'street2', 'zip', 'city', 'country', 'state'] as const;

/** Street to country, in the way partners and leads share. @param own where the address is the record's own; default: always */
export function addressLines(lines: LineBuilder, own?: Condition): void {
  const when = own === undefined ? {} : { when: own };
  lines.move('street', 'street', { transforms: ['collapseSpaces'], ...when, reason: 'Same field.' })
    .move('street2', 'street2', { transforms: ['collapseSpaces'], ...when, reason: 'Same field.' })
    .move('zip', 'zip', { transforms: ['trim'], ...when, reason: 'Kept as text with its zeros.' })
    .move('city', 'city', { transforms: ['collapseSpaces'], ...when, reason: 'Same field.' })
    .move('country', 'country_id', { ...countryReading(lines), ...when, whenMissing: 'empty', lookup: { object: 'res.country', by: 'code', ignoreCase: true } })
    .move('state', 'state_id', { transforms: ['collapseSpaces'], ...when, lookup: { object: 'res.country.state', by: 'name', ignoreCase: true, scope: { country_id: 'country_id' } }, whenMissing: 'empty', loss: 'States that Odoo does not list are left empty; the name is kept in x_instream_state.', reason: 'State by name within the country.' })
    .move('state', 'x_instream_state', { transforms: ['collapseSpaces'], reason: 'Odoo lists the states of few countries (none of Poland on 14): the name is kept.' });
}

/** How country names are read; spellings that are one letter off get their country, which a person should look at. */
function countryReading(lines: LineBuilder): { readonly transforms: TransformStep[]; readonly reason: string; readonly confidence?: number } {
  const reason = 'Country by its ISO code; names in English, Polish, German, French and Spanish are known.';
  const proposals = proposeCountries((lines.sourceField('country')?.profile?.values ?? []).map(({ value }) => value));
  if (proposals.length === 0) return { transforms: ['countryCode'], reason };
  const words = proposals.slice(0, 8).map(({ value, code, probability, reason: why }) => `"${value}" is taken as ${code} (${Math.round(probability * 100)} %: ${why})`);
  return { transforms: [{ map: { values: Object.fromEntries(proposals.map(({ value, code }) => [value, code])), keep: true } }, 'countryCode'], reason: `${reason} ${words.join('; ')}.`, confidence: Math.min(...proposals.map(({ probability }) => probability)) };
}

/** Phones and, where the version still has the field, mobile numbers (Odoo 19 dropped it: they go to their own field). */
export function phoneLines(lines: LineBuilder, input: MappingInput): void {
  const phone = { phone: { region: input.region } };
  lines.move('phone', 'phone', { transforms: [phone], whenMissing: 'empty', reason: 'International form where it can be told.' });
  if (lines.destinationField('mobile') !== undefined) lines.move('mobile', 'mobile', { transforms: [phone], whenMissing: 'empty', reason: 'International form where it can be told.' });
  else lines.move('mobile', 'x_instream_mobile', { transforms: [phone], whenMissing: 'empty', reason: 'This version of Odoo has no mobile field.' });
  lines.move('phones', 'x_instream_phones', { transforms: [{ join: '; ' }], reason: 'Further numbers; Odoo has one field.' });
}

/** Free text in a field that is plain text on Odoo 14 and HTML from 17 on: decided by the field itself. */
export function textLine(lines: LineBuilder, from: string, to: string): void {
  const html = lines.destinationField(to)?.type === 'html';
  lines.move(from, to, { transforms: html ? ['textToHtml'] : ['trim'], reason: html ? 'Escaped: plain text with "<" would be cut off in an HTML field.' : 'Plain text.' });
}

/** Social profiles: the addresses are all that can be kept. */
export function socialLines(lines: LineBuilder): void {
  for (const network of ['linkedin', 'twitter', 'facebook']) {
    lines.move(`${network}_url`, `x_instream_${network}`, { transforms: ['url'], whenMissing: 'empty', reason: 'Odoo has no field for social profiles.', loss: 'The live enrichment behind the profile is not stored in InStream and cannot be moved.' });
  }
  lines.move('other_social', 'x_instream_other_social', { transforms: [{ join: '; ' }], reason: 'Further profiles.' });
}

/** Owner and origin: the same for partners and leads. Tags and lists are put on afterwards, by mappings of their own. */
export function commonLines(lines: LineBuilder, input: MappingInput): void {
  lines.set('user_id', { link: 'owner', through: input.ownerMappings, whenMissing: 'empty', reason: 'The user with the owner\'s e-mail; without one the record stays unassigned, never with the user who loads.' }).use('owner_email');
  lines.move('owner_email', 'x_instream_owner', { transforms: ['email'], whenMissing: 'empty', reason: 'So that owners can be settled later without another load.' });
  lines.move('id', 'x_instream_id', { transforms: ['trim'], reason: 'Id in InStream.' });
  const created = lines.typed('created_at', 'datetime');
  lines.move('created_at', 'x_instream_created_at', { transforms: [created], whenMissing: 'empty', reason: 'Odoo sets its own creation date and ignores any other.' });
  lines.move('source', 'x_instream_source', { transforms: ['trim'], reason: 'Where the record came from.' });
  lines.use('updated_at', 'lists', 'tags');
}

/** Archived records arrive archived. */
export function archiveLine(lines: LineBuilder): void {
  if (lines.has('archived')) lines.move('archived', 'active', { transforms: [{ default: 'no' }, 'boolean', { map: { values: { true: false, false: true } } }], reason: 'Archived in InStream = archived in Odoo.' });
}
