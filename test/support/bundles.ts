/** Companies, contacts, deals and notes only: for tests that are about other things than what hangs on records. */
export const recordsOnly = { emails: 0, calls: 0, meetings: 0, tasks: 0, files: 0 } as const;
