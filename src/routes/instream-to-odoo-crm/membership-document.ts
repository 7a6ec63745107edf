import type { PlacedRecord, RouteCell, RouteDocument, RouteDocumentInput } from '../../engine/route-document.ts';
import { fold } from '../../plan/values/fold.ts';
import { plainText } from '../../plan/values/plain-text.ts';
import { counted } from './counted.ts';
import { exportedLists } from './exported-lists.ts';

/** Mappings that place members of lists: two for segments, one for pipelines. */
export const membershipMappings = ['memberships-of-partners', 'memberships-of-leads', 'memberships-as-opportunities'] as const;

/** All that this document looks at of a membership. */
export const membershipFields = ['list_name', 'status_name', 'contact_email', 'company_name', 'contact_id', 'company_id'] as const;

/**
 * A matrix wider or of more cells than this is no table any more: memberships of further lists stand one by one in a table of their
 * own. Most cells of a matrix are empty, and each takes its place in every file: 100,000 members on 60 lists are 100 MB of JSON.
 */
const MOST_LISTS = 60;
const MOST_CELLS = 2_000_000;

/** A list with what the export says of it and what became of it. `expected` null = the export that was discovered did not name it. */
interface ListTally { readonly name: string; readonly expected: number | null; readonly found: PlacedRecord[] }

/**
 * IO-05: the membership matrix (member × list) and its counts: expected by the export, found in Odoo. Every membership is also
 * read back by verification, as a tag on a record or as an opportunity.
 */
export function membershipDocument(input: RouteDocumentInput): RouteDocument {
  const lists = tallies(input);
  const found = lists.reduce((sum, list) => sum + list.found.length, 0);
  const counts = lists.map(({ name, expected, found: own }): RouteCell[] => {
    const distinct = new Set(own.map((record) => `${record.destinationObject} ${record.destinationId}`)).size;
    return [name, expected, own.length, distinct, Math.max(0, (expected ?? 0) - own.length)];
  });
  const missing = counts.reduce((sum, row) => sum + Number(row[4]), 0);
  const { deltas = 0 } = input; // members come onto lists and off them: after a delta the first export is no measure any more
  const onLists = counted(counts.filter((row) => Number(row[4]) > 0).length, 'list', 'lists');
  const short = deltas === 0
    ? `; ${missing} that the export counts ${missing === 1 ? 'is' : 'are'} missing, on ${onLists}: they wait in quarantine, or their rows could not be read`
    : `; ${missing} fewer than the export counted when it was discovered, on ${onLists}: ${counted(deltas, 'delta has', 'deltas have')} read it again since, and members who left a list are off it. Those that wait are in the quarantine document`;
  const members = new Set(lists.flatMap((list) => list.found.map(memberOf))).size;
  const wide = Math.max(1, Math.min(MOST_LISTS, Math.floor(MOST_CELLS / Math.max(1, members))));
  const phases = input.report?.phases.filter((phase) => (membershipMappings as readonly string[]).includes(phase.mapping)) ?? [];
  const held = phases.reduce((sum, phase) => sum + Object.values(phase.quarantined).reduce((all, count) => all + count, 0), 0);
  return {
    id: 'list-memberships', title: 'Memberships of lists', good: found === 0 || (deltas > 0 && missing > 0) ? null : missing === 0,
    summary: found === 0 ? 'No membership was loaded yet.'
      : `${counted(found, 'membership', 'memberships')} of ${counted(lists.length, 'list', 'lists')} found in Odoo${missing === 0 ? ', none missing' : short}.${held === 0 ? '' : ` ${counted(held, 'membership was', 'memberships were')} held back by the last load.`}`,
    facts: [
      { label: 'Expected by the export', value: counts.reduce((sum, row) => sum + Number(row[1]), 0) }, { label: 'Found in Odoo', value: found },
      { label: 'Fields read back and different, whole run', value: input.report?.verification.mismatch ?? null },
    ],
    sections: [
      { id: 'counts', title: 'Expected and found', empty: 'The export has no lists.', rows: counts, note: 'Expected: the members that list_memberships.csv or the cells of contacts name, whichever are more; empty for a list that came after the discovery. A member that both name in ways that cannot be told to be one counts as found twice and is one in Odoo.',
        columns: [text('List'), number('Expected'), number('Found'), number('In Odoo'), number('Missing')] },
      { id: 'outcomes', title: 'What became of every membership', empty: 'No run has loaded memberships yet.', note: 'A membership passes through each of these mappings and is placed by one of them.',
        columns: [text('Mapping'), number('Read'), number('Created'), number('Already there'), text('Passed by'), text('Held back')],
        rows: phases.map((phase) => [phase.mapping, phase.read, phase.created, phase.matched + phase.merged, reasons(phase.skipped), reasons(phase.quarantined)]) },
      matrix(lists.slice(0, wide), lists.length - wide),
      ...(lists.length > wide ? [furtherLists(lists.slice(wide))] : []),
    ],
  };
}

/** The lists of the export, then those that only memberships name, each with its memberships. */
function tallies(input: RouteDocumentInput): readonly ListTally[] {
  const lists = new Map<string, ListTally>();
  for (const list of input.source === null ? [] : exportedLists(input.source)) {
    const same = lists.get(fold(list.name));
    lists.set(fold(list.name), { name: same?.name ?? list.name, expected: (same?.expected ?? 0) + list.people + list.companies, found: [] });
  }
  const named = new Map<string, ListTally>(); // by the name as written: folding is done once for each spelling
  for (const record of membershipMappings.flatMap((mapping) => input.placed[mapping] ?? [])) {
    const name = textOf(record, 'list_name');
    const list = named.get(name) ?? lists.get(fold(name)) ?? { name: name.trim() || '(no longer in the export)', expected: null, found: [] };
    named.set(name, list);
    lists.set(fold(name), list);
    list.found.push(record);
  }
  return [...lists.values()];
}

/** One row per member, one column per list; the cell says the status, or that the member is on the list. */
function matrix(lists: readonly ListTally[], further: number): RouteDocument['sections'][number] {
  const rows = new Map<string, RouteCell[]>();
  for (const [index, list] of lists.entries()) {
    for (const record of list.found) {
      const member = memberOf(record);
      const row = rows.get(member) ?? [member, ...lists.map(() => null)];
      rows.set(member, row);
      row[index + 1] = textOf(record, 'status_name') || (row[index + 1] ?? 'yes'); // a cell of a contact says no status, the row may
    }
  }
  return { id: 'matrix', title: 'Members and their lists', empty: 'No membership was loaded yet.', note: further <= 0 ? null : `Members of ${counted(further, 'further list', 'further lists')} stand in the table below.`, columns: [text('Member'), ...lists.map(({ name }) => text(name))], rows: [...rows.values()].toSorted(byText) };
}

function furtherLists(lists: readonly ListTally[]): RouteDocument['sections'][number] {
  return { id: 'further-lists', title: 'Members of further lists', empty: 'These lists have no members.', note: null, columns: [text('List'), text('Member'), text('Status')],
    rows: lists.flatMap((list) => list.found.map((record): RouteCell[] => [list.name, memberOf(record), statusOf(record)]).toSorted((left, right) => order.compare(String(left[1]), String(right[1])))) };
}

const order = new Intl.Collator('en'); // many times as fast as localeCompare

function byText(left: readonly RouteCell[], right: readonly RouteCell[]): number {
  return order.compare(String(left[0]), String(right[0]));
}

function statusOf(record: PlacedRecord): string {
  return textOf(record, 'status_name') || 'yes';
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
