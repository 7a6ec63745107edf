import { z } from 'zod';
import type { JsonObject } from '../../connector/json.ts';
import type { Project } from '../../engine/ports/projects.ts';
import type { Run } from '../../engine/ports/runs.ts';
import { isSandbox, ownerOfSandbox, sandboxName } from '../../engine/sandbox.ts';
import { parseSampleId, parseWhere } from '../../engine/sample/where.ts';
import { isFinal } from '../../engine/run-states.ts';
import { operation, type App } from '../calls.ts';
import { heldFields } from '../held-fields.ts';
import type { LiveHub } from '../live.ts';
import type { ServerParts } from '../parts.ts';
import { refusal } from '../problem.ts';
import { refuseUnfinished, type RunDriver } from '../run-driver.ts';
import { runLine } from '../run-line.ts';
import type { RunReports } from '../run-reports.ts';
import { doneSchema } from '../schemas/access.ts';
import { anyProjectName, runLineSchema } from '../schemas/projects.ts';
import { approveSchema, quarantineSchema, retrySchema, runDetailsSchema, runsSchema, startRunSchema, verificationSchema, type Verification } from '../schemas/runs.ts';
import { projectNamed, projectParams } from './projects.ts';

export const runParams = z.strictObject({ project: anyProjectName, run: z.uuid() });
const pageSize = 200;
const heldQuery = z.strictObject({
  code: z.string().max(100).optional(), after: z.string().max(100).optional(),
  run: z.uuid().optional().describe('What this run held back, the newest first and in one answer; `code` and `after` are of no account then.'),
  latest: z.coerce.number().int().min(1).max(pageSize).optional().describe(`With \`run\`: how many; default ${pageSize}.`),
});
/** Modes that start without the destination's name: what writes nothing, little, or elsewhere. */
const unasked: ReadonlySet<string> = new Set(['preview', 'sample', 'sandbox']);

/** Runs: starting, steering, and what came of them. */
export function runsApi(app: App, parts: ServerParts, live: LiveHub, driver: RunDriver, reports: RunReports): void {
  const { engine, store } = parts;

  operation(app, { method: 'get', path: '/api/projects/{project}/runs', tag: 'runs', summary: 'Every run of a project, newest first', needs: 'look', params: projectParams, answer: runsSchema }, async ({ params }) => {
    const runs = await store.listRuns((await projectNamed(parts, params.project)).id);
    return { runs: runs.toSorted((left, right) => right.startedAt.localeCompare(left.startedAt)).map(runLine) };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/runs', tag: 'runs', summary: 'Start a run; it goes on when the browser is closed', needs: 'operate', params: projectParams, body: startRunSchema, answer: runLineSchema }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    const shadow = body.mode === 'sandbox' ? await store.findProject(sandboxName(project.name)) : null;
    await refuseUnfinished(parts, shadow ?? project);
    if (isSandbox(project.name) && body.mode !== 'rollback') throw refusal(409, 'sandbox', `'${project.name}' is a sandbox.`, `Start its runs from project '${ownerOfSandbox(project.name)}'.`);
    const dry = body.dryRun === true && (body.mode === 'rollback' || body.mode === 'delta');
    if (!dry && !unasked.has(body.mode)) await confirmDestination(project, body.confirmDestination);
    const settings: JsonObject = body.mode === 'sample' ? sampleSettings(body)
      : body.mode === 'rollback' ? { dryRun: dry, deleteChanged: body.deleteChanged ?? false }
        : { ...(dry ? { dryRun: true } : {}), ...(body.approveGates === true ? { approveGates: true } : {}) };
    const run = await engine.startRun({ project: project.name, mode: body.mode, settings, by: actor });
    driver.drive(run.projectId === project.id ? project : await store.projectById(run.projectId), run, actor);
    return runLine(run);
  });

  operation(app, { method: 'get', path: '/api/projects/{project}/runs/{run}', tag: 'runs', summary: 'One run: phases, gates, counts, verification, rollback proof', needs: 'look', params: runParams, answer: runDetailsSchema }, async ({ params }) => {
    const { project, run } = await runNamed(parts, params);
    const [report, phases, gates] = await Promise.all([reports.of(run), store.phases(run.id), store.gates(run.id)]);
    const objections = await parts.gateObjections(report, gates.filter((gate) => gate.approvedAt === null).map((gate) => gate.phase));
    const labels = new Map(parts.routes.find((route) => route.id === project.route)?.phases.map((phase) => [phase.name, phase.label]));
    return {
      run: runLine(run), report, progress: live.lastProgress(run.id),
      phases: phases.map(({ name, status, startedAt, finishedAt }) => ({ name, label: labels.get(name) ?? name, status, startedAt, finishedAt })),
      gates: gates.map(({ phase, openedAt, approvedAt, approvedBy }) => ({ phase, openedAt, approvedAt, approvedBy, objections: [...objections.get(phase) ?? []] })),
    };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/runs/{run}/pause', tag: 'runs', summary: 'Pause between two batches', needs: 'operate', params: runParams, answer: doneSchema }, async ({ params, actor }) => {
    const { project, run } = await steerable(params);
    await engine.pause(run.id);
    await store.audit({ projectId: project.id, actor, action: 'run-paused', details: { run: run.id } });
    return { done: true };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/runs/{run}/resume', tag: 'runs', summary: 'Go on with a run that was paused, interrupted or failed', needs: 'operate', params: runParams, answer: doneSchema }, async ({ params, actor }) => {
    const { project, run } = await steerable(params);
    if (run.desired === 'cancel') throw refusal(409, 'run-cancelled', 'The run was cancelled.', 'Start a new one; it writes nothing twice.');
    await store.setDesired({ runId: run.id, desired: 'run' });
    await store.audit({ projectId: project.id, actor, action: 'run-resumed', details: { run: run.id } });
    driver.drive(project, run, actor);
    return { done: true };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/runs/{run}/cancel', tag: 'runs', summary: 'Stop for good; what is in stays in, a rollback takes it out', needs: 'operate', params: runParams, answer: doneSchema }, async ({ params, actor }) => {
    const { project, run } = await steerable(params);
    await engine.cancel(run.id);
    await store.audit({ projectId: project.id, actor, action: 'run-cancelled', details: { run: run.id } });
    return { done: true };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/runs/{run}/approval', tag: 'runs', summary: 'Open gates; the run goes on', needs: 'approve', params: runParams, body: approveSchema, answer: z.strictObject({ approved: z.array(z.string()) }) }, async ({ params, body, actor }) => {
    const { project, run } = await steerable(params);
    const approved = await engine.approve({ runId: run.id, phase: body.phase, by: actor });
    if (approved.length === 0) throw refusal(409, 'no-gate', 'The run waits at no such gate.', 'Somebody may have opened it; load the page again.');
    driver.drive(project, run, actor);
    return { approved: [...approved] };
  });

  operation(app, { method: 'get', path: '/api/projects/{project}/runs/{run}/verification', tag: 'runs', summary: 'What was read back, per object and field, and what differs', needs: 'look', params: runParams, answer: verificationSchema }, async ({ params }): Promise<Verification> => {
    const { run } = await runNamed(parts, params);
    const read = (kind: 'mismatch' | 'unreadable' | 'declaredLossy') => store.findings({ runId: run.id, class: kind, limit: 500 });
    const [mappings, fields, mismatch, unreadable, lossy] = await Promise.all([store.verificationCounts(run.id), store.verificationFields(run.id), read('mismatch'), read('unreadable'), read('declaredLossy')]);
    return {
      mappings: mappings.map((row) => ({ ...row })), fields: fields.map((row) => ({ ...row })),
      findings: [...mismatch, ...unreadable, ...lossy].slice(0, 500).map(({ phase, mapping, sourceId, destinationId, field, class: kind, written, found }) => ({ phase, mapping, sourceId, destinationId, field, class: kind, written, found })),
    };
  });

  operation(app, { method: 'get', path: '/api/projects/{project}/quarantine', tag: 'runs', summary: 'Records held back, with code, reason and remedy', needs: 'look', params: projectParams, query: heldQuery, answer: quarantineSchema }, async ({ params, query }) => {
    const { id } = await projectNamed(parts, params.project);
    const [counts, entries] = await Promise.all([store.quarantineCounts(id), query.run === undefined ? store.quarantine({ projectId: id, open: true, code: query.code ?? null, limit: pageSize, after: query.after ?? null }) : store.latestQuarantine({ projectId: id, runId: query.run, limit: query.latest ?? pageSize })]);
    const plan = entries.length === 0 ? null : await engine.currentPlan(params.project).then((current) => current.plan, () => null); // a broken plan hides no record
    return {
      counts: counts.map((row) => ({ ...row })), next: query.run !== undefined || entries.length < pageSize ? null : entries.at(-1)?.id ?? null,
      entries: entries.map((entry) => ({ id: entry.id, mapping: entry.mapping, sourceObject: entry.sourceObject, sourceId: entry.sourceId, stage: entry.stage, code: entry.code, message: entry.message, remedy: entry.remedy, field: entry.field, fields: [...heldFields(plan, entry)], position: entry.position, data: entry.data, createdAt: entry.createdAt })),
    };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/quarantine/retry', tag: 'runs', summary: 'Correct records that are held back and load them in a new run', needs: 'operate', params: projectParams, body: retrySchema, answer: runLineSchema }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    await refuseUnfinished(parts, project);
    const run = await engine.retryQuarantine({ project: project.name, corrections: body.corrections, by: actor });
    driver.drive(project, run, actor);
    return runLine(run);
  });

  async function steerable(params: Readonly<{ project: string; run: string }>): Promise<Readonly<{ project: Project; run: Run }>> {
    const found = await runNamed(parts, params);
    if (isFinal(found.run.status)) throw refusal(409, 'run-finished', `The run has ended: ${found.run.status}.`, 'Start a new one.');
    return found;
  }

  async function confirmDestination(project: Project, typed: string | undefined): Promise<void> {
    const connection = await store.loadConnection(project.id, 'destination');
    if (connection === null) throw refusal(409, 'not-connected', `The destination of '${project.name}' is not connected.`, 'Connect it first.');
    const host = parts.hostOf(connection);
    if (typed?.trim().toLowerCase() === host.toLowerCase()) return;
    throw refusal(422, 'destination-not-confirmed', `This writes to ${host}, and what was typed is not its name.`, `Type ${host}, if that is where the records are.`, { confirmDestination: `type ${host}` });
  }
}

/** @throws ApiError 404 */
export async function runNamed(parts: Pick<ServerParts, 'store'>, params: Readonly<{ project: string; run: string }>): Promise<Readonly<{ project: Project; run: Run }>> {
  const project = await projectNamed(parts, params.project);
  const run = await parts.store.run(params.run);
  if (run === null || run.projectId !== project.id) throw refusal(404, 'no-run', `Project '${project.name}' has no run '${params.run}'.`, 'Choose one from the list of runs.');
  return { project, run };
}

/** @throws ConfigurationError 'wrong-sample-id', 'wrong-condition' */
function sampleSettings(body: z.output<typeof startRunSchema>): JsonObject {
  const named = (body.ids?.length ?? 0) > 0 || (body.where?.length ?? 0) > 0;
  for (const condition of body.where ?? []) parseWhere(condition);
  return {
    ...(body.records === undefined && named ? {} : { records: body.records ?? 200 }),
    ...((body.ids?.length ?? 0) > 0 ? { ids: (body.ids ?? []).map(parseSampleId) } : {}), ...((body.where?.length ?? 0) > 0 ? { where: [...body.where ?? []] } : {}), ...(body.alone === true ? { alone: true } : {}),
  };
}
