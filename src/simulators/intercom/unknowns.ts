/**
 * What nobody outside knows of the service: no document says it. Each is a switch, so that a client can be shown not to depend on it.
 * The first choice of each is what the simulator does unless told otherwise; none of them is a fact.
 */
export interface Unknowns {
  /** `skip_notifications` on a contact's reply: not looked at, refused with 400, or obeyed. */
  readonly contactSkipNotifications: 'ignored' | 'rejected' | 'obeyed';
  /** Tags in the body of an admin's comment (notes keep some for certain). */
  readonly adminCommentHtml: 'kept' | 'escaped';
  /** Where a part with a date in the past stands among the others. */
  readonly partOrder: 'created-at' | 'insertion';
  /** A reply dated before its conversation. */
  readonly replyBeforeConversation: 'accepted' | 'rejected';
  /** A contact's string attribute of more than 255 characters. */
  readonly longStrings: 'rejected' | 'truncated';
  /** A value that is none of a list attribute's options. */
  readonly unlistedValue: 'rejected' | 'stored';
  /** A telephone number that is none. */
  readonly invalidPhone: 'dropped' | 'rejected' | 'stored';
  /** A reply by a contact who is not in the conversation. */
  readonly replyByOutsider: 'rejected' | 'joins';
  /** Assigning to an admin who is not in the assigned team. */
  readonly adminOutsideTeam: 'accepted' | 'ignored';
  /** `snoozed_until` in the past. */
  readonly snoozeInThePast: 'rejected' | 'accepted';
  /** Whether a contact who is added to a conversation hears of it. */
  readonly participantNotified: boolean;
  /** Searching conversations by `custom_attributes.<name>`. */
  readonly conversationSearchByAttribute: 'rejected' | 'works';
  /** Images come back as other bytes than were sent. */
  readonly imagesReencoded: boolean;
  /** null as the value of a conversation attribute. */
  readonly nullAttribute: 'rejected' | 'clears';
}

export const defaultUnknowns: Unknowns = {
  contactSkipNotifications: 'ignored', adminCommentHtml: 'kept', partOrder: 'created-at', replyBeforeConversation: 'accepted', longStrings: 'rejected',
  unlistedValue: 'rejected', invalidPhone: 'dropped', replyByOutsider: 'rejected', adminOutsideTeam: 'accepted', snoozeInThePast: 'rejected',
  participantNotified: true, conversationSearchByAttribute: 'rejected', nullAttribute: 'rejected', imagesReencoded: false,
};
