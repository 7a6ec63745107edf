import type { PlacedRecord, RouteCell, RouteDocument, RouteDocumentInput } from '../../engine/route-document.ts';
import { fold } from '../../plan/values/fold.ts';
import { plainText } from '../../plan/values/plain-text.ts';
import { counted } from './counted.ts';
import { exportedLists } from './exported-lists.ts';

/** Mappings that place members of lists: two for segments, one for pipelines. */
export const membershipMappings = ['memberships-of-partners', 'memberships-of-leads', 'memberships-as-opportunities'] as const;

/** A matrix wider than this is no table any more: further lists are counted, not drawn. */
const MOST_LISTS = 60;
/** What the engine hands over of one mapping at most: beyond it the matrix is not complete, and says so. */
const MOST_PLACED = 5_000;

/**
 * IO-05: the membership matrix (member × list) and its counts: expected by the export, found in Odoo. Every membership is also
 * read back by verification, as a tag on a record or as an opportunity.
 */
export function membershipDocument(input: RouteDocumentInput): RouteDocument {
  const lists = input.source === null ? [] : exportedLists(input.source);
  const placed = membershipMappings.flatMap((mapping) => (input.placed[mapping] ?? []).map((record) => ({ mapping, record })));
  const complete = membershipMappings.every((mapping) => (input.placed[mapping]?.length ?? 0) < MOST_PLACED);
  const placedOn = Map.groupBy(placed, ({ record }) => fold(textOf(record, 'list_name')));
  const counts = lists.map((list): RouteCell[] => {
    const own = placedOn.get(fold(list.name)) ?? [];
    const expected = list.people + list.companies;
    const distinct = new Set(own.map(({ record }) => `${record.destinationObject} ${record.destinationId}`)).size;
    return [list.name, expected, own.length, distinct, Math.max(0, expected - own.length)];
  });
  const missing = counts.reduce((sum, row) => sum + Number(row[4]), 0);
  const { deltas = 0 } = input; // members come onto lists and off them: after a delta the first export is no measure any more
  const onLists = counted(counts.filter((row) => Number(row[4]) > 0).length, 'list', 'lists');
  const short = deltas === 0
    ? `; ${missing} that the export counts ${missing === 1 ? 'is' : 'are'} missing, on ${onLists}: they wait in quarantine, or their rows could not be read`
    : `; ${missing} fewer than the export counted when it was discovered, on ${onLists}: ${counted(deltas, 'delta has', 'deltas have')} read it again since, and members who left a list are off it. Those that wait are in the quarantine document`;
  const phases = input.report?.phases.filter((phase) => (membershipMappings as readonly string[]).includes(phase.mapping)) ?? [];
  const held = phases.reduce((sum, phase) => sum + Object.values(phase.quarantined).reduce((all, count) => all + count, 0), 0);
  return {
    id: 'list-memberships', title: 'Memberships of lists', good: !complete || placed.length === 0 || (deltas > 0 && missing > 0) ? null : missing === 0,
    summary: placed.length === 0 ? 'No membership was loaded yet.'
      : `${counted(placed.length, 'membership', 'memberships')} of ${counted(lists.length, 'list', 'lists')} found in Odoo${missing === 0 ? ', none missing' : short}.${held === 0 ? '' : ` ${counted(held, 'membership was', 'memberships were')} held back by the last load.`}`,
    facts: [
      { label: 'Expected by the export', value: counts.reduce((sum, row) => sum + Number(row[1]), 0) }, { label: 'Found in Odoo', value: placed.length },
      { label: 'Fields read back and different, whole run', value: input.report?.verification.mismatch ?? null }, { label: 'Matrix is complete', value: complete },
    ],
    sections: [
      { id: 'counts', title: 'Expected and found', empty: 'The export has no lists.', rows: counts, note: 'Expected: the members that list_memberships.csv or the cells of contacts name, whichever are more. A member that both name in ways that cannot be told to be one counts as found twice and is one in Odoo.',
        columns: [text('List'), number('Expected'), number('Found'), number('In Odoo'), number('Missing')] },
      { id: 'outcomes', title: 'What became of every membership', empty: 'No run has loaded memberships yet.', note: 'A membership passes through each of these mappings and is placed by one of them.',
        columns: [text('Mapping'), number('Read'), number('Created'), number('Already there'), text('Passed by'), text('Held back')],
        rows: phases.map((phase) => [phase.mapping, phase.read, phase.created, phase.matched + phase.merged, reasons(phase.skipped), reasons(phase.quarantined)]) },
      matrix(lists.map((list) => list.name), placed.map(({ record }) => record), complete),
    ],
  };
}

/** One row per member, one column per list; the cell says the status, or that the member is on the list. */
function matrix(lists: readonly string[], placed: readonly PlacedRecord[], complete: boolean): RouteDocument['sections'][number] {
  const shown = lists.slice(0, MOST_LISTS);
  const column = new Map(shown.map((name, index) => [fold(name), index + 1]));
  const rows = new Map<string, RouteCell[]>();
  for (const record of placed) {
    const member = memberOf(record);
    const row = rows.get(member) ?? [member, ...shown.map(() => null)];
    rows.set(member, row);
    const at = column.get(fold(textOf(record, 'list_name')));
    if (at !== undefined) row[at] = textOf(record, 'status_name') || 'yes';
  }
  const notes = [complete ? null : `Drawn from the first ${MOST_PLACED.toLocaleString('en')} memberships of each mapping; the counts of the report are complete.`, shown.length < lists.length ? `${lists.length - shown.length} further lists are counted above.` : null].filter((note) => note !== null);
  return { id: 'matrix', title: 'Members and their lists', empty: 'No membership was loaded yet.', note: notes.length === 0 ? null : notes.join(' '), columns: [text('Member'), ...shown.map(text)], rows: [...rows.values()].toSorted((left, right) => String(left[0]).localeCompare(String(right[0]))) };
}

/** Whoever is on the list, by address first: a member that a cell and a row name is one line. */
function memberOf(record: PlacedRecord): string {
  return ['contact_email', 'company_name', 'contact_id', 'company_id'].map((field) => textOf(record, field)).find((value) => value !== '') ?? record.sourceId;
}

function textOf({ data }: PlacedRecord, field: string): string {
  return plainText(data[field] ?? null) ?? '';
}

function reasons(counts: { readonly [reason: string]: number }): string | null {
  const entries = Object.entries(counts);
  return entries.length === 0 ? null : entries.map(([reason, count]) => `${reason} ${count}`).join(', ');
}

const text = (label: string) => ({ label, kind: 'text' as const });
const number = (label: string) => ({ label, kind: 'number' as const });
