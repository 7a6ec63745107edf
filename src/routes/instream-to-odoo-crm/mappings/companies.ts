import type { Mapping } from '../../../plan/plan.ts';
import { byRoute } from '../line-builder.ts';
import { builder, type MappingInput } from '../mapping-input.ts';
import type { LineBuilder } from '../line-builder.ts';
import { addressLines, archiveLine, commonLines, phoneLines, socialLines, textLine } from './shared-lines.ts';

/** IO-02: companies, loaded before any contact so that parents resolve. */
export function companiesMapping(input: MappingInput): { readonly mapping: Mapping; readonly lines: LineBuilder } {
  const lines = builder(input, 'company', 'res.partner');
  if (lines.has('name')) lines.move('name', 'name', { transforms: ['collapseSpaces'], required: true, reason: 'Name of the company.' });
  else lines.set('name', { from: 'name', transforms: ['collapseSpaces'], required: true, reason: 'Name of the company, as contacts and deals write it.' });
  lines.set('is_company', { constant: true, reason: 'Companies and people share one model in Odoo.' });
  archiveLine(lines);
  lines.move('vat', 'vat', { transforms: ['trim'], reason: 'VAT number as written.' })
    .move('website', 'website', { transforms: ['url'], whenMissing: 'empty', ...(lines.has('domain') ? { when: { field: 'website', filled: true } as const } : {}), reason: 'Same field.' })
    .move('domain', 'website', { transforms: ['url'], whenMissing: 'empty', ...(lines.has('website') ? { when: { field: 'website', filled: false } as const } : {}), reason: 'No website: the domain.' })
    .move('domain', 'x_instream_domain', { transforms: ['trim'], reason: 'Domain as it stood in InStream.' })
    .move('email', 'email', { transforms: ['email'], whenMissing: 'empty', reason: 'Same field.' });
  phoneLines(lines, input);
  addressLines(lines);
  textLine(lines, 'description', 'comment');
  lines.move('industry', 'x_instream_industry', { transforms: ['trim'], reason: 'Odoo\'s industries are a fixed list of its own.' });
  if (lines.has('employee_count')) {
    const whole = lines.sourceField('employee_count')?.type === 'integer';
    lines.move('employee_count', 'x_instream_employee_count', { transforms: whole ? [lines.typed('employee_count', 'integer')] : ['trim'], reason: whole ? 'Whole numbers throughout.' : 'Not only whole numbers: kept as text.' });
  }
  socialLines(lines);
  commonLines(lines, input);
  return {
    lines,
    mapping: {
      id: 'companies', source: 'company', destination: 'res.partner', phase: 'companies', identity: {}, fields: lines.lines, leftOut: [],
      ...byRoute('Every company, and every company that only a contact or deal names.'),
    },
  };
}
