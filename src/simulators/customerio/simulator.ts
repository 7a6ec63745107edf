import type { Clock } from './clock.ts';
import type { CustomerioExpectation } from './expectation.ts';
import type { Faults } from './faults.ts';
import type { Later } from './options.ts';
import type { SecondUse } from './rate-limits.ts';
import type { World } from './world/world.ts';

export interface CustomerioState {
  /** Answers so far by route and status: `{ 'POST /v1/customers 200': 12, 'GET /v1/messages 429': 1 }`. */
  answers(): { readonly [answer: string]: number };
  /** Seconds in which calls were made, the last 5,000. */
  seconds(): readonly SecondUse[];
  /** Exports that were created: they show in the workspace's own list. */
  exportsCreated(): number;
  /** Requests that showed the API key to the host of downloads. */
  leakedKeys(): number;
  /** What a client of the journeys API did beside reading. */
  journeysSideEffects(): readonly string[];
}

/** A running stand-in for a Customer.io workspace. URLs are origins, without `/v1`. */
export interface CustomerioSimulator {
  /** The App API of the workspace's region. */
  readonly url: string;
  /** The App API of both regions; the other one answers 401 to everything. */
  readonly regions: Readonly<{ us: string; eu: string }>;
  /** The Track API, only `GET /api/v1/accounts/region`. */
  readonly trackUrl: string;
  readonly journeysUrl: string;
  readonly downloadUrl: string;
  /** Faults, clock, later states and counts over HTTP, see `http/control.ts`. */
  readonly controlUrl: string;
  readonly apiKey: string;
  readonly serviceToken: string;
  readonly trackCredentials: Readonly<{ siteId: string; apiKey: string }>;
  readonly region: 'us' | 'eu';
  readonly clock: Clock;
  readonly faults: Faults;
  readonly state: CustomerioState;
  readonly world: World;
  /** What a right migration of the present state must arrive at; looks at every record. */
  expectation(): CustomerioExpectation;
  /** Time passes: people change, go, come. Replaces the former later state. @throws RangeError for a wrong share or number */
  become(later: Partial<Later>): void;
  readonly keys: { revoke(): void; restore(): void };
  readonly scopes: { remove(path: string): void; add(path: string): void };
  readonly exports: { failNext(): void };
  readonly listener: { stop(): Promise<void>; start(): Promise<void> };
  stop(): Promise<void>;
}
