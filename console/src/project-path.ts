/** The pages of a project, in the order of the work. */
export const steps = ['overview', 'connect', 'discovery', 'map', 'decisions', 'file', 'sample', 'run', 'verification', 'quarantine', 'spotcheck', 'rollback', 'cutover', 'documents'] as const;
export type Step = typeof steps[number];
/** What a sandbox has of its own; the rest is its project's. */
export const sandboxSteps: ReadonlySet<string> = new Set<Step>(['run', 'verification', 'quarantine', 'spotcheck', 'rollback', 'documents']);
const sandboxMark = '~sandbox';
export const sandboxOf = (project: string): string => `${project}${sandboxMark}`;
export const isSandbox = (project: string): boolean => project.endsWith(sandboxMark);
/** The project itself, also of its sandbox. */
export const ownerOf = (project: string): string => (isSandbox(project) ? project.slice(0, -sandboxMark.length) : project);
export const pathOf = (project: string, step: Step): string => `/p/${encodeURIComponent(project)}${step === 'overview' ? '' : `/${step}`}`;
