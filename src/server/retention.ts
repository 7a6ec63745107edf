import type { Project } from '../engine/ports/projects.ts';
import { isFinal } from '../engine/run-states.ts';
import { isSandbox, sandboxName } from '../engine/sandbox.ts';
import type { DeltaScheduler } from './delta-scheduler.ts';
import type { Demos } from './demos.ts';
import type { ServerParts } from './parts.ts';
import { refuseUnfinished } from './run-driver.ts';
import type { Settings } from './settings.ts';

const dayMs = 86_400_000;
/** How often projects whose time is over are looked for, in milliseconds; the first time a minute after the start. */
const [firstMs, lookMs] = [60_000, 3_600_000];

export interface Purged { readonly deleted: { readonly [table: string]: number }; readonly left: { readonly [table: string]: number } }

/** Deletes what is kept of projects: when a person says so, or when nothing has happened for as long as the settings say. */
export class Retention {
  readonly #parts: ServerParts;
  readonly #settings: Settings;
  readonly #demos: Demos;
  readonly #scheduler: DeltaScheduler;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();

  constructor(parts: ServerParts, settings: Settings, demos: Demos, scheduler: DeltaScheduler) {
    this.#parts = parts;
    this.#settings = settings;
    this.#demos = demos;
    this.#scheduler = scheduler;
  }

  /** When each project's time is over; a project with an unfinished run, or with deltas to come, has no such time. */
  async due(): Promise<readonly Readonly<{ project: Project; at: string }>[]> {
    const days = await this.#settings.retentionDays();
    if (days === null) return [];
    const due: { project: Project; at: string }[] = [];
    for (const project of (await this.#parts.store.listProjects()).filter(({ name }) => !isSandbox(name))) {
      const latest = await this.#parts.store.latestRun({ projectId: project.id, modes: null });
      if (latest !== null && !isFinal(latest.status)) continue;
      if ((await this.#scheduler.of(project))?.state === 'on') continue;
      const last = Math.max(Date.parse(project.createdAt), Date.parse(latest?.finishedAt ?? latest?.startedAt ?? project.createdAt));
      due.push({ project, at: new Date(last + days * dayMs).toISOString() });
    }
    return due.toSorted((left, right) => left.at.localeCompare(right.at));
  }

  /** Deletes everything kept of a project, its sandbox, uploads and reports. A rollback is impossible afterwards. */
  async purge(project: Project, by: string): Promise<Purged> {
    for (const one of [project, await this.#parts.store.findProject(sandboxName(project.name))]) if (one !== null) await refuseUnfinished(this.#parts, one);
    if ((await this.#scheduler.of(project)) !== null) await this.#scheduler.remove(project, by);
    await this.#demos.stop(project);
    const { deleted, left } = await this.#parts.engine.purge(project.name);
    await this.#parts.removeFiles(project);
    // Of the project itself nothing is left that could say so.
    await this.#parts.store.audit({ projectId: null, actor: by, action: 'project-purged', details: { project: project.name, rows: Object.values(deleted).reduce((sum, count) => sum + count, 0), left: Object.values(left).reduce((sum, count) => sum + count, 0) } });
    return { deleted, left };
  }

  /** Purges the projects whose time is over. @returns their names */
  async sweep(): Promise<readonly string[]> {
    const names: string[] = [];
    for (const { project, at } of await this.due()) {
      if (Date.parse(at) > Date.now()) break;
      try {
        await this.purge(project, 'retention');
        names.push(project.name);
      } catch (error) {
        this.#parts.log('warning', `${project.name} was not purged: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return names;
  }

  start(waitMs = firstMs): void {
    this.#timer = setTimeout(() => {
      this.#working = this.sweep().catch((error: unknown) => this.#parts.log('warning', `retention: ${error instanceof Error ? error.message : String(error)}`)).then(() => this.start(lookMs));
    }, waitMs);
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#working;
    clearTimeout(this.#timer); // a sweep that ended meanwhile set it again
  }
}
