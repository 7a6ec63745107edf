import { foldText } from '../../connector/kit/fold.ts';
import type { Json } from '../../connector/json.ts';
import type { Manifest } from './manifest.ts';
import type { ListFact } from './object-facts.ts';
import type { ObjectScan } from './scan.ts';
import type { InstreamSettings } from './settings.ts';

const byCount = (counts: ReadonlyMap<string, number>): { [name: string]: number } => Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));

function merge(maps: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const merged = new Map<string, number>();
  for (const map of maps) for (const [name, count] of map) merged.set(name, (merged.get(name) ?? 0) + count);
  return merged;
}

/** Spellings of each tag, over contacts, companies, deals and the tag files; only tags with more than one spelling. */
function tagVariants(scans: readonly ObjectScan[]): { [folded: string]: Json } {
  const groups = new Map<string, ReadonlyMap<string, number>[]>();
  for (const scan of scans) for (const [folded, spellings] of scan.facts.tagVariants) groups.set(folded, [...(groups.get(folded) ?? []), spellings]);
  const variants: { [folded: string]: Json } = {};
  for (const [folded, maps] of groups) {
    const spellings = merge(maps);
    if (spellings.size > 1) variants[folded] = [...spellings].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name, count]) => ({ name, count }));
  }
  return variants;
}

/** Every list that a file or a cell names, with its members: listed ones first. */
function listFacts(scans: readonly ObjectScan[]): Json {
  const names = new Map(scans.flatMap((scan) => [...scan.facts.listNames]));
  const merged = new Map<string, ListFact>();
  for (const fact of ['list', 'list_membership', 'contact'].flatMap((object) => scans.filter((scan) => scan.object.name === object)).flatMap((scan) => scan.facts.lists)) {
    const name = names.get(fact.name) ?? fact.name;
    const known = merged.get(foldText(name));
    if (known === undefined) merged.set(foldText(name), { ...fact, name, statuses: new Map(fact.statuses) });
    else {
      known.kind ||= fact.kind;
      known.treatAs ||= fact.treatAs;
      known.people += fact.people;
      known.companies += fact.companies;
      known.inCells += fact.inCells;
      for (const [status, count] of fact.statuses) known.statuses.set(status, (known.statuses.get(status) ?? 0) + count);
    }
  }
  return [...merged.values()].map(({ statuses, ...fact }) => ({ ...fact, statuses: [...statuses].map(([name, count]) => ({ name, count })) }));
}

/** Single facts that routes ask for by name (README, "Facts"). */
export function bundleFacts(scans: ReadonlyMap<string, ObjectScan>, settings: InstreamSettings, manifest: Manifest | null): { readonly [name: string]: Json } {
  const contacts = scans.get('contact');
  const deals = scans.get('deal');
  const currencies = byCount(deals?.facts.currencies ?? new Map());
  const codes = Object.keys(currencies);
  return {
    currency: settings.currency ?? manifest?.currency ?? (codes.length === 1 ? codes[0] ?? null : null),
    timezone: settings.timezone ?? manifest?.timezone ?? null,
    locale: settings.locale ?? manifest?.locale ?? null,
    phoneRegion: settings.phoneRegion ?? (settings.locale ?? manifest?.locale)?.split(/[-_]/)[1]?.toUpperCase() ?? null,
    exportedAt: manifest?.exportedAt ?? null,
    exactly100Contacts: contacts?.records === 100,
    archivedContacts: contacts?.facts.archived ?? 0,
    contactsPerOwner: byCount(contacts?.facts.owners ?? new Map()),
    contactsWithCompany: contacts?.facts.withCompany ?? 0,
    contactsOnDeals: deals?.facts.contactsOnDeals ?? null,
    contactsWithoutOwner: contacts?.facts.withoutOwner ?? 0,
    ownerNames: Object.fromEntries(scans.get('owner')?.facts.ownerNames ?? []),
    ownerEmails: byCount(merge([...scans.values()].map((scan) => scan.facts.owners))),
    stageOutcomes: (deals?.facts.stages ?? []).map((stage) => ({ ...stage })),
    stages: (scans.get('stage')?.facts.listedStages ?? []).map((stage) => ({ ...stage })),
    tagVariants: tagVariants([...scans.values()]),
    lists: listFacts([...scans.values()]),
    currencies,
    dealsWithoutContact: deals?.facts.withoutContact ?? 0,
    dummyEmails: { count: contacts?.facts.dummyCount ?? 0, list: contacts?.facts.dummies ?? [] },
  };
}
