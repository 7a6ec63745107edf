import type { App } from '../calls.ts';
import type { Metrics } from '../metrics.ts';
import type { ServerParts } from '../parts.ts';
import { documentSchema, healthSchema, type Health } from '../schemas/standing.ts';
import { streamOperation } from '../stream-calls.ts';

/** What watches a server asks: does it answer, does its database. Under whatever name, so that a probe needs no setting. */
export function healthApi(app: App, parts: Pick<ServerParts, 'people' | 'version'>): void {
  streamOperation(app, {
    method: 'get', path: '/health', tag: 'standing', summary: 'Whether the server and its database answer', needs: 'public',
    answers: { 200: { type: 'application/json', description: 'Both do.', schema: healthSchema }, 503: { type: 'application/json', description: 'The database does not.', schema: healthSchema } },
  }, async ({ context }) => {
    const ok = await parts.people.countUsers().then(() => true, () => false); // the database answers
    return context.json({ status: ok ? 'ok' : 'database-away', version: parts.version } satisfies Health, ok ? 200 : 503);
  });
}

export function metricsApi(app: App, metrics: Metrics): void {
  streamOperation(app, {
    method: 'get', path: '/metrics', tag: 'standing', summary: 'Counts and durations for Prometheus', needs: 'look', answers: { 200: { type: 'text/plain', description: 'The text format of Prometheus.' } },
  }, async ({ context }) => context.text(await metrics.text(), 200, { 'content-type': metrics.contentType }));
}

/** The document names itself; it holds nothing that the sources do not show. */
export function documentApi(app: App, version: string): void {
  streamOperation(app, {
    method: 'get', path: '/api/openapi.json', tag: 'standing', summary: 'This document', needs: 'public', answers: { 200: { type: 'application/json', description: 'OpenAPI 3.1.', schema: documentSchema } },
  }, ({ context }) => context.json(app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Portolan', version }, security: [{ token: [] }, { session: [] }] })));
}
