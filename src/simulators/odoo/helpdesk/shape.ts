import type { OdooVersion } from '../options.ts';
import { Dice } from './dice.ts';
import { Spans } from './spans.ts';

/** Kinds of dice: one number for each thing that is decided. */
export const K = {
  messages: 1, files: 2, followers: 3, partner: 4, created: 5, life: 6, stage: 7, user: 8, team: 9, tags: 10, subject: 11, archived: 12, company: 13, description: 14, priority: 15, contact: 16,
  name: 20, phone: 21, parent: 22, kind: 30, author: 31, date: 32, text: 33, fileMessage: 40, fileKind: 41, fileSize: 42, fileLink: 43, content: 44, rating: 50, ratingValue: 51, sla: 60, slaState: 61, custom: 70,
} as const;

/** Ids of the first seeded record of each kind; what lies below is the server's own. */
export const FIRST = { partner: 1001, ticket: 1, message: 5001, attachment: 3001, follower: 1001, rating: 1, slaStatus: 1, agentPartner: 101, agent: 21, portalUser: 101 } as const;

export const AGENTS = 12;
/** The last two agents have left: their users are archived. One more person left without leaving even a user. */
export const FORMER_AGENTS = 2;
export const AGENTS_WITHOUT_USER = 1;
/** Bytes of the largest files. */
export const LARGE_FILE = 25 * 1024 * 1024;
/** One file in so many is that large. */
const LARGE_EVERY = 1500;
const DAY_MS = 86_400_000;
const FROM_MS = Date.UTC(2019, 1, 1);
const YEARS_MS = 5.5 * 365 * DAY_MS;

export interface ShapeOptions { readonly version: OdooVersion; readonly dialect: 'enterprise' | 'oca'; readonly tickets: number; readonly seed: number }

/**
 * The outline of a help desk's history: how many of everything, who belongs to whom, when it was. It holds one number per ticket and
 * kind; everything else is made from the dice when it is read.
 */
export class Shape {
  readonly dice: Dice;
  readonly options: ShapeOptions;
  readonly partners: number;
  readonly portalUsers: number;
  readonly messages: Spans;
  readonly files: Spans;
  readonly followers: Spans;
  readonly ratings: Spans;
  readonly slaStatuses: Spans;

  constructor(options: ShapeOptions) {
    const { tickets, seed } = options;
    this.options = options;
    this.dice = new Dice(seed);
    this.partners = tickets === 0 ? 0 : Math.max(20, Math.ceil(tickets * 0.35));
    this.portalUsers = Math.min(200, Math.floor(this.partners / 25));
    this.messages = new Spans(tickets, (ticket) => this.#messageCount(ticket));
    this.files = new Spans(tickets, (ticket) => this.#fileCount(ticket));
    this.followers = new Spans(tickets, (ticket) => this.followerPartners(ticket).length);
    this.ratings = new Spans(tickets, (ticket) => (this.isClosed(ticket) && this.dice.chance(0.35, K.rating, ticket) ? 1 : 0));
    this.slaStatuses = new Spans(tickets, (ticket) => (options.dialect === 'oca' ? 0 : this.dice.below(3, K.sla, ticket)));
  }

  /** Mostly a handful; some have none; one in 2,000 (and the 18th) is too long for a window of 500 parts. */
  #messageCount(ticket: number): number {
    if (ticket % 2000 === 17) return 480 + this.dice.below(220, K.messages, ticket, 1);
    if (this.dice.chance(0.03, K.messages, ticket, 2)) return 0;
    return Math.min(60, 1 + Math.floor(-Math.log(1 - this.dice.unit(K.messages, ticket)) * 5));
  }

  /** None for most; one in 200 (and the 12th) has more than ten on one message. */
  #fileCount(ticket: number): number {
    if (ticket % 200 === 11) return 12 + this.dice.below(14, K.files, ticket, 1);
    return this.dice.chance(0.55, K.files, ticket) ? 0 : 1 + this.dice.below(3, K.files, ticket, 2);
  }

  /** Place of the customer among the partners; null = the ticket has none. Few customers have many tickets. */
  partnerOf(ticket: number): number | null {
    if (this.dice.chance(0.08, K.partner, ticket, 1)) return null;
    return Math.floor(this.dice.unit(K.partner, ticket) ** 1.6 * this.partners);
  }

  /** Every 25th partner has a login of the portal, as long as there are fewer than 200. */
  portalUserOf(partner: number): number | null {
    return partner % 25 === 3 && Math.floor(partner / 25) < this.portalUsers ? Math.floor(partner / 25) : null;
  }

  /** Place of the assigned agent; null = nobody. */
  agentOf(ticket: number): number | null {
    return this.dice.chance(0.1, K.user, ticket, 1) ? null : this.dice.below(AGENTS, K.user, ticket);
  }

  agentPartner(agent: number): number {
    return FIRST.agentPartner + agent;
  }

  /** Partner ids that follow: customer, agent, and some others. */
  followerPartners(ticket: number): number[] {
    const partner = this.partnerOf(ticket);
    const agent = this.agentOf(ticket);
    const others = Array.from({ length: this.dice.below(3, K.followers, ticket) }, (_none, more) => FIRST.partner + this.dice.below(this.partners, K.followers, ticket, 1 + more));
    return [...new Set([...(partner === null ? [] : [FIRST.partner + partner]), ...(agent === null ? [] : [this.agentPartner(agent)]), ...others])];
  }

  /** Milliseconds since 1970; tickets come in the order of their ids, up to some hours. */
  createdMs(ticket: number): number {
    return FROM_MS + Math.floor((YEARS_MS * (ticket + this.dice.unit(K.created, ticket))) / Math.max(1, this.options.tickets) / 1000) * 1000;
  }

  /** From an hour to a month. */
  lifeMs(ticket: number): number {
    return 3_600_000 + Math.floor(this.dice.unit(K.life, ticket) ** 3 * 30 * DAY_MS);
  }

  /** 0 new, 1 in progress, 2 waiting, 3 solved, 4 cancelled; the newest tenth is mostly open. */
  stageOf(ticket: number): number {
    const open = ticket >= this.options.tickets * 0.9 ? 0.6 : 0.08;
    return this.dice.chance(open, K.stage, ticket) ? this.dice.below(3, K.stage, ticket, 1) : this.dice.chance(0.85, K.stage, ticket, 2) ? 3 : 4;
  }

  isClosed(ticket: number): boolean {
    return this.stageOf(ticket) >= 3;
  }

  /** One closed ticket in 23 got messages after it was closed. */
  closedMs(ticket: number): number | null {
    if (!this.isClosed(ticket)) return null;
    return this.createdMs(ticket) + Math.floor(this.lifeMs(ticket) * (ticket % 23 === 5 ? 0.6 : 1));
  }

  /** In order, but for one in 211, which is dated before the one with the lower id. */
  messageMs(ticket: number, at: number): number {
    const gap = this.lifeMs(ticket) / (this.messages.count(ticket) + 1);
    const back = this.dice.below(211, K.date, ticket, at) === 0 ? Math.min(3, at) : 0;
    return this.createdMs(ticket) + Math.floor(((at - back) * gap + gap * 0.9 * this.dice.unit(K.date, ticket, at + 100_000)) / 1000) * 1000;
  }

  /** Which message of the ticket (by place) a file hangs on; null = only the ticket itself. */
  fileMessage(ticket: number, file: number): number | null {
    const count = this.messages.count(ticket);
    if (count === 0) return null;
    if (this.files.count(ticket) > 10) return Math.min(1, count - 1);
    return this.dice.chance(0.1, K.fileMessage, ticket, file) ? null : this.dice.below(count, K.fileMessage, ticket, file + 1000);
  }

  /** Files of one message, by their place in the whole sequence of files. */
  filesOfMessage(ticket: number, message: number): number[] {
    const start = this.files.start(ticket);
    const places: number[] = [];
    for (let file = 0; file < this.files.count(ticket); file += 1) if (this.fileMessage(ticket, file) === message) places.push(start + file);
    return places;
  }

  /** The 8th file, and one in 1,500, has 25 MB. */
  fileSize(at: number): number {
    if (at % LARGE_EVERY === 7) return LARGE_FILE;
    return 200 + Math.floor(this.dice.unit(K.fileSize, at) ** 4 * 900_000);
  }
}

/** '2026-01-31 10:00:00' */
export function stamp(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
