import type { CatalogField, CatalogNote, CatalogObject, CatalogQuestion, FieldType, ValueFormat } from '../../connector/catalog.ts';
import { decideDateOrder, decideDecimal, unitsOf, type FormatDecision } from '../../connector/kit/values/column-type.ts';
import type { ColumnTally } from '../../connector/kit/values/column-profile.ts';
import { readDate, type DateOrder } from '../../connector/kit/values/date-values.ts';
import { readNumber } from '../../connector/kit/values/number-values.ts';
import { repairDoubleEncoding } from '../../connector/kit/values/double-encoding.ts';
import { foldHeader } from '../../connector/kit/tables/header-names.ts';
import { doubleEncodingQuestion } from './record.ts';
import type { Computed } from './computed.ts';
import type { ObjectScan, ScannedField } from './scan.ts';

export interface DescribedObject { readonly object: CatalogObject; readonly questions: readonly CatalogQuestion[]; readonly notes: readonly CatalogNote[] }

/** Columns that InStream computes ("intelligent columns"): kept as text at most, never as stored truth. */
const computedColumns = new Set(['next follow up', 'last meeting date', 'last meeting', 'last communication', 'last communication date', 'days in current status', 'inactive', 'inactive days', 'author of last communication', 'creator',
  'nastepny follow up', 'ostatnie spotkanie', 'data ostatniego spotkania', 'ostatnia komunikacja', 'data ostatniej komunikacji', 'dni w biezacym statusie', 'nieaktywny dni', 'autor ostatniej komunikacji', 'tworca'].map(foldHeader));

interface Shape { readonly type: FieldType; readonly confidence: number; readonly format: ValueFormat | null; readonly question: CatalogQuestion | null }

const plainShape = (type: FieldType, confidence: number): Shape => ({ type, confidence, format: null, question: null });

/**
 * The order of a column's dates. Where some values begin with the year (mail, calendars) and others do not, the others decide:
 * a year in front is read in any order.
 */
function dateOrder(tally: ColumnTally): FormatDecision<DateOrder> {
  const iso = tally.dates.get('iso') ?? 0;
  const others = new Map([...tally.dates].filter(([order]) => order !== 'iso'));
  if (iso === 0 || others.size === 0) return decideDateOrder(tally);
  const rest = decideDateOrder({ ...tally, dates: others, datesAny: tally.datesAny - iso });
  if (rest.state === 'none') return decideDateOrder(tally);
  return { ...rest, agreeing: rest.agreeing + iso };
}

/** null = the values do not settle it. */
export function decidedDateOrder(tally: ColumnTally): DateOrder | null {
  const order = dateOrder(tally);
  return order.state === 'decided' ? order.value : null;
}

function dateShape(object: string, field: ScannedField, type: FieldType, zone: string | null): Shape {
  const tally = field.profile.tally();
  const order = dateOrder(tally);
  if (order.state === 'none' || tally.filled === 0) return plainShape(type, 0);
  const confidence = order.agreeing / tally.filled;
  if (order.state === 'decided') return { type, confidence, format: { kind: 'date', order: order.value, zone: type === 'datetime' ? zone : null }, question: null };
  const samples = field.profile.samples((value) => { const days = readDate(value, true)?.days; return days?.has('dmy') === true && days.has('mdy') && days.get('dmy') !== days.get('mdy'); }, 3);
  const fits = (side: 'dmy' | 'mdy'): string => `${samples.map((value) => `${value} → ${readDate(value, true)?.days.get(side) ?? 'no date'}`).join(', ')}; reads ${tally.dates.get(side) ?? 0} of ${tally.filled} values`;
  return {
    type, confidence, format: null,
    question: {
      id: `date-order:${object}:${field.name}`, question: `In which order does the column ${JSON.stringify(field.label)} (${object}) write its dates?`, recommendation: null, evidence: samples,
      options: [{ value: 'dmy', label: 'Day, month, year', effect: fits('dmy') }, { value: 'mdy', label: 'Month, day, year', effect: fits('mdy') }],
    },
  };
}

/** Numbers that mean something else without the sign beside them: of several currencies, or some of them thousands. */
function needsItsUnits(tally: ColumnTally): boolean {
  const units = unitsOf(tally);
  return units.length > 1 || units.some((unit) => unit.startsWith('TYS'));
}

function numberShape(object: string, field: ScannedField, type: FieldType): Shape {
  const tally = field.profile.tally();
  const sign = decideDecimal(tally);
  if (sign.state === 'none' || tally.filled === 0) return plainShape(type, 0);
  const confidence = sign.agreeing / tally.filled;
  if (sign.state === 'decided') return { type, confidence, format: { kind: 'number', decimal: sign.value, unit: unitsOf(tally)[0] ?? null }, question: null };
  const samples = field.profile.samples((value) => { const number = readNumber(value); return number !== null && !number.whole && number.point !== undefined && number.comma !== undefined; }, 3);
  const fits = (side: 'point' | 'comma'): string => `${samples.map((value) => `${value} → ${readNumber(value)?.[side] ?? 'no number'}`).join(', ')}; reads ${side === 'point' ? tally.numbersPoint : tally.numbersComma} of ${tally.filled} values`;
  return {
    type, confidence, format: null,
    question: {
      id: `number-format:${object}:${field.name}`, question: `Which sign stands before the decimals in the column ${JSON.stringify(field.label)} (${object})?`, recommendation: null, evidence: samples,
      options: [{ value: ',', label: 'Decimal comma', effect: fits('comma') }, { value: '.', label: 'Decimal point', effect: fits('point') }],
    },
  };
}

/** custom_fields.csv settles the type; the values settle what it leaves open (whole numbers, long text). */
function declaredType({ declared, inferred, profile }: ScannedField): FieldType {
  if (declared === null) return inferred.type;
  if (declared.nativeType === 'number' && inferred.type === 'integer') return 'integer';
  return declared.type === 'text' && profile.tally().long > 0 ? 'longText' : declared.type;
}

function shapeOf(object: string, field: ScannedField, zone: string | null): Shape {
  const { definition, declared, inferred, profile } = field;
  const tally = profile.tally();
  const type = definition === null ? declaredType(field) : definition.type === 'infer' ? inferred.type : definition.type;
  const share = (agreeing: number): number => (tally.filled === 0 ? 0 : agreeing / tally.filled);
  if (type === 'date' || type === 'datetime') return dateShape(object, field, type === 'date' && tally.datesWithTime > 0 && definition === null ? 'datetime' : type, zone);
  if (type === 'integer' || type === 'decimal' || type === 'money') return definition === null && needsItsUnits(tally) ? plainShape('text', 1) : numberShape(object, field, type);
  if (type === 'email') return plainShape(type, share(tally.emails));
  if (type === 'url') return plainShape(type, share(tally.urls));
  if (type === 'phone') return plainShape(type, share(tally.phones));
  if (definition === null && declared === null) return plainShape(type, inferred.confidence);
  return plainShape(type, tally.filled === 0 ? 0 : 1);
}

function describeField(scan: ObjectScan, field: ScannedField, shape: Shape, damaged: boolean): CatalogField {
  const profile = field.profile.profile(scan.records, shape.confidence);
  const maxLength = field.profile.tally().maxLength;
  const options = field.declared?.options.length ? field.declared.options : shape.type === 'selection' && field.definition === null ? profile.values?.map((entry) => entry.value) : undefined;
  const question = shape.question?.id ?? (damaged ? doubleEncodingQuestion(scan.object.name) : undefined);
  return {
    name: field.name, label: field.label, type: shape.type, ...(field.declared === null ? {} : { nativeType: field.declared.nativeType }),
    required: field.definition?.required ?? field.declared?.required ?? false, readonly: true, custom: field.definition === null,
    ...(field.definition === null && computedColumns.has(foldHeader(field.label)) ? { computed: true } : {}),
    ...(field.definition === null && field.declared === null ? { description: `type inferred: ${field.inferred.reason}` } : {}),
    ...(options === undefined ? {} : { options: options.map((value) => ({ value, label: value })) }),
    ...(field.definition?.relatedObject === undefined ? {} : { relatedObject: field.definition.relatedObject }),
    ...(maxLength === 0 ? {} : { maxLength }),
    ...(shape.format === null ? {} : { format: shape.format }), ...(question === undefined ? {} : { question }), ...(shape.type === 'binary' ? {} : { profile }),
  };
}

function withoutProfile(field: CatalogField): CatalogField {
  const { profile: _, ...rest } = field;
  return rest;
}

/** One object of the catalog, with the questions that its values leave open and notes on columns that do not fit their type. */
export function describeObject(scan: ObjectScan, zone: string | null, computed: Computed | null = null): DescribedObject {
  const questions: CatalogQuestion[] = [];
  const notes: CatalogNote[] = [];
  const fields: CatalogField[] = [];
  const damagedColumns: string[] = [];
  const evidence: string[] = [];
  for (const field of scan.fields.values()) {
    const tally = field.profile.tally();
    const shape = shapeOf(scan.object.name, field, zone);
    if (shape.question !== null) questions.push(shape.question);
    const damaged = tally.doubleEncoded > 0;
    if (damaged) {
      damagedColumns.push(field.label);
      evidence.push(...field.profile.examples('damaged').map((value) => `${value} → ${repairDoubleEncoding(value) ?? value}`));
    }
    fields.push(describeField(scan, field, shape, damaged));
    if (shape.type === 'phone' && tally.damagedPhones > 0) notes.push({ subject: scan.object.name, level: 'warning', code: 'damaged-phones', message: `column ${JSON.stringify(field.label)}: ${tally.damagedPhones} numbers such as 4,86E+10 were cut off by a spreadsheet program and cannot be recovered; export them again without opening the file in between`, details: { field: field.name, count: tally.damagedPhones } });
    if (field.definition === null && shape.type === 'text' && needsItsUnits(tally)) notes.push({ subject: scan.object.name, level: 'warning', code: 'mixed-units', message: `column ${JSON.stringify(field.label)}: its numbers stand beside ${unitsOf(tally).join(', ')} and mean something else without; kept as text`, details: { field: field.name } });
    if (field.definition?.type === 'money' && unitsOf(tally).length > 0) notes.push({ subject: scan.object.name, level: 'info', code: 'units-in-amounts', message: `column ${JSON.stringify(field.label)}: amounts are written with ${unitsOf(tally).join(', ')}`, details: { field: field.name, units: [...unitsOf(tally)] } });
    const kind = shape.type === 'date' || shape.type === 'datetime' ? 'date' : shape.type === 'integer' || shape.type === 'decimal' || shape.type === 'money' ? 'number' : null;
    if (kind !== null && tally.filled > 0 && shape.confidence < 1) {
      notes.push({ subject: scan.object.name, level: 'warning', code: 'values-do-not-fit', message: `column ${JSON.stringify(field.label)}: ${Math.round((1 - shape.confidence) * tally.filled)} of ${tally.filled} values are no ${kind} as the column writes them`, details: { field: field.name, examples: [...field.profile.examples(kind)] } });
    }
  }
  if (scan.fields.has('email') && !scan.fields.has('emails') && scan.object.columns.some((column) => column.name === 'emails')) {
    fields.push({ name: 'emails', label: 'Further e-mail addresses', type: 'multiSelection', required: false, readonly: true, custom: false, description: 'all addresses of an e-mail cell that holds several' });
  }
  if (damagedColumns.length > 0) {
    questions.push({
      id: doubleEncodingQuestion(scan.object.name), recommendation: 'repair', evidence: evidence.slice(0, 5),
      question: `Some ${scan.object.label.toLowerCase()} text was encoded twice (columns ${damagedColumns.join(', ')}). Repair it?`,
      options: [{ value: 'repair', label: 'Repair', effect: evidence.slice(0, 3).join(', ') }, { value: 'keep', label: 'Keep as written', effect: 'The damaged text is loaded as it stands.' }],
    });
  }
  for (const name of computed?.completed ?? []) {
    const at = fields.findIndex((one) => one.name === name);
    const field = fields[at];
    if (field !== undefined) fields[at] = withoutProfile(field);
  }
  for (const field of computed?.fields ?? []) {
    const at = fields.findIndex((one) => one.name === field.name);
    if (at < 0) fields.push(field);
    else fields[at] = { ...field, label: fields[at]?.label ?? field.label };
  }
  return { object: { name: scan.object.name, label: scan.object.label, count: scan.records, fields, rights: { read: true, create: false, update: false, delete: false } }, questions, notes };
}
