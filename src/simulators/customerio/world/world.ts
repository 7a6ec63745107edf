import { sizesOf } from '../options.ts';
import type { Later, WorkspaceSizes, WorldOptions } from '../options.ts';
import { hash, Shuffle } from '../random.ts';
import { defaultUnknowns } from '../unknowns.ts';
import type { Unknowns } from '../unknowns.ts';

export const daySeconds = 86_400;
/** Number of the workspace in answers and files. */
export const workspaceId = 111_222;

/** Profiles that the App API no longer shows, as shares of the people. */
const ghostShares = { suppressed: 0.01, deleted: 0.01, merged: 0.01 } as const;
export type GhostKind = keyof typeof ghostShares;

/** One workspace's data: options and arithmetic, no records. */
export class World {
  readonly seed: number;
  readonly sizes: WorkspaceSizes;
  readonly unknowns: Unknowns;
  /** Unix seconds of the newest moment of the first state. */
  readonly anchor: number;
  /** People who do things: four of five. */
  readonly active: Shuffle;
  readonly receivers: Shuffle;
  readonly addresses: Shuffle;
  #later: Later | null = null;

  constructor(options: WorldOptions, nowMs: number) {
    this.seed = options.seed ?? 1;
    this.sizes = sizesOf(options);
    this.unknowns = { ...defaultUnknowns, ...options.unknowns };
    this.anchor = options.anchor ?? Math.floor(nowMs / 1_000 / daySeconds) * daySeconds;
    const { people } = this.sizes;
    this.active = new Shuffle(people - Math.floor(people / 5), 7_919);
    this.receivers = new Shuffle(people, 104_729);
    this.addresses = new Shuffle(people, 611_953);
  }

  get later(): Later | null {
    return this.#later;
  }

  /** Time has passed. @throws RangeError for a share outside 0 to 1 or a negative number */
  become(later: Partial<Later>): void {
    const whole: Later = { changed: 0, removed: 0, merged: 0, turned: 0, addedPeople: 0, addedEvents: 0, addedDeliveries: 0, ...later };
    for (const share of ['changed', 'removed', 'merged', 'turned'] as const) if (!(whole[share] >= 0 && whole[share] <= 1)) throw new RangeError(`${share} is ${whole[share]}: it must lie between 0 and 1`);
    for (const count of ['addedPeople', 'addedEvents', 'addedDeliveries'] as const) if (!Number.isSafeInteger(whole[count]) || whole[count] < 0) throw new RangeError(`${count} is ${whole[count]}: it must be a whole number, 0 or more`);
    this.#later = whole;
  }

  /** Slots of people; some may be empty later. */
  get slots(): number {
    return this.sizes.people + (this.#later?.addedPeople ?? 0);
  }

  ghosts(kind: GhostKind): number {
    return Math.ceil(this.sizes.people * ghostShares[kind]);
  }

  hash(topic: number, index: number): number {
    return hash(this.seed, topic, index);
  }

  /** A number from 0 up to, not including, `of`. */
  roll(topic: number, index: number, of: number): number {
    return hash(this.seed, topic, index) % of;
  }

  chance(topic: number, index: number, share: number): boolean {
    return hash(this.seed, topic, index) < share * 4_294_967_296;
  }
}
