/** Keeps calls apart that must not meet: any number of ordinary ones together, or one that changes the fields of models alone. */
export interface SchemaTurns {
  /** Runs beside other ordinary calls, never beside a changing one. */
  ordinary<T>(call: () => Promise<T>): Promise<T>;
  /** Runs alone: after all calls that were there before it, before all that come later. */
  alone<T>(call: () => Promise<T>): Promise<T>;
}

export function createSchemaTurns(): SchemaTurns {
  let lastAlone: Promise<unknown> = Promise.resolve();
  let running = new Set<Promise<unknown>>();
  return {
    async ordinary(call) {
      const before = lastAlone;
      const turn = before.then(call);
      const own = turn.catch(() => undefined);
      running.add(own);
      try {
        return await turn;
      } finally {
        running.delete(own);
      }
    },
    alone(call) {
      const before = [lastAlone, ...running];
      running = new Set();
      const turn = Promise.all(before).then(call);
      lastAlone = turn.catch(() => undefined);
      return turn;
    },
  };
}

const byPlace = new Map<string, SchemaTurns>();

/** The turns of one database, shared by all connections of this process: a check in the console must not meet a run that makes fields. */
export function schemaTurnsOf(place: string): SchemaTurns {
  const known = byPlace.get(place) ?? createSchemaTurns();
  byPlace.set(place, known);
  return known;
}
