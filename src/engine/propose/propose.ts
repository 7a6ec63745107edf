import { ConfigurationError } from '../../connector/errors.ts';
import type { Json } from '../../connector/json.ts';
import type { Plan } from '../../plan/plan.ts';
import type { AdviceReport } from '../../proposal/adviser/advise.ts';
import type { AdviceCache, LanguageModel } from '../../proposal/adviser/language-model.ts';
import type { GuidedMatches, MatchGuide } from '../../proposal/match-guide.ts';
import { headerKey } from '../../proposal/memory/memory.ts';
import { withMemory } from '../../proposal/memory/recall.ts';
import type { EngineDependencies } from '../dependencies.ts';
import type { Project } from '../ports/projects.ts';
import type { Route } from '../route.ts';
import { askAdviser } from './ask-adviser.ts';

/** What may help the proposer besides the two catalogs. */
export interface ProposeParams {
  /** Whether what people confirmed in this installation counts. Default: true. */
  readonly memory?: boolean | undefined;
  /** Looks at fields that are not sure. Default: none; nothing leaves the machine. */
  readonly adviser?: Readonly<{ model: LanguageModel; cache: AdviceCache | null }> | undefined;
  /** Answers of decisions that shape the plan. Default: none; what is recommended shapes it. */
  readonly answers?: { readonly [decisionId: string]: Json };
}

/**
 * The route's draft, with memory and advice laid over the field matcher. The route is pure: the first pass tells which fields look
 * for a place, the model is asked about them, and a second pass takes the answers in.
 * @throws ConfigurationError 'no-catalog'
 */
export async function propose(dependencies: EngineDependencies, project: Project, route: Route, { memory = true, adviser, answers: shaping = {} }: ProposeParams): Promise<{ readonly plan: Plan; readonly advice: AdviceReport | null }> {
  const { store } = dependencies;
  const [source, destination] = await Promise.all([store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
  if (source === null || destination === null) {
    throw new ConfigurationError({ code: 'no-catalog', message: `${source === null ? 'The source' : 'The destination'} of project ${project.name} was not discovered yet.`, remedy: `Discover first: \`portolan discover ${project.name}\`` });
  }
  const platforms = { sourcePlatform: source.catalog.platform, destinationPlatform: destination.catalog.platform };
  const headers = [...new Set(source.catalog.objects.flatMap(({ fields }) => fields.map(({ name }) => headerKey(name))))];
  const lines = memory ? await store.rememberedLines({ ...platforms, headers }) : [];
  const recalled: MatchGuide = ({ matches, sourceObject, destinationObject }) => (lines.length === 0 ? matches
    : withMemory({ matches, memory: lines, project: project.name, route: route.id, ...platforms, sourceObject: sourceObject.name, destination: destinationObject }));
  const draft = (guide: MatchGuide): Plan => route.propose({ project: project.name, source: source.catalog, sourceHash: source.hash, destination: destination.catalog, destinationHash: destination.hash, guide, answers: shaping });
  if (adviser === undefined) return { plan: draft(recalled), advice: null };

  const consulted: GuidedMatches[] = [];
  draft((given) => { const matches = recalled(given); consulted.push({ ...given, matches }); return matches; });
  const { answers, report } = await askAdviser({ ...adviser, consulted });
  await store.audit({
    projectId: project.id, actor: 'adviser', action: 'adviser-asked',
    details: { model: report.model, asked: report.asked, calls: report.calls, fromCache: report.fromCache, inputTokens: report.inputTokens, outputTokens: report.outputTokens, failure: report.failure },
  });
  if (report.failure !== null) dependencies.log?.('debug', `adviser ${report.model}: ${report.failure}; the matcher's answers stand`);
  let at = 0;
  return { plan: draft((given) => answers[at++] ?? recalled(given)), advice: report };
}
