import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import type { ConsoleRole, ConsoleStore } from '../store/console-store.ts';
import type { Accounts } from './accounts.ts';
import { refusal } from './problem.ts';

/** Who calls: a person with a session, or a program with a token. */
export interface Identity {
  readonly kind: 'session' | 'token';
  readonly actor: string; // for the audit log
  readonly name: string;
  readonly role: ConsoleRole;
  readonly csrf: string; // empty for a token: browsers never send one by themselves
  readonly expiresAt: string | null;
}

export const tokenPrefix = 'ptl_';
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const csrfOf = (secret: string, sessionToken: string): string => createHmac('sha256', secret).update(`csrf:${sessionToken}`).digest('base64url');

/** Reads cookies or a bearer token. A header that is there and wrong is refused, never passed over. Cookies of the answer renew the session. */
export async function identify(headers: Headers, parts: Readonly<{ accounts: Accounts; people: ConsoleStore; secret: string }>): Promise<Readonly<{ identity: Identity | null; cookies: readonly string[] }>> {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const [, token] = /^Bearer (ptl_[A-Za-z0-9_-]{43})$/.exec(authorization) ?? [];
    const known = token === undefined ? null : await parts.people.tokenOf(digestOf(token));
    if (known === null) throw refusal(401, 'wrong-token', 'The API token is not known, was revoked or has ended.', 'Make another one in the console, under People and tokens.');
    return { identity: { kind: 'token', actor: `token ${known.name} of ${known.madeBy}`, name: known.name, role: known.role, csrf: '', expiresAt: known.expiresAt }, cookies: [] };
  }
  const session = await parts.accounts.session(headers);
  if (session === null) return { identity: null, cookies: [] };
  const { user, sessionToken, expiresAt } = session.signedIn;
  return { identity: { kind: 'session', actor: user.email, name: user.name, role: user.role, csrf: csrfOf(parts.secret, sessionToken), expiresAt }, cookies: session.cookies };
}

/**
 * Refuses requests that another page made a browser send: of a session, whatever changes something needs the token
 * that only our own page could read.
 */
export function requireCsrf(context: Context, identity: Identity | null): void {
  if (context.req.method === 'GET' || context.req.method === 'HEAD' || identity === null || identity.kind === 'token') return;
  const given = Buffer.from(context.req.header('x-portolan-csrf') ?? '');
  const wanted = Buffer.from(identity.csrf);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw refusal(403, 'wrong-csrf', 'The request does not carry the token of this session.', 'Load the page again.');
}

/** Refuses another name than ours (a foreign name that leads to this address) and another page's requests. */
export function requireOwnOrigin(context: Context, origins: ReadonlySet<string>, hosts: ReadonlySet<string>): void {
  const host = context.req.header('host') ?? '';
  if (!hosts.has(host.toLowerCase())) throw refusal(403, 'wrong-host', `This server does not answer under the name '${host.slice(0, 100)}'.`, 'Use the address it printed when it started; behind a proxy, start it with --public-url.');
  const origin = context.req.header('origin');
  if (origin !== undefined && !origins.has(origin.toLowerCase())) throw refusal(403, 'other-origin', 'The request comes from another page.', 'Use the console itself.');
  if (origin !== undefined || context.req.method === 'GET' || context.req.method === 'HEAD') return;
  const site = context.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw refusal(403, 'other-origin', 'The request comes from another page.', 'Use the console itself.');
}
