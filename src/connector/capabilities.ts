/** What a destination can do and how it likes to be asked; the engine asks these, never the connector's name. */
export interface DestinationCapabilities {
  /** Records per call that work best. */
  readonly batchSize: { readonly create: number; readonly update: number; readonly read: number; readonly delete: number };
  /**
   * - 'atomic': record and key are stored in one transaction; a repeated create finds the key.
   * - 'separate': the key is stored after the record; a crash between needs natural evidence.
   * - 'none': no room for a key; only natural evidence.
   */
  readonly externalKey: 'atomic' | 'separate' | 'none';
  /**
   * Objects whose keys the platform does not itself keep unique, with the time in milliseconds for which a call that lost its
   * client may still commit: a create of them is not repeated before. Objects left out are unique: a late commit meets a constraint.
   */
  readonly lateCommitMs: { readonly [object: string]: number };
  /**
   * Objects without room for a key, whose records are told apart by their values alone: a tag on a record, a member of a list.
   * One that is found is ours only where an open intent says so; else it was there before and counts as matched. Creating one
   * that exists changes nothing.
   */
  readonly naturalKeys?: readonly string[];
  /** Objects of `naturalKeys` of which two records may be equal in all values and are two all the same. Default: equal records are one. */
  readonly twins?: readonly string[];
  /**
   * Objects of `naturalKeys` that are records of their own and no mere relations: what becomes of one whose source is gone is decided
   * as for any other. Default: none, a relation is detached in every case.
   */
  readonly ownRecords?: readonly string[];
  /** Objects whose records the platform never deletes: a delta keeps and lists them. Default: none. */
  readonly undeletable?: readonly string[];
  /** Objects whose records a deletion only archives: out of use, but still there. A rollback lists each of them as residue. Default: none. */
  readonly archivedByDelete?: readonly string[];
  /** Objects whose records live and die with the record in the named field, made or not: a rollback that deletes that record sends no call for them. */
  readonly partOf?: { readonly [object: string]: { readonly field: string; readonly object: string } };
  /** Objects whose look-up costs a call a record: done only where an open intent says that somebody may have been there. */
  readonly lookupEach?: readonly string[];
  /** Objects whose answers to a create show the record as it is now stored: verified from it, without a call of its own. */
  readonly answersShow?: readonly string[];
  /** Objects whose records the platform cannot count: the second equation of their reconciliation is left out. Default: none. */
  readonly uncounted?: readonly string[];
  /** Records per create call of single objects, where it differs from `batchSize.create`: one for files, thousands for tags on records. */
  readonly createBatchSize?: { readonly [object: string]: number };
  /**
   * Field by object that archives a record when it is set to false, without losing it: a delta may archive there instead of deleting.
   * Default: nothing can be archived.
   */
  readonly archiveField?: { readonly [object: string]: string };
  /** By object: objects whose records the platform changes by itself when a record that they refer to is written. Default: none. */
  readonly changesAlong?: { readonly [object: string]: readonly string[] };
  /** By object, by object of its `changesAlong`: fields whose writing changes none of those. Custom fields never do. Default: each may. */
  readonly changesNotAlong?: { readonly [object: string]: { readonly [along: string]: readonly string[] } };
  /** By object: objects whose records the platform deletes when a record on which they hang is archived. Default: none. */
  readonly archivingDeletes?: { readonly [object: string]: readonly string[] };
  /** A refused call leaves nothing behind. */
  readonly atomicBatches: boolean;
  /** Parallel calls worth making. */
  readonly concurrency: number;
  /** Records of one parent are shown in the order of their creation: history must go in oldest first, by one worker. */
  readonly ordersByCreation: readonly string[]; // object names
  /** By object of `ordersByCreation`: the fields that say among which records that order counts. Left out = all references. */
  readonly orderedWithin?: { readonly [object: string]: readonly string[] };
  /** Groups of fields by object that the platform recomputes when one of them is written: an update of one sends all that the record has. */
  readonly writtenTogether?: { readonly [object: string]: readonly (readonly string[])[] };
  /**
   * An update with `null` empties a field as if it had never been written, so that what a later export no longer fills can be emptied;
   * by object, those that are left as they are (a new record without them gets a value of the platform's own). Default: nothing is emptied.
   */
  readonly emptiesUnset?: { readonly except: { readonly [object: string]: readonly string[] } };
  /** Field in which the records of every object say what people call them, for sheets that people read. Default: records are shown by their ids. */
  readonly labelField?: string;
  readonly delete: boolean;
  /** Object under which new fields are created; null = the platform has no custom fields. */
  readonly schemaObject: string | null;
  readonly maxCallBytes: number;
}
