import type { CatalogObject } from '../../connector/catalog.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import type { Plan } from '../../plan/plan.ts';
import { OWN_ID } from '../../plan/compiled/keys-and-links.ts';
import type { PhaseWork } from './phase-work.ts';

/** A field that so many records had a value in, or that share of two and more, is not emptied in all of them by people at work. */
const MANY = 20;
const MOST = 0.5;

/**
 * Stops a run over records that are in already when the source, as it was read last, has no value left in a field that the plan
 * reads and that was filled when it was discovered: an export made without the column would empty the field in every record.
 * Asked of what is staged, so that a retry or a change of owners after a refused delta is refused as well.
 * @throws ConfigurationError 'columns-emptied'
 */
export async function refuseEmptiedColumns(work: PhaseWork): Promise<void> {
  const { store } = work.dependencies;
  if ((await store.crosswalkMappings(work.project.id)).length === 0) return;
  const read = fieldsRead(work.plan.plan);
  const found: string[] = [];
  for (const object of (await store.loadCatalog(work.project.id, 'source'))?.catalog.objects ?? []) {
    const fields = object.fields.filter((field) => read.get(object.name)?.has(field.name) === true && wasFilled(object, field.profile?.filled ?? 0)).map(({ name }) => name);
    if (fields.length > 0) found.push(...(await store.emptyFields({ projectId: work.project.id, object: object.name, fields })).map((field) => `${object.name}.${field}`));
  }
  if (found.length === 0) return;
  throw new ConfigurationError({
    code: 'columns-emptied', message: `The source has no value any more in ${found.slice(0, 10).join(', ')}${found.length > 10 ? ` and ${found.length - 10} more` : ''}, which had some when it was discovered. Nothing has been written: the run would empty ${found.length === 1 ? 'it' : 'them'} in every record.`,
    remedy: `Export again with ${found.length === 1 ? 'this column' : 'these columns'}; then \`portolan cancel ${work.project.name}\` and \`portolan delta ${work.project.name}\`, which reads it anew. If the values are meant to go (a column of a file stays in it, with its header and empty): \`portolan cancel ${work.project.name}\`, \`portolan discover ${work.project.name}\` and \`portolan delta ${work.project.name}\`.`,
  });
}

function wasFilled({ count }: CatalogObject, share: number): boolean {
  return count !== null && count > 1 && (share * count >= MANY || share >= MOST);
}

/** Fields of source records from which the plan makes values, links and other records. */
function fieldsRead(plan: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const read = new Map<string, Set<string>>();
  const add = (object: string, names: readonly (string | undefined)[]): void => {
    const known = read.get(object) ?? new Set();
    read.set(object, known);
    for (const name of names) if (name !== undefined && name !== OWN_ID) known.add(name.replace(/\.\d+$/u, ''));
  };
  for (const { source, fields, status } of plan.mappings) if (status !== 'rejected') for (const line of fields) if (line.status !== 'rejected') add(source, [line.from ?? []].flat());
  for (const { object, by } of plan.links) for (const part of by) add(object, [[part.from].flat(), part.where?.field].flat());
  for (const { from } of plan.derived) for (const origin of from) add(origin.object, Object.values(origin.fields));
  return read;
}
