import type { JsonObject } from '../../connector/json.ts';
import type { IntentRow } from './ledger.ts';

/** A created record as the platform's answer showed it. */
export interface SeenRow {
  readonly sourceId: string;
  readonly payloadHash: string; // of what was written then
  readonly seen: JsonObject;
}

/** What answers showed, and updates of records that no crosswalk row tells of. */
export interface SeenStore {
  /** What was seen of these records; those written again since are left out. */
  seenRecords(params: Readonly<{ projectId: string; mapping: string; sourceIds: readonly string[] }>): Promise<readonly SeenRow[]>;
  /** Open intents of updates of records that were there before, made by attempts that did not live to place them. */
  orphanedUpdates(projectId: string): Promise<readonly IntentRow[]>;
}
