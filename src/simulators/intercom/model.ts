/** Records as the simulated workspace keeps them. All moments are seconds since 1970. */
export interface Contact {
  readonly id: string; // 24 hexadecimal digits
  readonly seq: number; // order of creation
  role: 'user' | 'lead';
  externalId: string | null;
  email: string | null;
  emailVerified: boolean;
  phone: string | null;
  name: string | null;
  avatar: string | null;
  ownerId: string | null;
  unsubscribed: boolean;
  signedUpAt: number | null;
  lastSeenAt: number | null;
  readonly createdAt: number;
  updatedAt: number;
  readonly searchableFrom: number; // milliseconds
  readonly attributes: Map<string, unknown>;
  readonly tags: Map<string, Applied>;
  readonly companies: Set<string>;
  archived: boolean;
  blocked: boolean;
  mergedInto: string | null;
}

export interface Applied { readonly at: number; readonly by: string }

export interface Company {
  readonly id: string;
  readonly seq: number;
  readonly companyId: string;
  name: string | null;
  plan: string | null;
  size: number | null;
  website: string | null;
  industry: string | null;
  monthlySpend: number;
  remoteCreatedAt: number | null;
  readonly createdAt: number;
  updatedAt: number;
  readonly attributes: Map<string, unknown>;
  readonly tags: Map<string, Applied>;
  /** Contacts that belong to it. */
  readonly members: Set<string>;
  /** Milliseconds at which a deletion that was asked for takes effect; null = none was. */
  goneFrom: number | null;
}

export interface Admin { readonly id: number; readonly name: string; readonly email: string; readonly hasInboxSeat: boolean; readonly teamIds: number[] }
export interface Team { readonly id: number; readonly name: string; readonly adminIds: number[] }
export interface Tag { readonly id: string; name: string }
export interface Segment { readonly id: string; readonly name: string; readonly role: 'user' | 'lead'; readonly createdAt: number }

export interface Note { readonly id: number; readonly contact: string | null; readonly company: string | null; readonly body: string; readonly adminId: number; readonly createdAt: number }

export interface DataAttribute {
  readonly id: number;
  readonly model: 'contact' | 'company';
  readonly name: string;
  readonly dataType: 'string' | 'integer' | 'float' | 'boolean' | 'date' | 'datetime';
  description: string;
  options: readonly string[] | null;
  messengerWritable: boolean;
  archived: boolean;
  readonly createdAt: number;
  updatedAt: number;
  readonly adminId: number;
}

export type ConversationAttributeType = 'string' | 'integer' | 'list' | 'decimal' | 'boolean' | 'datetime' | 'relationship' | 'files';
export interface AttributeOption { readonly id: string; label: string; archived: boolean }
export interface ConversationAttribute {
  readonly id: number;
  name: string;
  description: string;
  readonly dataType: ConversationAttributeType;
  required: boolean;
  visibleToTeamIds: readonly string[];
  multiline: boolean;
  readonly options: AttributeOption[];
  readonly reference: unknown;
  archived: boolean;
  readonly createdAt: number;
  updatedAt: number;
  readonly adminId: number;
}

export interface Attachment { readonly id: number; readonly name: string; readonly contentType: string; readonly size: number; readonly sha256: string }
export interface Author { readonly type: 'user' | 'lead' | 'admin' | 'bot' | 'team'; readonly id: string; readonly name: string | null; readonly email: string | null }

export interface Part {
  readonly id: number;
  readonly type: string;
  body: string | null;
  readonly createdAt: number;
  updatedAt: number;
  /** Null: nobody was told. Answers show the part's own date even then, as the examples of the description do. */
  readonly notifiedAt: number | null;
  readonly author: Author;
  attachments: readonly Attachment[];
  readonly assignedTo: Readonly<{ type: 'admin' | 'team'; id: string }> | null;
  redacted: boolean;
  /** What a system part is about: an attribute and its value, a ticket state. */
  readonly event: { readonly [name: string]: unknown } | null;
}

export interface Thread {
  readonly id: number;
  readonly seq: number;
  readonly createdAt: number;
  updatedAt: number;
  readonly searchableFrom: number; // milliseconds
  state: 'open' | 'closed' | 'snoozed';
  snoozedUntil: number | null;
  adminAssignee: number; // 0 = none
  teamAssignee: number;
  companyId: string | null;
  readonly contacts: string[];
  readonly parts: Part[];
  readonly tags: Map<string, Applied>;
  readonly attributes: Map<string, unknown>;
  deletedAt: number | null;
}

export interface Conversation extends Thread {
  title: string | null;
  read: boolean;
  priority: 'none' | 'low' | 'medium' | 'high' | 'urgent';
  waitingSince: number | null;
  firstContactReplyAt: number | null;
  readonly source: { readonly id: number; readonly author: Author; body: string; readonly subject: string; attachments: readonly Attachment[]; redacted: boolean };
  metricsRetained: boolean;
  /** The ticket that it became. */
  ticket: number | null;
}

export interface TicketState { readonly id: string; readonly category: 'submitted' | 'in_progress' | 'waiting_on_customer' | 'resolved'; readonly internal: string; readonly external: string }
export interface TicketTypeAttribute {
  readonly id: number;
  readonly name: string;
  description: string;
  readonly dataType: string;
  readonly required: boolean;
  readonly visibleOnCreate: boolean;
  readonly visibleToContacts: boolean;
  readonly multiline: boolean;
  readonly items: readonly Readonly<{ id: string; label: string }>[];
  readonly isDefault: boolean;
  archived: boolean;
  readonly createdAt: number;
  updatedAt: number;
}
export interface TicketType {
  readonly id: number;
  name: string;
  description: string;
  icon: string;
  readonly category: 'Customer' | 'Back-office' | 'Tracker';
  readonly isInternal: boolean;
  readonly attributes: TicketTypeAttribute[];
  archived: boolean;
  readonly createdAt: number;
  updatedAt: number;
}
export interface Ticket extends Thread {
  readonly ticketId: number;
  readonly type: number;
  stateId: string;
  isShared: boolean;
  readonly linkedConversation: number | null;
}

export interface Job { readonly id: number; readonly ticket: number; readonly doneFrom: number }
