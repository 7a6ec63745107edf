import { ConfigurationError } from '../../connector/errors.ts';
import type { Plan } from '../../plan/plan.ts';
import { chooseSample } from '../sample/choose-sample.ts';
import { runBatches, type PhaseWork } from './phase-work.ts';

/** Source objects a plan reads: those it maps, links to and derives from. */
export function sourceObjects(plan: Plan): readonly string[] {
  const objects = new Set(plan.mappings.map((mapping) => mapping.source));
  for (const link of plan.links) if (objects.has(link.object)) objects.add(link.to);
  for (const fact of plan.facts) objects.add(fact.count.of);
  for (const derived of plan.derived) if (objects.has(derived.object)) for (const origin of derived.from) objects.add(origin.object);
  return [...objects];
}

/** Stages every needed source object once, then indexes it and joins the records with one another. */
export async function extractPhase(work: PhaseWork): Promise<void> {
  const { store } = work.dependencies;
  const { plan } = work.plan;
  const objects = sourceObjects(plan);
  const catalog = (await store.loadCatalog(work.project.id, 'source'))?.catalog;
  if (catalog === undefined) throw new ConfigurationError({ code: 'no-catalog', message: 'The source was never discovered.', remedy: `Discover it first: \`portolan discover ${work.project.name}\`` });
  const listed = objects.filter((object) => catalog.objects.some((each) => each.name === object));
  work.step('extract');
  await runBatches(work, listed.map((subject) => ({ kind: 'extract', subject, position: 0, work: {} })));
  await indexStaged(work, objects);
}

/** Keys, links and derived records of everything staged. Listed vocabularies come first: derivation asks what is listed already. */
export async function indexStaged(work: PhaseWork, objects: readonly string[]): Promise<void> {
  const { store } = work.dependencies;
  const { plan } = work.plan;
  const derived = new Set(plan.derived.map((each) => each.object));
  const batches = (subjects: readonly string[], position: number, derive: boolean): Parameters<typeof runBatches>[1] => subjects.map((subject) => ({ kind: 'index', subject, position, work: { derive } }));
  const vocabularies = objects.filter((object) => derived.has(object));
  work.step('index');
  await runBatches(work, batches(vocabularies, 0, false));
  await runBatches(work, batches(objects, 1, true));
  await runBatches(work, batches(vocabularies, 2, false));
  // Only a look at everything can tell that nobody gives a value any more; before the join, which leaves out what is gone.
  if (work.settings.changedOnly !== true) await store.markDerivedGone({ projectId: work.project.id, runId: work.run.id, objects: [...derived] });
  work.step('link');
  await joinRecords(work, plan.links.filter((link) => objects.includes(link.object)));
  for (const mapping of plan.mappings.filter((each) => each.order !== undefined && each.status !== 'rejected' && objects.includes(each.source))) {
    await store.groupSort({ projectId: work.project.id, object: mapping.source, link: mapping.orderWithin ?? null });
  }
  if (work.run.mode === 'sample') await chooseSample(work);
}

/** Links by keys first; then those that are made of them. */
async function joinRecords(work: PhaseWork, links: Plan['links']): Promise<void> {
  const { store } = work.dependencies;
  const projectId = work.project.id;
  for (const { object, name } of links.filter((link) => link.by.length > 0)) await store.resolveLinks({ projectId, fromObject: object, name });
  for (const { object, name, to, via, back } of links) {
    if (via !== undefined) {
      const over = links.find((link) => link.object === object && link.name === via.link);
      if (over !== undefined) await store.joinLinks({ projectId, fromObject: object, name, via: { link: via.link, object: over.to, name: via.name } });
    } else if (back !== undefined) await store.joinLinks({ projectId, fromObject: object, name, back: { object: to, link: back } });
  }
}
