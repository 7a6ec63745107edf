import type { CatalogField } from '../../connector/catalog.ts';
import type { FieldLine, Mapping, SchemaLine } from '../../plan/plan.ts';
import { customFieldName } from '../../proposal/custom-field-name.ts';
import { alternativesOf } from '../../proposal/place-unknown-fields.ts';
import { percent, reasonToLeaveOut, typedAttribute } from './attribute-types.ts';
import { byRoute, objectOf, sourceField, type RouteInput } from './lines.ts';
import { leastFor } from './places.ts';
import { rareBelow } from './shaping.ts';

type Kind = keyof RouteInput['places'];

/** The lines of attributes that found a field of partners or leads. */
export function placedLines(input: RouteInput, of: Kind): readonly FieldLine[] {
  return [...input.places[of].values()].flatMap(({ line }) => (line === null ? [] : [{ ...line, whenMissing: 'empty' as const }]));
}

/** The attribute that fills a field of partners; null = none does. */
export function attributeFor(input: RouteInput, of: Kind, to: string): string | null {
  return [...input.places[of].values()].flatMap(({ line }) => (line?.to === to && typeof line.from === 'string' ? [line.from] : []))[0] ?? null;
}

/** An attribute with how sure its meaning is and why, for lines that the route makes itself. */
export interface Meant { readonly from: string; readonly judged: Pick<FieldLine, 'status' | 'confidence' | 'reason' | 'evidence' | 'alternatives'> }

/** Attributes that mean a field of partners, the surest first and of equally sure ones the one that most records have; `meaning`: only those that mean this idea. */
export function attributesMeaning(input: RouteInput, of: Kind, to: string, meaning?: string): readonly Meant[] {
  const found = [...input.places[of]].flatMap(([name, { match }]) => {
    const field = sourceField(input, of === 'object' ? 'object' : 'person', name);
    return field === undefined || match?.target !== to || match.confidence < leastFor(field, to) || (meaning !== undefined && match.meaning !== meaning) ? [] : [{ field, match }];
  });
  const filled = (field: CatalogField): number => field.profile?.filled ?? 0;
  return found.toSorted((left, right) => right.match.confidence - left.match.confidence || filled(right.field) - filled(left.field)).map(({ field, match }) => ({
    from: field.name, judged: { status: 'proposed', confidence: match.confidence, reason: sentence(match.reasons.join('; ')), evidence: field.profile?.samples.slice(0, 3) ?? [], ...alternativesOf(match) },
  }));
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

interface AttributeFields { readonly lines: readonly FieldLine[]; readonly leftOut: Mapping['leftOut']; readonly schema: readonly SchemaLine[] }

/** CO-09: every attribute that no line reads becomes a typed field; rare ones and those of Customer.io itself stay in the complete attributes. */
export function attributeFields(input: RouteInput, params: Readonly<{ object: 'person' | 'object'; read: ReadonlySet<string>; taken: Set<string> }>): AttributeFields {
  const { object, read, taken } = params;
  const [lines, leftOut, schema]: [FieldLine[], Mapping['leftOut'], SchemaLine[]] = [[], [], []];
  for (const field of objectOf(input.source, object)?.fields ?? []) {
    if (!field.name.startsWith('attr.') || read.has(field.name)) continue;
    const reason = reasonToLeaveOut(field, object, rareBelow(input));
    if (reason !== null) {
      leftOut.push({ from: field.name, ...byRoute(reason) });
      continue;
    }
    const place = input.places[object].get(field.name);
    const { type, transforms, confidence } = typedAttribute(field);
    const name = customFieldName({ prefix: 'x_', header: field.name.replace(/^attr\./u, ''), taken });
    taken.add(name);
    const why = place === undefined || place.why === '' ? '' : ` A field of its own, because: ${place.why}.`;
    const judged = { status: 'proposed' as const, confidence: Math.min(confidence, place?.noneConfidence ?? 1), reason: `Attribute of ${percent(field.profile?.filled ?? 0)} of the records; ${percent(field.profile?.typeConfidence ?? 0)} of the values read as ${field.type}.${why}`, ...(field.profile === undefined ? {} : { evidence: field.profile.samples.slice(0, 3) }) };
    lines.push({ to: name, from: field.name, transforms, whenMissing: 'empty', ...judged, ...alternativesOf(place?.match ?? null) });
    schema.push({ object: 'res.partner', name, label: field.label, type, source: `${object}.${field.name}`, help: `Attribute "${field.label}" of Customer.io.`, ...judged });
  }
  return { lines, leftOut, schema };
}

/** Values of an attribute, where there are at most 50 different ones. */
export function valuesOf(input: RouteInput, object: string, name: string): readonly string[] {
  return (sourceField(input, object, name)?.profile?.values ?? []).map(({ value }) => value);
}
