import type { Catalog, CatalogField, CatalogObject, FieldType } from '../../connector/catalog.ts';
import type { FieldLine, Mapping, SchemaLine, TransformStep } from '../../plan/plan.ts';
import { customFieldName } from '../../proposal/custom-field-name.ts';
import { alternativesOf, placeUnknownFields } from '../../proposal/place-unknown-fields.ts';
import type { MatchGuide } from '../../proposal/match-guide.ts';
import type { Placement } from '../../proposal/place-unknown-fields.ts';
import { tagsOf, type Choices } from './choice-fields.ts';
import type { LineBuilder } from './line-builder.ts';
import { userColumn, whyText } from './user-columns.ts';
import { byRoute } from './line-builder.ts';

/** Below this share of values that agree with the inferred type, a person should look at the line. */
const SURE = 0.98;

/** The currency in which the destination keeps amounts, and the field of the object that says so. */
export interface CompanyCurrency { readonly code: string; readonly field: string }

interface CustomFields { readonly lines: readonly FieldLine[]; readonly leftOut: Mapping['leftOut']; readonly schema: readonly SchemaLine[] }

/** IO-11: fields of the export that Odoo has no place for become custom fields, typed from all their values. */
export function customFields(lines: LineBuilder, params: Readonly<{ sourceObject: string; destinationObject: string; taken: ReadonlySet<string>; made: readonly SchemaLine[]; objects?: { readonly source: CatalogObject; readonly destination: CatalogObject }; guide?: MatchGuide | undefined; currency?: CompanyCurrency | null; choices: Choices; users: Catalog }>): CustomFields {
  const taken = new Set(params.taken);
  const made: { shared: boolean; line: FieldLine; schema: SchemaLine }[] = [];
  const leftOut: Mapping['leftOut'] = [];
  const places = placesOf(lines, params.objects, params.guide);
  const placed: FieldLine[] = [];
  for (const field of lines.unused()) {
    if (field.computed === true) {
      leftOut.push({ from: field.name, ...byRoute('Computed by InStream at every look; not a stored truth.') });
      continue;
    }
    if ((field.profile?.filled ?? 0) === 0) {
      leftOut.push({ from: field.name, ...byRoute('Empty in every record.') });
      continue;
    }
    const place = places.get(field.name);
    if (place !== undefined && place.line !== null) {
      placed.push(place.line);
      continue;
    }
    const told = (place?.match?.told ?? []).map((words) => ` ${words.charAt(0).toUpperCase()}${words.slice(1)}.`).join('');
    const { type: read, transforms } = typed(lines, field);
    const { currency = null } = params;
    // Amounts in the currency of the company are money in Odoo; others are numbers, lest they be read in the wrong one.
    const money = read === 'decimal' && field.type === 'money' && currency !== null && isIn(currency, field);
    const wanted = money && !wasNumber(params.objects?.destination, field.label) ? 'money' : read;
    const linked = linkedAs(field, params);
    const type = linked?.type ?? wanted;
    // The same column on companies and contacts is one field of the partner.
    const shared = params.made.find((line) => line.object === params.destinationObject && line.label === field.label && line.type === type && line.type !== 'selection' && line.source?.endsWith(`.${field.name}`) === true);
    const name = shared?.name ?? customFieldName({ prefix: 'x_', header: field.name.replace(/^cf:/, ''), taken });
    taken.add(name);
    const confidence = field.type === 'unknown' ? 0 : field.profile?.typeConfidence ?? 0;
    const reason = confidence >= SURE
      ? `No field of Odoo corresponds; ${linked?.reason ?? `${percent(confidence)} of the filled values read as ${type}.`}${told}${linked === null ? whyText(field) : ''}`
      : `No field of Odoo corresponds; only ${percent(confidence)} of the filled values read as ${field.type}: kept as ${type}, please look.${told}`;
    const judged = { status: 'proposed' as const, confidence, reason, ...(field.profile === undefined ? {} : { evidence: field.profile.samples.slice(0, 3) }) };
    made.push({
      shared: shared !== undefined,
      line: { to: name, ...(linked?.line ?? { from: field.name, transforms }), ...judged, ...alternativesOf(place?.match ?? null) },
      schema: {
        object: params.destinationObject, name, label: field.label, type, source: `${params.sourceObject}.${field.name}`, help: `Column "${field.label}" of InStream.`, ...judged,
        ...(linked === null ? {} : { relatedObject: linked.relatedObject }),
        ...(type === 'money' && currency !== null ? { currencyField: currency.field } : {}),
        ...(type === 'selection' ? { options: (field.options ?? []).map((option) => ({ ...option })) } : {}),
      },
    });
  }
  return { lines: [...placed, ...made.map(({ line }) => line)], leftOut, schema: made.filter(({ shared }) => !shared).map(({ schema }) => schema) };
}

interface Linked { readonly type: 'reference' | 'references'; readonly relatedObject: string; readonly line: Partial<FieldLine>; readonly reason: string }

/** A column that leads to other records: choices to tags, co-workers to users. Null = it holds plain values. */
function linkedAs(field: CatalogField, params: Readonly<{ sourceObject: string; destinationObject: string; objects?: { readonly destination: CatalogObject }; choices: Choices; users: Catalog }>): Linked | null {
  const { sourceObject, destinationObject } = params;
  const choice = params.choices.of(sourceObject, field.name, destinationObject);
  if (choice !== null) {
    return { type: 'references', relatedObject: tagsOf[destinationObject] ?? '', line: { link: choice.link, through: [choice.through], whenMissing: 'quarantine' }, reason: 'several choices in a cell, each a tag of its own.' };
  }
  const made = params.objects?.destination.fields.find((one) => one.custom && one.label === field.label && (one.description ?? '').endsWith('of InStream.'));
  const user = made !== undefined && made.type !== 'reference' ? null : userColumn(field, params.users);
  return user === null ? null : {
    type: 'reference', relatedObject: 'res.users', reason: `every value is the ${user.by} of a user.`,
    line: { from: field.name, transforms: ['collapseSpaces'], lookup: { object: 'res.users', by: user.by, ignoreCase: true }, whenMissing: 'empty', loss: 'Who is no user of Odoo by then is left out.' },
  };
}

/** Columns that no line reads but that a field of the destination means: only filled custom columns, and only fields that no line fills. */
function placesOf(lines: LineBuilder, objects: { readonly source: CatalogObject; readonly destination: CatalogObject } | undefined, guide: MatchGuide | undefined): ReadonlyMap<string, Placement> {
  if (objects === undefined) return new Map();
  const fields = lines.unused().filter((field) => field.name.startsWith('cf:') && field.computed !== true && (field.profile?.filled ?? 0) > 0 && field.question === undefined);
  // Fields that people made in Odoo take the column of the same name; those of an earlier load have lines of their own.
  const named = new Set(objects.destination.fields.filter((field) => field.custom && !field.readonly && field.computed !== true && !/^x_(?:instream|portolan)_/.test(field.name) && !(field.description ?? '').endsWith('of InStream.')).map(({ name }) => name));
  return placeUnknownFields({ sourceObject: objects.source, destinationObject: objects.destination, fields, guide, named, taken: new Set(lines.lines.map(({ to }) => to)) });
}

/** An earlier load, of a version that knew no money, made a plain number for the column: it stays one. */
function wasNumber(destination: CatalogObject | undefined, label: string): boolean {
  return destination?.fields.some((field) => field.custom && field.type === 'decimal' && field.label === label && (field.description ?? '').endsWith('of InStream.')) === true;
}

/** Whether the values of a column name no other currency. */
function isIn(currency: CompanyCurrency, { format }: CatalogField): boolean {
  const unit = format?.kind === 'number' ? format.unit : null;
  return unit === null || unit.toUpperCase() === currency.code.toUpperCase(); // a sign such as "zł" stays a plain number
}

/** Type of the new field and how its values are read. A type that is not certain falls back to text, which loses nothing. */
function typed(lines: LineBuilder, field: CatalogField): { readonly type: FieldType; readonly transforms: TransformStep[] } {
  const certain = (field.profile?.typeConfidence ?? 0) >= 1 || field.question !== undefined;
  const text = { type: 'text' as const, transforms: ['trim'] };
  if (!certain) return text;
  switch (field.type) {
    case 'integer': return { type: 'integer', transforms: [lines.typed(field.name, 'integer')] };
    case 'decimal': case 'money': return { type: 'decimal', transforms: [lines.typed(field.name, 'number')] };
    case 'boolean': return { type: 'boolean', transforms: ['boolean'] };
    case 'date': return { type: 'date', transforms: [lines.typed(field.name, 'date')] };
    case 'datetime': return { type: 'datetime', transforms: [lines.typed(field.name, 'datetime')] };
    case 'longText': return { type: 'longText', transforms: ['trim'] };
    case 'selection': return field.options !== undefined && field.options.length > 0 ? { type: 'selection', transforms: ['trim'] } : text;
    case 'multiSelection': case 'references': return { type: 'text', transforms: [{ join: '; ' }] };
    default: return text;
  }
}

function percent(fraction: number): string {
  return `${Math.floor(fraction * 1000) / 10} %`;
}
