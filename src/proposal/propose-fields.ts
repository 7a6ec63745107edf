import type { CatalogField, CatalogObject, FieldType } from '../connector/catalog.ts';
import type { FieldLine, Mapping, SchemaLine } from '../plan/plan.ts';
import { customFieldName } from './custom-field-name.ts';
import { matchNames } from './name-match.ts';
import { alternativesOf, placeUnknownFields } from './place-unknown-fields.ts';
import type { MatchGuide } from './match-guide.ts';
import type { NameMatch } from './name-match.ts';
import { valueWay } from './value-transforms.ts';
import { bareHeader } from './words/bare-header.ts';
import type { ValueWay } from './value-transforms.ts';

export interface ProposeFieldsParams {
  readonly sourceObject: CatalogObject;
  readonly destinationObject: CatalogObject;
  /** Per destination field: source names that are known to mean it. */
  readonly aliases: { readonly [to: string]: readonly string[] };
  /** Source fields that the route cares for itself (links, conditions, lines of its own). */
  readonly skip?: readonly string[];
  /** Destination fields that the route fills itself. */
  readonly taken?: readonly string[];
  /** Time zone of times written without one. Default: utc. */
  readonly zone?: string;
  /** What is laid over the matcher's answers: memory, advice. Left out = the matcher alone. */
  readonly guide?: MatchGuide | undefined;
  /** New fields for what has no counterpart; null = the destination has none: such fields are left out. */
  readonly custom: { readonly prefix: string; readonly types: readonly FieldType[] } | null;
}

export interface ProposedFields {
  readonly fields: readonly FieldLine[];
  readonly leftOut: Mapping['leftOut'];
  readonly schema: readonly SchemaLine[];
}

interface Candidate { readonly source: CatalogField; readonly destination: CatalogField; readonly match: NameMatch; readonly way: Extract<ValueWay, { fits: true }> }

// Under this share of agreeing values an inferred type is not trusted with a typed field: text loses nothing.
const sureType = 0.98;

/**
 * Proposes what becomes of every field of a source object: a line to a field of the same meaning (by exact, alias or
 * folded name, else by what header and values mean), a new field, or left out with the reason. Every field is answered for exactly once. Pure.
 */
export function proposeFields(params: ProposeFieldsParams): ProposedFields {
  const skip = new Set(params.skip);
  const open = params.sourceObject.fields.filter(({ name }) => !skip.has(name));
  const leftOut: Mapping['leftOut'] = [];
  const wanted: CatalogField[] = [];
  for (const field of open) {
    if (field.computed) leftOut.push({ from: field.name, ...judged(field, 1, 'Computed by the source at every look: no stored truth.') });
    else if (field.profile?.filled === 0) leftOut.push({ from: field.name, ...judged(field, 1, 'Empty in every record.') });
    else wanted.push(field);
  }
  const { matched, refused } = pair(wanted, params);
  const unnamed = wanted.filter(({ name }) => !matched.has(name));
  const placed = placeUnknownFields({ ...params, fields: unnamed, taken: new Set([...params.taken ?? [], ...[...matched.values()].map(({ destination }) => destination.name)]) });
  const fields = [...matched.values()].map(lineOf);
  const schema: SchemaLine[] = [];
  const names = new Set([...params.destinationObject.fields.map(({ name }) => name), ...params.taken ?? []]);
  for (const field of unnamed) {
    const place = placed.get(field.name);
    if (place?.line !== null && place?.line !== undefined) { fields.push(place.line); continue; }
    const why = refused.get(field.name) ?? (place?.why || 'no field of the same name or meaning');
    if (params.custom === null) {
      leftOut.push({ from: field.name, ...judged(field, 0.5, `The destination has no field for it (${why}) and cannot get new ones.`), loss: `Field "${field.label}" is not moved.` });
      continue;
    }
    const { line, schema: schemaLine } = newField(field, why, { ...params, custom: params.custom }, names);
    const made = { line: { ...line, ...alternativesOf(place?.match ?? null) }, schema: schemaLine };
    names.add(made.schema.name);
    fields.push(made.line);
    schema.push(made.schema);
  }
  return { fields, leftOut, schema };
}

/** Gives every destination field to the source field that fits best; each source field goes to one place. */
function pair(wanted: readonly CatalogField[], params: ProposeFieldsParams): { readonly matched: ReadonlyMap<string, Candidate>; readonly refused: ReadonlyMap<string, string> } {
  const taken = new Set(params.taken);
  const refused = new Map<string, string>();
  const candidates: Candidate[] = [];
  for (const source of wanted) {
    for (const destination of params.destinationObject.fields) {
      if (destination.readonly || destination.computed || taken.has(destination.name)) continue;
      const match = matchNames(source, destination, params.aliases[destination.name] ?? []);
      if (match === null) continue;
      const way = valueWay(source, destination, params.zone ?? 'utc');
      if (way.fits) candidates.push({ source, destination, match, way });
      else refused.set(source.name, `${destination.name} does not fit: ${way.why}`);
    }
  }
  const matched = new Map<string, Candidate>();
  for (const candidate of candidates.toSorted((left, right) => right.match.confidence - left.match.confidence)) {
    const { source, destination } = candidate;
    if (matched.has(source.name)) continue;
    if (taken.has(destination.name)) { refused.set(source.name, `${destination.name} is taken by another field`); continue; }
    matched.set(source.name, candidate);
    taken.add(destination.name);
  }
  return { matched, refused };
}

function lineOf({ source, destination, match, way }: Candidate): FieldLine {
  const reason = `${sentence(match.reason)}${way.note === null ? '' : ` ${sentence(way.note)}`}`;
  return { to: destination.name, from: source.name, transforms: way.transforms, ...judged(source, match.confidence * way.agreement, reason), ...(way.loss === null ? {} : { loss: way.loss }) };
}

function newField(field: CatalogField, why: string, { sourceObject, destinationObject, custom, zone = 'utc' }: ProposeFieldsParams & { readonly custom: NonNullable<ProposeFieldsParams['custom']> }, names: ReadonlySet<string>): { readonly line: FieldLine; readonly schema: SchemaLine } {
  const name = customFieldName({ prefix: custom.prefix, header: bareHeader(field.name), taken: names });
  const sure = (field.profile?.typeConfidence ?? 1) >= sureType;
  const options = field.type === 'selection' ? field.options ?? [] : [];
  const typed = sure && field.type !== 'unknown' && custom.types.includes(field.type) && (field.type !== 'selection' || options.length > 0);
  const type: FieldType = typed ? field.type : 'text';
  const way = type === 'selection' ? null : valueWay(field, { type }, zone);
  const reason = `New field, because: ${why}.${typed ? ` Its values read as ${type}.` : field.type === 'text' ? '' : ` Its values do not surely read as ${field.type}: kept as text.`}${way?.fits && way.note !== null ? ` ${sentence(way.note)}` : ''}`;
  const own = judged(field, typed || field.type === 'text' ? field.profile?.typeConfidence ?? 1 : 0.5, reason);
  return {
    line: { to: name, from: field.name, transforms: way?.fits ? way.transforms : ['trim'], ...own },
    schema: {
      object: destinationObject.name, name, label: field.label, type, source: `${sourceObject.name}.${field.name}`,
      ...(type === 'selection' ? { options: options.map(({ value, label }) => ({ value, label })) } : {}), ...own,
    },
  };
}

function judged(field: CatalogField, confidence: number, reason: string) {
  const evidence = field.profile?.samples.slice(0, 3) ?? [];
  return { status: 'proposed' as const, confidence: Math.round(confidence * 100) / 100, reason, ...(evidence.length > 0 ? { evidence } : {}) };
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
