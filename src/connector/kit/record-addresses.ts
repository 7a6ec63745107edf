import type { Connector } from '../connector.ts';

/**
 * Addresses of records in a platform's own pages, for the connection with these settings.
 * @param given settings as they are stored, secrets included
 * @returns a function that gives the address of a record; null = the platform has no page for it, or does not tell where
 */
export function recordAddresses(connector: Connector | undefined, given: Readonly<Record<string, unknown>>): (record: Readonly<{ object: string; id: string }>) => string | null {
  const settings = connector?.settingsSchema.safeParse(given);
  if (connector?.recordAddress === undefined || settings?.success !== true) return () => null;
  const { recordAddress } = connector;
  return (record) => recordAddress(settings.data, record);
}
