import type { Catalog } from '../connector/catalog.ts';
import type { FieldLine, Plan } from '../plan/plan.ts';
import type { PlanLine } from './schemas/plan.ts';

type Status = PlanLine['status'];

/** Every line of a plan as one flat list, in plan order: what the map shows. */
export function planLines(plan: Plan, source: Catalog | null): readonly PlanLine[] {
  const custom = customFields(source);
  const judged = (line: { readonly status: Status; readonly confidence: number; readonly reason: string; readonly evidence?: readonly string[] | undefined; readonly loss?: string | undefined }) =>
    ({ status: line.status, confidence: line.confidence, reason: line.reason, loss: line.loss ?? null, evidence: [...line.evidence ?? []].slice(0, 5) });
  return [
    ...plan.schema.map((line, index): PlanLine => ({
      key: `schema:${index}`, kind: 'schema', mapping: null, source: line.source?.split('.')[0] ?? null, destination: line.object,
      from: line.source ?? '', to: line.name, transforms: `new field of type ${line.type}`, custom: true, ...judged(line),
    })),
    ...plan.mappings.flatMap((mapping, at): PlanLine[] => {
      const place = { mapping: mapping.id, source: mapping.source, destination: mapping.destination };
      return [
        { key: `mapping:${at}`, kind: 'mapping', ...place, from: mapping.source, to: mapping.destination, transforms: '', custom: false, ...judged(mapping) },
        ...mapping.fields.map((line, index): PlanLine => ({
          key: `field:${at}:${index}`, kind: 'field', ...place, from: startOf(line), to: line.to, transforms: stepsOf(line),
          custom: fieldsOf(line).some((field) => custom.has(`${mapping.source}.${field}`)), ...judged(line),
        })),
        ...mapping.leftOut.map((line, index): PlanLine => ({
          key: `leftOut:${at}:${index}`, kind: 'leftOut', ...place, from: line.from, to: '', transforms: '', custom: custom.has(`${mapping.source}.${line.from}`), ...judged(line),
        })),
      ];
    }),
  ];
}

export function fieldsOf(line: FieldLine): readonly string[] {
  return line.from === undefined ? [] : typeof line.from === 'string' ? [line.from] : line.from;
}

export function startOf(line: FieldLine): string {
  if (line.from !== undefined) return fieldsOf(line).join(' + ');
  if (line.link !== undefined) return `link ${line.link}${line.give === undefined ? '' : `, its ${line.give}`}`;
  return `always ${typeof line.constant === 'string' ? `"${line.constant}"` : JSON.stringify(line.constant ?? null)}`;
}

function stepsOf(line: FieldLine): string {
  const steps = (line.transforms ?? []).map((step) => (typeof step === 'string' ? step : Object.entries(step).map(([name, settings]) => `${name} ${JSON.stringify(settings)}`).join(' ')));
  return [...steps, ...(line.lookup === undefined ? [] : [`look up in ${line.lookup.object} by ${line.lookup.by}`])].join(' → ');
}

function customFields(catalog: Catalog | null): ReadonlySet<string> {
  return new Set((catalog?.objects ?? []).flatMap((object) => object.fields.filter((field) => field.custom).map((field) => `${object.name}.${field.name}`)));
}
