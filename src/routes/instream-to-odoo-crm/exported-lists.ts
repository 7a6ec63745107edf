import type { Catalog } from '../../connector/catalog.ts';
import { fold } from '../../plan/values/fold.ts';
import { meaningOf } from './status-words.ts';
import { objectOf } from './mapping-input.ts';

/** A relation list of InStream, as its files and the cells of contacts show it. */
export interface ExportedList {
  readonly name: string;
  readonly kind: string; // as written: personal, business; '' = not said
  readonly treatAs: string; // as written; '' = not said
  readonly people: number; // memberships of contacts, the greater of file and cells
  readonly companies: number;
  readonly statuses: readonly Readonly<{ name: string; count: number }>[];
}

interface ListFact extends Omit<ExportedList, 'people'> { readonly people: number; readonly inCells: number }

/** Every list of the export, listed ones first. */
export function exportedLists(source: Catalog): readonly ExportedList[] {
  const facts = (source.facts['lists'] ?? []) as unknown as readonly ListFact[];
  return facts.filter((list) => list.name !== '').map(({ inCells, ...list }) => ({ ...list, people: Math.max(list.people, inCells) }));
}

/** How the name of a list is written in memberships and cells. */
export function spellingsOf(source: Catalog, name: string): readonly string[] {
  const written = [objectOf(source, 'list_membership')?.fields.find((field) => field.name === 'list_name'), objectOf(source, 'contact')?.fields.find((field) => field.name === 'lists')]
    .flatMap((field) => field?.profile?.values ?? []).map(({ value }) => value.trim());
  return [...new Set([name, ...written.filter((value) => fold(value) === fold(name))])];
}

/** Statuses of memberships over all lists: what each says by itself, and on how many memberships it stands. */
export function listStatuses(source: Catalog): readonly Readonly<{ name: string; count: number; lists: number; meaning: ReturnType<typeof meaningOf> }>[] {
  const found = new Map<string, { name: string; count: number; lists: number }>();
  for (const list of exportedLists(source)) {
    for (const status of list.statuses) {
      const known = found.get(fold(status.name)) ?? { name: status.name, count: 0, lists: 0 };
      found.set(fold(status.name), { ...known, count: known.count + status.count, lists: known.lists + 1 });
    }
  }
  return [...found.values()].map((status) => ({ ...status, meaning: meaningOf(status.name) }));
}
