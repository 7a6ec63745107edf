import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../connector/json.ts';
import type { Project, Role } from '../engine/ports/projects.ts';
import type { ServerParts } from './parts.ts';
import { refusal } from './problem.ts';
import { uploadsOf } from './uploads.ts';

/** The project fact that says that its two sides are simulators of this installation. */
export const demoFact = 'demo';

/** Both sides of a demo while they run. */
export interface RunningDemo {
  readonly connections: Readonly<Record<Role, Readonly<{ platform: string; settings: JsonObject; secrets: Readonly<Record<string, string>> }>>>;
  /** Lets some days pass at the source, as a delta would find it. */
  later(): Promise<void>;
  /** Ends them; what they hold is kept in the folder they were started with. */
  stop(): Promise<void>;
}

/** Starts the simulators of a route; names the platforms, so it comes from the command line. */
export interface DemoHost {
  /** Ids of the routes that have a demo. */
  readonly routes: readonly string[];
  /** @param params.folder its own, kept from one start to the next @param params.since when the demo was made, ISO */
  start(params: Readonly<{ route: string; folder: string; since: string }>): Promise<RunningDemo>;
}

/** Demo projects: their simulators live as long as the server, and come back with it, with what they hold. */
export class Demos {
  readonly #parts: ServerParts;
  readonly #running = new Map<string, RunningDemo>();
  #closing = false;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  get routes(): readonly string[] {
    return this.#parts.demos.routes;
  }

  async isDemo(project: Project): Promise<boolean> {
    return (await this.#parts.store.getFact(project.id, demoFact)) === true;
  }

  /** Makes a project of a route with both sides simulated and connected. */
  async make(route: string, actor: string): Promise<Project> {
    const { store } = this.#parts;
    if (!this.routes.includes(route)) throw refusal(422, 'no-demo', `There is no demo of the route '${route}'.`, `There are demos of ${this.routes.join(', ')}.`);
    const project = await store.createProject({ name: await this.#freeName(route), route });
    await store.audit({ projectId: project.id, actor, action: 'demo-made', details: { route } });
    await store.setFact(project.id, demoFact, true);
    await this.#start(project);
    return project;
  }

  /** Lets some days pass at the source of a demo. */
  async later(project: Project, actor: string): Promise<void> {
    if (!await this.isDemo(project)) throw refusal(409, 'no-demo', `Project '${project.name}' is no demo.`, 'Only the made-up source of a demo can be changed from here.');
    const running = this.#running.get(project.id);
    if (running === undefined) throw refusal(409, 'demo-stopped', `The simulators of '${project.name}' did not start.`, 'Start the server again; its log says why they did not.');
    await running.later();
    await this.#parts.store.audit({ projectId: project.id, actor, action: 'demo-days-passed', details: {} });
  }

  /** Starts the simulators of every demo project; one that does not start is told in the log, and its project cannot be reached. */
  async resumeAll(): Promise<void> {
    const projects = await this.#parts.store.listProjects();
    const demos = (await Promise.all(projects.map(async (project) => (await this.isDemo(project) ? project : null)))).filter((project) => project !== null);
    for (const project of demos) {
      try {
        await this.#start(project);
      } catch (error) {
        this.#parts.log('warning', `the simulators of ${project.name} did not start: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  /** Ends the simulators of one project, before it is deleted. */
  async stop(project: Pick<Project, 'id'>): Promise<void> {
    const running = this.#running.get(project.id);
    this.#running.delete(project.id);
    await running?.stop();
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#running.keys()].map((id) => this.stop({ id })));
  }

  async #start(project: Project): Promise<void> {
    const folder = this.#folderOf(project);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const running = await this.#parts.demos.start({ route: project.route, folder, since: project.createdAt });
    this.#running.set(project.id, running);
    if (this.#closing) return this.stop(project);
    // They listen where there was room, which is elsewhere than last time.
    for (const role of ['source', 'destination'] as const) await this.#parts.store.saveConnection({ projectId: project.id, role, ...running.connections[role] });
    return undefined;
  }

  async #freeName(route: string): Promise<string> {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? `demo-${route}` : `demo-${route}-${number}`;
      if ((await this.#parts.store.findProject(name)) === null) return name;
    }
  }

  /** Beside the uploads, so that a purge takes it along. */
  #folderOf(project: Project): string {
    return join(uploadsOf(this.#parts.dataFolder, project.id), 'demo');
  }
}
