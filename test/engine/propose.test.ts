import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileCache } from '../../src/adviser/file-cache.ts';
import { openLanguageModel } from '../../src/adviser/open-language-model.ts';
import { startStandIn, type StandIn } from '../../src/adviser/stand-in.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Route } from '../../src/engine/route.ts';
import type { FieldLine, Plan } from '../../src/plan/plan.ts';
import { formatPlan } from '../../src/plan/format.ts';
import { proposeFields } from '../../src/proposal/propose-fields.ts';
import { catalogOf, field, objectOf, withEngineRigs } from '../support/engine-rig.ts';

const rigs = withEngineRigs();
const profile = (...samples: string[]) => ({ profile: { filled: 1, distinct: samples.length, samples, typeConfidence: 1 } });
const source = catalogOf('alpha', objectOf('contact', field('E-Mail', 'email', profile('ada@acme.example')), field('Pallet steward', 'text', profile('Ada Lind', 'Bo Wiesner')), field('Qorv plim', 'text', profile('xk 17', 'qq 4')), field('Type', 'text', profile('A', 'B')), field('Customer info', 'text', profile('xk 17', 'qq 4'))));
const destination = catalogOf('beta', objectOf('partner', field('email', 'email'), field('ref', 'text', { label: 'Reference' }), field('comment', 'longText', { label: 'Notes' }), field('function', 'text', { label: 'Job Position' })));

/** A route that leaves every column of the contact to the proposer. */
const route: Route = {
  id: 'alpha-to-beta', label: 'Alpha → Beta', source: 'alpha', destination: 'beta', rows: [], phases: [], gotchas: [], destinationObjects: ['partner'], readiness: () => [],
  propose: ({ project, guide, sourceHash, destinationHash }) => {
    const [sourceObject, destinationObject] = [source.objects[0], destination.objects[0]];
    if (sourceObject === undefined || destinationObject === undefined) throw new Error('no objects');
    const { fields, leftOut, schema } = proposeFields({ sourceObject, destinationObject, aliases: {}, guide, custom: { prefix: 'x_', types: ['text'] } });
    const judged = { status: 'proposed' as const, confidence: 1, reason: 'of the test' };
    return {
      portolan: 1, project, route: 'alpha-to-beta', source: { platform: 'alpha', catalog: sourceHash }, destination: { platform: 'beta', version: '1', catalog: destinationHash },
      decisions: [], derived: [], keys: {}, links: [], facts: [], phases: [{ name: 'people', label: 'People' }], schema: [...schema],
      mappings: [{ id: 'people', source: 'contact', destination: 'partner', phase: 'people', identity: {}, fields: [...fields], leftOut, ...judged }],
    };
  },
};

const logged: string[] = [];
const engine = () => createEngine({ store: rigs.tests.store, queue: rigs.queue(), connectors: [], routes: [route], log: (level, message) => void logged.push(`${level} ${message}`) });
async function discovered(name: string): Promise<string> {
  const { id } = await rigs.tests.store.createProject({ name, route: route.id });
  await rigs.tests.store.saveCatalog({ projectId: id, role: 'source', catalog: source, hash: 's' });
  await rigs.tests.store.saveCatalog({ projectId: id, role: 'destination', catalog: destination, hash: 'd' });
  return id;
}
const lineOf = (plan: Plan, from: string): FieldLine | undefined => plan.mappings[0]?.fields.find((line) => line.from === from);
/** Confirms the plan of a project after a person gave columns to fields of their choice. */
async function settle(name: string, choices: { readonly [from: string]: string }): Promise<void> {
  const { plan } = await engine().propose({ project: name });
  const mappings = plan.mappings.map((mapping) => ({ ...mapping, fields: mapping.fields.map((line) => ({ ...line, to: choices[String(line.from)] ?? line.to })) }));
  const schema = plan.schema.filter((line) => mappings.some(({ fields }) => fields.some(({ to }) => to === line.name)));
  await engine().savePlan({ project: name, text: formatPlan({ ...plan, mappings, schema }) });
  await engine().confirmPlan({ project: name, by: 'ada', acceptRecommendations: true });
}

describe('what people confirmed', () => {
  test('teaches the next project visibly, can be left off, and is forgotten with its project', async () => {
    await discovered('first');
    await settle('first', { 'Pallet steward': 'function', Type: 'ref' });
    await discovered('second');
    const { plan } = await engine().propose({ project: 'second' });
    expect(lineOf(plan, 'Pallet steward')).toMatchObject({ to: 'function', status: 'proposed', confidence: 0.93, reason: expect.stringMatching(/^Corrected by a person in project first on \d{4}-\d\d-\d\d: function; the matcher alone would say/) });
    expect(lineOf(plan, 'Type')?.to).not.toBe('ref'); // too general a name to be remembered
    expect(lineOf((await engine().propose({ project: 'second', memory: false })).plan, 'Pallet steward')).toMatchObject({ to: 'x_pallet_steward' });
    expect((await engine().purge('first')).deleted).toMatchObject({ remembered_line: expect.any(Number) });
    expect(lineOf((await engine().propose({ project: 'second' })).plan, 'Pallet steward')).toMatchObject({ to: 'x_pallet_steward', reason: expect.not.stringContaining('project first') });
    await engine().purge('second');
  });

  test('that a column has no counterpart is remembered too, and said on the new field', async () => {
    await discovered('third');
    await settle('third', {});
    await discovered('fourth');
    expect(lineOf((await engine().propose({ project: 'fourth' })).plan, 'Qorv plim')).toMatchObject({ to: 'x_qorv_plim', reason: expect.stringMatching(/confirmed in project third on .*: no counterpart/) });
    await Promise.all(['third', 'fourth'].map((name) => engine().purge(name)));
  });

  test('stays the plan\'s own line when the plan is proposed again', async () => {
    await discovered('fifth');
    await settle('fifth', { 'Qorv plim': 'comment' });
    const { plan } = await engine().propose({ project: 'fifth' });
    expect(lineOf(plan, 'Qorv plim')).toMatchObject({ to: 'comment', status: 'confirmed' });
    expect(plan.mappings[0]?.fields.filter(({ from }) => from === 'Qorv plim')).toHaveLength(1);
    expect(plan.schema.map(({ name }) => name)).not.toContain('x_qorv_plim');
    await engine().purge('fifth');
  });
});

describe('a language model', () => {
  let server: StandIn;
  let folder: string;
  beforeEach(async () => { server = await startStandIn(); folder = await mkdtemp(join(tmpdir(), 'advice-')); await discovered('advised'); });
  afterEach(async () => { await server.close(); await rm(folder, { recursive: true }); await engine().purge('advised'); });
  afterAll(() => { logged.length = 0; });
  const adviser = (timeoutMs = 5000) => ({ model: openLanguageModel({ kind: 'openai-compatible', model: 'stand-in', apiKey: null, url: server.url, timeoutMs }), cache: fileCache(folder) });
  /** Answers each question by its header. */
  const answering = (choices: { readonly [header: string]: string | null }) => (asked: string): string => {
    const { messages } = JSON.parse(asked) as { messages: { role: string; content: string }[] };
    const questions = JSON.parse(messages.at(-1)?.content ?? '[]') as { key: string; header: string }[];
    return JSON.stringify(Object.fromEntries(questions.filter(({ header }) => header in choices).map(({ key, header }) => [key, choices[header]])));
  };

  test('re-ranks what is not sure; the plan says so, what was sent can be seen, costs are counted and the same question is paid once', async () => {
    server.behave = { text: answering({ 'Customer info': 'comment', 'Qorv plim': 'function', 'Pallet steward': null, Type: null }) };
    const { plan, advice } = await engine().propose({ project: 'advised', adviser: adviser() });
    expect(lineOf(plan, 'Customer info')).toMatchObject({ to: 'comment', status: 'proposed', confidence: 0.6, reason: expect.stringMatching(/^Chosen by stand-in at 127\.0\.0\.1:\d+; the matcher alone would say no counterpart/) });
    expect(lineOf(plan, 'Qorv plim')).toMatchObject({ to: 'x_qorv_plim', reason: expect.stringMatching(/would say function/) });
    expect(lineOf(plan, 'Pallet steward')).toMatchObject({ to: 'x_pallet_steward', reason: expect.stringMatching(/stand-in at .* agrees/i) });
    expect(advice).toMatchObject({ changed: 1, doubted: 1, calls: 1, fromCache: 0, inputTokens: 11, outputTokens: 7, failure: null });
    expect(advice?.sent[0]?.text).toContain('Qorv plim');
    expect(server.requests).toHaveLength(1);
    for (const hidden of ['Lind', 'Wiesner', 'ada@']) expect(server.requests[0]?.body).not.toContain(hidden);
    const again = await engine().propose({ project: 'advised', adviser: adviser() });
    expect(again.advice).toMatchObject({ calls: 0, fromCache: 1, inputTokens: 0, sent: [] });
    expect(again.stored.hash).toBe((await engine().currentPlan('advised')).stored.hash);
    expect(server.requests).toHaveLength(1);
    expect(await rigs.tests.query(`select details from portolan.audit where action = 'adviser-asked'`)).toContainEqual({ details: expect.objectContaining({ calls: 1, inputTokens: 11, outputTokens: 7 }) });
  });

  test.each([
    ['invents fields', { text: () => '{"f1":"x_invented","f2":"x_invented","f3":"x_invented"}' }, 'no usable answer'], ['answers with broken JSON', { text: () => '{"f1": "comment"' }, 'no usable answer'],
    ['is silent', { silent: true as const }, 'no answer within 300 ms'], ['fails', { status: 503 }, 'HTTP 503'],
  ])('that %s leaves the offline plan, and the plan says so', async (_, behave, why) => {
    const offline = (await engine().propose({ project: 'advised' })).plan;
    server.behave = behave;
    const { plan } = await engine().propose({ project: 'advised', adviser: adviser(300) });
    expect(plan.mappings[0]?.fields.map(({ to, from, confidence }) => [to, from, confidence])).toEqual(offline.mappings[0]?.fields.map(({ to, from, confidence }) => [to, from, confidence]));
    expect(lineOf(plan, 'Qorv plim')?.reason).toContain(why);
    expect(lineOf(plan, 'E-Mail')?.reason).not.toContain('stand-in');
    expect(logged.filter((text) => text.startsWith('warning'))).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  test('is never asked unless it is named', async () => {
    await engine().propose({ project: 'advised' });
    expect(server.requests).toEqual([]);
  });
});
