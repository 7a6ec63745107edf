import { describe, expect, it } from 'vitest';
import type { Catalog, CatalogField } from '../connector/catalog.ts';
import type { FieldLine, Plan } from '../plan/plan.ts';
import { changeLines, type LineChange } from './change-lines.ts';

const field = (name: string, type: CatalogField['type'], more: Partial<CatalogField> = {}): CatalogField => ({ name, label: name, type, required: false, readonly: false, custom: false, ...more });
const catalog = (platform: string, object: string, fields: readonly CatalogField[]): Catalog => ({ platform, version: '17.0', edition: null, facts: {}, limits: [], questions: [], notes: [], objects: [{ name: object, label: object, count: 3, fields }] });
const catalogs = {
  source: catalog('here', 'person', [field('remark', 'text'), field('since', 'text')]),
  destination: catalog('there', 'partner', [field('comment', 'html'), field('since', 'date'), field('title', 'text'), field('user', 'reference', { relatedObject: 'user' }), field('seller', 'reference', { relatedObject: 'user' }), field('country', 'reference', { relatedObject: 'country' })]),
};
const line = (to: string, more: Partial<FieldLine>): FieldLine => ({ to, status: 'proposed', confidence: 0.5, reason: 'as proposed', ...more });
const plan: Plan = {
  portolan: 1, project: 'p', route: 'r', source: { platform: 'here', catalog: 's' }, destination: { platform: 'there', version: '17.0', catalog: 'd' }, decisions: [], derived: [], keys: {}, links: [], facts: [],
  schema: [{ object: 'partner', name: 'x_remark', label: 'Remark', type: 'text', source: 'person.remark', status: 'proposed', confidence: 1, reason: 'new' }], phases: [{ name: 'people', label: 'People' }],
  mappings: [{ id: 'people', source: 'person', destination: 'partner', phase: 'people', identity: {}, leftOut: [], status: 'proposed', confidence: 1, reason: '', fields: [line('x_remark', { from: 'remark', transforms: ['trim'], loss: 'its colour' }), line('title', { constant: 'Dr' }), line('user', { link: 'owner' })] },
    { id: 'others', source: 'person', destination: 'partner', phase: 'people', identity: {}, status: 'proposed', confidence: 1, reason: '', fields: [], leftOut: [{ from: 'since', status: 'proposed', confidence: 0.5, reason: 'nothing takes it', evidence: ['2020'] }] }],
};
const change = (key: string, given: LineChange, of: Plan = plan): Plan => changeLines(of, new Map([[key, given]]), catalogs) as Plan;
const first = (of: Plan): FieldLine | undefined => of.mappings[0]?.fields[0];

describe('a changed line', () => {
  it('goes to another field in the way that its type asks for, and the new field is not made any more', () => {
    const next = change('field:0:0', { to: 'comment', status: 'confirmed' });
    expect(first(next)).toMatchObject({ to: 'comment', transforms: ['textToHtml'], status: 'confirmed' });
    expect(first(next)).not.toHaveProperty('loss');
    expect(first(next)?.reason).toContain('instead of x_remark');
    expect(next.schema[0]?.status).toBe('rejected');
  });

  it('comes back whole, and so does the new field', () => {
    const there = change('field:0:0', { to: 'comment' });
    const back = change('field:0:0', { to: 'x_remark', transforms: ['trim'], loss: 'its colour', reason: 'as proposed', status: 'proposed' }, there);
    expect(back).toEqual(plan);
  });

  it('takes transforms, and loses them', () => {
    expect(first(change('field:0:0', { transforms: ['trim', { truncate: 5 }] }))?.transforms).toEqual(['trim', { truncate: 5 }]);
    expect(first(change('field:0:0', { transforms: [] }))).not.toHaveProperty('transforms');
  });

  it('is refused where its values do not fit, with the reason beside the field', () => {
    expect(() => change('field:0:0', { to: 'since' })).toThrow('does not fit into since');
    expect(() => change('field:0:0', { to: 'user' })).toThrow('need a link or a look-up');
    expect(() => change('field:0:0', { to: 'nowhere' })).toThrow('no field "nowhere"');
    expect(() => change('field:0:1', { to: 'comment' })).toThrow('takes html');
    expect(() => change('field:0:2', { to: 'country' })).toThrow('makes values for user');
    expect(() => change('field:0:0', { to: null })).toThrow('goes to a field');
    expect(() => change('mapping:0', { to: 'comment' })).toThrow('Only lines of fields');
  });

  it('of a link goes to another field that takes the same kind of record, as it is', () => {
    expect(change('field:0:2', { to: 'seller', status: 'confirmed' }).mappings[0]?.fields[2]).toMatchObject({ to: 'seller', link: 'owner', status: 'confirmed' });
  });

  it('for a column that was left out is made, made again elsewhere, and taken back', () => {
    const others = (of: Plan) => of.mappings[1];
    const given = change('leftOut:1:0', { to: 'title' });
    expect(others(given)).toMatchObject({ leftOut: [{ from: 'since', status: 'rejected' }], fields: [{ to: 'title', from: 'since', transforms: ['trim'], status: 'confirmed', evidence: ['2020'], reason: expect.stringContaining('nothing takes it') as string }] });
    const elsewhere = change('leftOut:1:0', { to: 'comment' }, given);
    expect(others(elsewhere)?.fields).toMatchObject([{ to: 'comment', transforms: ['textToHtml'], status: 'confirmed' }]);
    expect(others(change('leftOut:1:0', { to: null, status: 'proposed' }, elsewhere))).toMatchObject({ leftOut: [{ status: 'proposed' }], fields: [{ status: 'rejected' }] });
    expect(others(change('leftOut:1:0', { status: 'confirmed' }, given))).toMatchObject({ leftOut: [{ status: 'confirmed' }], fields: [{ status: 'rejected' }] });
    expect(() => change('leftOut:1:0', { to: 'user' })).toThrow('need a link or a look-up');
  });

  it('is none where the plan has no such key', () => {
    expect(changeLines(plan, new Map([['field:0:7', { status: 'confirmed' as const }]]), catalogs)).toBeNull();
  });
});
