import type { DestinationConnection } from '../../connector/destination.ts';
import type { CompiledPlan } from '../../plan/compiled/compile.ts';
import { planHash } from '../../plan/hash.ts';
import type { Project } from '../ports/projects.ts';
import type { Store } from '../ports/store.ts';
import type { Sessions } from '../sessions.ts';
import { foreseenIn, type Foreseen } from './foreseen.ts';

interface Look { readonly store: Store; readonly sessions: Sessions; readonly project: Project; readonly plan: CompiledPlan }

/**
 * For a look at single records: the destination, and where linked records stand, as the newest preview of this plan saw them.
 * Where the plan has changed since, or there was none, every linked record counts as loaded by every mapping of its object.
 */
export async function asLastSeen(look: Look): Promise<Readonly<{ destination: DestinationConnection; foreseen: Foreseen | 'everything' }>> {
  const seen = await lastSeen(look, planHash(look.plan.plan));
  const destination = await look.sessions.destination(look.project.id);
  return seen === null ? { destination, foreseen: 'everything' } : { destination: seen.over(destination), foreseen: seen };
}

/** For a look at lines that are being worked on: the destination with what the newest preview saw, whatever the plan was then. */
export async function destinationAsLastSeen(look: Look): Promise<DestinationConnection> {
  const destination = await look.sessions.destination(look.project.id);
  return (await lastSeen(look, null))?.over(destination) ?? destination;
}

async function lastSeen({ store, sessions, project, plan }: Look, hash: string | null): Promise<Foreseen | null> {
  const runId = await store.foreseeingRun({ projectId: project.id, planHash: hash });
  if (runId === null) return null;
  const { capabilities } = await sessions.destination(project.id);
  return foreseenIn({ store, runId, plan, naturalKeys: capabilities.naturalKeys ?? [] });
}
