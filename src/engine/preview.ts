import { ConfigurationError } from '../connector/errors.ts';
import type { CompiledPlan } from '../plan/compiled/compile.ts';
import { transformRecord } from '../plan/compiled/transform-record.ts';
import type { MappingPreview, RecordPreview } from './api.ts';
import { asLastSeen } from './load/as-last-seen.ts';
import { gatherContexts } from './load/gather-context.ts';
import { notMoved } from './not-moved.ts';
import type { Project } from './ports/projects.ts';
import type { Store } from './ports/store.ts';
import type { Sessions } from './sessions.ts';

/** What each mapping would write for one staged record, field by field with reasons, and what of it goes nowhere. The same transform as the run's. */
export async function previewRecord(params: Readonly<{ store: Store; sessions: Sessions; project: Project; plan: CompiledPlan; object: string; sourceId: string }>): Promise<RecordPreview> {
  const { store, sessions, project, plan, object, sourceId } = params;
  const [record] = await store.findStaged({ projectId: project.id, object, sourceIds: [sourceId] });
  if (record === undefined) {
    throw new ConfigurationError({ code: 'no-record', message: `No ${object} "${sourceId}" is staged.`, remedy: `Check the id (the source's own id, or the derived key in the reports); if nothing was read in yet: \`portolan preview ${project.name}\`` });
  }
  const { destination, foreseen } = await asLastSeen({ store, sessions, project, plan });
  const previews: MappingPreview[] = [];
  for (const mapping of plan.mappings.values()) {
    if (mapping.source !== object) continue;
    const contexts = await gatherContexts({ store, projectId: project.id, plan, mapping, records: [record], destination, foreseen, memory: null });
    const context = contexts.get(sourceId);
    if (context === undefined) continue;
    const result = await transformRecord(mapping, { object, sourceId, data: record.data }, context);
    previews.push({
      mapping: mapping.id, destinationObject: mapping.destination,
      outcome: result.kind, reason: result.kind === 'write' ? null : result.kind === 'skip' ? result.reason : `${result.code}: ${result.message} ${result.remedy}`,
      fields: result.kind === 'skip' ? [] : result.trace,
    });
  }
  const taking = previews.flatMap(({ mapping, outcome }) => (outcome === 'skip' ? [] : [plan.mappings.get(mapping) ?? []].flat()));
  return { mappings: previews, notMoved: notMoved(plan, object, record.data, taking) };
}
