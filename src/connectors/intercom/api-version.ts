/** Versions that a person may choose. Preview = 2.16 for everything, and Intercom's Preview for the one call that only it has. */
export const apiVersions = ['2.16', '2.15', 'Preview'] as const;
export type ApiVersion = (typeof apiVersions)[number];

/** What a stable version of the API can do, and what not. Calls ask these, never a version. */
export interface ApiFeatures {
  /** Attributes of conversations can be made, and have a list of their own (since 2.16); below they are made in Intercom only. */
  readonly conversationAttributes: boolean;
  /** Replies of admins to tickets take the bytes of files (since 2.16); below Intercom would fetch them from public addresses only. */
  readonly ticketFiles: boolean;
}

/** The version that stands on every call but those of Preview. */
export function stableVersion(version: ApiVersion | undefined): '2.16' | '2.15' {
  return version === '2.15' ? '2.15' : '2.16';
}

export function featuresOf(version: '2.16' | '2.15'): ApiFeatures {
  return { conversationAttributes: version !== '2.15', ticketFiles: version !== '2.15' };
}

/** As Intercom's description of it has it (git intercom/Intercom-OpenAPI, 2026-08-21). */
export const PREVIEW = 'Preview';
