import type { CatalogField, FieldType } from '../../connector/catalog.ts';
import type { Json } from '../../connector/json.ts';
import { stepParts } from '../compiled/compile-step.ts';
import type { TransformStep } from '../plan.ts';
import { transformsByName } from '../transforms/registry.ts';
import type { ValueKind } from '../transforms/transform.ts';

const textual: readonly FieldType[] = ['text', 'longText', 'selection', 'email', 'phone', 'url'];
const anything: ReadonlySet<FieldType> = new Set<FieldType>(['json', 'unknown']);

/** Field types that take each kind of value as it is. */
const accepts: { readonly [kind in Exclude<ValueKind, 'any' | 'same'>]: readonly FieldType[] } = {
  text: [...textual, 'multiSelection', 'binary'],
  email: textual, phone: textual, url: textual,
  html: ['html', 'longText'],
  list: ['multiSelection', 'binary'], // several files
  integer: ['integer', 'decimal', 'money'],
  decimal: ['decimal', 'money', 'text', 'longText'],
  boolean: ['boolean'],
  date: ['date', 'text', 'longText'],
  datetime: ['datetime', 'text', 'longText'],
};

const remedies: { readonly [type in FieldType]?: string } = {
  html: 'Add the transform `textToHtml` (or `messageBody`).', integer: 'Add the transform `integer`.', decimal: 'Add the transform `number`.', money: 'Add the transform `number`.',
  boolean: 'Add the transform `boolean`.', date: 'Add the transform `date` with the order of the column.', datetime: 'Add the transform `datetime` with order and zone of the column.',
  reference: 'Use a `link`, or a `lookup` that finds the record by this value.', references: 'Use a `link` of many, or a `lookup` on a list.',
  multiSelection: 'Add the transform `split`.', text: 'Turn the value into text (`htmlToText`, `join`, `first`, `map`).',
};

/** Whether a field of the type takes such a value; null = yes, else what to do. */
export function kindTrouble(kind: ValueKind, type: FieldType): string | null {
  if (kind === 'any' || kind === 'same' || anything.has(type) || accepts[kind].includes(type)) return null;
  if (kind === 'list' && textual.includes(type)) return 'Add `first`, `nth` or `join`.';
  return remedies[type] ?? remedies.text ?? '';
}

/** The kind of a source field's raw values. Export files hold text, whatever type was inferred from it: then a format says how it is written. */
export function kindOfSource(field: CatalogField): ValueKind {
  if (field.format !== undefined || field.question !== undefined) return 'text';
  switch (field.type) {
    case 'text': case 'longText': case 'selection': return 'text';
    case 'email': case 'phone': case 'url': case 'html': return field.type;
    default: return 'any'; // typed values of an API, or text that the profile calls a number: only the transform tells
  }
}

export function kindOfConstant(value: Json): ValueKind {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'any';
  return 'any'; // text may be a date, an id, a decimal string
}

/** The kind of value after all steps. */
export function kindAfter(start: ValueKind, steps: readonly TransformStep[]): ValueKind {
  return steps.reduce<ValueKind>((kind, step) => {
    const transform = transformsByName.get(stepParts(step).name);
    if (!transform) return 'any';
    if (transform.output === 'same') return kind;
    return kind === 'list' && !transform.takesLists ? 'list' : transform.output;
  }, start);
}
