import { companyDomain, companyId, companyName } from './companies.ts';
import type { Row } from './companies.ts';
import { customColumn, customFields, customValue } from './custom-fields.ts';
import { dirtOf, hostile } from '../dirt.ts';
import { daysBefore, slug } from '../files/formats.ts';
import { listsOfContact } from './lists.ts';
import { ownerOf } from './owners.ts';
import { isChanged, joined, phoneNumber, typedTag } from '../world.ts';
import type { World } from '../world.ts';

export const contactColumns = (world: World): readonly string[] => ['id', 'first_name', 'last_name', 'full_name', 'email', 'phone', 'mobile', 'job_title', 'company_id', 'company_name',
  'street', 'zip', 'city', 'state', 'country', 'website', 'linkedin_url', 'twitter_url', 'facebook_url', 'owner_email', 'tags', 'lists', 'source', 'birthday', 'archived',
  'description', 'created_at', 'updated_at', ...customFields(world, 'contact').map(customColumn)];

/** What other records need to know of a contact. */
export interface Person {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  /** As written in the bundle, dirt included. */
  readonly email: string;
  /** Row of companies.csv, or null. */
  readonly company: number | null;
  readonly companyName: string;
}

export const contactId = (index: number): string => `p${index + 1}`;

function emailOf(world: World, index: number, first: string, last: string, domain: string): string {
  const plain = `${slug(first)}.${slug(last)}.${(index + 1).toString(36)}@${domain}`;
  switch (dirtOf('contacts', index, world.options.dirt)) {
    case 'no-email': return '';
    case 'bad-email': return plain.replace('@', '(at)');
    case 'spaced-email': return ` ${plain.toUpperCase()} `;
    // InStream makes up an address for people without one; none of these has a dot in its domain
    case 'dummy-email': return [`x${index}k9q2@z${index}w7`, `${slug(first)}${index}@brak`, `noemail${index}@noemail`][index % 3] ?? '';
    default: return plain;
  }
}

export function personAt(world: World, index: number): Person {
  const { words, options } = world;
  const random = world.random('person', index);
  const woman = random.chance(0.5);
  const firstName = random.pick(woman ? words.womenFirstNames : words.menFirstNames);
  const lastName = random.pick(words.surnames)[woman ? 1 : 0];
  const lot = random.next();
  const company = options.companies > 0 && lot < 0.7 ? random.below(options.companies) : null;
  const onlyNamed = company === null && lot >= 0.7 && lot < 0.78;
  const companyText = company !== null ? companyName(world, company)
    : onlyNamed ? `${options.language === 'pl' ? 'Pracownia' : 'Studio'} ${random.pick(words.surnames)[0]} ${1 + random.below(Math.ceil(options.contacts / 25))}` : '';
  const domain = company !== null ? companyDomain(world, company) : random.pick(['poczta.example.com', 'mail.example.org', 'home.test']);
  return { id: contactId(index), firstName, lastName, company, companyName: companyText, email: emailOf(world, index, firstName, lastName, domain) };
}

export function contactRow(world: World, index: number): Row {
  const { words, formats, encoder } = world;
  const person = personAt(world, index);
  const random = world.random('contact', index);
  const dirt = dirtOf('contacts', index, world.options.dirt);
  const nameless = dirt === 'no-name';
  const lastName = dirt === 'script' ? `${person.lastName}${hostile.script}` : dirt === 'right-to-left' && encoder.unicode ? hostile.rightToLeft : person.lastName;
  const [city, zip, state] = random.pick(words.cities);
  const created = 20 + random.below(1_400);
  const changed = isChanged(world, 'contact', index);
  const social = (host: string, share: number): string => (random.chance(share) ? `https://${host}.example/${slug(person.firstName)}-${index + 1}` : '');
  const row: Row = {
    id: person.id, first_name: nameless ? '' : person.firstName, last_name: nameless ? '' : lastName, full_name: nameless ? '' : `${person.firstName} ${lastName}`,
    email: person.email, phone: random.chance(0.8) ? phoneNumber(world, random) : '', mobile: random.chance(0.4) ? phoneNumber(world, random) : '',
    job_title: dirt === 'formula' ? hostile.formula : random.pick(words.jobTitles),
    company_id: person.company === null ? '' : companyId(person.company), company_name: person.companyName,
    street: dirt === 'quotes-and-newlines' ? hostile.quotesAndNewlines : random.chance(0.6) ? `${random.pick(words.streets)} ${1 + random.below(150)}` : '',
    zip, city, state, country: words.country, website: '',
    linkedin_url: social('linkedin', 0.3), twitter_url: social('twitter', 0.15), facebook_url: social('facebook', 0.15),
    owner_email: ownerOf(world, random), tags: joined(world, Array.from({ length: random.below(4) }, () => typedTag(world, random))),
    lists: joined(world, listsOfContact(world, index)), source: random.pick(words.sources),
    birthday: dirt === 'bad-date' ? '31.02.1985' : random.chance(0.3) ? formats.date(daysBefore(7_500 + random.below(15_000))) : '',
    archived: random.chance(0.03) ? formats.yes : formats.no,
    description: dirt === 'very-long' ? hostile.long(`${random.pick(words.noteSentences)} `) : dirt === 'nul-byte' ? 'a\u0000b' : random.chance(0.3) ? random.pick(words.noteSentences) : '',
    created_at: formats.dateTime(daysBefore(created)), updated_at: formats.dateTime(daysBefore(changed ? 0.5 : created * random.next())),
  };
  for (const field of customFields(world, 'contact')) row[customColumn(field)] = customValue(world, field, random);
  if (changed) row['phone'] = phoneNumber(world, world.random('contact after change', index));
  return row;
}
