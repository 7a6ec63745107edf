import type { CustomerioClient } from './client.ts';
import { wholeList } from './cursor-pages.ts';
import { idText } from './values.ts';

export interface Workspace { readonly id: string | null; readonly name: string | null; readonly people: number | null; readonly objects: number | null }

/** All workspaces of the account; the answer does not say which of them the key belongs to. */
export async function allWorkspaces(client: CustomerioClient): Promise<readonly Workspace[]> {
  const rows = await wholeList(client, { path: '/workspaces', endpoint: 'workspaces', items: 'workspaces' });
  const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  return rows.map((row) => ({ id: idText(row['id']), name: idText(row['name']), people: number(row['people']), objects: number(row['objects']) }));
}

/** The workspace by its number or name, or the only one there is. Null = it cannot be told. */
export async function findWorkspace(client: CustomerioClient, wanted: string | undefined): Promise<Workspace | null> {
  const all = await allWorkspaces(client);
  if (wanted === undefined) return all.length === 1 ? all[0] ?? null : null;
  return all.find((one) => one.id === wanted || one.name === wanted) ?? null;
}
