import type { ProjectInfo } from '../../src/server/schemas/projects.ts';
import type { Step } from './project-path.ts';
import type { texts } from './texts.ts';

/** What a project waits for, and the page on which it is done. */
export function nextOf(project: ProjectInfo): Readonly<{ word: keyof typeof texts.projects.next; step: Step }> {
  const { connected, discovered, plan, latestRun } = project;
  if (latestRun?.status === 'waiting') return { word: 'gate', step: 'run' };
  if (latestRun?.status === 'running') return { word: 'watch', step: 'run' };
  if (latestRun !== null && ['paused', 'interrupted', 'failed'].includes(latestRun.status)) return { word: latestRun.status === 'failed' ? 'failed' : 'goOn', step: 'run' };
  if (!connected.source || !connected.destination) return { word: 'connect', step: 'connect' };
  if (!discovered.source || !discovered.destination) return { word: 'discover', step: 'discovery' };
  if (plan === null) return { word: 'plan', step: 'discovery' };
  if (plan.confirmedAt === null) return plan.toReview + plan.openDecisions === 0 ? { word: 'confirm', step: 'map' } : { word: 'review', step: plan.toReview === 0 ? 'decisions' : 'map' };
  if (latestRun === null || !(latestRun.mode === 'production' || latestRun.mode === 'delta' || latestRun.dryRun)) return { word: 'run', step: 'run' };
  return project.quarantined > 0 ? { word: 'quarantine', step: 'quarantine' } : { word: 'done', step: 'verification' };
}
