import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { advise } from '../proposal/adviser/advise.ts';
import { maskSample, readAnswer } from '../proposal/adviser/question.ts';
import type { FieldMatch } from '../proposal/match/match-schemas.ts';
import type { MatchField, MatchSchema } from '../proposal/match/schema.ts';
import { fileCache } from './file-cache.ts';
import { openLanguageModel } from './open-language-model.ts';
import { startStandIn, type StandIn } from './stand-in.ts';

let server: StandIn;
let folder: string;
beforeEach(async () => { server = await startStandIn(); folder = await mkdtemp(join(tmpdir(), 'adviser-')); });
afterEach(async () => { await server.close(); await rm(folder, { recursive: true }); });

const field = (name: string, samples: readonly string[] = []): MatchField => ({ name, label: name, type: 'text', samples, readonly: false, description: '', options: [], model: '' });
const destination: MatchSchema = { title: '', fields: ['ref', 'comment', 'function'].map((name) => field(name)) };
const match = (key: string, more: Partial<FieldMatch> = {}): FieldMatch => ({ key, source: field(key, ['Anna Kowalska', '+48 601 234 567']), target: null, confidence: 0.5, ranked: ['ref', 'comment', 'function'], autoAccept: false, reasons: ['r'], sharedWith: [], ...more });
const model = (timeoutMs = 5000) => openLanguageModel({ kind: 'openai-compatible', model: 'stand-in', apiKey: null, url: server.url, timeoutMs });
const ask = (matches: readonly FieldMatch[], more = {}) => advise({ matches, destination, model: model(), cache: null, ...more });

describe('a language model', () => {
  test.each(['openai-compatible', 'anthropic'] as const)('of kind %s decides where the matcher was not certain, and its tokens are counted', async (kind) => {
    server.behave = { text: () => '```json\n{"f1": "comment", "f2": null}\n```' };
    const { matches, report } = await advise({ matches: [match('Merkmal'), match('Sicher', { autoAccept: true }), match('Andere')], destination, cache: null, model: openLanguageModel({ kind, model: 'm', apiKey: 'secret-key', url: server.url }) });
    expect(matches.map(({ target, confidence }) => [target, confidence])).toEqual([['comment', 0.6], [null, 0.5], [null, 0.7]]);
    expect(matches[0]).toMatchObject({ ranked: ['comment', 'ref', 'function'], autoAccept: false, reasons: [expect.stringContaining('the matcher alone would say no counterpart'), 'r'] });
    expect(report).toMatchObject({ asked: 2, agreed: 1, changed: 1, doubted: 0, unanswered: 0, calls: 1, inputTokens: 11, outputTokens: 7, failure: null });
    expect(server.requests[0]?.key).toContain('secret-key');
  });

  test('that disagrees with a certain answer casts doubt and no more; agreement never crosses the threshold alone', async () => {
    server.behave = { text: () => '{"f1":"comment","f2":"ref"}' };
    const { matches, report } = await ask([match('a', { target: 'ref', confidence: 0.9 }), match('b', { target: 'ref', confidence: 0.97 })]);
    expect(matches[0]).toMatchObject({ target: 'ref', confidence: 0.72, reasons: ['r', expect.stringContaining('would say comment')] });
    expect(matches[1]).toMatchObject({ target: 'ref', autoAccept: false, reasons: ['r', expect.stringContaining('agrees')] });
    expect(report).toMatchObject({ agreed: 1, doubted: 1 });
  });

  test.each([
    ['an invented field', '{"f1":"x_invented"}'], ['broken JSON', '{"f1": "comment"'], ['prose', 'I would choose comment.'], ['another shape', '["comment"]'], ['a number', '{"f1": 3}'], ['the wrong key', '{"f9":"comment"}'], ['a key of the prototype', '{"__proto__":"comment"}'], ['nothing', ''],
  ])('that answers with %s changes nothing', async (_, text) => {
    server.behave = { text: () => text };
    const before = [match('a')];
    const { matches, report } = await ask(before, { cache: fileCache(folder) });
    const silence = `stand-in at ${new URL(server.url).host} was asked and did not help (${text === '' ? report.failure ?? 'no usable answer' : 'no usable answer'}): as the matcher says`;
    expect(matches).toEqual(before.map((one) => ({ ...one, told: [silence], reasons: ['r', silence] })));
    expect(report.failure === null ? report.unanswered : 1).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([[{ status: 500 }, 'HTTP 500'], [{ status: 429 }, 'HTTP 429'], [{ status: 401 }, 'HTTP 401'], [{ silent: true }, 'no answer within 200 ms']] as const)('that fails with %j leaves the offline answers, says so once and is not asked again', async (behave, failure) => {
    server.behave = behave;
    const before = Array.from({ length: 5 }, (_, at) => match(`f${at}`));
    const { matches, report } = await ask(before, { model: model(200), fieldsPerCall: 2 });
    expect(matches.map(({ told, reasons, ...rest }) => [rest, reasons[0], told])).toEqual(before.map(({ reasons, ...rest }) => [rest, reasons[0], [expect.stringContaining(failure)]]));
    expect(report).toMatchObject({ calls: 1, asked: 0, failure: expect.stringContaining(failure) });
    expect(server.requests).toHaveLength(1);
  });

  test('that cannot be reached leaves the offline answers', async () => {
    const unreachable = openLanguageModel({ kind: 'openai-compatible', model: 'm', apiKey: null, url: 'http://127.0.0.1:9/v1', timeoutMs: 2000 });
    expect((await ask([match('a')], { model: unreachable })).report.failure).toContain('failed');
  });

  test('sees names, types and masked samples of open fields only, and the person sees the same words', async () => {
    server.behave = { text: () => '{"f1":"ref"}' };
    const { report } = await ask([match('Telefon'), match('Sicher', { autoAccept: true })]);
    const body = server.requests[0]?.body ?? '';
    for (const hidden of ['Anna', 'Kowalska', '601', 'Sicher']) expect(body).not.toContain(hidden);
    expect(report.sent).toHaveLength(1);
    expect(report.sent[0]?.text).toContain('Xxxx Xxxxxxxx');
    expect(report.sent[0]?.text).toContain('"+99 999 999 999"');
  });

  test('is asked once for the same question; the cache is private', async () => {
    server.behave = { text: () => '{"f1":"ref"}' };
    const cache = fileCache(join(folder, 'answers'));
    await ask([match('a')], { cache });
    const { report, matches } = await ask([match('a')], { cache });
    expect(report).toMatchObject({ calls: 0, fromCache: 1, inputTokens: 0, sent: [] });
    expect(matches[0]?.target).toBe('ref');
    expect(server.requests).toHaveLength(1);
    const [file = ''] = await readdir(join(folder, 'answers'));
    expect((await stat(join(folder, 'answers', file))).mode & 0o077).toBe(0);
  });

  test('is asked no more often than allowed', async () => {
    server.behave = { text: () => '{"f1":"ref"}' };
    const { report } = await ask(Array.from({ length: 6 }, (_, at) => match(`f${at}`)), { fieldsPerCall: 1, maxCalls: 3 });
    expect(report).toMatchObject({ calls: 3, asked: 3, failure: 'stopped after 3 calls' });
  });

  test('without an address is refused with the remedy', () => {
    expect(() => openLanguageModel({ kind: 'openai-compatible', model: 'm', apiKey: null, url: null })).toThrow(expect.objectContaining({ code: 'no-model-address' }));
  });
});

test('masks keep the shape and nothing else', () => {
  expect(maskSample('Żółw ul. Lipowa 4/3, 00-950')).toBe('Xxxx xx. Xxxxxx 9/9, 99-999');
  expect(readAnswer('{"f1":"ref","f1":"comment"}', [{ key: 'a', label: '', type: '', samples: [], candidates: [{ name: 'ref', label: '', type: '' }] }])).toEqual([undefined]);
});
