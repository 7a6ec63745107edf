import { describe, expect, it } from 'vitest';
import type { CatalogField, FieldType } from '../../connector/catalog.ts';
import { exampleLine, exampleMapping } from '../../plan/example-plan.ts';
import { withEmptied } from './emptied-fields.ts';

const field = (name: string, type: FieldType, more: Partial<CatalogField> = {}): [string, CatalogField] => [name, { name, label: name, type, required: false, readonly: false, custom: false, ...more }];
const fields = new Map([field('partner', 'reference'), field('stage', 'reference'), field('note', 'text'), field('day', 'date', { required: true }), field('total', 'money', { readonly: true }), field('active', 'boolean'), field('kind', 'selection')]);
const mapping = exampleMapping({ destination: 'lead', fields: [...fields.keys()].filter((name) => name !== 'note').map((name) => exampleLine(name, { from: 'x' })) });
const payload = { partner: '7', stage: '3', note: 'by hand', day: '2026-01-01', total: '5', active: false, kind: 'other' };

describe('fields that no line writes any more', () => {
  const emptied = (how: 'created' | 'matched', values = {}, except: readonly string[] | null = ['stage']) => withEmptied({ row: { how, payload }, values, mapping, capabilities: except === null ? {} : { emptiesUnset: { except: { lead: except } } }, fields: async () => fields });

  it('are emptied where the destination takes that, unless they are required, read-only, switches, choices, excepted or of no line', async () => {
    expect(await emptied('created')).toEqual({ partner: null });
    expect(await emptied('created', {}, [])).toEqual({ partner: null, stage: null });
    expect(await emptied('created', { partner: '9' })).toEqual({ partner: '9' });
  });

  it('stay where the record was there before, and where the destination does not say that it empties', async () => {
    expect(await emptied('matched')).toEqual({});
    expect(await emptied('created', {}, null)).toEqual({});
  });
});
