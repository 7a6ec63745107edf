import { pick } from '../random.ts';
import { preferencesOf } from './consent.ts';
import { countryOf, createdAt, emailOf, facetsOf, firstName, identifiersOf, lastName, phoneOf, userIdOf, wasChanged } from './person.ts';
import { topics } from './topics.ts';
import { cities, companyWords, countryNames, languages, plans, timezones } from './words.ts';
import { daySeconds } from './world.ts';
import type { World } from './world.ts';

/** The value of one attribute of one person as the API writes it: always a text; null: the person has none. */
type Value = (world: World, index: number, drawn: number) => string | null;

const json = (value: unknown): string => JSON.stringify(value);
const iso = (seconds: number): string => new Date(seconds * 1_000).toISOString();
/** `value` for so many of a hundred. */
const for100 = (share: number, value: Value): Value => (world, index, drawn) => ((drawn >>> 16) % 100 < share ? value(world, index, drawn) : null);
const plan = (world: World, index: number): string => pick(plans, facetsOf(world, index).plan + (wasChanged(world, index) ? 1 : 0));
const lastSeen = (world: World, index: number, drawn: number): number => (facetsOf(world, index).isInactive ? world.anchor - (300 + drawn % 400) * daySeconds : world.anchor - drawn % (20 * daySeconds));

/** Names are free-form and keep their case; what is odd about each stands beside it. */
const named: { readonly [name: string]: Value } = {
  'first_name': firstName,
  'last_name': for100(95, lastName),
  'name': for100(20, (world, index) => `${firstName(world, index)} ${lastName(world, index)}`),
  'phone': phoneOf,
  'created_at': (world, index) => String(createdAt(world, index)),
  'unsubscribed': (world, index, drawn) => (facetsOf(world, index).isUnsubscribed ? pick(['true', 'TRUE', '1', 'true'], drawn) : drawn % 50 === 0 ? 'false' : null),
  'city': for100(90, (world, index, drawn) => (wasChanged(world, index) ? 'Újváros' : pick(cities, drawn))),
  'country': for100(92, (world, index, drawn) => (drawn % 10 === 0 ? pick(countryNames, facetsOf(world, index).country) : countryOf(world, index))), // code or name
  'timezone': for100(85, (world, index) => pick(timezones, facetsOf(world, index).country)),
  'language': for100(85, (world, index) => pick(languages, facetsOf(world, index).country)),
  'plan': plan,
  'Plan': for100(8, (world, index) => plan(world, index).toUpperCase()), // another attribute, by case alone
  'lead_status': (world, index, drawn) => (facetsOf(world, index).isLead ? pick(['new', 'qualified', 'Contacted'], drawn) : null),
  'lead_score': (world, index) => String(facetsOf(world, index).leadScore),
  'is_vip': (world, index, drawn) => (facetsOf(world, index).isVip ? pick(['true', '1', 'yes', 'TRUE'], drawn) : pick(['false', '0', 'no', ''], drawn)), // four spellings
  'age': for100(70, (_world, _index, drawn) => (drawn % 40 === 0 ? 'thirty' : drawn % 41 === 0 ? '' : String(18 + drawn % 60))), // numbers, words, nothing
  'mrr': for100(60, (_world, _index, drawn) => (drawn % 20 === 0 ? 'free' : drawn % 21 === 0 ? '1.234,50' : `${drawn % 900}.${String(drawn % 100).padStart(2, '0')}`)),
  'signup_date': for100(80, (world, index, drawn) => {
    const at = createdAt(world, index);
    return drawn % 15 === 0 ? iso(at).slice(0, 10).split('-').reverse().join('.') : drawn % 16 === 0 ? String(at) : iso(at).slice(0, 10);
  }),
  'last_seen': (world, index, drawn) => String(lastSeen(world, index, drawn) * (drawn % 25 === 0 ? 1_000 : 1)), // some in milliseconds
  'last_login_at': for100(50, (world, index, drawn) => iso(lastSeen(world, index, drawn))),
  'company_name': for100(55, (world, index) => pick(companyWords, index % world.sizes.companies)),
  'job_title': for100(50, (_world, _index, drawn) => pick(['Buyer', 'Head of Sales', 'Właściciel', 'CTO', 'Accountant'], drawn)),
  'address': for100(45, (world, index, drawn) => (drawn % 12 === 0 ? `${drawn % 90} High Street` : json({ street: `Lipowa ${drawn % 90}`, city: pick(cities, drawn), geo: { lat: 50 + (drawn % 1_000) / 1_000, lon: 18.25 }, country: countryOf(world, index) }))), // JSON or text
  'subscription': for100(65, (world, index, drawn) => json({ plan_name: plan(world, index), seats: 1 + drawn % 30, trial: drawn % 3 === 0, billing: { cycle: pick(['monthly', 'yearly'], drawn), currency: 'EUR', next_at: world.anchor + drawn % (30 * daySeconds) } })),
  'subscription.plan_name': for100(5, plan), // what flattening makes of the one above
  'subscription_plan_name': for100(4, plan), // and once more
  'tags': for100(50, (_world, _index, drawn) => (drawn % 9 === 0 ? 'beta, newsletter' : json(['beta', 'newsletter', 'Früh dabei', 'vip'].filter((_tag, at) => ((drawn >>> at) & 1) === 1)))), // JSON or commas
  'purchase_history': for100(30, (world, index, drawn) => json(Array.from({ length: 1 + drawn % 3 }, (_, at) => ({ sku: `SKU-${(drawn + at) % 500}`, price: 9.5 + at, at: createdAt(world, index) + at })))),
  'Favourite Colour': for100(20, (_world, _index, drawn) => pick(['teal', 'ochre', '=1+1', '"quoted", red'], drawn)),
  'język': for100(12, (world, index) => pick(languages, facetsOf(world, index).country)),
  'a_very_long_attribute_name_that_goes_on_well_beyond_the_sixty_three_bytes_of_a_column': for100(10, (_world, _index, drawn) => String(drawn)),
  'bio': for100(6, (_world, _index, drawn) => `<p onclick="alert(1)">Ærlig talt</p> ${'Likes long walks and longer sentences. '.repeat(1 + drawn % 80)}`),
  'referral_code_2019': (world, index) => (world.roll(topics.attribute, index, 200) === 0 ? `R-${index}` : null), // rare: one in 200
  'cio_subscription_preferences': (world, index) => {
    const preferences = preferencesOf(world, index);
    return preferences === null ? null : json({ topics: preferences });
  },
  '_cio_subscription_preferences_computed': (world, index) => {
    const preferences = preferencesOf(world, index);
    return preferences === null ? null : json({ topics: preferences, channels: { email: true } });
  },
};
const rows = Object.entries(named).map(([name, value], at) => ({ name, value, topic: topics.attribute + at }));

/** The further ones: numbers, texts and dates in turn, each with its own fill rate. */
function extra(world: World, index: number, at: number): string | null {
  const drawn = world.hash(topics.attribute + 500 + at, index);
  if (drawn % 100 >= 15 + (at * 13) % 80) return null;
  switch (at % 4) {
    case 0: return String(drawn % 10_000);
    case 1: return pick(['north', 'south', 'east', 'west'], drawn >>> 8);
    case 2: return iso(world.anchor - drawn % (900 * daySeconds));
    default: return drawn % 2 === 0 ? 'true' : 'false';
  }
}

const extraNames = ['visits', 'region', 'renewed_at', 'accepts_terms'] as const;
export const extraName = (at: number): string => `${pick(extraNames, at)}_${Math.floor(at / 4) + 1}`;

/** Every attribute of a person as the API gives it: name → text. */
export function attributesOf(world: World, index: number): { readonly [name: string]: string } {
  const attributes: { [name: string]: string } = world.unknowns.identifiersAmongAttributes ? textsOf({ ...identifiersOf(world, index) }) : {};
  for (const { name, value, topic } of rows) {
    const text = value(world, index, world.hash(topic, index));
    if (text !== null) attributes[name] = text;
  }
  for (let at = 0; at < world.sizes.extraAttributes; at += 1) {
    const text = extra(world, index, at);
    if (text !== null) attributes[extraName(at)] = text;
  }
  return attributes;
}

const textsOf = (given: { readonly [name: string]: string | null }): { [name: string]: string } => Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null));

/** One attribute, for filters: the identifiers are attributes there. */
export function attributeOf(world: World, index: number, name: string): string | null {
  if (name === 'email') return emailOf(world, index);
  if (name === 'id') return userIdOf(world, index);
  if (name === 'cio_id') return identifiersOf(world, index).cio_id;
  return attributesOf(world, index)[name] ?? null;
}

export interface Device { readonly id: string; readonly platform: 'ios' | 'android'; readonly last_used: number; readonly attributes: { readonly [name: string]: string } }

export function devicesOf(world: World, index: number): readonly Device[] {
  const drawn = world.hash(topics.devices, index);
  const count = drawn % 10 < 7 ? 0 : drawn % 10 < 9 ? 1 : 2;
  return Array.from({ length: count }, (_, at) => {
    const platform = pick(['ios', 'android'] as const, (drawn >>> 8) + at);
    return {
      id: `push-token-${index}-${at}`, platform, last_used: lastSeen(world, index, drawn),
      attributes: { _last_status: '', app_version: `4.${drawn % 20}`, device_model: platform === 'ios' ? 'Handset 12' : 'Slate 9', device_os: String(13 + drawn % 5), device_locale: 'en-GB', push_enabled: String((drawn >>> 4) % 3 !== 0) },
    };
  });
}

/** A person as `POST /v1/customers/attributes` gives it. */
export function profileOf(world: World, index: number): { readonly [name: string]: unknown } {
  const attributes = attributesOf(world, index);
  const identifiers = identifiersOf(world, index);
  const since = createdAt(world, index);
  const timestamps: { [name: string]: number } = {};
  for (const name of Object.keys(attributes)) timestamps[name] = since + name.length;
  return { id: identifiers.id ?? '', identifiers, attributes, timestamps, unsubscribed: facetsOf(world, index).isUnsubscribed, devices: devicesOf(world, index) };
}
