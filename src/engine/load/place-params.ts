import type { DestinationConnection } from '../../connector/destination.ts';
import type { Mapping } from '../../plan/plan.ts';
import type { IntentRow } from '../ports/ledger.ts';
import type { Project } from '../ports/projects.ts';
import type { Store } from '../ports/store.ts';
import type { FieldsByName } from '../sessions.ts';
import type { FileStreams } from './file-streams.ts';
import type { Foreseen } from './foreseen.ts';
import type { LookedUp } from './look-ahead.ts';

/** What is needed to bring records of one mapping to their destination, whatever they were made from. */
export interface PlaceParams {
  readonly store: Store;
  readonly project: Project;
  readonly runId: string;
  readonly mapping: Mapping;
  readonly destination: DestinationConnection;
  readonly fields: (object?: string) => Promise<FieldsByName>; // asked for only where something is to be changed; of the mapping's object, or of another one
  readonly foreseen: Foreseen | null; // null = a load; else a preview: nothing is sent, nothing enters the crosswalk, and what it has seen so far counts as loaded
  readonly writeIntents: (intents: readonly IntentRow[]) => Promise<void>; // fenced, also when there are none to write; throws FencedOff
  readonly lookedUp?: LookedUp | null; // what was looked up for this step and others; asked anew where an attempt may have left something
  readonly files: FileStreams | null; // null = no record has a file
  readonly backoffMs: (attempt: number) => number;
  readonly signal: AbortSignal;
}
