import type { ModelBehaviour } from '../orm/behaviour.ts';

/** Joins behaviours: hooks run in order, tables are merged, the last single function wins. */
export function compose(...parts: readonly ModelBehaviour[]): ModelBehaviour {
  const each = <K extends 'beforeCreate' | 'afterCreate' | 'beforeWrite' | 'afterWrite' | 'beforeUnlink'>(hook: K): ModelBehaviour[K] | undefined => {
    const hooks = parts.map((part) => part[hook]).filter((found) => found !== undefined) as ((...args: unknown[]) => void)[];
    if (hooks.length === 0) return undefined;
    return (...args: unknown[]) => { for (const run of hooks) run(...args); };
  };
  const joined: ModelBehaviour = {
    defaults: (env) => Object.assign({}, ...parts.map((part) => part.defaults?.(env) ?? {})),
    computed: Object.assign({}, ...parts.map((part) => part.computed ?? {})),
    inverse: Object.assign({}, ...parts.map((part) => part.inverse ?? {})),
    methods: Object.assign({}, ...parts.map((part) => part.methods ?? {})),
  };
  const optional: Record<string, unknown> = {};
  for (const hook of ['beforeCreate', 'afterCreate', 'beforeWrite', 'afterWrite', 'beforeUnlink'] as const) {
    const run = each(hook);
    if (run) optional[hook] = run;
  }
  for (const single of ['displayName', 'allowed', 'masked'] as const) {
    const last = parts.map((part) => part[single]).findLast((found) => found !== undefined);
    if (last) optional[single] = last;
  }
  return { ...joined, ...optional };
}
