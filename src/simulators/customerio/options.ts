import type { Clock } from './clock.ts';
import type { Unknowns } from './unknowns.ts';

/** How large the workspace is. Everything is made from seed and index, so that a million people need no more memory than ten. */
export interface WorkspaceSizes {
  readonly people: number; // default 500
  readonly companies: number; // objects of type 1; default a tenth of the people
  readonly events: number; // default six a person; two fifths of them in the last 30 days
  readonly deliveries: number; // default three a person
  /** Attributes a person may have, beside the 34 that are always there; default 12. */
  readonly extraAttributes: number;
  readonly newsletters: number; // default 9
  /** How far events and deliveries reach back; default 730 and 400 days. */
  readonly eventDays: number;
  readonly deliveryDays: number;
}

/** What a workspace is after some time has passed. Shares are 0 to 1 of the people. */
export interface Later {
  readonly changed: number;
  /** Deleted: their deliveries keep the cio_id. */
  readonly removed: number;
  /** Merged into another person: the cio_id vanishes too, but the person does not. */
  readonly merged: number;
  /** Unsubscribed, or subscribed again. */
  readonly turned: number;
  readonly addedPeople: number;
  readonly addedEvents: number;
  readonly addedDeliveries: number;
}

export interface WorldOptions extends Partial<WorkspaceSizes> {
  readonly seed?: number; // default 1
  /** The newest moment of the data, Unix seconds; default the last midnight UTC of the clock. */
  readonly anchor?: number;
  readonly unknowns?: Partial<Unknowns>;
}

export interface CustomerioSimulatorOptions extends WorldOptions {
  readonly region?: 'us' | 'eu'; // default 'us'; the other one answers 401 to everything
  /** Key of the App API; default 'customerio-app-key'. */
  readonly apiKey?: string;
  /** Requests per second of the whole workspace; default 10. */
  readonly perSecond?: number;
  /** Of those, how many the customer's other programs use; default 0. */
  readonly otherCallersPerSecond?: number;
  /** Archived bodies per day; default 100. */
  readonly bodiesPerDay?: number;
  /** Paths (beginnings, `/v1/exports`) that the key has no scope for; default none. */
  readonly missingScopes?: readonly string[];
  /** The journeys API answers too; default false: 404. */
  readonly journeys?: boolean;
  /** Its service-account token; default 'sa_live_reader'. It can be narrowed to reading. */
  readonly serviceToken?: string;
  /** How often an export is asked after before it is done; default 2. */
  readonly exportPolls?: number;
  readonly clock?: Clock; // default the machine's
  /** Time that every answer takes, by the clock; default 0. */
  readonly latencyMs?: number;
}

const wholeNumbers = ['people', 'companies', 'events', 'deliveries', 'extraAttributes', 'newsletters', 'eventDays', 'deliveryDays'] as const;

/** Fills in what a caller left open. @throws RangeError for a size that is no whole number, or more than a million people */
export function sizesOf(given: Partial<WorkspaceSizes>): WorkspaceSizes {
  const people = given.people ?? 500;
  const sizes: WorkspaceSizes = {
    people, companies: given.companies ?? Math.max(1, Math.ceil(people / 10)), events: given.events ?? people * 6, deliveries: given.deliveries ?? people * 3,
    extraAttributes: given.extraAttributes ?? 12, newsletters: given.newsletters ?? 9, eventDays: given.eventDays ?? 730, deliveryDays: given.deliveryDays ?? 400,
  };
  for (const name of wholeNumbers) if (!Number.isSafeInteger(sizes[name]) || sizes[name] < 0) throw new RangeError(`${name} is ${sizes[name]}: it must be a whole number, 0 or more`);
  if (people > 1_000_000) throw new RangeError(`people is ${people}: the simulator makes up to 1,000,000`);
  if (sizes.companies < 1) throw new RangeError('companies is 0: people relate to at least one company');
  if (sizes.eventDays < 31 || sizes.deliveryDays < 1) throw new RangeError('eventDays must be at least 31 and deliveryDays at least 1');
  return sizes;
}
