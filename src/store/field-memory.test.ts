import { expect, test } from 'vitest';
import { withTestStore } from '../../test/support/store.ts';
import type { LearnedLine } from '../proposal/memory/memory.ts';

const tests = withTestStore();
const learned = (header: string, target: string | null, corrected = false): LearnedLine => ({ sourceObject: 'contact', destinationObject: 'partner', header, target, corrected });
const platforms = { sourcePlatform: 'alpha', destinationPlatform: 'beta' };
const recalled = async (headers: readonly string[], more = {}) => (await tests.store.rememberedLines({ ...platforms, headers, ...more })).map(({ project, route, header, target, corrected }) => [project, route, header, target, corrected]);

test('what a project taught is replaced by what it teaches now; the same line keeps its date and stays a correction', async () => {
  const { store } = tests;
  const { id: projectId } = await store.createProject({ name: 'teacher', route: 'a-to-b' });
  await store.rememberLines({ projectId, ...platforms, lines: [learned('steward', 'user_id', true), learned('shoe', null), learned('gone', 'ref')] });
  const [first] = await store.rememberedLines({ ...platforms, headers: ['steward'] });
  expect(new Date(first?.confirmedAt ?? '').toISOString()).toBe(first?.confirmedAt);
  await store.rememberLines({ projectId, ...platforms, lines: [learned('steward', 'user_id'), learned('shoe', 'x', true)] });
  expect((await store.rememberedLines({ ...platforms, headers: ['steward'] }))[0]).toEqual(first);
  expect(await recalled(['steward', 'shoe', 'gone', 'other'])).toEqual(expect.arrayContaining([['teacher', 'a-to-b', 'steward', 'user_id', true], ['teacher', 'a-to-b', 'shoe', 'x', true]]));
  expect(await recalled(['gone'])).toEqual([]);
  expect(await recalled(['steward'], { destinationPlatform: 'gamma' })).toEqual([]);
});

test('a purged project is forgotten with all that it taught, and nobody else is', async () => {
  const { store } = tests;
  const [one, other] = await Promise.all(['purged', 'staying'].map((name) => store.createProject({ name, route: 'a-to-b' })));
  for (const project of [one, other]) await store.rememberLines({ projectId: project?.id ?? '', ...platforms, lines: [learned('pallet size', 'ref')] });
  expect(await store.purge(one?.id ?? '')).toMatchObject({ remembered_line: 1, project: 1 });
  expect(await recalled(['pallet size'])).toEqual([['staying', 'a-to-b', 'pallet size', 'ref', false]]);
});
