import type { Catalog, CatalogField, CatalogObject } from '../../connector/catalog.ts';
import { countryCodeOf } from '../../plan/values/countries.ts';
import type { MatchGuide } from '../../proposal/match-guide.ts';
import { placeUnknownFields } from '../../proposal/place-unknown-fields.ts';
import type { Placement, RouteWay } from '../../proposal/place-unknown-fields.ts';
import { proposeCountries } from '../../proposal/values-and-people/propose-countries.ts';
import { reasonToLeaveOut } from './attribute-types.ts';
import { isOwnField } from './lines.ts';

/** Where the attributes of one object could go, by the name of the attribute's field. */
export type Places = ReadonlyMap<string, Placement>;

export interface PlacesInput { readonly source: Catalog; readonly destination: Catalog; readonly region: string; readonly rareBelow: number; readonly guide?: MatchGuide | undefined }

/** Fields of partners and leads that take a value and do nothing else. Name, language and time zone have lines of their own. */
const address = ['phone', 'mobile', 'street', 'street2', 'zip', 'city', 'country_id', 'website', 'vat', 'comment'];
const placesOf = {
  person: { model: 'res.partner', fields: [...address, 'function', 'company_name'], taken: ['name', 'email', 'ref', 'is_company', 'active', 'type', 'parent_id'] },
  object: { model: 'res.partner', fields: [...address, 'email', 'company_registry'], taken: ['name', 'ref', 'is_company', 'active', 'type', 'parent_id'] },
  lead: { model: 'crm.lead', fields: ['partner_name', 'function', 'referred', 'priority', 'expected_revenue'], taken: ['name', 'contact_name', 'type', 'partner_id', 'user_id', 'email_from'] },
} as const;

/** What people call attributes whose place then needs less proof (compared without case, spaces and underscores). */
const wellKnown: { readonly [to: string]: readonly string[] } = {
  phone: ['phone', 'phonenumber', 'telephone'], mobile: ['mobile', 'mobilephone', 'msisdn'], street: ['street', 'address.street', 'streetaddress'], zip: ['zip', 'zipcode', 'postalcode', 'postcode'], city: ['city', 'town'],
  country_id: ['country', 'countrycode'], function: ['jobtitle', 'title', 'position'], website: ['website', 'url', 'domain'], vat: ['vat', 'vatnumber', 'taxid'], company_name: ['company', 'companyname'], partner_name: ['company', 'companyname'],
  name: ['name', 'fullname', 'firstname', 'givenname', 'lastname', 'surname', 'familyname'], tz: ['timezone'], lang: ['language', 'locale', 'lang'],
};
export const foldName = (name: string): string => name.replace(/^attr\./u, '').toLowerCase().replaceAll(/[\s_-]/gu, '');

/** Least confidence for an attribute to go to a field: little where its name is the usual one and nothing speaks against it. */
export const leastFor = (field: Pick<CatalogField, 'name'>, to: string): number => (wellKnown[to]?.includes(foldName(field.name)) === true ? 0.5 : 0.9);

/**
 * Puts the attributes of people or objects beside the fields of partners or leads: by header, values, neighbours, by what was
 * confirmed before and what a model said. Each field is filled by one attribute; the others say which. Pure.
 */
export function attributePlaces(input: PlacesInput, of: keyof typeof placesOf): Places {
  const { model, fields: listed, taken } = placesOf[of];
  const objectOf = (catalog: Catalog, name: string): CatalogObject | undefined => catalog.objects.find((object) => object.name === name);
  const [source, destination] = [objectOf(input.source, of === 'object' ? 'object' : 'person'), objectOf(input.destination, model)];
  if (source === undefined || destination === undefined) return new Map();
  const fields = source.fields.filter((field) => field.name.startsWith('attr.') && reasonToLeaveOut(field, source.name, input.rareBelow) === null);
  // The object's own address and name are context; what Customer.io keeps for itself is none.
  const context = source.fields.filter((field) => ['email', 'name'].includes(field.name) && !fields.some((each) => each.name === `attr.${field.name}`));
  const known = destination.fields.filter((field) => !(field.custom && (field.description ?? '').endsWith('of Customer.io.')) && !isOwnField(field.name));
  // Fields that people made in Odoo take what is called the same.
  const named = new Set(known.filter((field) => field.custom && !field.readonly && field.computed !== true).map(({ name }) => name));
  return placeUnknownFields({
    sourceObject: { ...source, fields: [...context, ...fields] }, guide: input.guide, fields, taken: new Set(taken), places: new Set([...listed, ...named]), named, least: leastFor, zone: 'UTC', destinationObject: { ...destination, fields: known },
    wayOf: (field, target) => routeWay(field, target, input.region),
  });
}

/** Lists and structures go to no single field; country names become codes, numbers of telephones the international form. */
function routeWay(field: CatalogField, target: CatalogField, region: string): RouteWay | undefined {
  const isText = ['text', 'longText', 'html', 'phone', 'url', 'email', 'reference'].includes(target.type);
  if (isText && ['json', 'multiSelection', 'references', 'boolean', 'binary'].includes(field.type)) return { fits: false, why: `its values are ${field.type}` };
  const as = (transforms: Extract<RouteWay, { fits: true }>['transforms']): RouteWay => ({ fits: true, transforms, note: null, agreement: 1, loss: null });
  switch (target.name) {
    case 'phone': case 'mobile': return as([{ phone: { region } }]);
    case 'street': case 'street2': case 'city': case 'function': case 'company_name': case 'partner_name': return as(['collapseSpaces']);
    case 'country_id': return countryWay(field);
    default: return undefined;
  }
}

/** Of what people write as a country, at least half must be one. */
const MOSTLY = 0.5;

function countryWay(field: CatalogField): RouteWay {
  const values = (field.profile?.values ?? field.profile?.samples.map((value) => ({ value, count: 1 })) ?? []);
  const near = proposeCountries(values.map(({ value }) => value));
  const taken = new Map(near.map(({ value, code }) => [value, code]));
  const unknown = values.filter(({ value }) => countryCodeOf(value) === null && !taken.has(value));
  const total = values.reduce((sum, { count }) => sum + count, 0);
  if (total === 0 || unknown.reduce((sum, { count }) => sum + count, 0) > total * MOSTLY) return { fits: false, why: 'most of its values name no country' };
  const words = near.slice(0, 8).map(({ value, code, probability, reason }) => `"${value}" is taken as ${code} (${Math.round(probability * 100)} %: ${reason})`);
  const lost = unknown.slice(0, 5).map(({ value }) => `"${value}"`).join(', ');
  return {
    fits: true, transforms: [...(near.length === 0 ? [] : [{ map: { values: Object.fromEntries(taken), keep: true } }]), 'countryCode'], lookup: { object: 'res.country', by: 'code', ignoreCase: true }, agreement: Math.min(1, ...near.map(({ probability }) => probability)),
    note: ['country by its ISO code, names are known in five languages', ...words].join('; '), loss: unknown.length === 0 ? 'Text that names no country; it stays in x_cio_attributes.' : `Text that names no country (${lost}); it stays in x_cio_attributes.`,
  };
}
