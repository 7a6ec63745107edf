import { CronExpressionParser } from 'cron-parser';
import type { Project } from '../engine/ports/projects.ts';
import { deltaScheduleStore, type DeltaSchedule, type DeltaScheduleStore } from '../store/delta-schedules.ts';
import type { DeltaSchedules } from '../work/delta-schedules.ts';
import type { ServerParts } from './parts.ts';
import { refusal } from './problem.ts';
import type { RunDriver } from './run-driver.ts';

const scheduler = 'schedule';
/** A run in one of these does not end by itself: whoever made the schedule has to look. */
const stuck = new Set(['waiting', 'failed', 'interrupted', 'paused']);

/**
 * Starts deltas at their times, as long as the runs before were in order: a gate that waits, or a failure, pauses the schedule until a
 * person turns it on again. States: on → paused (gate, failure) → on; on → ended (its last day is over). A time that passed while no
 * server ran is made up for once, when one starts.
 */
export class DeltaScheduler {
  readonly #parts: ServerParts;
  readonly #driver: RunDriver;
  readonly #kept: DeltaScheduleStore;
  #times: Promise<DeltaSchedules> | null = null;

  constructor(parts: ServerParts, driver: RunDriver) {
    this.#parts = parts;
    this.#driver = driver;
    this.#kept = deltaScheduleStore(parts.people.database);
  }

  /** The schedule of a project with the next time; null = it has none. */
  async of(project: Project): Promise<(DeltaSchedule & { readonly nextAt: string | null }) | null> {
    const schedule = await this.#kept.get(project.id);
    if (schedule === null) return null;
    const next = schedule.state === 'on' ? CronExpressionParser.parse(schedule.cron, { tz: schedule.zone }).next().toISOString() : null;
    return { ...schedule, nextAt: next !== null && schedule.endsAt !== null && next > schedule.endsAt ? null : next };
  }

  /** @throws ApiError 422 for times or a zone that cannot be read */
  async set(project: Project, params: Readonly<{ cron: string; zone: string; endsAt: string | null; approveGates: boolean }>, actor: string): Promise<void> {
    readable(params);
    await this.#kept.save({ projectId: project.id, ...params, by: actor });
    await (await this.#open()).set({ projectId: project.id, cron: params.cron, zone: params.zone });
    await this.#parts.store.audit({ projectId: project.id, actor, action: 'schedule-set', details: { ...params } });
  }

  async resume(project: Project, actor: string): Promise<void> {
    const schedule = await this.#kept.get(project.id);
    if (schedule === null) throw noSchedule(project);
    await this.#kept.setState({ projectId: project.id, state: 'on', reason: null });
    await (await this.#open()).set({ projectId: project.id, cron: schedule.cron, zone: schedule.zone });
    await this.#parts.store.audit({ projectId: project.id, actor, action: 'schedule-resumed', details: {} });
  }

  async remove(project: Project, actor: string): Promise<void> {
    if (!await this.#kept.remove(project.id)) throw noSchedule(project);
    await (await this.#open()).remove(project.id);
    await this.#parts.store.audit({ projectId: project.id, actor, action: 'schedule-removed', details: {} });
  }

  /** Opens the clock if any project has a schedule: an installation without one carries no cost. */
  async resumeAll(): Promise<void> {
    const schedules = await this.#kept.listOn();
    if (schedules.length === 0) return;
    const times = await this.#open();
    for (const schedule of schedules) {
      await times.set(schedule);
      // However many passed, one delta brings what changed in all of them.
      const missed = lastTimeOf(schedule);
      if (missed <= (schedule.heardAt ?? schedule.madeAt) || (schedule.endsAt !== null && missed > schedule.endsAt)) continue;
      this.#parts.log('info', `the delta of ${missed} was missed while no server ran (project ${(await this.#parts.store.projectById(schedule.projectId)).name}): it is made up for now`);
      await this.#start(schedule, { at: missed, madeUp: true });
    }
  }

  /** A run came to rest: if it is the schedule's own, and waits or failed, the schedule pauses. */
  async rested(project: Project, run: Readonly<{ id: string; status: string }>): Promise<void> {
    const schedule = await this.#kept.get(project.id);
    if (schedule?.state === 'on' && schedule.lastRunId === run.id && stuck.has(run.status)) await this.#pause(project, `The delta of ${schedule.lastAt ?? 'before'} is ${run.status}.`);
  }

  async close(): Promise<void> {
    await this.#times?.then((times) => times.close(), () => undefined);
  }

  #open(): Promise<DeltaSchedules> {
    this.#times ??= this.#parts.openSchedules((projectId) => this.#due(projectId)).catch((error: unknown) => {
      this.#times = null; // the next one who needs the clock tries again
      throw error;
    });
    return this.#times;
  }

  async #due(projectId: string): Promise<void> {
    const { store } = this.#parts;
    const schedule = await this.#kept.get(projectId);
    if (schedule?.state !== 'on') return (await this.#open()).remove(projectId);
    if (schedule.endsAt !== null && Date.parse(schedule.endsAt) <= Date.now()) {
      await this.#kept.setState({ projectId, state: 'ended', reason: null });
      await store.audit({ projectId, actor: scheduler, action: 'schedule-ended', details: {} });
      return (await this.#open()).remove(projectId);
    }
    return this.#start(schedule, { at: lastTimeOf(schedule), madeUp: false });
  }

  /** Starts the delta of a time, once: whoever hears of it first. */
  async #start({ projectId, madeBy, approveGates }: DeltaSchedule, { at, madeUp }: Readonly<{ at: string; madeUp: boolean }>): Promise<void> {
    const { store, engine } = this.#parts;
    if (!await this.#kept.heard({ projectId, at })) return undefined;
    const project = await store.projectById(projectId);
    const latest = await store.latestRun({ projectId, modes: null });
    // The one before is still at work, or a server that starts is going on with it: this time is passed by.
    if (latest !== null && (latest.status === 'running' || this.#driver.isDriving(latest.id))) return undefined;
    if (latest !== null && stuck.has(latest.status)) return this.#pause(project, `The latest run (${latest.mode}) is ${latest.status}.`);
    try {
      const run = await engine.startRun({ project: project.name, mode: 'delta', settings: approveGates ? { approveGates: true } : {}, by: `schedule of ${madeBy}` });
      await this.#kept.started({ projectId, runId: run.id, madeUpFor: madeUp ? at : null });
      await store.audit({ projectId, actor: scheduler, action: 'delta-started', details: { run: run.id, ...(madeUp ? { madeUpFor: at } : {}) } });
      this.#driver.drive(project, run, `schedule of ${madeBy}`);
    } catch (error) {
      await this.#pause(project, this.#parts.redact(error instanceof Error ? error.message : String(error)));
    }
    return undefined;
  }

  async #pause(project: Project, reason: string): Promise<void> {
    await this.#kept.setState({ projectId: project.id, state: 'paused', reason });
    await (await this.#open()).remove(project.id);
    await this.#parts.store.audit({ projectId: project.id, actor: scheduler, action: 'schedule-paused', details: { reason } });
    this.#parts.log('warning', `the schedule of ${project.name} is paused: ${reason}`);
  }
}

/** The newest of a schedule's times that is not to come. */
function lastTimeOf({ cron, zone }: Pick<DeltaSchedule, 'cron' | 'zone'>): string {
  return CronExpressionParser.parse(cron, { tz: zone }).prev().toISOString() ?? new Date(0).toISOString();
}

function readable({ cron, zone, endsAt }: Readonly<{ cron: string; zone: string; endsAt: string | null }>): void {
  const fields: Record<string, string> = {};
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    fields['zone'] = 'there is no such time zone: Europe/Warsaw, for example';
  }
  try {
    if (cron.trim().split(/\s+/).length !== 5) throw new Error('not five parts');
    CronExpressionParser.parse(cron, fields['zone'] === undefined ? { tz: zone } : {});
  } catch {
    fields['cron'] = 'write minute, hour, day, month, weekday: 0 2 * * * is every night at two';
  }
  if (endsAt !== null && Date.parse(endsAt) <= Date.now()) fields['endsAt'] = 'this is over already';
  if (Object.keys(fields).length > 0) throw refusal(422, 'wrong-schedule', 'The schedule cannot be kept as it is.', 'Correct the fields that are marked.', fields);
}

function noSchedule(project: Project): ReturnType<typeof refusal> {
  return refusal(404, 'no-schedule', `Project '${project.name}' has no schedule.`, 'Set one first.');
}
