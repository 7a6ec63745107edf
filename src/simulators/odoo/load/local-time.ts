import { DateTime } from 'luxon';

/** '2020-01-01 10:00:00' in a time zone as UTC; an unknown zone counts as UTC, as on the server. */
export function localToUtc(value: string, zone: string): string {
  if (zone === 'UTC') return value;
  const local = DateTime.fromFormat(value, 'yyyy-MM-dd HH:mm:ss', { zone });
  return local.isValid ? local.toUTC().toFormat('yyyy-MM-dd HH:mm:ss') : value;
}
