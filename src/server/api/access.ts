import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Accounts } from '../accounts.ts';
import { operation, type App } from '../calls.ts';
import { digestOf, tokenPrefix, type Identity } from '../identity.ts';
import type { ServerParts } from '../parts.ts';
import { refusal } from '../problem.ts';
import { may, permissionsOf, roles } from '../roles.ts';
import { accessListSchema, auditSchema, doneSchema, firstRunSchema, madeTokenSchema, newTokenSchema, newUserSchema, ownPasswordSchema, sessionSchema, signInSchema, statusSchema, userChangeSchema, userSchema } from '../schemas/access.ts';
import { mostOfAccount, mostOfAddress, SignInLimit, type Counted } from '../sign-in-limit.ts';

const id = z.strictObject({ id: z.string().max(100) });

/** Accounts, sessions, tokens, audit log. @param clientOf address of the caller */
export function accessApi(app: App, parts: ServerParts, given: Readonly<{ accounts: Accounts; firstRunCode: string; clientOf: (context: unknown) => string }>): void {
  const { accounts } = given;
  const { people, store } = parts;
  const limit = new SignInLimit(() => performance.now());
  const audit = (actor: string, action: string, details: Readonly<Record<string, string>>): Promise<void> => store.audit({ projectId: null, actor, action, details });

  operation(app, { method: 'get', path: '/api/status', tag: 'access', summary: 'Version, and whether the owner\'s account is still to be made', needs: 'public', answer: statusSchema },
    async () => ({ version: parts.version, firstRun: (await people.countUsers()) === 0 }));

  operation(app, { method: 'post', path: '/api/first-run', tag: 'access', summary: 'Make the owner\'s account, once', needs: 'public', body: firstRunSchema, answer: doneSchema }, async ({ body, context }) => {
    const names = [{ name: `code ${given.clientOf(context)}`, most: mostOfAccount }];
    slowDown(limit, names);
    if (!same(body.code, given.firstRunCode)) {
      limit.failed(names);
      throw refusal(422, 'wrong-code', 'This is not the code that the server printed when it started.', 'Look at the terminal in which it was started; the code is new with every start.', { code: 'not the code that the server printed' });
    }
    await accounts.createOwner(body);
    await audit(body.email, 'owner-created', {});
    return { done: true };
  });

  operation(app, { method: 'post', path: '/api/sign-in', tag: 'access', summary: 'Begin a session', needs: 'public', body: signInSchema, answer: doneSchema }, async ({ body, context }) => {
    const names = [{ name: `account ${body.email.toLowerCase()}`, most: mostOfAccount }, { name: `address ${given.clientOf(context)}`, most: mostOfAddress }];
    slowDown(limit, names);
    const cookies = await accounts.signIn({ ...body, headers: context.req.raw.headers });
    if (cookies === null) {
      limit.failed(names);
      await audit(body.email, 'sign-in-refused', { address: given.clientOf(context) });
      throw refusal(422, 'wrong-password', 'Address or password is wrong.', 'Try again, or ask the owner for a new password.', { password: 'address or password is wrong' });
    }
    limit.succeeded(names);
    await audit(body.email, 'signed-in', { address: given.clientOf(context) });
    for (const cookie of cookies) context.header('set-cookie', cookie, { append: true });
    return { done: true };
  });

  operation(app, { method: 'post', path: '/api/sign-out', tag: 'access', summary: 'End the session', needs: 'look', answer: doneSchema }, async ({ actor, context, identity }) => {
    if (identity?.kind === 'session') for (const cookie of await accounts.signOut(context.req.raw.headers)) context.header('set-cookie', cookie, { append: true });
    await audit(actor, 'signed-out', {});
    return { done: true };
  });

  operation(app, { method: 'get', path: '/api/session', tag: 'access', summary: 'Who I am and what I may do', needs: 'look', answer: sessionSchema }, async ({ identity }) => {
    const { name, actor, role, csrf, expiresAt } = identity as Identity;
    return { user: { name, email: actor, role }, permissions: [...permissionsOf(role)], csrf, expiresAt };
  });

  operation(app, { method: 'post', path: '/api/account/password', tag: 'access', summary: 'Change my own password; every other session of mine ends', needs: 'look', body: ownPasswordSchema, answer: doneSchema }, async ({ body, actor, context, identity }) => {
    if (identity?.kind !== 'session') throw refusal(409, 'no-account', 'An API token has no password.', 'Sign in as a person; a token is revoked, and another one made.');
    // Who found an open browser may not guess on; sign-in counts the same tries.
    const names = [{ name: `account ${actor.toLowerCase()}`, most: mostOfAccount }];
    slowDown(limit, names);
    const cookies = await accounts.changePassword({ ...body, headers: context.req.raw.headers });
    if (cookies === null) {
      limit.failed(names);
      await audit(actor, 'password-change-refused', { address: given.clientOf(context) });
      throw refusal(422, 'wrong-password', 'The password of now is wrong.', 'Try again, or ask an owner for a new one.', { current: 'not your password' });
    }
    limit.succeeded(names);
    await audit(actor, 'password-changed', { address: given.clientOf(context) });
    for (const cookie of cookies) context.header('set-cookie', cookie, { append: true });
    return { done: true };
  });

  operation(app, { method: 'get', path: '/api/people', tag: 'people', summary: 'Accounts and living API tokens', needs: 'administer', answer: accessListSchema },
    async () => ({ users: [...await people.listUsers()], tokens: [...await people.listTokens()] }));

  operation(app, { method: 'post', path: '/api/people', tag: 'people', summary: 'Make an account', needs: 'administer', body: newUserSchema, answer: userSchema }, async ({ body, actor }) => {
    const user = await accounts.create(body);
    await audit(actor, 'account-created', { email: user.email, role: user.role });
    return user;
  });

  operation(app, { method: 'patch', path: '/api/people/{id}', tag: 'people', summary: 'Give another role or a new password; a new password ends the person\'s sessions', needs: 'administer', params: id, body: userChangeSchema, answer: doneSchema }, async ({ params, body, actor }) => {
    const user = (await people.listUsers()).find((one) => one.id === params.id);
    if (user === undefined) throw refusal(404, 'no-user', 'There is no such account.', 'Load the page again.');
    if (body.role !== undefined && body.role !== user.role) {
      if (!(await people.setRole({ id: user.id, role: body.role }))) throw refusal(409, 'last-owner', `${user.email} is the only owner.`, 'Make somebody else an owner first.');
      await audit(actor, 'role-changed', { email: user.email, from: user.role, to: body.role });
    }
    if (body.password !== undefined) {
      await accounts.setPassword({ userId: user.id, password: body.password });
      await audit(actor, 'password-set', { email: user.email });
    }
    return { done: true };
  });

  operation(app, { method: 'delete', path: '/api/people/{id}', tag: 'people', summary: 'Remove an account with its sessions', needs: 'administer', params: id, answer: doneSchema }, async ({ params, actor }) => {
    const user = (await people.listUsers()).find((one) => one.id === params.id);
    if (user === undefined) throw refusal(404, 'no-user', 'There is no such account.', 'Load the page again.');
    if (!(await people.removeUser(user.id))) throw refusal(409, 'last-owner', `${user.email} is the only owner.`, 'Make somebody else an owner first.');
    await audit(actor, 'account-removed', { email: user.email });
    return { done: true };
  });

  operation(app, { method: 'post', path: '/api/tokens', tag: 'people', summary: 'Make an API token', needs: 'administer', body: newTokenSchema, answer: madeTokenSchema }, async ({ body, actor, identity }) => {
    const token = `${tokenPrefix}${randomBytes(32).toString('base64url')}`;
    const role = roles.find((one) => one === body.role && permissionsOf(one).every((permission) => may((identity as Identity).role, permission))) ?? 'viewer';
    const about = await people.addToken({ digest: digestOf(token), name: body.name, role, madeBy: actor, days: body.days });
    await audit(actor, 'token-made', { name: about.name, role: about.role });
    return { token, about };
  });

  operation(app, { method: 'delete', path: '/api/tokens/{id}', tag: 'people', summary: 'Revoke an API token', needs: 'administer', params: id, answer: doneSchema }, async ({ params, actor }) => {
    if (!(await people.revokeToken(params.id))) throw refusal(404, 'no-token', 'There is no such token.', 'Load the page again.');
    await audit(actor, 'token-revoked', { token: params.id });
    return { done: true };
  });

  operation(app, { method: 'get', path: '/api/audit', tag: 'people', summary: 'The audit log, newest first', needs: 'administer', query: z.strictObject({ project: z.string().optional(), before: z.string().regex(/^\d{1,18}$/).optional() }), answer: auditSchema },
    async ({ query }) => ({ rows: [...await people.auditLog({ project: query.project ?? null, before: query.before ?? null, limit: 100 })] }));
}

function slowDown(limit: SignInLimit, names: readonly Counted[]): void {
  const wait = limit.waitSeconds(names);
  if (wait > 0) throw refusal(429, 'too-many-tries', 'Too many wrong passwords.', `Try again in ${Math.ceil(wait / 60)} min.`);
}

function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
