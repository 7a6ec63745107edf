import type { Catalog } from '../../connector/catalog.ts';
import { BLOCKED } from './files.ts';
import { factRows } from './lines.ts';

/** Active teams of the help desk whose name no team of Intercom has. */
export function missingTeams({ source, destination }: Readonly<{ source: Catalog; destination: Catalog }>): readonly string[] {
  const there = new Set(factRows(destination, 'teams').map((team) => folded(team['name'])));
  return factRows(source, 'helpDeskTeams').map((team) => String(team['name'])).filter((name) => !there.has(folded(name)));
}

/** Tags that are one at Intercom, in groups. */
export function collisions(source: Catalog | null): readonly (readonly string[])[] {
  const groups = Map.groupBy(factRows(source, 'helpDeskTags').map((tag) => String(tag['name'])), folded);
  return [...groups.values()].filter((names) => names.length > 1);
}

export interface LeftOutFile { readonly id: string; readonly name: string; readonly size: number; readonly ticket: string; readonly why: 'too large' | 'blocked type' | 'link' }

/** Files that go in as notes, by what discovery found; null = they could not be read. */
export function leftOutFiles(source: Catalog, cap: number): readonly LeftOutFile[] | null {
  if (['largeFiles', 'riskyFiles', 'linkedFiles'].some((name) => !Array.isArray(source.facts[name]))) return null;
  const found = new Map<string, LeftOutFile>();
  const add = (fact: string, why: LeftOutFile['why'], is: (row: Omit<LeftOutFile, 'why'>) => boolean): void => {
    for (const row of factRows(source, fact)) {
      const file = { id: String(row['id']), name: String(row['name']), size: Number(row['size'] ?? 0), ticket: String(row['ticket']) };
      if (is(file) && !found.has(file.id)) found.set(file.id, { ...file, why });
    }
  };
  add('linkedFiles', 'link', () => true);
  add('riskyFiles', 'blocked type', ({ name }) => BLOCKED.includes(name.split('.').at(-1)?.toLowerCase() ?? ''));
  add('largeFiles', 'too large', ({ size }) => size > cap);
  return [...found.values()];
}

/** How many files the tickets and their messages have, in words: `12`, `at least 12`, `an unknown number of`. */
export function fileCount(source: Catalog): string {
  const files = source.facts['files'] as { readonly counted?: unknown; readonly complete?: unknown } | null | undefined;
  if (typeof files?.counted !== 'number') return 'an unknown number of';
  return files.complete === true ? String(files.counted) : `at least ${files.counted}`;
}

export const CUT = 'There are more than are listed: the run names each when it comes to it.';

/** Whether discovery lists only some of the files that go in as notes: there are more than it names. */
export function isCut(source: Catalog): boolean {
  const cut = source.facts['filesCut'];
  return Array.isArray(cut) && cut.length > 0;
}

const folded = (name: unknown): string => String(name).normalize('NFC').trim().toLowerCase();
