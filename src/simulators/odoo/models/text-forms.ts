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

/** The number as typed, trimmed: the server has no phone library installed, so it cannot do better (measured on 14). */
export function sanitisePhone(value: string | undefined): string | undefined {
  return value?.trim() || undefined;
}

/** 'Name <a@b>' as the version writes a contact's address: 14 takes the e-mail as it stands, later ones normalise it. */
export function formatAddress(version: number, name: string | undefined, email: string | undefined): string | undefined {
  if (email === undefined || email === '') return version === 14 ? '' : undefined;
  const shown = version >= 17 ? (normaliseEmail(email) ?? email) : email.includes('@') ? email : `@${email}`;
  return `"${name ?? 'False'}" <${shown}>`;
}
