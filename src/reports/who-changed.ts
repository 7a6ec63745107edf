/**
 * Who changed a record that a rollback keeps, and when, in words; null = nobody changed it.
 * @param details of the kept record: `changedBy` and `changedAt`, null where the platform does not tell
 */
export function changedByText(details: Readonly<Record<string, unknown>>): string | null {
  if (details['changedBy'] === undefined) return null;
  const [by, at] = [details['changedBy'], details['changedAt']].map((value) => (typeof value === 'string' && value !== '' ? value : null));
  const who = by ?? 'somebody (the platform does not tell who)';
  return `changed by ${who}${details['changedByOwnAccount'] === true ? ' (the account that Portolan uses)' : ''}${at === null || at === undefined ? '' : `, ${at}`}`;
}
