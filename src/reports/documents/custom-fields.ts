import type { Plan } from '../../plan/plan.ts';
import { columns, type Cell, type ReportDocument } from '../report-document.ts';
import { wordsOf } from '../words.ts';

/** Every field that the migration made at the destination, with what it holds and where that comes from. */
export function customFieldsDocument(plan: Plan): ReportDocument {
  const lines = plan.schema.filter((line) => line.status !== 'rejected');
  const usedBy = (object: string, name: string): string => plan.mappings
    .filter((mapping) => mapping.destination === object && mapping.status !== 'rejected')
    .flatMap((mapping) => mapping.fields.filter((field) => field.to === name && field.status !== 'rejected').map((field) => `${mapping.source}.${field.from === undefined ? field.link ?? 'constant' : [field.from].flat().join(' + ')}`)).join('\n');
  return {
    id: 'custom-fields', title: 'Custom fields', good: null,
    summary: lines.length === 0 ? 'No field was made at the destination.' : `${wordsOf(lines.length, 'field')} made at the destination, each with its source.`,
    facts: [],
    sections: [{
      id: 'fields', title: 'Fields', note: 'A rollback removes them with what they hold.', empty: 'None.',
      columns: columns('Object', 'Field', 'Label', 'Type', 'Made for', 'Filled from', 'Options', 'Reason', 'Help'),
      rows: lines.map((line): Cell[] => [line.object, line.name, line.label, line.type, line.source ?? null, usedBy(line.object, line.name) || null, (line.options ?? []).map((option) => option.label).join('\n') || null, line.reason, line.help ?? null]),
    }],
  };
}
