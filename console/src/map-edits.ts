import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { PlanLine, PlanState, PlanView } from '../../src/server/schemas/plan.ts';
import type { LineDetails } from '../../src/server/schemas/lines.ts';
import { ApiProblem, call, projectPath } from './api.ts';
import { planQuery } from './project.ts';

export type Status = PlanLine['status'];

/** What a person makes of a line; what is left out stays as it is. */
export interface LineChange {
  readonly status?: Status;
  /** null = a column that is left out is left out again. */
  readonly to?: string | null;
  readonly transforms?: LineDetails['transforms'];
  readonly loss?: string | null;
  readonly reason?: string;
}
type Changes = ReadonlyMap<string, LineChange>;

/** Whether the line itself becomes another one, so that what the server says about it must be read again. */
const rewrites = (change: LineChange): boolean => change.to !== undefined || change.transforms !== undefined;

/** Changes wait so long for more of them, in milliseconds: who confirms by keyboard makes several a second. */
const gatherMs = 500;

/** What the same line is called in every version of a plan. */
const identityOf = (line: PlanLine): string => JSON.stringify([line.kind, line.mapping, line.destination, line.from, line.to, line.transforms]);

export interface MapEdits {
  readonly statusOf: (line: PlanLine) => Status;
  /** Sets the state of lines; it shows at once and is saved a moment later. */
  readonly settle: (lines: readonly PlanLine[], status: Status) => void;
  /** Gives a line another field or other transforms, saved like the rest. `before` = what it was, for taking it back. */
  readonly change: (line: PlanLine, change: LineChange, before: LineChange) => void;
  readonly undo: () => void;
  readonly canUndo: boolean;
  readonly unsaved: number;
  readonly error: unknown;
  /** Somebody else saved meanwhile: these changes are kept until the person decides. `gone` = lines that are no more. */
  readonly conflict: Readonly<{ count: number; gone: number }> | null;
  readonly applyAgain: () => void;
  /** Drops what is not saved: because of a conflict, or since the server refuses it. */
  readonly discard: () => void;
  readonly retry: () => void;
}

/** The state of lines as the person sees it: the plan of the server, and over it what is not saved yet. */
export function useMapEdits(project: string, plan: PlanView): MapEdits {
  const queries = useQueryClient();
  const [pending, setPending] = useState<Changes>(new Map());
  const [history, setHistory] = useState<readonly Changes[]>([]);
  const [kept, setKept] = useState<Changes | null>(null); // by identity, while there is a conflict

  const save = useMutation({
    mutationFn: (changes: Changes) => call<PlanState>('PATCH', projectPath(project, 'plan', 'lines'), { base: plan.state.hash, changes: [...changes].map(([key, change]) => ({ key, ...change })) }),
    onSuccess: (state, changes) => {
      queries.setQueryData(planQuery(project).queryKey, (old) => (old === undefined ? old : { ...old, state, lines: old.lines.map((line) => { const status = changes.get(line.key)?.status; return status === undefined || status === line.status ? line : { ...line, status }; }) }));
      setPending((now) => new Map([...now].filter(([key, change]) => changes.get(key) !== change)));
      if ([...changes.values()].some(rewrites)) void queries.invalidateQueries({ queryKey: planQuery(project).queryKey });
      void queries.invalidateQueries({ queryKey: ['project', project], exact: true });
    },
    onError: async (error) => {
      if (!(error instanceof ApiProblem) || error.error.code !== 'plan-changed') return;
      const byKey = new Map(plan.lines.map((line) => [line.key, line]));
      setKept(new Map([...pending].flatMap(([key, change]) => {
        const line = byKey.get(key);
        return line === undefined ? [] : [[identityOf(line), change] as const];
      })));
      setPending(new Map());
      setHistory([]);
      await queries.invalidateQueries({ queryKey: planQuery(project).queryKey });
    },
  });
  const { mutate, isPending, isError } = save;
  useEffect(() => {
    if (pending.size === 0 || isPending || isError || kept !== null) return undefined;
    const timer = setTimeout(() => mutate(pending), gatherMs);
    return () => clearTimeout(timer);
  }, [pending, isPending, isError, kept, mutate]);

  // A page that is closed with unsaved changes asks first.
  const unsaved = pending.size + (kept?.size ?? 0);
  useEffect(() => {
    if (unsaved === 0) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsaved]);

  const statusOf = useCallback((line: PlanLine): Status => pending.get(line.key)?.status ?? line.status, [pending]);
  const put = (changes: Changes): void => {
    if (isError) save.reset();
    setPending((now) => new Map([...now, ...[...changes].map(([key, change]) => [key, { ...now.get(key), ...change }] as const)]));
  };
  const byIdentity = kept === null ? null : new Map(plan.lines.map((line) => [identityOf(line), line]));
  const again = kept === null || byIdentity === null ? [] : [...kept].flatMap(([identity, change]) => {
    const line = byIdentity.get(identity);
    return line === undefined ? [] : [[line.key, change] as const];
  });
  return {
    statusOf, unsaved, canUndo: history.length > 0, error: kept === null ? save.error : null,
    settle: (lines, status) => {
      const changed = lines.filter((line) => statusOf(line) !== status);
      if (changed.length === 0) return;
      setHistory((old) => [...old.slice(-99), new Map(changed.map((line) => [line.key, { status: statusOf(line) }]))]);
      put(new Map(changed.map((line) => [line.key, { status }])));
    },
    change: (line, change, before) => {
      setHistory((old) => [...old.slice(-99), new Map([[line.key, before]])]);
      put(new Map([[line.key, change]]));
    },
    undo: () => {
      const last = history.at(-1);
      if (last === undefined) return;
      setHistory((old) => old.slice(0, -1));
      put(last);
    },
    conflict: kept === null ? null : { count: kept.size, gone: kept.size - again.length },
    applyAgain: () => {
      save.reset();
      setKept(null);
      setPending(new Map(again));
    },
    discard: () => {
      save.reset();
      setKept(null);
      setPending(new Map());
      if (kept === null) setHistory([]);
    },
    retry: () => save.reset(),
  };
}
