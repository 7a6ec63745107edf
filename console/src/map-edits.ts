import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PlanLine, PlanState, PlanView } from '../../src/server/schemas/plan.ts';
import type { LineDetails } from '../../src/server/schemas/lines.ts';
import { ApiProblem, call, projectPath } from './api.ts';
import { planQuery } from './project.ts';
import { useUnsaved } from './unsaved.ts';

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

/** A change that is kept since somebody else saved meanwhile. `seen` = the line it was made on, `now` = the same in the newest version; null = it is no more. */
export interface KeptChange { readonly seen: PlanLine; readonly change: LineChange; readonly now: PlanLine | null }

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
  /** Somebody else saved meanwhile: these changes are kept until the person decides. */
  readonly conflict: readonly KeptChange[] | null;
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
  const [kept, setKept] = useState<readonly Omit<KeptChange, 'now'>[] | null>(null); // while there is a conflict

  const sending = useRef(false);

  const save = useMutation({
    onSettled: () => { sending.current = false; },
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
      setKept([...pending].flatMap(([key, change]) => {
        const seen = byKey.get(key);
        return seen === undefined ? [] : [{ seen, change }];
      }));
      setPending(new Map());
      setHistory([]);
      await queries.invalidateQueries({ queryKey: planQuery(project).queryKey });
    },
  });
  const { mutate, isPending, isError } = save;
  // One at a time: a second with the same base would be a conflict with oneself.
  const send = useCallback((changes: Changes): void => {
    if (sending.current) return;
    sending.current = true;
    mutate(changes);
  }, [mutate]);
  const saves = pending.size > 0 && !isError && kept === null;
  useEffect(() => {
    if (!saves || isPending) return undefined;
    const timer = setTimeout(() => send(pending), gatherMs);
    return () => clearTimeout(timer);
  }, [pending, saves, isPending, send]);

  const latest = useRef({ saves, pending });
  const waiting = useRef<(() => void)[]>([]);
  useEffect(() => {
    latest.current = { saves, pending };
    if (!saves) for (const resolve of waiting.current.splice(0)) resolve();
  });
  const settle = useCallback(async (): Promise<void> => {
    if (!latest.current.saves) return;
    await new Promise<void>((resolve) => {
      waiting.current.push(resolve);
      send(latest.current.pending); // now, not when the last key is half a second ago
    });
  }, [send]);
  const unsaved = pending.size + (kept?.length ?? 0);
  useUnsaved(unsaved > 0, settle);

  const statusOf = useCallback((line: PlanLine): Status => pending.get(line.key)?.status ?? line.status, [pending]);
  const put = (changes: Changes): void => {
    if (isError) save.reset();
    setPending((now) => new Map([...now, ...[...changes].map(([key, change]) => [key, { ...now.get(key), ...change }] as const)]));
  };
  const byIdentity = kept === null ? null : new Map(plan.lines.map((line) => [identityOf(line), line]));
  const conflict = kept?.map((one) => ({ ...one, now: byIdentity?.get(identityOf(one.seen)) ?? null })) ?? null;
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
    conflict,
    applyAgain: () => {
      save.reset();
      setKept(null);
      setPending(new Map((conflict ?? []).flatMap(({ now, change }) => (now === null ? [] : [[now.key, change] as const]))));
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
