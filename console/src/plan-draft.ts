import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PlanState } from '../../src/server/schemas/plan.ts';
import { ApiProblem, call, get, projectPath } from './api.ts';
import { useUnsaved } from './unsaved.ts';

export interface PlanText { readonly text: string; readonly hash: string; readonly version: number }
/** Not kept for a later look: what one changed on the map meanwhile would be a conflict with oneself. */
export const planTextQuery = (project: string) => ({ queryKey: ['project', project, 'plan', 'text'], queryFn: () => get<PlanText>(projectPath(project, 'plan', 'text')), gcTime: 0 });

/** What was typed, and the version that it was begun with. */
interface Draft { readonly text: string; readonly begun: PlanText }

/** The text of a plan as a person edits it: until something is typed it follows the newest version. */
export function usePlanDraft(project: string, newest: PlanText) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const queries = useQueryClient();
  const query = planTextQuery(project);
  useUnsaved(draft !== null);
  const { isFetching } = useQuery({ ...query, enabled: false });
  const save = useMutation({
    mutationFn: ({ text, base }: Readonly<{ text: string; base: string }>) => call<PlanState>('PUT', projectPath(project, 'plan', 'text'), { base, text }),
    onSuccess: (state, { text }) => {
      const saved: PlanText = { text, hash: state.hash, version: state.version };
      queries.setQueryData(query.queryKey, saved);
      setDraft((now) => (now === null || now.text === text ? null : { ...now, begun: saved }));
      void queries.invalidateQueries({ queryKey: ['project', project] });
    },
    onError: async (error) => {
      if (isConflict(error)) await queries.invalidateQueries({ queryKey: query.queryKey });
    },
  });
  return {
    text: draft?.text ?? newest.text, dirty: draft !== null, draft, save, isFetching,
    /** Somebody saved another version since mine was begun. */
    behind: draft !== null && draft.begun.hash !== newest.hash,
    // What is typed back to what it began with is nothing typed.
    type: (text: string): void => setDraft((old) => { const begun = old?.begun ?? newest; return text === begun.text ? null : { text, begun }; }),
    restore: setDraft,
    drop: (): void => {
      setDraft(null);
      save.reset();
    },
    /** @param base the version that the person saw: another one meanwhile is a conflict again */
    put: (base: string): void => save.mutate({ text: draft?.text ?? newest.text, base }),
  };
}

export const isConflict = (error: unknown): boolean => error instanceof ApiProblem && error.error.code === 'plan-changed';
