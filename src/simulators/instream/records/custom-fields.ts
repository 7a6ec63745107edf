import { daysBefore, slug } from '../files/formats.ts';
import type { Random } from '../random.ts';
import { joined } from '../world.ts';
import type { World } from '../world.ts';

const customFieldTypes = ['text', 'number', 'currency', 'percent', 'date', 'single', 'multi', 'boolean'] as const;
type CustomFieldType = (typeof customFieldTypes)[number];

/** Companies carry four of the custom fields, contacts and deals all eight: the same label on two objects is two fields. */
const fieldsOf = { contact: customFieldTypes, deal: customFieldTypes, company: ['text', 'currency', 'single', 'boolean'] } as const satisfies { readonly [object: string]: readonly CustomFieldType[] };
type CustomisedObject = keyof typeof fieldsOf;
export const customisedObjects: readonly CustomisedObject[] = ['contact', 'company', 'deal'];

interface CustomField {
  readonly object: CustomisedObject;
  readonly key: string;
  readonly label: string;
  readonly type: CustomFieldType;
  readonly options: readonly string[];
}

const made = new WeakMap<World, Map<CustomisedObject, readonly CustomField[]>>();

/** The custom fields of an object; made once per world, since every row asks. */
export function customFields(world: World, object: CustomisedObject): readonly CustomField[] {
  const known = made.get(world) ?? new Map<CustomisedObject, readonly CustomField[]>();
  made.set(world, known);
  const fields = known.get(object) ?? makeFields(world, object);
  known.set(object, fields);
  return fields;
}

function makeFields(world: World, object: CustomisedObject): readonly CustomField[] {
  return fieldsOf[object].map((type) => {
    const label = world.words.customFields[type];
    const options = type === 'single' ? world.words.segments : type === 'multi' ? world.words.interests : [];
    return { object, key: slug(label).replaceAll('-', '_'), label, type, options };
  });
}

export const customColumn = (field: CustomField): string => `cf:${field.label}`;

/** One value in the bundle's own format; a quarter of the cells is empty. */
export function customValue(world: World, field: CustomField, random: Random): string {
  if (random.chance(0.25)) return '';
  const { formats, words } = world;
  switch (field.type) {
    case 'text': return random.pick(words.noteSentences);
    case 'number': return String(1 + random.below(400));
    case 'currency': return formats.decimal(random.below(50_000_000));
    case 'percent': return formats.percent(random.below(41));
    case 'date': return formats.date(daysBefore(random.below(1_500)));
    case 'single': return random.pick(words.segments);
    case 'multi': return joined(world, words.interests.filter(() => random.chance(0.4)));
    case 'boolean': return random.chance(0.6) ? formats.yes : formats.no;
  }
}
