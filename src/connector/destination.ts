import type { Catalog, CatalogField, FieldType } from './catalog.ts';
import type { CheckResult } from './check-result.ts';
import type { FileOpener } from './file-value.ts';
import type { Json, JsonObject } from './json.ts';
import type { DestinationCapabilities } from './capabilities.ts';

/**
 * An open destination. Implemented by each platform that records are moved to.
 *
 * Values in `values` are in Portolan's forms (see `FieldType`): the connector turns them into the platform's
 * (UTC text without zone, `false` for empty, integers for ids, …) and back again on reading.
 * `null` means: empty at the destination. A field left out is left alone.
 * A field of type `binary` is written as a `FileValue` and read back as a `StoredFile`.
 * Every method throws only the classes of `errors.ts`.
 */
export interface DestinationConnection {
  readonly capabilities: DestinationCapabilities;
  /** Readiness checks for the objects a plan writes. No side effects, except a rights probe that removes what it made. */
  check(request: DestinationCheckRequest): Promise<readonly CheckResult[]>;
  /** Objects with fields as the user sees them now. Objects that do not exist are left out. */
  discover(request: { readonly objects: readonly string[] }): Promise<Catalog>;
  /** The fields of one object as they are now, without counts, rights and facts: cheap enough for every worker. Empty = no such object. */
  fields(request: { readonly object: string }): Promise<readonly CatalogField[]>;
  /**
   * Finds records by the external keys they were created under. Keys not found are absent from the answer.
   * For an object of `capabilities.naturalKeys` the platform has no room for a key: the record's values are the evidence.
   */
  lookup(request: KeyLookupRequest): Promise<ReadonlyMap<string, string>>;
  /** Finds existing records by the values of one field, for identity and value look-ups. Archived records included. */
  match(request: MatchRequest): Promise<readonly MatchHit[]>;
  /**
   * Creates all records of the request or none, in the given order, each under its external key.
   * A key that already exists is never created a second time (where `capabilities.externalKey` is 'atomic').
   * @throws RecordRejectedError nothing was created; `rejections` names the culprits where the platform does.
   * @throws AmbiguousError the call was sent and its outcome is unknown.
   * @returns the new ids in the order of the request.
   */
  create(request: CreateRequest): Promise<readonly CreatedRecord[]>;
  /** Writes the given fields of existing records; all or none. Throws as `create`. */
  update(request: UpdateRequest): Promise<void>;
  /** Reads fields back, in Portolan's forms. Records that are gone are absent. Order is not promised. */
  read(request: { readonly object: string; readonly ids: readonly string[]; readonly fields: readonly string[] }): Promise<readonly DestinationRecord[]>;
  /** The versions alone, as `read` gives them, by id; records that are gone are absent. Left out = reading whole records costs no more. */
  versions?(request: { readonly object: string; readonly ids: readonly string[] }): Promise<ReadonlyMap<string, string>>;
  /**
   * Who changed these records last, and when, for a person to read; records that are gone are absent. Never asked for all of
   * them: only for records that a rollback keeps. Left out = the platform tells neither.
   */
  lastChanges?(request: { readonly object: string; readonly ids: readonly string[] }): Promise<ReadonlyMap<string, LastChange>>;
  /** Deletes records together with their external keys; ids already gone count as deleted. All or none. Throws as `create`. */
  delete(request: { readonly object: string; readonly ids: readonly string[] }): Promise<void>;
  /** What hangs on these records and would be lost or orphaned with them: for a rollback that must not take people's work along. */
  dependants(request: { readonly object: string; readonly ids: readonly string[] }): Promise<readonly Dependant[]>;
  count(request: { readonly object: string }): Promise<number>;
  /** Counts and content hashes of whole objects, and of side tables (mail queue, external ids), for the rollback proof. */
  fingerprint(request: { readonly objects: readonly string[] }): Promise<Fingerprint>;
  /**
   * Brings a value into the form in which the platform would give it back, so that both sides of a comparison
   * can be normalised by type (sanitised HTML, added 'http://', trimmed text). Pure.
   */
  normalise(request: { readonly object: string; readonly field: CatalogField; readonly value: Json }): Json;
  /** Turns the definition of a new field into a record of `capabilities.schemaObject`. Pure. */
  fieldRecord(definition: FieldDefinition): JsonObject;
  /**
   * Records that make new fields visible to the users of the platform (Odoo: a view that extends the form), made after the
   * fields and removed before them. Left out = the platform shows new fields by itself, or cannot.
   */
  displayRecords?(request: { readonly fields: readonly FieldDefinition[] }): Promise<readonly DisplayRecord[]>;
  close(): Promise<void>;
}

export interface DestinationCheckRequest {
  readonly objects: readonly string[]; // objects the plan writes or matches
  /** Those of `objects` that it writes; the others are only looked up. Left out = the connector judges by the kind of object. */
  readonly writes?: readonly string[];
  readonly createsFields: boolean;
  /** Destinations of the plan's mappings, where there is a plan: of `objects`, those that this migration stands for. */
  readonly mapped?: readonly string[];
  /** The fields that the plan makes, where there is a plan. */
  readonly newFields?: readonly FieldDefinition[];
}

export interface KeyLookupRequest {
  readonly object: string;
  readonly keys: readonly string[];
  /** The values that are to be created under the keys, in their order; always given for an object of `capabilities.naturalKeys`. */
  readonly values?: readonly JsonObject[];
  /** Records that stand for others: not to be found (`capabilities.twins`). */
  readonly except?: readonly string[];
}

/** A record that shows new fields to people. */
export interface DisplayRecord {
  readonly object: string; // 'ir.ui.view'
  readonly name: string; // stable and unique among the display records of a plan: 'crm.lead form'
  readonly values: JsonObject;
}

export interface MatchRequest {
  readonly object: string;
  readonly field: string;
  readonly values: readonly string[];
  readonly ignoreCase: boolean;
  /** Further fields to give back with each hit. */
  readonly fields?: readonly string[];
}
export interface MatchHit {
  readonly value: string; // the asked value this record answers to, as asked
  readonly id: string;
  readonly values: JsonObject; // the fields asked for
}

export interface CreateRequest {
  readonly object: string;
  /** The caller has just looked these keys up and found none of them: the connector need not ask again. Default false. */
  readonly looked?: boolean;
  readonly records: readonly { readonly key: string; readonly values: JsonObject }[];
  /** Streams the bytes of the `FileValue`s among the values. Always given when there are any. */
  readonly files?: FileOpener;
  /** An earlier attempt at these records may have been carried out in part: look before each call. Default false. */
  readonly again?: boolean;
}
export interface CreatedRecord {
  readonly key: string;
  readonly id: string;
  /** The platform had such a record already and gave it instead of making a second one: it counts as matched. */
  readonly existing?: true;
  /** With `existing`: it was archived, and was brought back to be given. A rollback cannot put it back as it was, and lists it. */
  readonly broughtBack?: true;
  /** The record as the platform's answer showed it: verified at once where `capabilities.answersShow`, since it cannot be read later or a reading of its own costs a call. */
  readonly seen?: JsonObject;
}

export interface UpdateRequest {
  readonly object: string;
  readonly changes: readonly { readonly id: string; readonly values: JsonObject }[];
  /** Streams the bytes of the `FileValue`s among the values. Always given when there are any. */
  readonly files?: FileOpener;
}

export interface DestinationRecord {
  readonly id: string;
  readonly values: JsonObject;
  /** Changes whenever the record does (Odoo: write_date and write_uid). */
  readonly version: string;
  /** Hash over every stored, writable field: tells a real change from a mere touch. */
  readonly contentHash: string;
}

/** The last change of a record. */
export interface LastChange {
  readonly by: string | null; // name of the person or program; null = the platform does not tell
  readonly at: string | null; // ISO 8601 in UTC; null = the platform does not tell
  /** It was made under the account that Portolan itself signs in with. Default false. */
  readonly ownAccount?: boolean;
}

export interface Dependant {
  readonly ofId: string;
  readonly object: string;
  readonly id: string;
  readonly effect: 'deleted' | 'orphaned';
  readonly label: string; // for people
  /** Who made it, and when. Left out = the platform does not tell. */
  readonly by?: string;
  readonly at?: string; // ISO 8601 in UTC
}

export interface Fingerprint {
  readonly objects: readonly { readonly object: string; readonly count: number; readonly hash: string }[];
  /** Side tables by name with their counts: 'mail.mail', 'ir.model.data'. */
  readonly sides: { readonly [name: string]: number };
  /** One hash over all of the above. */
  readonly hash: string;
}

/** A field that the plan wants to exist at the destination. */
export interface FieldDefinition {
  readonly object: string;
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly relatedObject?: string;
  readonly currencyField?: string;
  readonly help?: string;
}
