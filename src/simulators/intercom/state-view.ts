import type { RateLimits } from './rate-limits.ts';
import { isGone } from './records.ts';
import type { Collection, IntercomState, StateRow } from './simulator.ts';
import type { Workspace } from './workspace.ts';

function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]: [unknown, unknown]) => [String(key), plain(one)]));
  if (value instanceof Set) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)])) : value;
}

function recordsOf(workspace: Workspace, collection: Collection): readonly object[] {
  switch (collection) {
    case 'contacts': return [...workspace.contacts.values()];
    case 'companies': return [...workspace.companies.values()];
    case 'conversations': return [...workspace.conversations.values()];
    case 'tickets': return [...workspace.tickets.values()];
    case 'tags': return [...workspace.tags.values()];
    case 'notes': return [...workspace.notes.values()];
    case 'data-attributes': return [...workspace.dataAttributes.values()];
    case 'conversation-attributes': return [...workspace.conversationAttributes.values()];
    case 'ticket-types': return [...workspace.ticketTypes.values()];
    case 'admins': return workspace.admins;
    case 'teams': return workspace.teams;
  }
}

function isThere(workspace: Workspace, collection: Collection, record: object): boolean {
  const { archived, deletedAt } = record as { readonly archived?: boolean; readonly deletedAt?: number | null };
  if (collection === 'companies') return !isGone(workspace, record as Parameters<typeof isGone>[1]);
  return archived !== true && (deletedAt === undefined || deletedAt === null);
}

/** The assertions' view of a workspace. */
export function stateView(workspace: Workspace, limits: RateLimits, answers: ReadonlyMap<string, number>, leaked: () => number): IntercomState {
  return {
    rows: (collection) => recordsOf(workspace, collection).map((record) => plain(record) as StateRow),
    count: (collection) => recordsOf(workspace, collection).filter((record) => isThere(workspace, collection, record)).length,
    answers: () => Object.fromEntries(answers),
    windows: () => limits.windows.map((window) => ({ ...window })),
    sideEffects: () => [...workspace.sideEffects],
    leakedTokens: leaked,
  };
}
