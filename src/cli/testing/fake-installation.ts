import type { Connector } from '../../connector/connector.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import type { Engine, RunProgress } from '../../engine/api.ts';
import type { RollbackRow, StoredQuarantineEntry } from '../../engine/ports/ledger.ts';
import type { Project, StoredConnection, StoredPlan } from '../../engine/ports/projects.ts';
import type { Gate, Phase, Run, RunStatus } from '../../engine/ports/runs.ts';
import type { Route } from '../../engine/route.ts';
import type { RunReport } from '../../engine/run-report.ts';
import { examplePlan } from '../../plan/example-plan.ts';
import { formatPlan } from '../../plan/format.ts';
import type { Plan } from '../../plan/plan.ts';
import { z } from 'zod';
import type { CliStore, Workspace } from '../workspace.ts';

/** What the fake engine was asked to do, in order. */
export type FakeCall = readonly [name: string, params: unknown];

/** An installation in memory: a store that keeps what it is given and an engine that plays the reports it is told to. */
export interface FakeInstallation extends Workspace {
  readonly calls: FakeCall[];
  /** One per `driveRun`, the last again and again. */
  readonly reports: Partial<RunReport>[];
  readonly progress: RunProgress[];
  readonly quarantineEntries: StoredQuarantineEntry[];
  readonly projects: Project[];
  readonly runs: Run[];
  readonly gates: Gate[];
  /** What a rollback did, or would do. */
  readonly rollbackRows: RollbackRow[];
  readonly mismatches: { phase: string; mapping: string; mismatch: number }[];
  plan: Plan | null;
  engineError: Error | null;
  /** Called while a run is being driven. */
  whileDriving: (() => Promise<void>) | null;
  closed: number;
}

export const exampleConnector = (platform: string): Connector => ({
  platform, label: platform === 'alpha' ? 'Alpha' : 'Beta',
  settings: [
    { name: 'url', label: 'Address', secret: false, required: true, help: 'Where it is.', example: 'https://beta.example' },
    { name: 'path', label: 'Export', secret: false, required: false, help: 'A file.' },
    { name: 'password', label: 'Password', secret: true, required: false, help: 'The password.' },
  ],
  settingsSchema: z.strictObject({ url: z.url('not an address'), path: z.string().optional(), password: z.string().min(3, 'too short').optional() }),
});

export const exampleRoute: Route = {
  id: 'alpha-to-beta', label: 'Alpha → Beta', source: 'alpha', destination: 'beta',
  rows: [
    { id: 'R-1', source: 'contact', destination: 'partner', how: 'one to one | by name', losses: ['the avatar'], since: '0.1' },
    { id: 'R-2', source: 'call', destination: 'message', how: 'later', losses: [], since: null },
  ],
  phases: [{ name: 'people', label: 'People', what: 'loads the contacts' }],
  gotchas: [{ title: 'Plan cap', text: 'Exactly 100 contacts.', check: 'plan-cap' }, { title: 'Nothing to see', text: 'Only told.', check: null }],
  destinationObjects: ['partner'], propose: () => examplePlan(), readiness: () => [],
};

export function exampleReport(report: Partial<RunReport> = {}): RunReport {
  return {
    run: 'r1', project: 'acme', route: 'alpha-to-beta', mode: 'production', planHash: 'h1', status: 'succeeded', startedAt: '2026-01-01T00:00:00Z', finishedAt: '2026-01-01T00:01:00Z', error: null,
    phases: [{
      phase: 'people', mapping: 'people', object: 'contact', destinationObject: 'partner', read: 10, created: 7, updated: 0, matched: 1, merged: 1, skipped: { archived: 1 }, quarantined: {}, failed: {}, deleted: 0, archived: 0, kept: {}, returned: 0,
      destinationBefore: 3, destinationAfter: 10, balanced: true, durationMs: 1500,
    }],
    verification: { records: 9, fields: 30, exact: 28, equalAfterNormalisation: 2, declaredLossy: 0, mismatch: 0, unreadable: 0 },
    quarantine: [], losses: [], calls: { destination: { create: 1 } }, written: 7, ...report,
  };
}

export function exampleEntry(entry: Partial<StoredQuarantineEntry> = {}): StoredQuarantineEntry {
  return {
    id: 'q1', runId: 'r1', mapping: 'people', sourceObject: 'contact', sourceId: 's1', stage: 'transform', code: 'empty-name', message: 'The contact has no name', remedy: 'Give it a name',
    field: 'name', position: 'contacts.csv line 3', data: { full_name: '', email: '=1+1@x.test' }, raw: null, createdAt: '2026-01-01T00:00:00Z', resolvedAt: null, ...entry,
  };
}

export function fakeInstallation(): FakeInstallation {
  const calls: FakeCall[] = [];
  const connections = new Map<string, StoredConnection>();
  const fake: FakeInstallation = {
    calls, reports: [{}], progress: [], quarantineEntries: [], projects: [], runs: [], gates: [], mismatches: [], rollbackRows: [], plan: examplePlan(), engineError: null, whileDriving: null, closed: 0,
    engine: fakeEngine(), store: fakeStore(),
    openConsole: () => { throw new Error('an installation in memory has no console'); },
    signOffs: async () => ({ spotCheck: null, cutOver: [] }),
    async close() { fake.closed += 1; },
  };
  return fake;

  function stored(plan: Plan): StoredPlan {
    return { projectId: 'p1', version: 1, hash: 'h1', text: formatPlan(plan), confirmedAt: null, confirmedBy: null, createdAt: '2026-01-01T00:00:00Z' };
  }
  function newRun(mode: Run['mode'], settings: Run['settings']): Run {
    const run: Run = { id: `r${fake.runs.length + 1}`, projectId: 'p1', mode, planHash: 'h1', status: 'running', desired: 'run', settings, error: null, startedAt: `2026-01-01T00:00:0${fake.runs.length}Z`, finishedAt: null };
    fake.runs.push(run);
    return run;
  }
  function setStatus(runId: string, status: RunStatus): void {
    const index = fake.runs.findIndex((run) => run.id === runId);
    if (index >= 0) fake.runs[index] = { ...fake.runs[index] as Run, status };
  }

  function fakeEngine(): Engine {
    const recorded = <T>(name: string, params: unknown, answer: () => T): T => {
      calls.push([name, params]);
      if (fake.engineError !== null) throw fake.engineError;
      return answer();
    };
    const planOf = () => {
      if (fake.plan === null) throw new ConfigurationError({ code: 'no-plan', message: 'no plan', remedy: 'propose' });
      return { plan: fake.plan, stored: stored(fake.plan) };
    };
    let driven = 0;
    return {
      check: async (params) => recorded('check', params, () => ({ destination: [{ name: 'reachable', title: 'Reachable', result: 'passed', message: 'it answers', remedy: null }] })),
      discover: async (params) => recorded('discover', params, () => ({})),
      propose: async (params) => recorded('propose', params, planOf),
      currentPlan: async () => planOf(),
      savePlan: async (params) => recorded('savePlan', params, planOf),
      confirmPlan: async (params) => recorded('confirmPlan', params, () => ({ ...planOf(), answered: 1, confirmed: 2 })),
      decide: async (params) => recorded('decide', params, planOf),
      preview: async (params) => recorded('preview', params, () => ({ mappings: [], notMoved: [] })),
      previewLine: async (params) => recorded('previewLine', params, () => ({ origin: 'staged', looked: 0, counts: { written: 0, empty: 0, notWritten: 0, quarantine: 0 }, samples: [] })),
      startRun: async (params) => recorded('startRun', params, () => newRun(params.mode, params.settings)),
      driveRun: async (params) => {
        calls.push(['driveRun', { runId: params.runId, workers: params.workers }]);
        for (const progress of fake.progress) params.onProgress?.(progress);
        await fake.whileDriving?.();
        const run = fake.runs.find((candidate) => candidate.id === params.runId);
        const report = exampleReport({ run: params.runId, mode: run?.mode ?? 'production', ...fake.reports[Math.min(driven, fake.reports.length - 1)] });
        driven += 1;
        setStatus(params.runId, report.status);
        return report;
      },
      report: async (runId) => exampleReport({ run: runId, ...fake.reports.at(-1) }),
      projectByName: async (name) => fake.projects.find((project) => project.name === name) as Project,
      pause: async (runId) => recorded('pause', runId, () => undefined),
      cancel: async (runId) => recorded('cancel', runId, () => setStatus(runId, 'cancelled')),
      approve: async (params) => recorded('approve', params, () => {
        const open = fake.gates.filter((gate) => gate.approvedAt === null && (params.phase === null || gate.phase === params.phase));
        for (const gate of open) fake.gates[fake.gates.indexOf(gate)] = { ...gate, approvedAt: '2026-01-01T00:00:30Z', approvedBy: params.by };
        return open.map((gate) => gate.phase);
      }),
      retryQuarantine: async (params) => recorded('retryQuarantine', params, () => newRun('production', {})),
      owners: async (project) => recorded('owners', project, () => [{ owner: 'ada@x.example', sourceIds: ['o1'], spellings: ['ada@x.example'], name: 'Ada', records: { contact: 3, deal: 1 }, currentUser: null, decision: '(unassigned)' }]),
      applyOwners: async (params) => recorded('applyOwners', params, () => ({
        run: params.lines.some((line) => line.owner === 'ada@x.example') ? newRun('delta', {}) : null, assigned: params.lines.filter((line) => line.owner === 'ada@x.example').map(({ owner, login }) => ({ owner, login })), unchanged: 0,
        refused: params.lines.filter((line) => line.owner !== 'ada@x.example').map((line) => ({ ...line, code: 'unknown-owner' as const, message: `The source has no owner "${line.owner}".`, remedy: 'Keep the addresses.' })),
      })),
      handoffInput: async (params) => recorded('handoffInput', params, () => ({ plan: planOf().plan, source: null, destination: null, report: exampleReport(), placed: {} })),
      cutOverInput: async (params) => recorded('cutOverInput', params, () => ({ plan: planOf().plan, source: null, destination: null, report: exampleReport() })),
      compareRecords: async (params) => recorded('compareRecords', params, () => ({ records: [], written: 0 })),
      work: async (params) => recorded('work', params.concurrency, () => undefined),
      purge: async (project) => recorded('purge', project, () => ({ deleted: { run: 3 }, left: { run: 0 } })),
      estimate: async (project) => recorded('estimate', project, () => [{ phase: 'people', mapping: 'people', records: 10, calls: 2, basis: 'staged' }]),
    };
  }

  function fakeStore(): CliStore {
    return {
      createProject: async ({ name, route }) => {
        if (fake.projects.some((project) => project.name === name)) throw new ConfigurationError({ code: 'project-exists', message: `there is a project '${name}'`, remedy: 'choose another name' });
        const project = { id: 'p1', name, route, createdAt: '2026-01-01T00:00:00Z' };
        fake.projects.push(project);
        return project;
      },
      findProject: async (name) => fake.projects.find((project) => project.name === name) ?? null,
      projectById: async () => fake.projects[0] as Project,
      listProjects: async () => fake.projects,
      saveConnection: async (connection) => { connections.set(connection.role, connection); },
      loadConnection: async (_, role) => connections.get(role) ?? null,
      loadCatalog: async () => null,
      latestPlan: async () => (fake.plan === null ? null : stored(fake.plan)),
      planByHash: async () => (fake.plan === null ? null : stored(fake.plan)),
      audit: async (params) => { calls.push(['audit', params]); },
      setFact: async (...params) => { calls.push(['setFact', params]); },
      getFact: async () => null,
      run: async (id) => fake.runs.find((run) => run.id === id) ?? null,
      latestRun: async () => fake.runs.at(-1) ?? null,
      listRuns: async () => fake.runs,
      setDesired: async (params) => { calls.push(['setDesired', params]); },
      phases: async (runId): Promise<readonly Phase[]> => [{ runId, position: 0, name: 'people', status: 'running', before: {}, startedAt: null, finishedAt: null }],
      gates: async () => fake.gates,
      calls: async () => [],
      verificationCounts: async () => fake.mismatches.map((row) => ({ ...row, records: 1, fields: 1, exact: 0, equalAfterNormalisation: 0, declaredLossy: 0, unreadable: 0 })),
      verificationFields: async () => [],
      findings: async () => [],
      quarantine: async ({ open, code, limit, after }) => {
        const entries = fake.quarantineEntries.filter((entry) => (open !== true || entry.resolvedAt === null) && (code === null || entry.code === code));
        const start = after === null ? 0 : entries.findIndex((entry) => entry.id === after) + 1;
        return entries.slice(start, start + limit);
      },
      quarantineEntries: async ({ ids }) => fake.quarantineEntries.filter((entry) => ids.includes(entry.id)),
      latestQuarantine: async ({ limit }) => fake.quarantineEntries.toReversed().slice(0, limit), figuresMark: async () => '', pageStaged: async () => [],
      rollbackFates: async () => [...Map.groupBy(fake.rollbackRows, (row) => `${row.mapping} ${row.fate}`).values()].flatMap((rows) => (rows[0] === undefined ? [] : [{ mapping: rows[0].mapping, fate: rows[0].fate, records: rows.length }])),
      rollbackPage: async ({ fate, mapping, after, limit }) => fake.rollbackRows.filter((row) => (fate === null || row.fate === fate) && (mapping === null || row.mapping === mapping) && (after === null || row.sourceId > after.sourceId)).slice(0, limit),
      quarantineCounts: async () => (fake.quarantineEntries.length === 0 ? [] : [{ mapping: 'people', code: 'empty-name', count: fake.quarantineEntries.length }]),
    };
  }
}
