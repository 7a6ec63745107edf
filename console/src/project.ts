import { queryOptions } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { PlanView } from '../../src/server/schemas/plan.ts';
import type { Discovery, ProjectInfo, Projects, Routes } from '../../src/server/schemas/projects.ts';
import type { Runs, RunDetails } from '../../src/server/schemas/runs.ts';
import { get, projectPath } from './api.ts';

export function useProject(): string {
  const { project }: { readonly project?: string } = useParams({ strict: false });
  return project ?? '';
}

export const projectsQuery = queryOptions({ queryKey: ['projects'], queryFn: () => get<Projects>('/api/projects') });
export const routesQuery = queryOptions({ queryKey: ['routes'], queryFn: () => get<Routes>('/api/routes'), staleTime: Infinity });
export const projectQuery = (project: string) => queryOptions({ queryKey: ['project', project], queryFn: () => get<ProjectInfo>(projectPath(project)) });
export const discoveryQuery = (project: string) => queryOptions({ queryKey: ['project', project, 'discovery'], queryFn: () => get<Discovery>(projectPath(project, 'discovery')) });
export const planQuery = (project: string) => queryOptions({ queryKey: ['project', project, 'plan'], queryFn: () => get<PlanView>(projectPath(project, 'plan')) });
export const runsQuery = (project: string) => queryOptions({ queryKey: ['project', project, 'runs'], queryFn: () => get<Runs>(projectPath(project, 'runs')) });
export const runQuery = (project: string, run: string) => queryOptions({ queryKey: ['project', project, 'run', run], queryFn: () => get<RunDetails>(projectPath(project, 'runs', run)) });
