import { z } from 'zod';
import { isSandbox } from '../../engine/sandbox.ts';
import { cutOverStore } from '../../store/cut-over.ts';
import { operation, type App } from '../calls.ts';
import type { DeltaScheduler } from '../delta-scheduler.ts';
import type { ServerParts } from '../parts.ts';
import { refusal } from '../problem.ts';
import { doneSchema } from '../schemas/access.ts';
import { cutOverSchema, scheduleSchema, setScheduleSchema, tickSchema, type CutOver } from '../schemas/cut-over.ts';
import { anyProjectName } from '../schemas/projects.ts';
import { projectNamed, projectParams } from './projects.ts';

const stepParams = z.strictObject({ project: anyProjectName, step: z.string().regex(/^[a-z-]{1,40}-[0-9a-f]{12}$/) });

/** The checklist of the day on which people move over, and the deltas that start by themselves until then. */
export function cutOverApi(app: App, parts: ServerParts, scheduler: DeltaScheduler): void {
  const ticks = cutOverStore(parts.people.database);

  operation(app, { method: 'get', path: '/api/projects/{project}/cut-over', tag: 'sign-off', summary: 'The cut-over checklist: what Portolan can tell, and what people ticked', needs: 'look', params: projectParams, answer: cutOverSchema }, async ({ params }): Promise<CutOver> => {
    const project = await projectNamed(parts, params.project);
    const [stages, marks] = await Promise.all([parts.cutOverStages(project.name), ticks.list(project.id)]);
    const markOf = new Map(marks.map((mark) => [mark.step, mark]));
    return {
      stages: stages.map(({ id, title, note, steps }) => ({ id, title, note, steps: steps.map(({ key, done, step, why }) => {
        const mark = done === null ? markOf.get(key) : undefined;
        return { key, step, why, known: done !== null, done: done ?? mark?.done ?? false, comment: mark?.comment ?? '', markedBy: mark?.markedBy ?? null, markedAt: mark?.markedAt ?? null };
      }) })),
    };
  });

  operation(app, { method: 'put', path: '/api/projects/{project}/cut-over/{step}', tag: 'sign-off', summary: 'Tick a step that only a person can tell, or take the tick from it', needs: 'edit', params: stepParams, body: tickSchema, answer: doneSchema }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    const step = (await parts.cutOverStages(project.name)).flatMap(({ steps }) => steps).find(({ key }) => key === params.step);
    if (step === undefined) throw refusal(404, 'no-step', 'The checklist has no such step.', 'Load the page again: the steps follow the plan.');
    if (step.done !== null) throw refusal(409, 'known-step', `Portolan sees for itself whether this is done: ${step.step}`, step.why);
    await ticks.mark({ projectId: project.id, step: params.step, done: body.done, comment: body.comment.trim(), by: actor });
    await parts.store.audit({ projectId: project.id, actor, action: 'cut-over-step', details: { step: step.step, done: body.done, comment: body.comment.trim() } });
    return { done: true };
  });

  operation(app, { method: 'get', path: '/api/projects/{project}/schedule', tag: 'sign-off', summary: 'When deltas start by themselves', needs: 'look', params: projectParams, answer: z.strictObject({ schedule: scheduleSchema.nullable() }) },
    async ({ params }) => ({ schedule: shown(await scheduler.of(await projectNamed(parts, params.project))) }));

  operation(app, { method: 'put', path: '/api/projects/{project}/schedule', tag: 'sign-off', summary: 'Start deltas at set times; a gate that waits or a failure pauses it', needs: 'operate', params: projectParams, body: setScheduleSchema, answer: z.strictObject({ schedule: scheduleSchema.nullable() }) }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    if (isSandbox(project.name)) throw refusal(409, 'sandbox', 'A sandbox has no schedule.', 'Set it for the project itself.');
    const connection = await parts.store.loadConnection(project.id, 'destination');
    const host = connection === null ? null : parts.hostOf(connection);
    if (host === null) throw refusal(409, 'not-connected', `The destination of '${project.name}' is not connected.`, 'Connect it first.');
    if (body.confirmDestination.trim().toLowerCase() !== host.toLowerCase()) throw refusal(422, 'destination-not-confirmed', `This writes to ${host}, and what was typed is not its name.`, `Type ${host}, if that is where the records are.`, { confirmDestination: `type ${host}` });
    await scheduler.set(project, { cron: body.cron.trim(), zone: body.zone, endsAt: body.endsAt, approveGates: body.approveGates }, actor);
    return { schedule: shown(await scheduler.of(project)) };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/schedule/resume', tag: 'sign-off', summary: 'Turn a paused schedule on again', needs: 'operate', params: projectParams, answer: doneSchema }, async ({ params, actor }) => {
    await scheduler.resume(await projectNamed(parts, params.project), actor);
    return { done: true };
  });

  operation(app, { method: 'delete', path: '/api/projects/{project}/schedule', tag: 'sign-off', summary: 'Stop starting deltas by itself; a run under way goes on', needs: 'operate', params: projectParams, answer: doneSchema }, async ({ params, actor }) => {
    await scheduler.remove(await projectNamed(parts, params.project), actor);
    return { done: true };
  });
}

function shown(schedule: Awaited<ReturnType<DeltaScheduler['of']>>): z.input<typeof scheduleSchema> | null {
  if (schedule === null) return null;
  const { projectId: _projectId, heardAt: _heardAt, ...rest } = schedule;
  return rest;
}
