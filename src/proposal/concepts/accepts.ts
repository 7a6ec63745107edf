import { conceptIndex, objectKinds } from './concepts.ts';
import type { ObjectKind } from './concepts.ts';
import { kinships, knownFields } from './known-fields.ts';

/** That a field takes values of a meaning: how well (0..1), and whether several source fields may go there together. */
export interface Acceptance { readonly strength: number; readonly joins: boolean; readonly objects: readonly ObjectKind[] | null }
/** By meaning. Of several entries the one that fits the source's objects best counts. */
export type Accepts = ReadonlyMap<number, readonly Acceptance[]>;

function parseRow(row: string): Map<number, readonly Acceptance[]> {
  const accepts = new Map<number, readonly Acceptance[]>();
  for (const entry of row.split(' ').filter((part) => part !== '')) {
    const match = /^([a-z0-9-]+?)(?::([\d.]+))?(?:\^([a-z]+))?(\+)?$/.exec(entry);
    if (match?.[1] === undefined) throw new RangeError(`"${entry}" is not of the form meaning[:strength][^objects][+]`);
    const concept = conceptIndex(match[1]);
    accepts.set(concept, [...accepts.get(concept) ?? [], { strength: match[2] === undefined ? 1 : Number(match[2]), joins: match[4] === '+', objects: match[3] === undefined ? null : objectKinds.filter((kind) => match[3]?.includes(kind)) }]);
  }
  return accepts;
}

const rows = (text: string): readonly (readonly [string, string])[] => text.split('\n').filter((line) => line.includes('|')).map((line) => {
  const at = line.indexOf('|');
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()] as const;
});

const known = new Map(rows(knownFields).map(([field, row]) => [field, parseRow(row)]));
const kin = new Map(rows(kinships).map(([concept, row]) => [conceptIndex(concept), parseRow(row)]));

/** Objects whose fields are listed: `res.partner`, `contact`, … */
const knownObjects = [...new Set([...known.keys()].map((field) => /^(res\.partner|crm\.lead|helpdesk\.ticket|project\.task|[a-z]+)\./.exec(field)?.[1] ?? ''))];

/**
 * What a field of a well-known object takes, by the object's and the field's technical names, e.g. `crm.lead.email_from`;
 * a platform's name before it does not matter. null = not listed. An empty map = a field of the platform's own.
 */
export function knownAccepts(model: string, name: string): Accepts | null {
  const path = name.startsWith(`${model}.`) || model === '' ? name : `${model}.${name}`;
  for (const object of knownObjects) {
    const at = `.${path}`.indexOf(`.${object}.`);
    // `crm.lead` is one object; `lead.contact` is not the object `contact` unless it is the model itself.
    if (at < 0 || (!object.includes('.') && !(model === '' ? at <= path.indexOf('.') + 1 : model.endsWith(object)))) continue;
    const found = known.get(path.slice(at));
    if (found !== undefined) return found;
  }
  return null;
}

/** What a field takes whose own meaning is only probable: that meaning, and its kin at their strength. */
export function probableAccepts(meanings: readonly { readonly concept: number; readonly probability: number }[]): Accepts {
  const accepts = new Map<number, readonly [Acceptance]>();
  const put = (concept: number, strength: number, joins: boolean): void => {
    const before = accepts.get(concept);
    if (before === undefined || before[0].strength < strength) accepts.set(concept, [{ strength, joins, objects: null }]);
  };
  for (const { concept, probability } of meanings) {
    put(concept, probability, joining.has(concept));
    for (const [other, entries] of kin.get(concept) ?? []) for (const { strength, joins } of entries) put(other, strength * probability, joins);
  }
  return accepts;
}

// Several columns of tags or of notes go into one field without loss.
const joining = new Set(['tags', 'notes', 'lists', 'segment'].map(conceptIndex));

