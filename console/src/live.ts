import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LiveRun, Progress } from '../../src/server/schemas/runs.ts';
import { projectPath } from './api.ts';
import { sessionQuery } from './session.ts';

export interface Live {
  readonly run: LiveRun | null;
  readonly progress: Progress | null;
  readonly discovery: Readonly<{ role: string; subject: string; done: number }> | null;
  readonly connected: boolean;
}

/** What happens in a project while a page looks at it. The browser connects again by itself when the line breaks. */
export function useLive(project: string): Live {
  const [live, setLive] = useState<Live>({ run: null, progress: null, discovery: null, connected: true });
  const queries = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const signedIn = session !== null; // a refused stream is opened again for who signs in again
  useEffect(() => {
    if (!signedIn) return undefined;
    const source = new EventSource(projectPath(project, 'live'));
    const on = (event: string, take: (data: unknown) => void): void => source.addEventListener(event, (message) => take(JSON.parse((message as MessageEvent<string>).data)));
    on('run', (data) => {
      const run = data as LiveRun | null;
      setLive((old) => ({ ...old, run, connected: true, progress: run?.run.status === 'running' ? old.progress : null }));
      void queries.invalidateQueries({ queryKey: ['project', project, 'run'] });
      void queries.invalidateQueries({ queryKey: ['project', project, 'runs'] });
      for (const what of ['quarantine', 'cut-over']) void queries.invalidateQueries({ queryKey: ['project', project, what] });
      void queries.invalidateQueries({ queryKey: ['project', project], exact: true });
    });
    on('figures', (data) => {
      // Nobody reads what is behind another tab: coming back reads it.
      if (document.visibilityState === 'hidden') return;
      const { runId } = data as { readonly runId: string };
      void queries.invalidateQueries({ queryKey: ['project', project, 'run', runId], exact: true });
      void queries.invalidateQueries({ queryKey: ['project', project, 'run', runId, 'flow'] });
      void queries.invalidateQueries({ queryKey: ['project', project, 'quarantine'] });
    });
    on('progress', (progress) => setLive((old) => ({ ...old, progress: progress as Progress })));
    on('discovery', (discovery) => setLive((old) => ({ ...old, discovery: discovery as Live['discovery'] })));
    source.addEventListener('error', () => {
      setLive((old) => ({ ...old, connected: false }));
      // A refused stream (session over) does not come again by itself; reading the session tells.
      if (source.readyState === EventSource.CLOSED) void queries.invalidateQueries({ queryKey: ['session'] });
    });
    source.addEventListener('open', () => setLive((old) => ({ ...old, connected: true })));
    return () => source.close();
  }, [project, queries, signedIn]);
  return live;
}
