import type { Engine } from './api.ts';
import type { EngineDependencies } from './dependencies.ts';
import { currentPlan } from './plans.ts';
import type { Project } from './ports/projects.ts';
import { Sessions } from './sessions.ts';

/** Calls a production run would make, mapping by mapping, from catalogued counts; each figure says what it rests on. */
export async function estimate(dependencies: EngineDependencies, project: Project): ReturnType<Engine['estimate']> {
  const { plan } = await currentPlan(dependencies, project);
  const catalog = (await dependencies.store.loadCatalog(project.id, 'source'))?.catalog;
  const sessions = new Sessions(dependencies, new AbortController().signal);
  try {
    const { batchSize } = (await sessions.destination(project.id)).capabilities;
    return await Promise.all(plan.mappings.filter((mapping) => mapping.status !== 'rejected').map(async (mapping) => {
      const staged = await dependencies.store.countStaged({ projectId: project.id, object: mapping.source, selectionRunId: null });
      const catalogued = catalog?.objects.find((object) => object.name === mapping.source)?.count ?? null;
      const records = staged > 0 ? staged : catalogued;
      // Per step one look-up and one create; two read-backs of everything (after the phase and at the end).
      const calls = records === null ? null : 2 * Math.ceil(records / batchSize.create) + 2 * Math.ceil(records / batchSize.read);
      return { phase: mapping.phase, mapping: mapping.id, records, calls, basis: staged > 0 ? 'staged records' : catalogued === null ? 'unknown until the source is read' : 'records counted at discovery' };
    }));
  } finally {
    await sessions.close();
  }
}
