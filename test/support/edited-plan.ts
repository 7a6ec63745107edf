import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { formatPlan } from '../../src/plan/format.ts';
import { planHash } from '../../src/plan/hash.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { PlanView } from '../../src/server/schemas/plan.ts';
import { openPage, signInByForm, type WatchedPage } from './browser.ts';
import { openBrowser } from './chromium.ts';
import { ownerPassword, startConsole, type Answer, type Caller, type ConsoleServer } from './console-server.ts';
import { largePlan } from './large-plan.ts';
import { withMigrations, type Migration } from './migration.ts';

/** A plan that two people work on: the owner in a browser, a reviewer by the API, who is quicker. */
export interface EditedPlan {
  readonly page: Page;
  readonly watched: WatchedPage;
  readonly browser: Browser;
  readonly server: ConsoleServer;
  readonly migration: Migration;
  readonly reviewer: Caller;
  readonly at: (step: string) => string;
  readonly plan: () => Promise<PlanView>;
  readonly text: () => Promise<string>;
  readonly statusOf: (from: string) => Promise<string | undefined>;
  /** The reviewer saves something. */
  readonly theyAnswer: (answers: Readonly<Record<string, unknown>>) => Promise<Answer>;
  readonly theySettle: (from: string, status: string) => Promise<Answer>;
  /** As when the browser's window comes to the front again. */
  readonly focus: () => Promise<void>;
  /** Ends every session of the owner. */
  readonly endSession: () => Promise<void>;
  /** Follows a link of the menu of a project. */
  readonly follow: (name: string) => Promise<void>;
}

/** Decisions alone and in a queue, and sixty lines. */
function planOf(plan: Plan): Plan {
  const options = ['tag', 'pipeline'].map((value) => ({ value, label: value === 'tag' ? 'A tag' : 'A pipeline', effect: `It becomes a ${value}.` }));
  const list = (name: string): Plan['decisions'][number] => ({ id: `list:${name}`, question: `What is the list ${name}?`, options, recommendation: null, answer: null, reason: 'It may be either.', evidence: [] });
  return { ...plan, decisions: [{ id: 'how', question: 'How are they written?', options: [{ value: 'a', label: 'As they are', effect: 'Nothing changes.' }, { value: 'b', label: 'In capitals', effect: 'All are capitals.' }], free: 'text', recommendation: null, answer: null, reason: 'Both are seen.', evidence: [] }, list('north'), list('south'), list('west')] };
}

/** @returns what the tests of the file work with, once they run */
export function withEditedPlan(): () => EditedPlan {
  const migrations = withMigrations();
  let made: EditedPlan | null = null;
  beforeAll(async () => {
    const migration = await migrations.start({ odoo: { url: 'http://127.0.0.1:9', database: 'none', user: 'none', password: 'none' }, bundle: { contacts: 3, companies: 1, deals: 1, notes: 1, seed: 2 } });
    const { store } = migrations.tests;
    const server = await startConsole({ tests: migrations.tests, engine: migration.engine, withPages: true });
    const large = largePlan({ project: migration.project, route: 'instream-to-odoo-crm', lines: 60, hostile: false });
    await store.saveCatalog({ projectId: migration.projectId, role: 'source', catalog: large.source, hash: 'source' });
    await store.saveCatalog({ projectId: migration.projectId, role: 'destination', catalog: large.destination, hash: 'destination' });
    const first = planOf(large.plan);
    await store.savePlan({ projectId: migration.projectId, hash: planHash(first), text: formatPlan(first) });
    await server.signIn('owner');
    const reviewer = await server.signIn('reviewer');
    const browser = await openBrowser();
    const watched = await openPage(browser, server.url);
    const { page } = watched;
    await signInByForm(page, server.emailOf('owner'), ownerPassword);
    const path = (rest: string): string => `/api/projects/${migration.project}/plan${rest}`;
    const plan = async (): Promise<PlanView> => (await reviewer.call('GET', path(''))).body as PlanView;
    const lineOf = async (from: string) => (await plan()).lines.find((line) => line.kind === 'field' && line.from === from);
    made = {
      page, watched, browser, server, migration, reviewer, plan, at: (step) => `/p/${migration.project}/${step}`,
      text: async () => ((await reviewer.call('GET', path('/text'))).body as { text: string }).text,
      statusOf: async (from) => (await lineOf(from))?.status,
      theyAnswer: async (answers) => reviewer.call('POST', path('/answers'), { base: (await plan()).state.hash, answers }),
      theySettle: async (from, status) => reviewer.call('PATCH', path('/lines'), { base: (await plan()).state.hash, changes: [{ key: (await lineOf(from))?.key, status }] }),
      focus: async () => { await page.evaluate('window.dispatchEvent(new Event("visibilitychange"))'); },
      endSession: async () => { await migrations.tests.query('delete from portolan.console_session where "userId" = (select id from portolan.console_user where email = $1)', [server.emailOf('owner')]); },
      follow: (name) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click(),
    };
  }, 240_000);
  afterAll(async () => {
    await made?.browser.close();
    await made?.server.close();
  });
  return () => {
    if (made === null) throw new Error('The plan is made before all tests.');
    return made;
  };
}
