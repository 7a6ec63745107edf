/** 'x.test' → 'http://x.test', as Odoo stores the web site of partners and leads. */
export function cleanWebsite(value: string): string {
  if (value.includes('://')) return value;
  return `http://${value.replace(/^\/+/u, '')}`;
}

/** Lower-cased address of a single e-mail, also out of 'Name <a@b>'; undefined for garbage or several addresses. */
export function normaliseEmail(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const found = value.match(/[^\s<>,;"]+@[^\s<>,;"]+/gu) ?? [];
  return found.length === 1 ? found[0].toLowerCase() : undefined;
}

/** Digits as typed, without anything but a leading plus when the number cannot be read; undefined for none. */
export function sanitisePhone(value: string | undefined): string | undefined {
  return value === undefined || !/\d/u.test(value) ? undefined : value;
}
