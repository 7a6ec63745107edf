import { expect, test } from 'vitest';
import { createApp, type AppParams } from './app.ts';

interface Document { readonly openapi: string; readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, { readonly content?: object }>>; readonly parameters?: readonly { readonly name: string; readonly in: string }[] }>>>> }

/** No operation is called but the document, which asks who calls and nothing else. */
const bare = {
  parts: { routes: [], connectors: [], assets: null, version: '0.0.0', people: { database: null }, engine: {}, store: {}, secret: '', redact: (text: string) => text, log: () => undefined },
  accounts: { session: async () => null }, live: {}, driver: {}, demos: {}, scheduler: {}, settings: {}, notifier: {}, retention: {}, metrics: { counted: () => undefined },
  firstRunCode: 'code', origins: ['http://127.0.0.1:1'], behindProxy: false,
} as unknown as AppParams;

/** Answers to everything that no operation takes: the pages of the console, which are no part of the API. */
const notOperations = ['get /*'];

async function appAndDocument(): Promise<Readonly<{ registered: readonly string[]; before: readonly string[]; document: Document }>> {
  const app = createApp(bare);
  const answer = await app.request('http://127.0.0.1:1/api/openapi.json', { headers: { host: '127.0.0.1:1' } });
  expect(answer.status).toBe(200);
  // What stands before operations (`app.use`) is there for every method.
  const registered = [...new Set(app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method.toLowerCase()} ${path}`))];
  const before = [...new Set(app.routes.filter(({ method }) => method === 'ALL').map(({ path }) => path))];
  return { registered, before, document: await answer.json() as Document };
}

test('the document has what the server answers to, and nothing else', async () => {
  const { registered, before, document } = await appAndDocument();
  const documented = Object.entries(document.paths).flatMap(([template, methods]) => Object.keys(methods).map((method) => `${method} ${template.replace(/\{(\w+)\}/g, ':$1')}`));
  expect(document.openapi).toBe('3.1.0');
  expect(registered.length).toBeGreaterThan(60); // nothing against nothing would be equal too
  expect(registered.toSorted()).toEqual([...documented, ...notOperations].toSorted());
  expect(before.toSorted()).toEqual(['/*', '/api/*', '/metrics']); // one that answers to every method at a path of its own would be an operation
});

test('every operation says what its path takes, what it answers with, and how a refusal looks', async () => {
  const { document } = await appAndDocument();
  for (const [template, methods] of Object.entries(document.paths)) {
    for (const [method, { responses, parameters = [] }] of Object.entries(methods)) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect([method, template, inPath.toSorted()]).toEqual([method, template, [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted()]);
      expect([method, template, Object.keys(responses['200']?.content ?? {}).length]).toEqual([method, template, 1]);
      expect([method, template, Object.keys(responses['default']?.content ?? {})]).toEqual([method, template, ['application/json']]);
    }
  }
});
