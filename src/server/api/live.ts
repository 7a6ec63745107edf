import { streamSSE } from 'hono/streaming';
import type { App } from '../calls.ts';
import type { Identity } from '../identity.ts';
import type { LiveEvent, LiveHub } from '../live.ts';
import type { ServerParts } from '../parts.ts';
import { streamOperation } from '../stream-calls.ts';
import { projectNamed, projectParams } from './projects.ts';

/** A stream says something at least this often, so that proxies keep it open and a lost browser is noticed. Milliseconds. */
const beatMs = 15_000;

/** Server-sent events of a project. @param again who calls by now: a stream ends with its session */
export function liveApi(app: App, parts: ServerParts, live: LiveHub, again: (headers: Headers) => Promise<Identity | null>): void {
  streamOperation(app, {
    method: 'get', path: '/api/projects/{project}/live', tag: 'runs', summary: 'Live progress: events `run` (the latest run as it is now), `progress` (a line of the driver), `discovery`, and `beat` when nothing else was said', needs: 'look', params: projectParams,
    answers: { 200: { type: 'text/event-stream', description: 'Server-sent events until either side ends the stream; the data of each is JSON.' } },
  }, async ({ params, context }) => {
    const project = await projectNamed(parts, params.project);
    context.header('x-accel-buffering', 'no'); // nginx would hold events back
    return streamSSE(context, async (stream) => {
      const waiting: LiveEvent[] = [];
      let wake: () => void = () => undefined;
      const unsubscribe = live.subscribe(project, (event) => {
        waiting.push(event);
        wake();
      });
      stream.onAbort(() => {
        unsubscribe();
        wake();
      });
      try {
        while (!stream.aborted && !stream.closed) {
          const next = waiting.shift();
          if (next !== undefined) {
            await stream.writeSSE({ event: next.event, data: JSON.stringify(next.data) });
            continue;
          }
          const woken = await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(false), beatMs);
            wake = () => {
              clearTimeout(timer);
              resolve(true);
            };
          });
          if (woken) continue;
          if ((await again(context.req.raw.headers)) === null) break;
          await stream.writeSSE({ event: 'beat', data: '{}' });
        }
      } finally {
        unsubscribe();
      }
    });
  });
}
