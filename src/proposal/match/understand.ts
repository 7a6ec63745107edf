import { knownAccepts, probableAccepts } from '../concepts/accepts.ts';
import type { Accepts } from '../concepts/accepts.ts';
import { conceptIndex } from '../concepts/concepts.ts';
import { evenShares, kindOfType, objectShares, recognise } from '../concepts/recognise.ts';
import type { ObjectShares, Recognition } from '../concepts/recognise.ts';
import { profileSamples } from '../values/profile-samples.ts';
import type { ValueProfile } from '../values/profile-samples.ts';
import type { MatchField, MatchSchema } from './schema.ts';
import { prepareTexts } from './similarity.ts';
import type { PreparedTexts } from './similarity.ts';

/** A field with all that can be said of it alone. */
export interface UnderstoodField {
  readonly field: MatchField;
  readonly profile: ValueProfile;
  readonly recognition: Recognition;
  readonly texts: PreparedTexts;
}

/** A destination field, and which meanings it takes. */
export interface UnderstoodTarget extends UnderstoodField {
  readonly accepts: Accepts;
  /** Listed by name among the well-known fields. */
  readonly known: boolean;
  /** Holds links to other records rather than values. */
  readonly links: boolean;
  /** Kinds of values that its type declares; null = says nothing. */
  readonly declared: readonly string[] | null;
}

/** Name and label; a technical path is read without the object before it (`crm.lead.email_from` → `email_from`). */
function textsOf(field: MatchField): readonly string[] {
  const bare = field.model !== '' && field.name.startsWith(`${field.model}.`) ? field.name.slice(field.model.length + 1) : field.name;
  return [...new Set([field.label, bare])];
}

/** Recognises every field: first by itself, then once more in the light of the object that all fields together make. */
export function understand(schema: MatchSchema, prior?: ObjectShares): { readonly fields: readonly UnderstoodField[]; readonly shares: ObjectShares } {
  const prepared = schema.fields.map((field) => ({ field, texts: textsOf(field), profile: profileSamples(field.samples.length > 0 ? field.samples : field.options), supports: new Map<number, number>() }));
  const first = prepared.map(({ field, texts, profile, supports }) => recognise({ texts, type: field.type, profile, shares: evenShares, supports }));
  const models = [...new Set(schema.fields.map(({ model }) => model).filter((model) => model !== ''))];
  const shares = objectShares({ recognitions: first, title: [schema.title, ...models].join(' '), names: schema.fields.flatMap(textsOf).slice(0, 400), prior });
  const fields = prepared.map(({ field, texts, profile, supports }) => ({ field, profile, texts: prepareTexts(texts), recognition: recognise({ texts, type: field.type, profile, shares, supports }) }));
  return { shares, fields: shares.p + shares.e > 0.4 ? completeNames(fields) : fields };
}

const [FIRST, LAST, FULL] = ['first-name', 'last-name', 'full-name'].map(conceptIndex) as [number, number, number];
const means = (field: UnderstoodField, concept: number): boolean => field.recognition.meanings.some((each) => each.concept === concept && each.probability > 0.45);

/** "Nom" beside "Prénom" is the last name, "Nombre" beside "Apellidos" the first: neighbours say which half of a name a bare "name" is. */
function completeNames(fields: readonly UnderstoodField[]): readonly UnderstoodField[] {
  const first = fields.some((field) => means(field, FIRST));
  const last = fields.some((field) => means(field, LAST));
  if (first === last) return fields;
  const missing = first ? LAST : FIRST;
  return fields.map((field) => {
    const { kinds, count } = field.profile;
    const whole = (kinds.get('person') ?? 0) > 0.3 || (kinds.get('company') ?? 0) > 0.5;
    if (!means(field, FULL) || (count > 0 && whole)) return field;
    const meanings = field.recognition.meanings.map((each) => (each.concept === FULL ? { ...each, concept: missing } : each));
    return { ...field, recognition: { ...field.recognition, meanings } };
  });
}

interface UnderstoodDestination { readonly targets: readonly UnderstoodTarget[]; readonly shares: ObjectShares }

/** A destination is read once, however many objects are matched with it. */
const destinations = new WeakMap<MatchSchema, UnderstoodDestination>();

/** The same for a destination. */
export function understandTargets(schema: MatchSchema): UnderstoodDestination {
  const known = destinations.get(schema);
  if (known !== undefined) return known;
  const { fields, shares } = understand(schema);
  const understood: UnderstoodDestination = {
    shares,
    targets: fields.map((field) => {
      const listed = knownAccepts(field.field.model, field.field.name);
      return { ...field, accepts: listed ?? probableAccepts(field.recognition.meanings), known: listed !== null, links: /many2one|many2many|one2many|array|reference|lookup/i.test(field.field.type), declared: kindOfType(field.field.type) };
    }),
  };
  destinations.set(schema, understood);
  return understood;
}
