import { advise, type AdviceReport } from '../../proposal/adviser/advise.ts';
import type { AdviceCache, LanguageModel } from '../../proposal/adviser/language-model.ts';
import type { FieldMatch } from '../../proposal/match/match-schemas.ts';
import type { GuidedMatches } from '../../proposal/match-guide.ts';
import { catalogSchema } from '../../proposal/match/from-catalog.ts';

/** No more calls than this for one plan, over all its objects. */
const MAX_CALLS = 20;

/**
 * Asks a language model about the fields of each consultation that look for a place and are neither sure nor settled by memory.
 * After the first failure nobody is asked any more; the matches that it did not reach say so.
 */
export async function askAdviser({ model, cache, consulted }: Readonly<{ model: LanguageModel; cache: AdviceCache | null; consulted: readonly GuidedMatches[] }>): Promise<{ readonly answers: readonly (readonly FieldMatch[])[]; readonly report: AdviceReport }> {
  const answers: (readonly FieldMatch[])[] = [];
  let total: AdviceReport = { model: model.id, asked: 0, agreed: 0, changed: 0, doubted: 0, unanswered: 0, calls: 0, fromCache: 0, inputTokens: 0, outputTokens: 0, failure: null, sent: [] };
  for (const { matches, sourceObject, destinationObject, wanted } of consulted) {
    const isOpen = (match: FieldMatch, at: number): boolean => wanted.has(sourceObject.fields[at]?.name ?? '') && match.decidedBy === undefined;
    const open = matches.filter(isOpen);
    const { matches: advised, report } = await advise({ matches: open, destination: catalogSchema(destinationObject), model, cache, maxCalls: MAX_CALLS - total.calls, failed: total.failure });
    let next = 0;
    answers.push(matches.map((match, at) => (isOpen(match, at) ? advised[next++] ?? match : match)));
    total = {
      model: model.id, asked: total.asked + report.asked, agreed: total.agreed + report.agreed, changed: total.changed + report.changed, doubted: total.doubted + report.doubted, unanswered: total.unanswered + report.unanswered,
      calls: total.calls + report.calls, fromCache: total.fromCache + report.fromCache, inputTokens: total.inputTokens + report.inputTokens, outputTokens: total.outputTokens + report.outputTokens,
      failure: total.failure ?? report.failure, sent: [...total.sent, ...report.sent],
    };
  }
  return { answers, report: total };
}
