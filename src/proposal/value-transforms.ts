import type { CatalogField, FieldType } from '../connector/catalog.ts';
import { fold } from '../plan/values/fold.ts';
import { proposeValueMap } from './values-and-people/propose-value-map.ts';
import type { TransformStep } from '../plan/plan.ts';

/** How values of one field get into another, or why they cannot. */
export type ValueWay =
  | { readonly fits: true; readonly transforms: TransformStep[]; readonly note: string | null; readonly agreement: number; readonly loss: string | null }
  | { readonly fits: false; readonly why: string };

/** Below this a pair of value and option is no better than none. */
const LEAST = 0.7;

const way = (transforms: TransformStep[], more: { readonly note?: string; readonly agreement?: number; readonly loss?: string } = {}): ValueWay =>
  ({ fits: true, transforms, note: more.note ?? null, agreement: more.agreement ?? 1, loss: more.loss ?? null });

/**
 * The transforms that take the values of a source field into a field of the given type. Orders of dates and decimal
 * signs come from the column's format; where discovery could not decide, from the decision that its question becomes.
 *
 * @param zone time zone of times written without one
 */
export function valueWay(source: CatalogField, destination: Pick<CatalogField, 'type' | 'options' | 'maxLength'>, zone: string): ValueWay {
  const agreement = source.profile === undefined ? 1 : source.profile.typeConfidence;
  switch (destination.type) {
    case 'text': case 'longText': return textWay(source, destination);
    case 'html': return source.type === 'html' ? way(['sanitizeHtml']) : way(['textToHtml']);
    case 'integer': case 'decimal': case 'money': return numberWay(source, destination.type, agreement);
    case 'boolean': return source.type === 'boolean' || source.type === 'unknown' ? way(['boolean'], { agreement }) : no(source, destination.type);
    case 'date': case 'datetime': return dateWay(source, destination.type, zone, agreement);
    case 'email': return ['email', 'text', 'unknown'].includes(source.type) ? way(['email']) : no(source, 'email');
    case 'phone': return ['phone', 'text', 'unknown', 'integer'].includes(source.type) ? way(['phone']) : no(source, 'phone');
    case 'url': return ['url', 'text', 'unknown'].includes(source.type) ? way(['url']) : no(source, 'url');
    case 'selection': return selectionWay(source, destination.options ?? []);
    case 'multiSelection': return way(['split', 'unique']);
    default: return { fits: false, why: `values of type ${destination.type} need a link or a look-up` };
  }
}

const no = (source: CatalogField, type: FieldType): ValueWay => ({ fits: false, why: `its values are ${source.type}, the field is ${type}` });

function textWay(source: CatalogField, { maxLength }: Pick<CatalogField, 'maxLength'>): ValueWay {
  const steps: TransformStep[] = source.type === 'html' ? ['htmlToText'] : source.type === 'multiSelection' || source.type === 'references' ? [{ join: '; ' }] : ['trim'];
  if (maxLength === undefined || (source.maxLength ?? 0) <= maxLength) return way(steps);
  return way([...steps, { truncate: maxLength }], { note: `values of up to ${source.maxLength} characters are cut to ${maxLength}`, loss: `Text beyond ${maxLength} characters is cut off.`, agreement: 0.8 });
}

function numberWay(source: CatalogField, type: 'integer' | 'decimal' | 'money', agreement: number): ValueWay {
  const numeric = source.type === 'integer' || source.type === 'decimal' || source.type === 'money';
  if (!numeric && source.type !== 'unknown') return no(source, type);
  if (type === 'integer' && (source.type === 'decimal' || source.type === 'money')) return { fits: false, why: 'its values have decimals, the field holds whole numbers' };
  const name = type === 'integer' ? 'integer' : 'number';
  if (source.format?.kind === 'number') {
    const unit = name === 'number' && source.format.unit !== null ? { unit: source.format.unit } : {};
    return way([{ [name]: { decimal: source.format.decimal, ...unit } }], { agreement, note: `decimal sign "${source.format.decimal}"` });
  }
  if (source.question !== undefined) return way([{ [name]: { decimal: { decision: source.question } } }], { agreement, note: 'the decimal sign is a decision' });
  return way([name], { agreement });
}

function dateWay(source: CatalogField, type: 'date' | 'datetime', zone: string, agreement: number): ValueWay {
  if (!['date', 'datetime', 'unknown'].includes(source.type)) return no(source, type);
  const { format } = source;
  const order = format?.kind === 'date' ? format.order : source.question !== undefined ? { decision: source.question } : 'iso';
  const own = (format?.kind === 'date' ? format.zone : null) ?? zone;
  const note = typeof order === 'string' ? `dates written ${order}` : 'the order of the dates is a decision';
  const cut = type === 'date' && source.type === 'datetime' ? { loss: 'The time of day is not kept.' } : {};
  return way([{ [type]: { order, zone: own } }], { agreement, note, ...cut });
}

/** Options are paired by folded value or label, else by their sense (`wysoki` → High); all values that occur must have one, else the value would be lost. */
function selectionWay(source: CatalogField, options: NonNullable<CatalogField['options']>): ValueWay {
  const occurring = source.profile?.values?.map(({ value }) => value) ?? source.options?.map(({ value }) => value);
  if (occurring === undefined || occurring.length === 0) return { fits: false, why: 'its values are too many to pair with the options of the field' };
  const byName = new Map(options.flatMap(({ value, label }): readonly (readonly [string, string])[] => [[fold(label), value], [fold(value), value]]));
  const proposals = new Map(proposeValueMap({ values: occurring.filter((value) => !byName.has(fold(value))), options }).flatMap((proposal) => (proposal.target === null || proposal.probability < LEAST ? [] : [[proposal.value, proposal] as const])));
  const pairs = occurring.flatMap((value): readonly (readonly [string, string])[] => { const found = byName.get(fold(value)) ?? proposals.get(value)?.target ?? undefined; return found === undefined ? [] : [[value, found]]; });
  const missing = occurring.filter((value) => !byName.has(fold(value)) && !proposals.has(value));
  if (missing.length > 0) return { fits: false, why: `${missing.slice(0, 5).map((value) => `"${value}"`).join(', ')} ${missing.length > 1 ? 'are' : 'is'} not among the options of the field` };
  const map: TransformStep[] = [{ map: { values: Object.fromEntries(pairs) } }];
  if (proposals.size === 0) return way(map, { note: 'values paired with options of the same name' });
  const labels = new Map(options.map(({ value, label }) => [value, label]));
  const words = [...proposals.values()].slice(0, 8).map(({ value, target, probability, reason }) => `"${value}" → "${labels.get(target ?? '') ?? target}" (${Math.round(probability * 100)} %, ${reason})`);
  return way(map, { note: `values paired with options: ${words.join('; ')}${proposals.size > words.length ? '; …' : ''}`, agreement: Math.min(...[...proposals.values()].map(({ probability }) => probability)) });
}
