/**
 * What nobody outside knows of the service: no document says it, nobody has published an observation. Each is a switch, so that a client
 * can be shown not to depend on it. The first choice of each is what the simulator does unless told otherwise; none of them is a fact.
 */
export interface Unknowns {
  /** The specification wraps each person of a batch in `{customer}`; observed live: not. */
  readonly batchShape: 'unwrapped' | 'wrapped';
  /** Whether `attributes` repeats cio_id, id and email. */
  readonly identifiersAmongAttributes: boolean;
  /** What an empty list is, where the facts say 'may be null'. */
  readonly emptyList: 'null' | 'empty';
  /** What says that a list has ended. */
  readonly endOfList: 'empty-text' | 'null' | 'absent';
  /** A `limit` above the maximum. */
  readonly limitAboveMaximum: 'clamped' | 'refused';
  /** More than 100 ids in a batch of attributes. */
  readonly batchAboveMaximum: 'refused' | 'cut';
  /** `drafts=true` gives the drafts alone, or drafts and the others. */
  readonly draftsParameter: 'only' | 'included';
  /** A window of messages over more than six months. */
  readonly longWindow: 'clipped' | 'refused';
  /** Whether the ten requests are counted in fixed seconds or in any second. */
  readonly rateWindow: 'fixed' | 'sliding';
  /** When the daily hundred of archived bodies begins anew. */
  readonly bodyDay: 'utc-midnight' | 'rolling';
  /** Activities older than 30 days: gone, or some are still there. */
  readonly activitiesBeyond30Days: 'gone' | 'some';
  /** The field whose `exists` matches every object of a type. */
  readonly objectMatchAll: 'cio_object_id' | 'object_id' | 'none';
  /** Values of objects' attributes. */
  readonly objectAttributes: 'strings' | 'typed';
  /** Upper and lower case when people are looked for by e-mail. */
  readonly emailSearch: 'folded' | 'exact';
  /** Suppressions asked for without a sending domain. */
  readonly suppressionsWithoutDomain: 'all' | 'first-domain';
  /** Names of the columns of exports. */
  readonly exportColumns: 'snake' | 'words';
  readonly exportCompression: 'none' | 'gzip' | 'zip';
  /** Whose the deliveries of a person are who was merged away. */
  readonly deliveriesOfMerged: 'loser' | 'winner';
  /** The number of the first page of the journeys API. */
  readonly journeysFirstPage: 0 | 1;
  /** Whether live segments carry their conditions. */
  readonly segmentConditions: 'given' | 'absent';
}

export const defaultUnknowns: Unknowns = {
  batchShape: 'unwrapped', identifiersAmongAttributes: true, emptyList: 'null', endOfList: 'empty-text', limitAboveMaximum: 'clamped', batchAboveMaximum: 'refused',
  draftsParameter: 'only', longWindow: 'clipped', rateWindow: 'fixed', bodyDay: 'utc-midnight', activitiesBeyond30Days: 'gone', objectMatchAll: 'cio_object_id',
  objectAttributes: 'strings', emailSearch: 'folded', suppressionsWithoutDomain: 'all', exportColumns: 'snake', exportCompression: 'none', deliveriesOfMerged: 'loser',
  journeysFirstPage: 0, segmentConditions: 'given',
};
