import { betterAuth } from 'better-auth';
import { ConfigurationError } from '../connector/errors.ts';
import type { ConsoleRole, ConsoleStore, ConsoleUser } from '../store/console-store.ts';

/** A session ends twelve hours after it was last renewed; it renews itself at most once an hour. */
const sessionSeconds = 12 * 60 * 60;
const renewSeconds = 60 * 60;
const shortestPassword = 12;
const longestPassword = 256;

export interface SignedIn { readonly user: ConsoleUser; readonly sessionToken: string; readonly expiresAt: string }

/** Accounts and sessions. Passwords, sessions and cookies are better-auth's; who may have an account is decided here. */
export interface Accounts {
  /** The first account of an installation, which owns it. @throws ConfigurationError 'not-first-run' */
  createOwner(params: Readonly<{ name: string; email: string; password: string }>): Promise<void>;
  /** @throws ConfigurationError 'email-taken' */
  create(params: Readonly<{ name: string; email: string; password: string; role: ConsoleRole }>): Promise<ConsoleUser>;
  /** Cookies of a new session; null = address or password is wrong. */
  signIn(params: Readonly<{ email: string; password: string; headers: Headers }>): Promise<readonly string[] | null>;
  /** Cookies that end the session in the browser; the session itself is deleted. */
  signOut(headers: Headers): Promise<readonly string[]>;
  /** Who the cookies of a request belong to, with cookies that renew the session; null = nobody, or the session is over. */
  session(headers: Headers): Promise<Readonly<{ signedIn: SignedIn; cookies: readonly string[] }> | null>;
  /** Changes a person's own password: ends all sessions, gives cookies of a new one; null = the old password is wrong. */
  changePassword(params: Readonly<{ current: string; next: string; headers: Headers }>): Promise<readonly string[] | null>;
  /** Sets a new password and ends every session of the person. */
  setPassword(params: Readonly<{ userId: string; password: string }>): Promise<void>;
}

/** @param params.url the address people type; its scheme decides whether cookies are for HTTPS alone */
export function openAccounts(params: Readonly<{ people: ConsoleStore; secret: string; url: string }>): Accounts {
  const { people } = params;
  const auth = betterAuth({
    appName: 'Portolan', baseURL: params.url, secret: params.secret, telemetry: { enabled: false },
    database: { db: people.database, type: 'postgres', schemaName: 'portolan', transaction: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: shortestPassword, maxPasswordLength: longestPassword },
    user: { modelName: 'console_user', additionalFields: { role: { type: 'string', required: true, input: false } } },
    session: { modelName: 'console_session', expiresIn: sessionSeconds, updateAge: renewSeconds, cookieCache: { enabled: false } },
    account: { modelName: 'console_credential' },
    verification: { modelName: 'console_verification' },
    rateLimit: { enabled: false }, // its handler is not mounted; see sign-in-limit.ts
    advanced: { cookiePrefix: 'portolan', defaultCookieAttributes: { sameSite: 'strict', httpOnly: true, path: '/' }, useSecureCookies: params.url.startsWith('https://') },
    logger: { disabled: true },
  });

  const create: Accounts['create'] = async ({ name, email, password, role }) => {
    const { internalAdapter, password: passwords } = await auth.$context;
    const address = email.trim().toLowerCase();
    if ((await people.listUsers()).some((user) => user.email === address)) throw new ConfigurationError({ code: 'email-taken', message: `There is an account for ${address} already.`, remedy: 'Give that account another role, or use another address.' });
    const user = await internalAdapter.createUser({ name: name.trim(), email: address, emailVerified: true, role }, { method: 'email-password' });
    await internalAdapter.createAccount({ userId: user.id, providerId: 'credential', accountId: user.id, password: await passwords.hash(password) });
    return { id: user.id, name: user.name, email: user.email, role, createdAt: new Date(user.createdAt).toISOString() };
  };

  return {
    create,
    createOwner: (account) => people.alone(async () => {
      if ((await people.countUsers()) > 0) throw new ConfigurationError({ code: 'not-first-run', message: 'This installation has an owner already.', remedy: 'Sign in, or ask the owner for an account.' });
      await create({ ...account, role: 'owner' });
    }),
    async signIn({ email, password, headers }) {
      try {
        const { headers: answer } = await auth.api.signInEmail({ body: { email: email.trim().toLowerCase(), password }, headers, returnHeaders: true });
        return answer.getSetCookie();
      } catch (error) {
        if (statusOf(error) < 500) return null;
        throw error;
      }
    },
    async signOut(headers) {
      const { headers: answer } = await auth.api.signOut({ headers, returnHeaders: true });
      return answer.getSetCookie();
    },
    async session(headers) {
      if (!headers.has('cookie')) return null;
      const { headers: answer, response } = await auth.api.getSession({ headers, returnHeaders: true });
      if (response === null) return null;
      const { user, session } = response;
      return {
        signedIn: {
          user: { id: user.id, name: user.name, email: user.email, role: user.role as ConsoleRole, createdAt: new Date(user.createdAt).toISOString() },
          sessionToken: session.token, expiresAt: new Date(session.expiresAt).toISOString(),
        },
        cookies: answer.getSetCookie(),
      };
    },
    async changePassword({ current, next, headers }) {
      try {
        const { headers: answer } = await auth.api.changePassword({ body: { currentPassword: current, newPassword: next, revokeOtherSessions: true }, headers, returnHeaders: true });
        return answer.getSetCookie();
      } catch (error) {
        if ((error as { readonly body?: { readonly code?: unknown } }).body?.code === 'INVALID_PASSWORD') return null;
        throw error;
      }
    },
    async setPassword({ userId, password }) {
      const { internalAdapter, password: passwords } = await auth.$context;
      await internalAdapter.updatePassword(userId, await passwords.hash(password));
      await internalAdapter.deleteSessions((await internalAdapter.listSessions(userId)).map((session) => session.token));
    },
  };
}

function statusOf(error: unknown): number {
  const { statusCode } = error as { readonly statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : 500;
}
