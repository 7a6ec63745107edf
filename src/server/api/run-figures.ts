import { parsePlan } from '../../plan/parse.ts';
import type { Project } from '../../engine/ports/projects.ts';
import type { Run } from '../../engine/ports/runs.ts';
import { operation, type App } from '../calls.ts';
import { flowOf } from '../flow.ts';
import type { RunReport } from '../../engine/run-report.ts';
import type { RunReports } from '../run-reports.ts';
import type { ServerParts } from '../parts.ts';
import { callsSchema, runFlowSchema, type RunCalls, type RunFlow } from '../schemas/runs.ts';
import { runNamed, runParams } from './runs.ts';

/** Pages ask while a run goes on; however many look, the store is asked once in so many milliseconds. */
const freshMs = 2_000;
const mostKept = 50;
const sides = ['source', 'destination'] as const;

/** Where the records of a run went, and what it asked of both sides. */
export function runFiguresApi(app: App, parts: ServerParts, reports: RunReports): void {
  const { store, people } = parts;
  /** By the report that they were made from: who asks while that is fresh gets the same. */
  const flows = new WeakMap<RunReport, Promise<RunFlow>>();
  const kept = new Map<string, Readonly<{ at: number; calls: Promise<RunCalls> }>>();

  operation(app, { method: 'get', path: '/api/projects/{project}/runs/{run}/flow', tag: 'runs', summary: 'Where the records went: by object and outcome, with reasons', needs: 'look', params: runParams, answer: runFlowSchema }, async ({ params }) => {
    const { project, run } = await runNamed(parts, params);
    const report = await reports.of(run);
    const known = flows.get(report) ?? flow(project, run, report);
    flows.set(report, known);
    return known;
  });

  operation(app, { method: 'get', path: '/api/projects/{project}/runs/{run}/calls', tag: 'runs', summary: 'Calls made at both sides, against their limits', needs: 'look', params: runParams, answer: callsSchema }, async ({ params }) => {
    const { project, run } = await runNamed(parts, params);
    const known = kept.get(run.id);
    if (known !== undefined && performance.now() - known.at < freshMs) return known.calls;
    const calls = callsOf(project, run);
    const [oldest] = kept.keys();
    if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
    kept.set(run.id, { at: performance.now(), calls });
    return calls;
  });

  async function flow(project: Project, run: Run, report: RunReport): Promise<RunFlow> {
    const [stored, catalog] = await Promise.all([store.planByHash(project.id, run.planHash), store.loadCatalog(project.id, 'source')]);
    return flowOf(report, stored === null ? null : parsePlan(stored.text), catalog?.catalog ?? null);
  }

  async function callsOf(project: Project, run: Run): Promise<RunCalls> {
    const [counts, phases, gates] = await Promise.all([store.calls(run.id), store.phases(run.id), store.gates(run.id)]);
    const gateOf = new Map(gates.map(({ phase, openedAt }) => [phase, openedAt]));
    const now = Date.now();
    // A phase that waits at its gate is at work no more, however long it waits.
    const ms = phases.reduce((sum, { name, startedAt, finishedAt, status }) => {
      const ended = gateOf.get(name) ?? finishedAt ?? (status === 'running' ? new Date(now).toISOString() : startedAt);
      return startedAt === null || ended === null ? sum : sum + Math.max(0, Date.parse(ended) - Date.parse(startedAt));
    }, 0);
    return {
      seconds: Math.max(0, Math.round(ms / 1000)),
      sides: await Promise.all(sides.map(async (role) => ({ role, made: counts.filter(({ connection }) => connection === role).reduce((sum, { count }) => sum + count, 0), limits: await limitsOf(project.id, role) }))),
    };
  }

  async function limitsOf(projectId: string, role: typeof sides[number]): Promise<RunCalls['sides'][number]['limits']> {
    const [stored, states] = await Promise.all([store.loadConnection(projectId, role), people.limits(`${projectId}:${role}`)]);
    const connector = parts.connectors.find(({ platform }) => platform === stored?.platform);
    const settings = connector?.settingsSchema.safeParse({ ...stored?.settings as object | undefined, ...stored?.secrets });
    const rates = settings?.success === true ? connector?.rates?.(settings.data) ?? {} : {};
    return [...new Set([...Object.keys(rates), ...states.map(({ name }) => name)])].map((name) => {
      const state = states.find((one) => one.name === name);
      return { name, perSecond: rates[name]?.perSecond ?? null, window: state?.window ?? null, pausedUntil: state?.pausedUntil ?? null };
    });
  }
}
