/**
 * Errors grouped by what the engine must do with them, and by nothing else.
 *
 * | class               | the engine …                                                                     |
 * |---------------------|----------------------------------------------------------------------------------|
 * | FatalError          | stops the run; a person must look                                                |
 * | ConfigurationError  | stops before or at the start; names the setting and the remedy                   |
 * | AuthenticationError | as Configuration; the credential or a right is the trouble (exit code 3)         |
 * | RetriableError      | tries the same call again after a pause: it was certainly not carried out        |
 * | RateLimitedError    | slows every worker of the connection down, then tries again                      |
 * | RecordRejectedError | puts the named records in quarantine, or splits the batch until they are alone   |
 * | AmbiguousError      | sent, outcome unknown: looks every record up by its key before sending anything  |
 */
export interface PortolanErrorDetails {
  readonly code: string; // stable, kebab-case: 'wrong-password', 'unknown-field'
  readonly message: string; // names the thing and the value
  readonly remedy?: string; // what a person can do
  readonly cause?: unknown;
}

export abstract class PortolanError extends Error {
  readonly code: string;
  readonly remedy: string | null;
  constructor(details: PortolanErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code;
    this.remedy = details.remedy ?? null;
  }
}

export class FatalError extends PortolanError {}
export class ConfigurationError extends PortolanError {}
export class AuthenticationError extends PortolanError {}
export class RetriableError extends PortolanError {}
export class AmbiguousError extends PortolanError {}

export class RateLimitedError extends PortolanError {
  readonly retryAfterMs: number;
  constructor(details: PortolanErrorDetails & { readonly retryAfterMs: number }) {
    super(details);
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** One record of a call that the platform refused. */
export interface Rejection {
  readonly index: number; // position in the request's list
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  readonly remedy?: string; // what a person can do about this record; default: correct the value
}

export class RecordRejectedError extends PortolanError {
  /** Empty = the platform refused the call as a whole without saying which record: the engine splits. */
  readonly rejections: readonly Rejection[];
  constructor(details: PortolanErrorDetails & { readonly rejections: readonly Rejection[] }) {
    super(details);
    this.rejections = details.rejections;
  }
}
