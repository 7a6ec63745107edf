import type { FieldLine, Mapping, Plan } from './plan.ts';

/** A small invented plan for the tests of this folder. */
const judged = { status: 'proposed' as const, confidence: 0.9, reason: 'same name' };

export function exampleLine(to: string, line: Partial<FieldLine> = {}): FieldLine {
  return { to, ...(line.from === undefined && line.link === undefined && line.constant === undefined ? { from: to } : {}), ...judged, ...line };
}

export function exampleMapping(mapping: Partial<Mapping> = {}): Mapping {
  return {
    id: 'people', source: 'contact', destination: 'partner', phase: 'people', identity: {}, leftOut: [], ...judged,
    fields: [exampleLine('name', { from: 'full_name', transforms: ['collapseSpaces'], required: true })],
    ...mapping,
  };
}

export function examplePlan(plan: Partial<Plan> = {}): Plan {
  return {
    portolan: 1, project: 'acme', route: 'alpha-to-beta',
    source: { platform: 'alpha', catalog: 'c1' }, destination: { platform: 'beta', version: '1', catalog: 'c2' },
    decisions: [], schema: [], derived: [], keys: {}, links: [], facts: [],
    phases: [{ name: 'companies', label: 'Companies' }, { name: 'people', label: 'People' }],
    mappings: [exampleMapping()],
    ...plan,
  };
}
