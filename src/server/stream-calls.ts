import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { z } from 'zod';
import { checked, securityOf, problemAnswer, type App, type Call, type Env, type Operation } from './calls.ts';

/** One thing that an operation may answer with. */
export interface StreamAnswer {
  readonly type: string; // media type, without its character set
  readonly description: string;
  /** Of JSON; absent: bytes or text. */
  readonly schema?: z.ZodType;
}

export interface StreamOperation<Params extends z.ZodObject> extends Pick<Operation<Params, z.ZodObject, z.ZodType, z.ZodType>, 'method' | 'path' | 'summary' | 'tag' | 'needs' | 'params'> {
  /** The body as it comes; whoever handles it reads the stream. */
  readonly body?: Readonly<{ type: string; description: string }>;
  /** By status; refusals are added. */
  readonly answers: Readonly<Record<number, StreamAnswer>>;
}

const bytes = { schema: { type: 'string', format: 'binary' } as const };

/** As `operation`, for what is no JSON or answers by itself: files, events, metrics. It stands in the document as well. */
export function streamOperation<Params extends z.ZodObject>(app: App, spec: StreamOperation<Params>, handle: (call: Pick<Call<z.output<Params>, unknown, unknown>, 'actor' | 'params' | 'context'>) => Response | Promise<Response>): void {
  const route = createRoute({
    method: spec.method, path: spec.path, summary: spec.summary, tags: [spec.tag], ...securityOf(spec.needs), middleware: checked(spec.needs),
    request: {
      ...(spec.params === undefined ? {} : { params: spec.params }),
      ...(spec.body === undefined ? {} : { body: { required: true, description: spec.body.description, content: { [spec.body.type]: bytes } } }),
    },
    responses: {
      ...Object.fromEntries(Object.entries(spec.answers).map(([status, { type, description, schema }]) => [status, { description, content: { [type]: schema === undefined ? bytes : { schema } } }])),
      default: problemAnswer,
    },
  });
  app.openapi(route as never, (async (context: Context<Env>) => handle({
    actor: context.get('identity')?.actor ?? 'anonymous', context,
    params: (spec.params === undefined ? {} : (context.req as unknown as { valid(from: string): unknown }).valid('param')) as z.output<Params>,
  })) as never);
}
