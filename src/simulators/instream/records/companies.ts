import { customColumn, customFields, customValue } from './custom-fields.ts';
import { dirtOf, hostile } from '../dirt.ts';
import { daysBefore, slug } from '../files/formats.ts';
import { ownerOf } from './owners.ts';
import { isChanged, joined, phoneNumber, typedTag } from '../world.ts';
import type { World } from '../world.ts';

/** One row by canonical column name; a missing column is an empty cell. */
export type Row = { [column: string]: string };

export const companyColumns = (world: World): readonly string[] => ['id', 'name', 'vat', 'website', 'domain', 'industry', 'employee_count', 'phone', 'email', 'street', 'zip', 'city',
  'state', 'country', 'linkedin_url', 'owner_email', 'tags', 'archived', 'description', 'created_at', 'updated_at', ...customFields(world, 'company').map(customColumn)];

/** Different for every index: the parts count up like digits. */
function plainName(world: World, index: number): string {
  const { companyStems, companyBranches, legalForms } = world.words;
  const stem = companyStems[index % companyStems.length] ?? '';
  const afterStem = Math.floor(index / companyStems.length);
  const branch = companyBranches[afterStem % companyBranches.length] ?? '';
  const round = Math.floor(afterStem / companyBranches.length);
  return `${stem} ${branch}${round > 0 ? ` ${round + 1}` : ''} ${legalForms[index % legalForms.length] ?? ''}`;
}

export function companyName(world: World, index: number): string {
  switch (dirtOf('companies', index, world.options.dirt)) {
    case 'homonym': return plainName(world, index === 0 ? 0 : index - 1);
    case 'script': return `${hostile.script} ${plainName(world, index)}`;
    case 'quotes-and-newlines': return `"${plainName(world, index)}", dawniej 'Stary' & Syn`;
    default: return plainName(world, index);
  }
}

export const companyId = (index: number): string => `c${index + 1}`;
export const companyDomain = (world: World, index: number): string => `${slug(plainName(world, index))}.example`;

/** A NIP with a right check digit, different for every index. */
export function vatNumber(index: number): string {
  const weights = [6, 5, 7, 2, 3, 4, 5, 6, 7];
  for (let step = 0; step < 9; step += 1) {
    const digits = String(100_000_000 + index * 10 + step);
    const check = weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0) % 11;
    if (check < 10) return digits + String(check);
  }
  throw new RangeError(`no NIP for company ${index}`);
}

export function companyRow(world: World, index: number): Row {
  const { words, formats } = world;
  const random = world.random('company', index);
  const dirt = dirtOf('companies', index, world.options.dirt);
  const [city, zip, state] = random.pick(words.cities);
  const created = 30 + random.below(1_400);
  const changed = isChanged(world, 'company', index);
  const row: Row = {
    id: companyId(index), name: companyName(world, index), vat: vatNumber(index),
    website: `https://www.${companyDomain(world, index)}`, domain: companyDomain(world, index),
    industry: dirt === 'formula' ? hostile.formula : random.pick(words.industries),
    employee_count: dirt === 'bad-number' ? (world.options.language === 'pl' ? 'dużo' : 'many') : String(1 + random.below(900)),
    phone: phoneNumber(world, random), email: `${world.options.language === 'pl' ? 'biuro' : 'office'}@${companyDomain(world, index)}`,
    street: `${random.pick(words.streets)} ${1 + random.below(150)}`, zip, city, state, country: words.country,
    linkedin_url: random.chance(0.3) ? `https://linkedin.example/company/${slug(plainName(world, index))}` : '',
    owner_email: ownerOf(world, random), tags: joined(world, Array.from({ length: random.below(3) }, () => typedTag(world, random))),
    archived: random.chance(0.02) ? formats.yes : formats.no,
    description: dirt === 'very-long' ? hostile.long(`${random.pick(words.noteSentences)} `) : random.chance(0.4) ? random.pick(words.noteSentences) : '',
    created_at: formats.dateTime(daysBefore(created)), updated_at: formats.dateTime(daysBefore(changed ? 0.5 : created * random.next())),
  };
  for (const field of customFields(world, 'company')) row[customColumn(field)] = customValue(world, field, random);
  if (changed) row['phone'] = phoneNumber(world, world.random('company after change', index));
  return row;
}
