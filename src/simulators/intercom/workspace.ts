import { createHash } from 'node:crypto';
import { Blobs } from './blobs.ts';
import type { Clock } from './clock.ts';
import type { Admin, Attachment, Company, Contact, Conversation, ConversationAttribute, DataAttribute, Job, Note, Segment, Tag, Team, Ticket, TicketState, TicketType } from './model.ts';
import type { IntercomSimulatorOptions } from './options.ts';
import { defaultUnknowns } from './unknowns.ts';
import type { Unknowns } from './unknowns.ts';

/** A message that reached a person outside, or a workflow that woke up: what a silent import must not cause. */
export interface SideEffect { readonly kind: 'customer-notified' | 'workflow'; readonly reason: string; readonly conversation: string; readonly at: number }

type Counter = 'message' | 'conversation' | 'part' | 'tag' | 'note' | 'data-attribute' | 'conversation-attribute' | 'ticket' | 'ticket-type' | 'ticket-attribute' | 'attachment' | 'job' | 'record' | 'option';

/** One simulated workspace: its records, its counters, its clock. */
export class Workspace {
  readonly options: IntercomSimulatorOptions;
  readonly clock: Clock;
  readonly unknowns: Unknowns;
  readonly idCode: string;
  readonly contacts = new Map<string, Contact>();
  readonly companies = new Map<string, Company>();
  readonly conversations = new Map<number, Conversation>();
  readonly tickets = new Map<number, Ticket>();
  readonly admins: Admin[] = [];
  readonly teams: Team[] = [];
  readonly tags = new Map<string, Tag>();
  readonly notes = new Map<number, Note>();
  /** Notes by the contact or company that they are on. */
  readonly notesOf = new Map<string, Note[]>();
  readonly segments: Segment[] = [];
  readonly dataAttributes = new Map<number, DataAttribute>();
  readonly conversationAttributes = new Map<number, ConversationAttribute>();
  readonly ticketTypes = new Map<number, TicketType>();
  readonly ticketStates: TicketState[] = [];
  readonly jobs = new Map<number, Job>();
  readonly blobs: Blobs;
  readonly sideEffects: SideEffect[] = [];
  /** Milliseconds of recent replies, by conversation. */
  readonly recentReplies = new Map<number, number[]>();
  /** Users and leads by address in lower case, users by external id; archived ones as well. */
  readonly byEmail = new Map<string, Set<string>>();
  readonly byExternalId = new Map<string, Set<string>>();
  readonly conversationsOf = new Map<string, Set<number>>();
  readonly missingScopes: Set<string>;
  tokenAdmin: Admin | null = null;
  companyScroll: { readonly id: string; position: number; expires: number } | null = null;
  readonly #counters = new Map<Counter, number>();

  constructor(options: IntercomSimulatorOptions, clock: Clock) {
    this.options = options;
    this.clock = clock;
    this.blobs = new Blobs(options.attachmentFolder ?? null, options.attachmentsHeld);
    this.unknowns = { ...defaultUnknowns, ...options.unknowns };
    this.idCode = `sim${createHash('sha256').update(`workspace ${options.seed ?? 1}`).digest('hex').slice(0, 37)}`;
    this.missingScopes = new Set(options.missingScopes ?? ['delete_conversations_and_metrics']);
  }

  /** Seconds, as the API counts. */
  get now(): number {
    return Math.floor(this.clock.now() / 1_000);
  }

  count(counter: Counter, first = 1): number {
    const next = (this.#counters.get(counter) ?? first - 1) + 1;
    this.#counters.set(counter, next);
    return next;
  }

  /** Everything that it holds, as plain data in which equal things are one. */
  dump(): object {
    const { options: _options, clock: _clock, unknowns: _unknowns, blobs, ...held } = this;
    return { held, blobs: blobs.dump(), counters: this.#counters };
  }

  /** As it was dumped; before anybody has looked at it. */
  load(dump: object): void {
    const { held, blobs, counters } = dump as { readonly held: object; readonly blobs: ReadonlyMap<number, Uint8Array>; readonly counters: ReadonlyMap<Counter, number> };
    Object.assign(this, held);
    for (const [id, bytes] of blobs) this.blobs.put(id, Buffer.from(bytes));
    for (const [counter, value] of counters) this.#counters.set(counter, value);
  }

  /** 24 hexadecimal digits, as contacts and companies have: seconds, then a number of its own. */
  objectId(seq: number): string {
    const tail = createHash('sha256').update(`${this.options.seed ?? 1} ${seq}`).digest('hex').slice(0, 10);
    return `${this.now.toString(16).padStart(8, '0')}${tail}${(seq % 0xff_ff_ff).toString(16).padStart(6, '0')}`;
  }

  get searchableFrom(): number {
    return this.clock.now() + (this.options.searchLagMs ?? 120_000);
  }

  keep(name: string, contentType: string, content: Buffer): Attachment {
    const id = this.count('attachment', 70_001);
    this.blobs.put(id, content);
    return { id, name, contentType, size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  }

  caused(kind: SideEffect['kind'], reason: string, conversation: number): void {
    if (kind === 'workflow' && this.options.workflows !== true) return;
    this.sideEffects.push({ kind, reason, conversation: String(conversation), at: this.now });
  }
}

/** Keeps an index from a value to the records that have it. */
export function reindex(index: Map<string, Set<string>>, id: string, before: string | null, after: string | null): void {
  if (before === after) return;
  if (before !== null) index.get(before)?.delete(id);
  if (after === null) return;
  const ids = index.get(after) ?? new Set<string>();
  ids.add(id);
  index.set(after, ids);
}
