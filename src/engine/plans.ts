import { acceptRecommendations, answer, openDecisions, openLines } from '../plan/changes/confirm.ts';
import { compilePlan, type CompiledPlan } from '../plan/compiled/compile.ts';
import { PlanError } from '../plan/errors.ts';
import { formatPlan } from '../plan/format.ts';
import { planHash as hashOf } from '../plan/hash.ts';
import { keepPersonsEdits } from '../plan/changes/merge.ts';
import { parsePlan } from '../plan/parse.ts';
import type { Plan } from '../plan/plan.ts';
import { shapingAnswers } from '../plan/changes/reshape.ts';
import { validatePlan } from '../plan/validation/validate.ts';
import { ConfigurationError } from '../connector/errors.ts';
import type { Json } from '../connector/json.ts';
import { withDeletedRecordsDecision } from './retire/deleted-records.ts';
import type { AdviceReport } from '../proposal/adviser/advise.ts';
import type { EngineDependencies } from './dependencies.ts';
import type { Project, StoredPlan } from './ports/projects.ts';
import { propose, type ProposeParams } from './propose/propose.ts';
import { reshaped } from './propose/reshape.ts';
import type { Route } from './route.ts';

/** Gives the compiled plan of a run, or of any stored version by its hash. @throws ConfigurationError 'no-plan' */
export type PlanOf = (version: Readonly<{ projectId: string; planHash: string }>) => Promise<CompiledPlan>;

export interface PlanVersion { readonly plan: Plan; readonly stored: StoredPlan }

/** @throws ConfigurationError 'no-plan' */
export async function currentPlan({ store }: EngineDependencies, project: Project): Promise<PlanVersion> {
  const stored = await store.latestPlan(project.id);
  if (stored === null) throw new ConfigurationError({ code: 'no-plan', message: `Project ${project.name} has no plan yet.`, remedy: `Make one: \`portolan discover ${project.name}\`, then \`portolan propose ${project.name}\`` });
  return { plan: parsePlan(stored.text), stored };
}

/**
 * Makes a draft from route and catalogs; what a person confirmed, rejected, changed or answered before is kept.
 * @param params.memory whether confirmed plans of this installation teach it. Default: true
 * @param params.adviser a language model that looks at unsure fields. Default: none
 */
export async function proposePlan(dependencies: EngineDependencies, project: Project, route: Route, params: ProposeParams = {}): Promise<PlanVersion & { readonly advice: AdviceReport | null }> {
  const { store } = dependencies;
  const stored = await store.latestPlan(project.id);
  const previous = stored === null ? null : parsePlan(stored.text);
  const { plan: proposed, advice } = await propose(dependencies, project, route, { ...params, answers: previous === null ? {} : shapingAnswers(previous) });
  const asked = withDeletedRecordsDecision(proposed);
  const plan = previous === null ? asked : keepPersonsEdits(previous, asked);
  return { ...await save(dependencies, project, plan, formatPlan(plan)), advice };
}

/** @throws PlanError with the line of every problem. */
export async function savePlanText(dependencies: EngineDependencies, project: Project, route: Route, text: string): Promise<PlanVersion> {
  const given = parsePlan(text);
  if (given.project !== project.name || given.route !== project.route) {
    throw new ConfigurationError({ code: 'other-project', message: `The plan is for project "${given.project}", route "${given.route}"; this is "${project.name}", "${project.route}".`, remedy: 'Give the plan of this project, or change its first lines.' });
  }
  const stored = await dependencies.store.latestPlan(project.id);
  const plan = stored === null ? given : await reshaped(dependencies, project, route, { previous: parsePlan(stored.text), plan: given });
  const saved = plan === given ? text : formatPlan(plan);
  await validate(dependencies, project, plan, saved);
  return save(dependencies, project, plan, saved);
}

/** @throws ConfigurationError 'plan-not-confirmed' naming what is open; PlanError when the catalogs have moved away from the plan. */
export async function confirmPlan(dependencies: EngineDependencies, project: Project, params: Readonly<{ by: string; acceptRecommendations: boolean }>): Promise<PlanVersion & { answered: number; confirmed: number }> {
  const current = await currentPlan(dependencies, project);
  const plan = params.acceptRecommendations ? acceptRecommendations(current.plan) : current.plan;
  requireConfirmed(plan, project);
  await validate(dependencies, project, plan, formatPlan(plan));
  const saved = params.acceptRecommendations ? await save(dependencies, project, plan, formatPlan(plan)) : current;
  const stored = await dependencies.store.confirmPlan({ projectId: project.id, version: saved.stored.version, by: params.by });
  await dependencies.store.audit({ projectId: project.id, actor: params.by, action: 'plan-confirmed', details: { version: stored.version, hash: stored.hash } });
  return { plan, stored, answered: openDecisions(current.plan).length - openDecisions(plan).length, confirmed: openLines(current.plan).length - openLines(plan).length };
}

/** @throws PlanError 'invalid-answer'; ConfigurationError 'already-loaded' for an answer that would change how loaded records went in. */
export async function decide(dependencies: EngineDependencies, project: Project, route: Route, params: Readonly<{ answers: { readonly [decisionId: string]: Json }; by: string }>): Promise<PlanVersion> {
  const current = await currentPlan(dependencies, project);
  const plan = await reshaped(dependencies, project, route, { previous: current.plan, plan: answer(current.plan, params.answers) });
  const saved = await save(dependencies, project, plan, formatPlan(plan));
  await dependencies.store.audit({ projectId: project.id, actor: params.by, action: 'decided', details: { ...params.answers } });
  return saved;
}

/** @throws ConfigurationError 'plan-not-confirmed' */
export function requireConfirmed(plan: Plan, project: Project): void {
  const open = [...openDecisions(plan), ...openLines(plan)];
  if (open.length === 0) return;
  const shown = open.slice(0, 10).map((one) => one.description);
  throw new ConfigurationError({
    code: 'plan-not-confirmed',
    message: `The plan has ${open.length} open ${open.length === 1 ? 'point' : 'points'}: ${shown.join('; ')}${open.length > shown.length ? '; …' : ''}.`,
    remedy: `Settle them (\`portolan decide ${project.name}\`, or in the plan file), then confirm: \`portolan plan confirm ${project.name}\`. To take everything else as proposed: \`portolan plan confirm ${project.name} --accept-recommendations\`.`,
  });
}

/** Compiled plans by run, prepared once per process. */
export function planCache(dependencies: EngineDependencies): PlanOf {
  const compiled = new Map<string, Promise<CompiledPlan>>();
  return ({ projectId, planHash }) => {
    const known = compiled.get(planHash);
    if (known !== undefined) return known;
    const preparing = dependencies.store.planByHash(projectId, planHash).then((stored) => {
      if (stored === null) throw new ConfigurationError({ code: 'no-plan', message: `Plan ${planHash} is not in the store.`, remedy: 'Start a new run.' });
      return compilePlan(parsePlan(stored.text));
    });
    compiled.set(planHash, preparing);
    preparing.catch(() => compiled.delete(planHash));
    return preparing;
  };
}

/** @throws PlanError with every problem that the catalogs reveal. */
export async function validate({ store }: EngineDependencies, project: Project, plan: Plan, text: string): Promise<void> {
  const [source, destination] = await Promise.all([store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
  if (source === null || destination === null) return;
  const problems = validatePlan(plan, { source: source.catalog, destination: destination.catalog }, text);
  if (problems.length > 0) throw new PlanError(problems);
}

async function save({ store }: EngineDependencies, project: Project, plan: Plan, text: string): Promise<PlanVersion> {
  return { plan, stored: await store.savePlan({ projectId: project.id, hash: hashOf(plan), text }) };
}
