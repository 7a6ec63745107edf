import { queryOptions } from '@tanstack/react-query';
import type { LineComments, LineDetails, LineTrial, Transforms } from '../../src/server/schemas/lines.ts';
import { call, get, projectPath } from './api.ts';

type Step = LineDetails['transforms'][number];

export const transformsQuery = queryOptions({ queryKey: ['transforms'], queryFn: () => get<Transforms>('/api/transforms'), staleTime: Infinity });
export const lineQuery = (project: string, key: string, hash: string) => queryOptions({ queryKey: ['project', project, 'line', key, hash], staleTime: Infinity, queryFn: () => get<LineDetails>(projectPath(project, 'plan', 'lines', key)) });
export const commentsQuery = (project: string) => queryOptions({ queryKey: ['project', project, 'comments'], queryFn: () => get<LineComments>(projectPath(project, 'plan', 'comments')) });
export const trialQuery = (project: string, key: string, trial: Readonly<{ base: string; to?: string; transforms?: readonly Step[] }>) => queryOptions({
  queryKey: ['project', project, 'trial', key, trial], staleTime: Infinity, retry: false, queryFn: () => call<LineTrial>('POST', projectPath(project, 'plan', 'lines', key, 'trial'), trial),
});

/** One transform as it is typed: its parameters as text, whatever state that is in. */
export interface DraftStep { readonly id: number; readonly name: string; readonly text: string }

/** Transforms whose parameter is a text of its own, typed without quotes. */
const bare = new Set(['jsonata']);
let serial = 0;

export function draftOf(step: Step): DraftStep {
  serial += 1;
  const [name = '', parameters] = typeof step === 'string' ? [step] : Object.entries(step)[0] ?? [];
  return { id: serial, name, text: parameters === undefined ? '' : typeof parameters === 'string' && (bare.has(name) || !looksLikeJson(parameters)) ? parameters : JSON.stringify(parameters) };
}

export const newStep = (name: string): DraftStep => draftOf(name);

/** What was typed as a step of the plan; null = its parameters are begun as JSON and are none. */
export function stepOf({ name, text }: DraftStep): Step | null {
  const typed = text.trim();
  if (typed === '') return name;
  if (bare.has(name)) return { [name]: text };
  try {
    return { [name]: JSON.parse(typed) as never };
  } catch {
    return looksLikeJson(typed) ? null : { [name]: text };
  }
}

/** Texts are typed without quotes unless they would read as something else. */
function looksLikeJson(text: string): boolean {
  return /^\s*(?:[{["]|-?\d|(?:true|false|null)\s*$)/.test(text) || text.trim() !== text || text === '';
}
