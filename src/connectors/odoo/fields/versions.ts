/** What the server says it is, from `server_version_info` (never from `server_version`, which may carry a date or 'saas~17.4'). */
export interface OdooVersion {
  readonly major: number; // 14 … 19
  readonly text: string; // '14.0', 'saas~17.4'
  readonly enterprise: boolean;
}

/** Reads [17, 0, 0, 'final', 0, 'e'] or ['saas~17', 4, …]. Null = not a version list. */
export function parseVersionInfo(info: unknown): OdooVersion | null {
  if (!Array.isArray(info) || info.length < 2) return null;
  const first: unknown = info[0];
  const major = typeof first === 'number' ? first : Number(/(\d+)/u.exec(String(first))?.[1] ?? Number.NaN);
  if (!Number.isInteger(major)) return null;
  return { major, text: `${String(first)}.${String(info[1])}`, enterprise: typeof info[5] === 'string' && info[5].startsWith('e') };
}

/** The oldest and newest major version that was measured or lies between measured ones. */
export const supportedMajors = { from: 14, to: 19 } as const;

/**
 * What differs between versions and cannot be seen in `fields_get`. Everything else (mobile gone in 19, `lost_reason`
 * against `lost_reason_id`, `team_id` against `team_ids`, text against html) is taken from `fields_get`.
 */
export interface VersionTraits {
  /** date_open and date_last_stage_update of a lead are overwritten with now on create: they need a second write. [14] measured; 15 and 16 treated alike. */
  readonly leadDatesNeedSecondWrite: boolean;
  /** A lead in a won stage must have probability 100. [19] */
  readonly wonDemandsFullProbability: boolean;
  /** `has_group` takes the user's id first. [18] on */
  readonly hasGroupTakesIds: boolean;
  /** `has_access` exists, `check_access_rights` is deprecated. [18] on */
  readonly hasAccess: boolean;
  /** calendar.event appends contact details to the description unless told not to. [19] */
  readonly eventsDescribeContacts: boolean;
}

export function versionTraits(major: number): VersionTraits {
  return {
    leadDatesNeedSecondWrite: major <= 16,
    wonDemandsFullProbability: major >= 19,
    hasGroupTakesIds: major >= 18,
    hasAccess: major >= 18,
    eventsDescribeContacts: major >= 19,
  };
}
