import type { RunReport } from '../../src/engine/run-report.ts';
import type { BundleDetails } from '../../src/simulators/instream/details.ts';
import type { LoadedOdoo } from './loaded-history.ts';

/**
 * What must stand at the destination after a delta that archives what is gone: the later export, and of the first one what is
 * gone and has no archive there (messages, files stay), or is archived (meetings), or hangs on a record that is gone.
 * Odoo takes the activities of a record away when it is archived: with a record that is gone they go, and with one that is closed
 * by now those of tasks that are gone.
 * @param closed ids of deals that were open before the delta and are archived after it
 */
export function laterDetails(first: BundleDetails, later: BundleDetails, gone: ReadonlySet<string>, delta: RunReport, closed: ReadonlySet<string>): BundleDetails {
  const archived = new Set((delta.retired ?? []).filter((row) => row.action === 'archived').map((row) => row.sourceId)); // tags stay with these; what another contact shares loses them
  const kept = <Item>(before: readonly Item[], now: readonly Item[], nameOf: (item: Item) => string | null): Item[] => {
    const names = new Set(now.map(nameOf));
    return [...now, ...before.filter((item) => !names.has(nameOf(item)))];
  };
  const tasksNow = new Set(later.tasks.map(({ id }) => id));
  const named = ({ id, uid }: BundleDetails['meetings'][number]): string | null => id ?? uid;
  const meetingsNow = new Set(later.meetings.map(named));
  return {
    contacts: kept(first.contacts, later.contacts, ({ id }) => id),
    notes: kept(first.notes, later.notes, ({ id }) => id),
    emails: kept(first.emails, later.emails, ({ messageId }) => messageId),
    calls: kept(first.calls, later.calls, ({ id }) => id),
    meetings: [...later.meetings, ...first.meetings.filter((meeting) => !meetingsNow.has(named(meeting))).map((meeting) => ({ ...meeting, status: 'cancelled' as const }))],
    tasks: kept(first.tasks, later.tasks, ({ id }) => id).filter((task) => task.done || (!gone.has(task.record ?? '') && (tasksNow.has(task.id) || !closed.has(task.record ?? '')))),
    files: kept(first.files, later.files, ({ id }) => id),
    recordTags: [...later.recordTags, ...first.recordTags.filter(({ record }) => archived.has(record) && gone.has(record))],
    memberships: [...later.memberships, ...first.memberships.filter(({ record }) => archived.has(record ?? '') && gone.has(record ?? ''))],
  };
}

/** Ids of meetings that the later export lacks. */
export function goneMeetings(first: BundleDetails, later: BundleDetails): ReadonlySet<string | null> {
  const now = new Set(later.meetings.map(({ id, uid }) => id ?? uid));
  return new Set(first.meetings.map(({ id, uid }) => id ?? uid).filter((name) => !now.has(name)));
}

/** The same Odoo without the records whose source record stands elsewhere since: a lead that is a partner by now stays archived. */
export function withoutLeftPlaces(odoo: LoadedOdoo, delta: RunReport): LoadedOdoo {
  const left = new Set((delta.retired ?? []).filter((row) => row.details['leftOut'] === true).map((row) => `${row.destinationObject} ${row.destinationId}`));
  const { state } = odoo;
  return { state: { rows: (model) => state.rows(model).filter((row) => !left.has(`${model} ${String(row['id'])}`)), activities: () => state.activities(), attachments: () => state.attachments() } };
}
