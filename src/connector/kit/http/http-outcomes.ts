import { AmbiguousError, ConfigurationError, RateLimitedError, RetriableError, type PortolanError } from '../../errors.ts';

/** Everything that can come of one HTTP exchange, before a connector looks into the answer. */
export type HttpOutcome =
  | { readonly kind: 'not-sent'; readonly detail: string } // refused, unknown host, no route: no byte of the call arrived
  | { readonly kind: 'bad-certificate'; readonly detail: string }
  | { readonly kind: 'lost'; readonly detail: string } // sent, connection ended without a whole answer
  | { readonly kind: 'timed-out'; readonly detail: string } // sent, no answer in time
  | { readonly kind: 'stopped'; readonly detail: string } // sent, then our own side was told to stop
  | { readonly kind: 'too-large'; readonly detail: string }
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs: number | null };

/** Whether the call changes the destination: decides what a lost answer means. */
export type HttpEffect = 'read' | 'write';

type Action = 'deliver' | 'retriable' | 'by-effect' | 'rate-limited' | 'configuration';

/** The one table of outcomes and actions. Nothing else in the project decides this. */
const outcomeActions = {
  'not-sent': 'retriable',
  'bad-certificate': 'configuration',
  lost: 'by-effect',
  'timed-out': 'by-effect',
  stopped: 'by-effect',
  'too-large': 'by-effect',
} as const satisfies Record<Exclude<HttpOutcome['kind'], 'answered'>, Action>;

/** Statuses that are the transport's, not the platform's own answer. All others are delivered to the connector. */
const statusActions: Readonly<Record<number, Action>> = {
  408: 'by-effect',
  425: 'retriable', // Too Early: certainly not carried out
  429: 'rate-limited',
  502: 'by-effect',
  503: 'by-effect',
  504: 'by-effect',
  520: 'by-effect', 521: 'by-effect', 522: 'by-effect', 523: 'by-effect', 524: 'by-effect', // a CDN in front lost the server
};

const defaultRetryAfterMs = 5_000;

/**
 * The error an outcome stands for, or null when the answer belongs to the connector.
 * A write whose answer was lost is ambiguous; a read is simply tried again.
 */
export function errorForOutcome(outcome: HttpOutcome, effect: HttpEffect, endpoint: string): PortolanError | null {
  const action = outcome.kind === 'answered' ? (statusActions[outcome.status] ?? 'deliver') : outcomeActions[outcome.kind];
  const detail = outcome.kind === 'answered' ? `HTTP status ${outcome.status}` : outcome.detail;
  const code = outcome.kind === 'answered' ? `http-${outcome.status}` : outcome.kind;
  switch (action) {
    case 'deliver':
      return null;
    case 'retriable':
      return new RetriableError({ code, message: `${endpoint}: nothing was sent (${detail}).`, remedy: 'Check that the server runs and that this machine may reach it.' });
    case 'configuration':
      return new ConfigurationError({ code, message: `${endpoint}: the server's certificate is not trusted (${detail}).`, remedy: 'Use a valid certificate, or give Node the issuer by NODE_EXTRA_CA_CERTS.' });
    case 'rate-limited':
      return new RateLimitedError({ code, message: `${endpoint}: the server asks to slow down (${detail}).`, retryAfterMs: (outcome.kind === 'answered' ? outcome.retryAfterMs : null) ?? defaultRetryAfterMs });
    case 'by-effect':
      return effect === 'write'
        ? new AmbiguousError({ code, message: `${endpoint}: sent, but no answer came back (${detail}); it may have been carried out.` })
        : new RetriableError({ code, message: `${endpoint}: no usable answer (${detail}).`, remedy: 'It is tried again; if it stays, look at the server and at proxies in front of it.' });
  }
}

/** Reads a Retry-After header: seconds or an HTTP date. Null = absent or unreadable. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.round(seconds * 1000));
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}
