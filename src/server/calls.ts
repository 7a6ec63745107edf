import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Identity } from './identity.ts';
import { refusal } from './problem.ts';
import { may, type Permission } from './roles.ts';
import { problemSchema } from './schemas/problem.ts';

export interface Variables { identity: Identity | null }
export type Env = { Variables: Variables };
export type App = OpenAPIHono<Env>;

export interface Operation<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** What the caller must be allowed to do; 'public' = anybody. */
  readonly needs: Permission | 'public';
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
}

export interface Call<Params, Query, Body> {
  /** null only for public operations. */
  readonly identity: Identity | null;
  readonly actor: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly context: Context<Env>;
}

const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { 'application/json': { schema } } });

/** Every refusal looks the same. */
export const problemAnswer = json(problemSchema, 'Refused: what, why, and what to do.');

/** What the document says of who may call. */
export const securityOf = (needs: Permission | 'public') => (needs === 'public' ? { description: 'Open to everybody.', security: [] } : { description: `Needs the permission \`${needs}\`.` });

/** Before the input is looked at: who may not call learns nothing about what would be right. */
export const checked = (needs: Permission | 'public') => async (context: Context<Env>, next: () => Promise<void>): Promise<void> => {
  requirePermission(context.get('identity'), needs);
  await next();
};

/** Adds one operation to the API and to its OpenAPI document: checks who calls and what is given, and answers with a document. */
export function operation<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType>(
  app: App, spec: Operation<Params, Query, Body, Answer>,
  handle: (call: Call<z.output<Params>, z.output<Query>, z.output<Body>>) => Promise<z.input<Answer>>,
): void {
  const route = createRoute({
    method: spec.method, path: spec.path, summary: spec.summary, tags: [spec.tag],
    ...securityOf(spec.needs), middleware: checked(spec.needs),
    request: {
      ...(spec.params === undefined ? {} : { params: spec.params }), ...(spec.query === undefined ? {} : { query: spec.query }),
      ...(spec.body === undefined ? {} : { body: { required: true, content: { 'application/json': { schema: spec.body } } } }),
    },
    responses: { 200: json(spec.answer, 'Done.'), default: problemAnswer },
  });
  app.openapi(route as never, (async (context: Context<Env>) => {
    const identity = context.get('identity');
    const valid = (from: string): unknown => (context.req as unknown as { valid(from: string): unknown }).valid(from);
    const answer = await handle({
      identity, actor: identity?.actor ?? 'anonymous', context,
      params: (spec.params === undefined ? {} : valid('param')) as z.output<Params>, query: (spec.query === undefined ? {} : valid('query')) as z.output<Query>, body: (spec.body === undefined ? undefined : valid('json')) as z.output<Body>,
    });
    return context.json(answer as object, 200);
  }) as never);
}

/** @throws ApiError 401 for nobody, 403 for somebody who may not */
export function requirePermission(identity: Identity | null, needs: Permission | 'public'): void {
  if (needs === 'public') return;
  if (identity === null) throw refusal(401, 'not-signed-in', 'You are not signed in, or the session is over.', 'Sign in again.');
  if (!may(identity.role, needs)) throw refusal(403, 'not-allowed', `The role ${identity.role} may not do this: it needs the permission to ${needs}.`, 'Ask the owner of this installation for another role.');
}
