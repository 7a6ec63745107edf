import { describe, expect, it } from 'vitest';
import type { CatalogField, FieldType } from '../../connector/catalog.ts';
import { exampleLine, exampleMapping } from '../../plan/example-plan.ts';
import type { Condition, FieldLine, Mapping } from '../../plan/plan.ts';
import type { RecordContext } from '../../plan/record-context.ts';
import { withEmptied } from './emptied-fields.ts';

const field = (name: string, type: FieldType, more: Partial<CatalogField> = {}): [string, CatalogField] => [name, { name, label: name, type, required: false, readonly: false, custom: false, ...more }];
const fields = new Map([field('partner', 'reference'), field('stage', 'reference'), field('note', 'text'), field('day', 'date', { required: true }), field('total', 'money', { readonly: true }), field('active', 'boolean'), field('kind', 'selection')]);
const mapping = exampleMapping({ destination: 'lead', fields: [...fields.keys()].filter((name) => name !== 'note').map((name) => exampleLine(name, { from: 'x' })) });
const payload = { partner: '7', stage: '3', note: 'by hand', day: '2026-01-01', total: '5', active: false, kind: 'other' };

describe('fields that no line writes any more', () => {
  const emptied = (how: 'created' | 'matched', values = {}, except: readonly string[] | null = ['stage'], own = mapping, links: RecordContext['links'] = {}) => withEmptied({ row: { how, payload }, values, mapping: own, links, capabilities: except === null ? {} : { emptiesUnset: { except: { lead: except } } }, fields: async () => fields });

  it('are emptied where the destination takes that, unless they are required, read-only, switches, choices, excepted or of no line', async () => {
    expect(await emptied('created')).toEqual({ partner: null });
    expect(await emptied('created', {}, [])).toEqual({ partner: null, stage: null });
    expect(await emptied('created', { partner: '9' })).toEqual({ partner: '9' });
  });

  it('stay as they were written where the plan says so, and where the source names a record that is missing or not one alone', async () => {
    const linked = (line: Partial<FieldLine>): Mapping => ({ ...mapping, fields: mapping.fields.map((each) => (each.to === 'partner' ? { ...each, ...line } : each)) });
    const states = (state: 'none' | 'missing' | 'ambiguous'): RecordContext['links'] => ({ contact: [{ state, sourceId: null, targets: {} } as never] });
    expect(await emptied('created', {}, ['stage'], linked({ whenUnmet: 'keep' }))).toEqual({ partner: '7' });
    for (const line of [{ link: 'contact' }, { when: { all: [{ not: { link: 'contact', state: 'none' } } satisfies Condition] } }]) {
      for (const state of ['missing', 'ambiguous'] as const) expect(await emptied('created', {}, ['stage'], linked(line), states(state))).toEqual({ partner: '7' });
      expect(await emptied('created', {}, ['stage'], linked(line), states('none'))).toEqual({ partner: null });
    }
  });

  it('stay where the record was there before, and where the destination does not say that it empties', async () => {
    expect(await emptied('matched')).toEqual({});
    expect(await emptied('created', {}, null)).toEqual({});
  });
});
