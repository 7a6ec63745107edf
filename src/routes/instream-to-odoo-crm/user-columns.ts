import type { Catalog, CatalogField } from '../../connector/catalog.ts';

/** How a column that names co-workers finds their users. */
export interface UserColumn { readonly by: 'login' | 'name' }

interface User { readonly login: string; readonly name: string }
const folded = (text: string): string => text.trim().toLowerCase();

/**
 * Whether every value of a column is one user of the destination: by login (the e-mail address), or in columns that
 * `custom_fields.csv` calls `user` by a name that only one user has. One value that is none keeps the whole column as text, since a
 * link to a user holds nothing else.
 * @returns null = not every value is one, or the values are too many to be known
 */
export function userColumn(field: CatalogField, destination: Catalog): UserColumn | null {
  const values = field.profile?.values?.map(({ value }) => folded(value)).filter((value) => value !== '') ?? [];
  const { logins, users } = destination.facts;
  if (values.length === 0 || !Array.isArray(logins)) return null;
  const known = new Set((logins as readonly string[]).map(folded));
  const named = field.nativeType === 'user'; // elsewhere only an address tells a login from any other word
  if (values.every((value) => (named || value.includes('@')) && known.has(value))) return { by: 'login' };
  if (!named || !Array.isArray(users)) return null;
  const names = (users as unknown as readonly User[]).map(({ name }) => folded(name));
  return values.every((value) => names.filter((name) => name === value).length === 1) ? { by: 'name' } : null;
}

/** Why a column of co-workers or contact persons is text. Empty = it is neither. */
export function whyText(field: CatalogField): string {
  if (field.nativeType === 'user') return ' Text, since not every value is the login or the only name of a user of Odoo: make the users first, then discover and propose again.';
  return field.nativeType === 'person' ? ' Text, since a contact may be a lead in Odoo, and a link to a person leads to partners alone.' : '';
}
