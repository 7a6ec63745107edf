import { contactId } from './records/contacts.ts';
import type { BundleExpectation } from './expectation.ts';
import type { ContactMarks } from './records/presence.ts';
import type { Tally } from './tally.ts';
import { contactTotal } from './world.ts';
import type { World } from './world.ts';

/** Above this, the expectation counts and lists nothing. */
const listedContacts = 20_000;

function markedIds(marks: Uint8Array): readonly string[] {
  return [...marks.keys()].filter((index) => marks[index] === 1).map(contactId);
}

/** Whether a bundle is small enough to have its single records listed. */
export function isListed(world: World): boolean {
  const { options } = world;
  return Math.max(contactTotal(world), options.emails, options.notes / 2, options.calls, options.meetings, options.tasks, options.files) <= listedContacts;
}

/** What the generator counted, once everything is written. */
export function expectationOf(world: World, tally: Tally, marks: ContactMarks): BundleExpectation {
  tally.settle();
  const listed = tally.details !== null;
  const total = (set: Uint8Array): number => set.reduce((sum, mark) => sum + mark, 0);
  const notesOn = (parent: string): number => tally.notes[parent] ?? 0;
  return {
    rows: tally.rows, records: tally.records, dirt: tally.dirt,
    contacts: { ...tally.contacts, companiesOnlyNamed: tally.onlyNamedCompanies.size, onActiveDeal: total(marks.onActiveDeal), onAnyDeal: total(marks.onAnyDeal) },
    deals: { ...tally.deals, byStage: tally.byStage, amountHundredths: tally.amounts },
    notes: {
      onContact: notesOn('contact'), onCompany: notesOn('company'), onDeal: notesOn('deal'), companyNameOnly: notesOn('company-name'),
      withoutParent: notesOn('none'), unknownParent: notesOn('unknown'), byFormat: tally.noteFormats,
    },
    objects: { email: tally.objects['email'] ?? 0, meeting: tally.objects['meeting'] ?? 0 },
    emails: tally.emails, calls: { ...tally.calls, byOutcome: tally.callOutcomes }, meetings: { ...tally.meetings, attendees: tally.attendees },
    tasks: tally.tasks, files: tally.files, attachmentBytes: tally.attachmentBytes, details: tally.details,
    memberships: tally.memberships,
    tags: { distinct: tally.tags.size, spellings: tally.tagSpellings.size, uses: tally.tagUses },
    owners: tally.owners,
    contactsOnActiveDeals: listed ? markedIds(marks.onActiveDeal) : null,
    changes: listed && world.options.later !== undefined ? { changed: tally.changed, removed: tally.removed, added: tally.added, byObject: tally.byObject } : null,
  };
}
