import type { Engine } from '../engine/api.ts';
import type { Plan } from '../plan/plan.ts';
import { ApiError } from './problem.ts';

/** Changes of plans, one at a time per project, each over the version that the person saw. */
export interface PlanTurns {
  /** One change of a project's plan at a time, so that none is lost between reading and saving. */
  readonly inTurn: <Result>(project: string, work: () => Promise<Result>) => Promise<Result>;
  /** The newest plan, if it is the one that the person saw. @throws ApiError 409 'plan-changed' */
  readonly atBase: (project: string, base: string) => Promise<Plan>;
}

export function planTurns(engine: Pick<Engine, 'currentPlan'>): PlanTurns {
  const turns = new Map<string, Promise<unknown>>();
  return {
    inTurn: async (project, work) => {
      const before = turns.get(project) ?? Promise.resolve();
      const mine = before.then(work, work);
      const settled = mine.catch(() => undefined);
      turns.set(project, settled);
      try {
        return await mine;
      } finally {
        if (turns.get(project) === settled) turns.delete(project);
      }
    },
    atBase: async (project, base) => {
      const { plan, stored } = await engine.currentPlan(project);
      if (stored.hash === base) return plan;
      throw new ApiError(409, { error: { code: 'plan-changed', message: `Somebody saved version ${stored.version} of the plan meanwhile.`, remedy: 'Look at the newest version, and make your change again where it still applies.', currentHash: stored.hash } });
    },
  };
}
