/** The form of a value's text: what a reader that infers types has to go on. */
export type ValueShape = 'empty' | 'integer' | 'decimal' | 'boolean-word' | 'date' | 'json-object' | 'json-array' | 'text';

/**
 * What a workspace holds, counted from the records: the yardstick for a reader, an engine, a report. Everything is said in the source's
 * terms; what becomes of an odd record is the product's business.
 */
export interface CustomerioExpectation {
  readonly people: Readonly<{
    total: number; withoutId: number; withoutEmail: number; withoutEither: number; malformedEmails: number;
    /** Distinct e-mails, folded, that several people have / the people beyond the first of each. */
    sharedEmails: number; duplicates: number;
    withPhone: number; inactive: number; devices: number;
  }>;
  /** Attribute → people who have it, and how many of each shape. The identifiers are left out. */
  readonly attributes: { readonly [name: string]: Readonly<{ filled: number; shapes: { readonly [shape in ValueShape]?: number } }> };
  readonly consent: Readonly<{
    unsubscribed: number;
    /** Topic number → people who are not subscribed to it, by what they said or by the topic's default. */
    topicOff: { readonly [topic: string]: number };
    /** `sms +15550100` → people. */
    optouts: { readonly [channelAndSender: string]: number };
    peopleWithOptouts: number;
    suppressions: { readonly [category: string]: number };
    /** Profiles that only the suppression file tells of. */
    suppressedProfiles: number;
    /** Distinct folded addresses that may not be mailed: unsubscribed people's and the provider's suppressions; malformed ones are in neither. */
    blockedEmails: number;
    /** The same with the suppressed profiles of the file. */
    blockedEmailsWithFile: number;
  }>;
  readonly objects: Readonly<{
    /** Type number → objects. */
    byType: { readonly [type: string]: number };
    relationships: number; peopleWithoutCompany: number; peopleWithSeveralCompanies: number; companiesWithoutName: number;
  }>;
  /** Segment number → members. */
  readonly segments: { readonly [segment: string]: number };
  readonly events: Readonly<{
    /** All there ever were: in archives. */
    total: number;
    /** Those that the API still gives at the present time. */
    withinApi: number;
    withoutPerson: number; backdated: number; oversize: number;
    /** Name → events that the API gives. */
    byName: { readonly [name: string]: number };
  }>;
  readonly deliveries: Readonly<{
    total: number; drafts: number; olderThanSixMonths: number; forgotten: number;
    /** By whom they are to. */
    owners: Readonly<{ person: number; deleted: number; merged: number; anonymous: number }>;
    byType: { readonly [type: string]: number };
    bySource: { readonly [source: string]: number };
    /** Metric → deliveries that have it. */
    metrics: { readonly [metric: string]: number };
    /** exception: failed, undeliverable, dropped, bounced; received: delivered; sent; outgoing: attempted or only created; draft. */
    byStatus: Readonly<{ exception: number; received: number; sent: number; outgoing: number; draft: number }>;
  }>;
  readonly content: Readonly<{ campaigns: number; actions: number; newsletters: number; contents: number; broadcasts: number; transactional: number; redactedTransactional: number; snippets: number; topics: number }>;
  /** Every single record; null above 20,000 people. */
  readonly details: CustomerioDetails | null;
}

export interface CustomerioDetails {
  /** cio_ids of all people, in the order of the list. */
  readonly people: readonly string[];
  readonly unsubscribed: readonly string[];
  /** Folded addresses that may not be mailed, sorted; see `consent.blockedEmails`. */
  readonly blockedEmails: readonly string[];
  /** cio_id → opt-outs, `sms +15550100`. */
  readonly optouts: { readonly [cioId: string]: readonly string[] };
  /** cio_id → object_ids of its companies, in the order given. */
  readonly companies: { readonly [cioId: string]: readonly string[] };
  /** Segment number → cio_ids. */
  readonly segments: { readonly [segment: string]: readonly string[] };
  /** Folded e-mail → cio_ids, of those that several people have. */
  readonly sharedEmails: { readonly [email: string]: readonly string[] };
  /** cio_ids that vanished since the first state, by reason. */
  readonly vanished: Readonly<{ deleted: readonly string[]; merged: readonly string[] }>;
  readonly changed: readonly string[];
  readonly added: readonly string[];
}
