import {
  AmbiguousError, AuthenticationError, ConfigurationError, FatalError, RateLimitedError, RecordRejectedError, RetriableError, type PortolanError,
} from '../../../connector/errors.ts';
import type { HttpEffect } from '../../../connector/kit/http/http-outcomes.ts';
import type { OdooFault } from './door.ts';
import { readableMessage } from './readable-message.ts';
import { isRegistryInFlux, registryRemedy } from '../fields/registry-in-flux.ts';

type Action = 'access-denied' | 'access' | 'gone' | 'missing-model' | 'refused' | 'invalid' | 'retry' | 'lost' | 'no-database' | 'disk-full' | 'rate-limited' | 'not-callable' | 'in-flux';

/**
 * The one table from Odoo's exception names to actions. Names, not texts: texts change with version and language.
 * Every one of these means that the whole call was rolled back, except where the connection to the database was lost.
 * Sources: odoo 14, 17, 18 and 19 answers, measured.
 */
const actions: Readonly<Record<string, Action>> = {
  'odoo.exceptions.AccessDenied': 'access-denied',
  'werkzeug.exceptions.Unauthorized': 'access-denied',
  'odoo.http.SessionExpiredException': 'access-denied',
  'odoo.exceptions.AccessError': 'access',
  'werkzeug.exceptions.Forbidden': 'access',
  'odoo.exceptions.MissingError': 'gone',
  'werkzeug.exceptions.NotFound': 'missing-model',
  'odoo.exceptions.UserError': 'refused',
  'odoo.exceptions.ValidationError': 'refused',
  'odoo.exceptions.RedirectWarning': 'refused',
  'odoo.exceptions.Warning': 'refused',
  'odoo.exceptions.LockError': 'retry',
  'odoo.exceptions.ConcurrencyError': 'retry',
  'builtins.ValueError': 'invalid',
  'builtins.KeyError': 'invalid',
  'builtins.TypeError': 'invalid',
  'builtins.UnicodeEncodeError': 'invalid',
  'builtins.OverflowError': 'invalid',
  'builtins.AttributeError': 'not-callable',
  'werkzeug.exceptions.UnprocessableEntity': 'not-callable',
  'werkzeug.exceptions.BadRequest': 'not-callable',
  'werkzeug.exceptions.TooManyRequests': 'rate-limited',
  'psycopg2.errors.SerializationFailure': 'retry',
  'psycopg2.errors.DeadlockDetected': 'retry',
  'psycopg2.errors.LockNotAvailable': 'retry',
  'psycopg2.errors.TransactionRollback': 'retry',
  'psycopg2.extensions.TransactionRollbackError': 'retry',
  'psycopg2.errors.QueryCanceled': 'retry',
  'psycopg2.extensions.QueryCanceledError': 'retry',
  'psycopg2.errors.TooManyConnections': 'retry',
  'psycopg2.pool.PoolError': 'retry',
  'odoo.sql_db.PoolError': 'retry',
  'psycopg2.errors.DiskFull': 'disk-full',
  'psycopg2.OperationalError': 'lost',
  'psycopg2.errors.AdminShutdown': 'lost',
  'psycopg2.errors.CrashShutdown': 'lost',
  'psycopg2.errors.CannotConnectNow': 'retry',
  'psycopg2.InterfaceError': 'lost',
};

/** HTTP 413: the server, or a proxy before it, takes no request of that size; it read none of it. */
export function tooLarge(subject: string): PortolanError {
  return new RecordRejectedError({ code: 'request-too-large', message: `${subject}: the server, or a proxy in front of it, refuses a request of this size (HTTP status 413).`, remedy: 'Raise the limit there (nginx: client_max_body_size), or leave the file out.', rejections: [] });
}

/** Turns a fault into the project's error for it. `subject` names the call: 'crm.lead.create'. */
export function errorForFault(fault: OdooFault, effect: HttpEffect, subject: string): PortolanError {
  const message = readableMessage(fault);
  switch (actionFor(fault, effect)) {
    case 'access-denied':
      return new AuthenticationError({ code: 'access-denied', message: `Odoo refuses the login (${subject}).`, remedy: 'Check user and password or API key: an expired or revoked key answers so too. Odoo 14 also answers so for 60 seconds after five failed logins from one address.' });
    case 'access':
      return new AuthenticationError({ code: 'missing-right', message: `The Odoo user may not do ${subject}.`, remedy: `Give the user the right, or use an administrator. Odoo says: ${message}` });
    case 'gone':
      return new RecordRejectedError({ code: 'record-gone', message: `${subject}: a record does not exist (any more).`, rejections: [] });
    case 'missing-model':
      return new ConfigurationError({ code: 'missing-model', message: `${subject}: this Odoo has no such model.`, remedy: 'Install the app that brings the model (for crm.* the CRM app).' });
    case 'refused':
      return new RecordRejectedError({ code: 'refused', message: `${subject}: ${message}`, rejections: [] });
    case 'invalid':
      return effect === 'write'
        ? new RecordRejectedError({ code: 'invalid-value', message: `${subject}: ${message}`, rejections: [] })
        : new FatalError({ code: 'unexpected-fault', message: `${subject}: ${message}` });
    case 'retry':
      return new RetriableError({ code: 'rolled-back', message: `${subject}: the database was busy and rolled the call back (${fault.name}).` });
    case 'lost':
      return effect === 'write'
        ? new AmbiguousError({ code: 'database-lost', message: `${subject}: Odoo lost its database during the call (${fault.name}).` })
        : new RetriableError({ code: 'database-lost', message: `${subject}: Odoo lost its database (${fault.name}).` });
    case 'no-database':
      return new ConfigurationError({ code: 'wrong-database', message: `Odoo has no such database (${subject}).`, remedy: 'Correct the setting `database`; the name stands on the login page or with the administrator.' });
    case 'disk-full':
      return new FatalError({ code: 'destination-disk-full', message: `${subject}: the disk of the Odoo database is full.`, remedy: 'Make room there, then resume.' });
    case 'rate-limited':
      return new RateLimitedError({ code: 'http-429', message: `${subject}: Odoo asks to slow down.`, retryAfterMs: 5_000 });
    case 'in-flux':
      return new RetriableError({ code: 'registry-in-flux', message: `${subject}: this Odoo is building its models anew: ${message}`, remedy: registryRemedy });
    case 'not-callable':
      return new FatalError({ code: 'not-callable', message: `${subject}: this Odoo cannot be called so: ${message}` });
  }
}

function actionFor(fault: OdooFault, effect: HttpEffect): Action {
  if (fault.name === 'psycopg2.OperationalError' && /database ".*" does not exist/u.test(fault.message)) return 'no-database';
  if (isRegistryInFlux(fault.message)) return 'in-flux';
  const known = actions[fault.name];
  if (known !== undefined) return known;
  if (fault.name.startsWith('psycopg2.')) return 'invalid'; // integrity and data errors: permanent, rolled back
  // An add-on's own exception: on a write it was rolled back like every other, so the batch is split and the record held back.
  return effect === 'write' ? 'refused' : 'invalid';
}
