import type { Catalog, CatalogField } from '../../src/connector/catalog.ts';
import type { Plan } from '../../src/plan/plan.ts';

/** Texts that a page must show and never obey. */
export const hostileTexts = [
  '<script>window.pwned = 1</script>', '<img src=x onerror="window.pwned = 2">', '"><svg onload=window.pwned=3>', 'javascript:window.pwned=4', '{{constructor.constructor("window.pwned=5")()}}',
  '=HYPERLINK("http://evil.example","x")', '\u202Eתרגיל \u200Fעברית', '👩‍👩‍👧 🏴‍☠️ z̷a̸l̶g̵o', 'x'.repeat(10_000), 'line\nfeed\ttab',
] as const;

const field = (name: string, label: string, samples: readonly string[]): CatalogField => ({
  name, label, type: 'text', required: false, readonly: false, custom: name.endsWith('7'),
  profile: { filled: 0.5, distinct: samples.length, samples, typeConfidence: 1, values: samples.map((value) => ({ value, count: 3 })) },
});

/** A plan of one object with so many fields, and the catalogs it stands on; labels, reasons and values are hostile where asked for. */
export function largePlan(params: Readonly<{ project: string; route: string; lines: number; hostile: boolean }>): Readonly<{ source: Catalog; destination: Catalog; plan: Plan }> {
  // The longest only at the top: a thousand of them would be a plan of 5 MB, which nobody has.
  const text = (index: number): string => (!params.hostile ? `value ${index}` : index % hostileTexts.length === 8 && index > 30 ? `value ${index}` : hostileTexts[index % hostileTexts.length] ?? '');
  const names = Array.from({ length: params.lines }, (_, index) => `field_${index}`);
  const catalog = (platform: string, object: string): Catalog => ({
    platform, version: '17.0', edition: null, facts: {}, limits: [], questions: [], notes: [{ subject: text(0), level: 'warning', code: 'odd', message: text(1) }],
    objects: [{ name: object, label: params.hostile ? text(1) : object, count: 10, fields: names.map((name, index) => field(name, params.hostile ? text(index) : name, [text(index), text(index + 1)])) }],
  });
  return {
    source: catalog('instream', 'contact'), destination: catalog('odoo', 'res.partner'),
    plan: {
      portolan: 1, project: params.project, route: params.route, source: { platform: 'instream', catalog: 'source' }, destination: { platform: 'odoo', version: '17.0', catalog: 'destination' },
      decisions: [{ id: 'how', question: params.hostile ? text(0) : 'How?', options: [{ value: 'a', label: text(1), effect: text(2) }, { value: 'b', label: 'B', effect: text(8) }], recommendation: null, answer: null, reason: text(3), evidence: [text(4), text(8)] }],
      schema: [], derived: [], keys: {}, links: [], facts: [], phases: [{ name: 'people', label: 'People' }],
      mappings: [{
        id: 'people', source: 'contact', destination: 'res.partner', phase: 'people', identity: {}, leftOut: [], status: 'proposed', confidence: 0.9, reason: text(5),
        fields: names.map((name, index) => ({ to: name, from: name, status: 'proposed' as const, confidence: (index % 100) / 100, reason: params.hostile ? text(index) : `the same name, ${index}`, evidence: [text(index), text(index + 3)], ...(index % 9 === 0 ? { loss: text(index + 1) } : {}) })),
      }],
    },
  };
}
