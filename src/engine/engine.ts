import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Catalog } from '../connector/catalog.ts';
import type { CheckResult } from '../connector/check-result.ts';
import { answersOf } from '../plan/answered-check.ts';
import type { Plan } from '../plan/plan.ts';
import { FIELDS_MAPPING } from './fields-mapping.ts';
import { fieldDefinition, wantedFields } from './steps/create-fields.ts';
import { AuthenticationError, ConfigurationError } from '../connector/errors.ts';
import type { Engine } from './api.ts';
import { assignOwners, type OwnerLookup } from '../plan/changes/assign-owners.ts';
import { formatPlan } from '../plan/format.ts';
import { contentHash } from './canonical.ts';
import type { EngineDependencies } from './dependencies.ts';
import { diffRecords } from './compare/diff-records.ts';
import { driveRun } from './drive-run.ts';
import { estimate } from './estimate.ts';
import { cutOverInput, handoffInput } from './handoff.ts';
import { handleBatch } from './handle-batch.ts';
import { phasesOf, type RunSettings } from './phase-names.ts';
import { readOwnerLines } from './owners/apply-owners.ts';
import { ownerTable } from './owners/owner-table.ts';
import { confirmPlan, currentPlan, decide, planCache, proposePlan, requireConfirmed, savePlanText, validate } from './plans.ts';
import type { Project, Role } from './ports/projects.ts';
import { remember } from './propose/remember.ts';
import { previewLine } from './preview-line.ts';
import { previewRecord } from './preview.ts';
import { runReport } from './report.ts';
import type { Route } from './route.ts';
import { isSandbox, prepareSandbox, sandboxName } from './sandbox.ts';
import { isDry } from './run-scope.ts';
import { Sessions } from './sessions.ts';

/** Builds the engine from its parts: the one door for command line, console and tests. */
export function createEngine(given: Omit<EngineDependencies, 'worker' | 'now'> & Partial<Pick<EngineDependencies, 'worker' | 'now'>>): Engine {
  const dependencies: EngineDependencies = { ...given, worker: given.worker ?? `${hostname()}:${process.pid}`, now: given.now ?? Date.now };
  const { store } = dependencies;
  const planOf = planCache(dependencies);

  const projectByName = async (name: string): Promise<Project> => {
    const project = await store.findProject(name);
    if (project !== null) return project;
    const known = (await store.listProjects()).map((each) => each.name);
    throw new ConfigurationError({ code: 'no-project', message: `There is no project "${name}".`, remedy: known.length === 0 ? `Make it: \`portolan init ${name} --route <route>\`` : `Projects: ${known.join(', ')}.` });
  };
  const routeOf = (project: Project): Route => {
    const route = dependencies.routes.find((each) => each.id === project.route);
    if (route === undefined) throw new ConfigurationError({ code: 'unknown-route', message: `Project ${project.name} uses route "${project.route}", which this version does not have.`, remedy: `Routes: ${dependencies.routes.map((each) => each.id).join(', ')}.` });
    return route;
  };
  const ownersOf = (project: Project): OwnerLookup => {
    const { owners } = routeOf(project);
    if (owners !== undefined) return owners;
    throw new ConfigurationError({ code: 'no-owners', message: `The route ${project.route} moves no owners.`, remedy: 'There is nothing to assign.' });
  };
  const withSessions = async <T>(use: (sessions: Sessions) => Promise<T>): Promise<T> => {
    const sessions = new Sessions(dependencies, new AbortController().signal);
    try {
      return await use(sessions);
    } finally {
      await sessions.close();
    }
  };
  const check: Engine['check'] = async ({ project: name, roles }) => {
    const project = await projectByName(name);
    const route = routeOf(project);
    return withSessions(async (sessions) => {
      const results: Partial<Record<Role, readonly CheckResult[]>> = {};
      if (roles.includes('source')) results.source = await (await sessions.source(project.id)).check();
      if (roles.includes('destination')) {
        const plan = await store.latestPlan(project.id) === null ? null : (await currentPlan(dependencies, project)).plan;
        const own = await (await sessions.destination(project.id)).check({
          objects: route.destinationObjects, createsFields: plan === null || wantedFields(plan).length > 0,
          ...(plan === null ? {} : { mapped: [...new Set(plan.mappings.filter(({ status }) => status !== 'rejected').map(({ destination }) => destination))], newFields: wantedFields(plan).map(fieldDefinition) }),
        });
        const [source, destination] = await Promise.all([store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
        results.destination = [...own, ...(source === null || destination === null ? [] : route.readiness({ source: source.catalog, destination: destination.catalog, ...(plan === null ? {} : { answers: answersOf(plan) }) }))];
      }
      return results;
    });
  };

  const startRun: Engine['startRun'] = async ({ project: name, mode, settings, by }) => {
    const named = await projectByName(name);
    const project = mode === 'sandbox' && !isSandbox(named.name) ? await prepareSandbox(dependencies, named, routeOf(named), by) : named;
    const { plan, stored } = await currentPlan(dependencies, project);
    const writes = mode !== 'preview';
    if (writes && mode !== 'rollback') {
      requireConfirmed(plan, project);
      if (stored.confirmedAt === null) throw new ConfigurationError({ code: 'plan-not-confirmed', message: `Version ${stored.version} of the plan is not confirmed.`, remedy: `Review and confirm it: \`portolan plan confirm ${project.name}\`` });
      await validate(dependencies, project, plan, stored.text);
    }
    if (mode === 'delta' && (settings as RunSettings).only !== 'verify' && (await store.crosswalkMappings(project.id)).length === 0) {
      throw new ConfigurationError({ code: 'nothing-loaded', message: `Project ${project.name} has moved nothing yet: there is nothing that a delta could go on from.`, remedy: `Load everything first: \`portolan run ${project.name} --mode production\`` });
    }
    if ((mode === 'production' || mode === 'delta') && !isDry({ mode, settings }) && (settings as RunSettings).only !== 'verify') await refuseUnready(project);
    // A rollback takes back what the newest plan that wrote describes, not a later draft.
    const basis = mode === 'rollback' ? (await lastWritingPlan(project)) ?? stored.hash : stored.hash;
    const stored_ = await store.planByHash(project.id, basis);
    const effective = stored_ === null ? plan : (await planOf({ projectId: project.id, planHash: basis })).plan;
    const own: RunSettings = mode === 'delta' && (settings as RunSettings).thorough !== true && await isPrepared(store, project, effective) ? { ...settings, skipPrepare: true } : settings;
    const phases = phasesOf({ plan: effective, mode, settings: own });
    if (isDry({ mode, settings })) await store.forgetForeseen(project.id);
    const run = await store.createRun({ projectId: project.id, mode, planHash: basis, settings: { ...own }, phases });
    await store.audit({ projectId: project.id, actor: by, action: 'run-started', details: { run: run.id, mode, settings } });
    return run;
  };

  /** Whether an earlier run has made every new field of the plan: a delta then has nothing to prepare. */
  async function isPrepared(of: Pick<typeof store, 'crosswalk'>, project: Project, plan: Plan): Promise<boolean> {
    const wanted = wantedFields(plan).map((line) => `${line.object}.${line.name}`);
    return (await of.crosswalk({ projectId: project.id, mappings: [FIELDS_MAPPING], sourceIds: wanted })).length === wanted.length;
  }

  async function lastWritingPlan(project: Project): Promise<string | null> {
    const runs = await store.listRuns(project.id);
    return runs.filter((run) => !isDry(run) && run.mode !== 'rollback').toSorted((left, right) => right.startedAt.localeCompare(left.startedAt))[0]?.planHash ?? null;
  }

  /** Whether everything that is staged was loaded by a run that no rollback has taken back. */
  async function loadedEverything(project: Project): Promise<boolean> {
    for (const run of (await store.listRuns(project.id)).toSorted((left, right) => right.startedAt.localeCompare(left.startedAt))) {
      const ended = run.status === 'succeeded' || run.status === 'withQuarantine';
      const { dryRun, selection, only } = run.settings as RunSettings;
      if (!ended || dryRun === true) continue;
      if (run.mode === 'rollback') return false;
      if (['production', 'sandbox', 'delta'].includes(run.mode) && selection !== true && only === undefined) return true;
    }
    return false;
  }

  async function refuseUnready(project: Project): Promise<void> {
    const results = Object.values(await check({ project: project.name, roles: ['source', 'destination'] })).flat();
    const failed = results.filter((result) => result.result === 'failed');
    const [first] = failed;
    if (first === undefined) return;
    const details = { code: 'readiness-refused', message: `${failed.length} readiness ${failed.length === 1 ? 'check' : 'checks'} failed: ${failed.map((result) => `${result.title}: ${result.message}`).join('; ')}`, remedy: first.remedy ?? `All of them: \`portolan check ${project.name}\`` };
    throw first.kind === 'authentication' ? new AuthenticationError(details) : new ConfigurationError(details);
  }

  const handoffParams = async ({ project: name, runId }: Readonly<{ project: string; runId: string | null }>): Promise<Parameters<typeof handoffInput>[0]> => {
    const project = await projectByName(name);
    const run = runId === null ? null : await store.run(runId);
    const { plan } = await currentPlan(dependencies, project);
    return { store, project, plan, route: routeOf(project), report: run === null ? null : await runReport(store, run) };
  };

  return {
    projectByName,
    check,
    discover: async ({ project: name, roles, onProgress }) => {
      const project = await projectByName(name);
      const route = routeOf(project);
      return withSessions(async (sessions) => {
        const catalogs: Partial<Record<Role, Catalog>> = {};
        for (const role of roles) {
          const catalog = role === 'source'
            ? await (await sessions.source(project.id)).discover({ onProgress: (progress) => onProgress?.({ role, ...progress }) })
            : await (await sessions.destination(project.id)).discover({ objects: route.destinationObjects });
          await store.saveCatalog({ projectId: project.id, role, catalog, hash: contentHash(JSON.parse(JSON.stringify(catalog))) });
          catalogs[role] = catalog;
        }
        return catalogs;
      });
    },
    propose: async ({ project: name, ...params }) => {
      const project = await projectByName(name);
      return proposePlan(dependencies, project, routeOf(project), params);
    },
    currentPlan: async (name) => currentPlan(dependencies, await projectByName(name)),
    savePlan: async ({ project: name, text }) => { const project = await projectByName(name); return savePlanText(dependencies, project, routeOf(project), text); },
    confirmPlan: async ({ project: name, ...params }) => {
      const project = await projectByName(name);
      const confirmed = await confirmPlan(dependencies, project, params);
      await remember(dependencies, project, routeOf(project), confirmed.plan);
      return confirmed;
    },
    decide: async ({ project: name, ...params }) => { const project = await projectByName(name); return decide(dependencies, project, routeOf(project), params); },
    preview: async ({ project: name, object, sourceId }) => {
      const project = await projectByName(name);
      const { stored } = await currentPlan(dependencies, project);
      return withSessions(async (sessions) => previewRecord({ store, sessions, project, plan: await planOf({ projectId: project.id, planHash: stored.hash }), object, sourceId }));
    },
    previewLine: async ({ project: name, plan, mapping, field }) => {
      const project = await projectByName(name);
      return withSessions(async (sessions) => previewLine({ store, sessions, project, plan, mapping, field, now: dependencies.now }));
    },
    startRun,
    driveRun: (params) => driveRun({ dependencies, planOf, ...params }),
    report: async (runId) => {
      const run = await store.run(runId);
      if (run === null) throw new ConfigurationError({ code: 'no-run', message: `There is no run ${runId}.`, remedy: 'The runs of a project are listed: `portolan status`.' });
      return runReport(store, run);
    },
    pause: (runId) => store.setDesired({ runId, desired: 'pause' }),
    cancel: async (runId) => {
      await store.setDesired({ runId, desired: 'cancel' });
      // Nobody drives a paused, waiting or interrupted run, nor one whose driver died: it is cancelled here and now.
      const canceller = `${dependencies.worker}/cancel`;
      const driven = !(await store.holdRun({ runId, driver: canceller, leaseMs: 1000 }));
      await store.moveRun({ runId, from: ['paused', 'waiting', 'interrupted', 'failed', ...(driven ? [] : ['running' as const])], to: 'cancelled' });
      if (!driven) await store.releaseRun({ runId, driver: canceller });
    },
    approve: async ({ runId, phase, by }) => {
      const waiting = (await store.gates(runId)).filter((gate) => gate.approvedAt === null && (phase === null || gate.phase === phase));
      for (const gate of waiting) await store.approveGate({ runId, phase: gate.phase, by });
      const run = await store.run(runId);
      if (waiting.length > 0) await store.audit({ projectId: run?.projectId ?? null, actor: by, action: 'gate-approved', details: { run: runId, phases: waiting.map((gate) => gate.phase) } });
      return waiting.map((gate) => gate.phase);
    },
    retryQuarantine: async ({ project: name, corrections, by }) => {
      const project = await projectByName(name);
      const entries = await store.quarantineEntries({ projectId: project.id, ids: corrections.map((correction) => correction.id) });
      const byId = new Map(entries.map((entry) => [entry.id, entry]));
      const unknown = corrections.filter((correction) => !byId.has(correction.id)).map((correction) => correction.id);
      if (unknown.length > 0) throw new ConfigurationError({ code: 'unknown-quarantine-entry', message: `No quarantine ${unknown.length === 1 ? 'entry' : 'entries'} ${unknown.slice(0, 5).join(', ')} in project ${name}.`, remedy: `Export them again: \`portolan quarantine export ${name}\`` });
      await store.saveCorrections({ projectId: project.id, corrections: corrections.flatMap((correction) => {
        const entry = byId.get(correction.id);
        return entry === undefined ? [] : [{ object: entry.sourceObject, sourceId: entry.sourceId, fields: correction.fields }];
      }) });
      await store.resolveQuarantine({ projectId: project.id, ids: entries.filter((entry) => entry.stage === 'extract').map((entry) => entry.id) });
      // Who has only tried a sample must not find everything loaded by a correction.
      if (!await loadedEverything(project)) return startRun({ project: name, mode: 'sample', settings: { skipExtract: true, heldBack: true }, by });
      return startRun({ project: name, mode: 'production', settings: { skipExtract: true, approveGates: true }, by });
    },
    owners: async (name) => {
      const project = await projectByName(name);
      const { plan } = await currentPlan(dependencies, project);
      return withSessions(async (sessions) => ownerTable({ store, sessions, project, plan, owners: ownersOf(project) }));
    },
    applyOwners: async ({ project: name, lines, by }) => {
      const project = await projectByName(name);
      const owners = ownersOf(project);
      const { plan, stored } = await currentPlan(dependencies, project);
      if (stored.confirmedAt === null) throw new ConfigurationError({ code: 'plan-not-confirmed', message: `Version ${stored.version} of the plan is not confirmed.`, remedy: `Review and confirm it: \`portolan plan confirm ${project.name}\`` });
      const read = await withSessions(async (sessions) => readOwnerLines({
        lines, owners, table: await ownerTable({ store, sessions, project, plan, owners }),
        object: plan.mappings.find((mapping) => mapping.id === owners.mapping)?.destination ?? '', destination: await sessions.destination(project.id),
      }));
      const assigned = read.assignments.map(({ owner, login }) => ({ owner, login }));
      if (assigned.length === 0) return { run: null, assigned, refused: read.refused, unchanged: read.unchanged };
      await savePlanText(dependencies, project, routeOf(project), formatPlan(assignOwners(plan, owners, read.assignments)));
      await confirmPlan(dependencies, project, { by, acceptRecommendations: false });
      await store.audit({ projectId: project.id, actor: by, action: 'owners-assigned', details: { owners: assigned } });
      const run = await startRun({ project: name, mode: 'delta', settings: { skipIndex: true, selection: true, approveGates: true }, by });
      await store.selectReferring({ projectId: project.id, runId: run.id, object: owners.object, sourceIds: read.assignments.flatMap((one) => one.sourceIds) });
      return { run, assigned, refused: read.refused, unchanged: read.unchanged };
    },
    handoffInput: async (params) => handoffInput(await handoffParams(params)),
    cutOverInput: async (params) => cutOverInput(await handoffParams(params)),
    compareRecords: async ({ project: name, runId, choice }) => {
      const project = await projectByName(name);
      const run = runId === null ? null : await store.run(runId);
      const planHash = run?.planHash ?? (await lastWritingPlan(project)) ?? (await currentPlan(dependencies, project)).stored.hash;
      return withSessions(async (sessions) => diffRecords({ store, sessions, project, plan: await planOf({ projectId: project.id, planHash }), runId, choice }));
    },
    work: async ({ concurrency, signal }) => {
      const sessions = new Sessions(dependencies, signal);
      const worker = await dependencies.queue.work({ concurrency, handle: (batchId, batchSignal) => handleBatch({ dependencies, batchId, sessions, planOf, signal: AbortSignal.any([signal, batchSignal]) }) });
      while (!signal.aborted) await pause(500, undefined, { signal }).catch(() => undefined);
      await worker.stop();
      await sessions.close();
    },
    purge: async (name) => {
      const project = await projectByName(name);
      const shadow = isSandbox(name) ? null : await store.findProject(sandboxName(name));
      const purge = async (): Promise<{ readonly [table: string]: number }> => {
        const own = await store.purge(project.id);
        const others = shadow === null ? {} : await store.purge(shadow.id);
        return Object.fromEntries(Object.keys(own).map((table) => [table, (own[table] ?? 0) + (others[table] ?? 0)]));
      };
      return { deleted: await purge(), left: await purge() };
    },
    estimate: async (name) => estimate(dependencies, await projectByName(name)),
  };
}
