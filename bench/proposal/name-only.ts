import { indexTexts, likenesses, prepareTexts } from '../../src/proposal/match/similarity.ts';
import type { Case } from './cases.ts';
import type { Answer } from './measure.ts';

/** What comparing letters alone reaches: the destination field whose name or label shares most three-letter pieces, none under a half. For orientation. */
export function nameOnlyAnswers(one: Case): readonly Answer[] {
  const index = indexTexts(one.destination.fields.map((field) => prepareTexts([field.label, field.name.slice(field.model.length + 1)])));
  return one.truth.map((truth, field) => {
    const source = one.source.fields[field];
    const own = prepareTexts([source?.name ?? '', source?.label ?? '']);
    const order = likenesses(own, index).map(({ letters }, at) => ({ name: one.destination.fields[at]?.name ?? '', likeness: letters })).sort((left, right) => right.likeness - left.likeness);
    const [best] = order;
    const got = best !== undefined && best.likeness >= 0.5 ? best.name : null;
    return {
      case: one, field, got, right: truth.accepted.includes(got), exact: truth.target === got, evidence: [], confidence: best === undefined ? 0.5 : got === null ? 1 - best.likeness : best.likeness,
      rank: truth.target === null ? null : order.findIndex(({ name }) => name === truth.target) + 1,
    };
  });
}
