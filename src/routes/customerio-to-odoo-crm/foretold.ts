import { exactDistinct } from '../../connector/kit/values/column-profile.ts';
import type { Catalog } from '../../connector/catalog.ts';
import { listOf, objectOf, shareOf, type ObjectType } from './lines.ts';

/**
 * What an answer would come to, in counts, from what discovery measured and nothing else. Events of the API, relations and memberships are
 * counted by the run alone: reading them costs as much as the run itself.
 */
type Source = Readonly<{ source: Catalog }>;

const counted = (count: number, one: string, several = `${one}s`): string => `${count} ${count === 1 ? one : several}`;
const unknown = 'not known before the run';

/** Records of the archive of events; null = none was given. */
export const archivedEvents = ({ source }: Source): number | null => objectOf(source, 'archive_event')?.count ?? null;

/** How many notes or activities events become at most. @param atMost of those of the archive */
export function eventsForetold(input: Source, what: readonly [one: string, several: string], atMost = archivedEvents(input)): string {
  const fromApi = objectOf(input.source, 'event') === undefined ? null : atMost === null ? `How many ${what[1]}: ${unknown}, as the API counts no events.` : `How many the API's last 30 days add: ${unknown}.`;
  return [atMost === null ? null : `Of the archive at most ${counted(atMost, ...what)}: what is of nobody who is loaded stays behind.`, fromApi].filter((part) => part !== null).join(' ');
}

/** No more digests than people times days, nor than events; null = no archive. Distinct values beyond a thousand are not counted. */
export function digestsAtMost(input: Source): number | null {
  const events = archivedEvents(input);
  if (events === null) return null;
  const [people, days] = ['person_key', 'day'].map((name) => objectOf(input.source, 'archive_event')?.fields.find((field) => field.name === name)?.profile?.distinct ?? null);
  const isExact = (distinct: number | null | undefined): distinct is number => typeof distinct === 'number' && distinct < exactDistinct;
  return isExact(people) && isExact(days) ? Math.min(events, people * days) : events;
}

/** Objects of one type; null = not counted. */
export function objectsOfType({ source }: Source, type: string): number | null {
  const profile = objectOf(source, 'object')?.fields.find((field) => field.name === 'object_type_id')?.profile;
  return profile?.values === undefined ? null : profile.values.find(({ value }) => value === type)?.count ?? 0;
}

/** Objects of the types that become companies; null = not counted. */
export function companiesForetold(input: Source, companies: readonly ObjectType[]): number | null {
  const counts = companies.map(({ id }) => objectsOfType(input, id));
  return counts.some((count) => count === null) ? null : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** '4 companies', or that nobody counted them. */
export const companiesText = (count: number | null): string => (count === null ? `companies (how many: ${unknown})` : counted(count, 'company', 'companies'));

/** How many relations of people and objects there are, in a sentence. */
export function relationsForetold({ source }: Source): string {
  const relations = objectOf(source, 'relationship')?.count ?? null;
  return relations === null ? `How many people are related to one company, and how many to several: ${unknown}, which reads the relations.` : `There are ${counted(relations, 'relation')} to objects of all types; how many people have several: ${unknown}.`;
}

/** Of how many people each segment is, those that sound inactive first: as many as whoever chooses it in decision `inactive` makes inactive. */
export function inactiveForetold(input: Source, sleeping: readonly unknown[]): readonly string[] {
  const shown = 4;
  const segments = listOf(input.source, 'segment').toSorted((left, right) => Number(sleeping.includes(right)) - Number(sleeping.includes(left)));
  const rest = segments.length - shown;
  return [
    ...segments.slice(0, shown).map((row) => `members of "${String(row['name'])}": ${shareOf(input, row['members']) ?? unknown}`),
    ...(rest > 0 ? [`members of ${counted(rest, 'other segment')}: see the options of decision inactive`] : []),
  ];
}
