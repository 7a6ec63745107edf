import type { BundleDetails } from '../../src/simulators/instream/details.ts';

/**
 * What must stand at the destination after a delta that archives what is gone: the later export, and of the first one what is
 * gone and has no archive there (messages, files, activities stay), or is archived (meetings), or hangs on a record that is gone.
 * An open task that is done by now keeps its activity beside the message. Odoo takes the activities of a record away when it is archived.
 * @param except contacts that changed from lead to partner or back: they stand in two places, and nothing that hangs on them is listed
 */
export function laterDetails(first: BundleDetails, later: BundleDetails, gone: ReadonlySet<string>, except: ReadonlySet<string>): BundleDetails {
  const kept = <Item>(before: readonly Item[], now: readonly Item[], nameOf: (item: Item) => string | null): Item[] => {
    const names = new Set(now.map(nameOf));
    return [...now, ...before.filter((item) => !names.has(nameOf(item)))];
  };
  const here = <Item extends { readonly record: string | null }>(items: readonly Item[]): Item[] => items.filter(({ record }) => record === null || !except.has(record));
  const wasOpen = new Set(first.tasks.filter((task) => !task.done).map((task) => task.id));
  const doneSince = new Set(later.tasks.filter((task) => task.done && wasOpen.has(task.id)).map((task) => task.id));
  const named = ({ id, uid }: BundleDetails['meetings'][number]): string | null => id ?? uid;
  const meetingsNow = new Set(later.meetings.map(named));
  return {
    contacts: kept(first.contacts, later.contacts, ({ id }) => id),
    notes: here(kept(first.notes, later.notes, ({ id }) => id)),
    emails: here(kept(first.emails, later.emails, ({ messageId }) => messageId)),
    calls: here(kept(first.calls, later.calls, ({ id }) => id)),
    meetings: [...later.meetings, ...first.meetings.filter((meeting) => !meetingsNow.has(named(meeting))).map((meeting) => ({ ...meeting, status: 'cancelled' as const }))],
    tasks: here([...kept(first.tasks, later.tasks, ({ id }) => id), ...first.tasks.filter((task) => doneSince.has(task.id))]).filter((task) => task.done || !gone.has(task.record ?? '')),
    files: here(kept(first.files, later.files, ({ id }) => id)),
    recordTags: [...later.recordTags, ...first.recordTags.filter(({ record }) => gone.has(record))],
    memberships: [...later.memberships, ...first.memberships.filter(({ record }) => gone.has(record ?? ''))],
  };
}
