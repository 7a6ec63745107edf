import { columns, type Cell, type ReportDocument } from '../report-document.ts';
import { wordsOf } from '../words.ts';
import { cutOverStages, type CutOverState } from './cut-over-stages.ts';

const BOX = '\u2610';
const DONE = '\u2611';

/** What a person ticked, by the key of the step. */
interface Tick { readonly step: string; readonly done: boolean; readonly comment: string; readonly markedBy: string; readonly markedAt: string }

/** The checklist of the day on which people move over: freeze, final delta, enable, hypercare. */
export function cutOverDocument(state: CutOverState, ticks: readonly Tick[] = []): ReportDocument {
  const { project } = state;
  const stages = cutOverStages(state);
  const tickOf = new Map(ticks.filter(({ done }) => done).map((tick) => [tick.step, tick]));
  const known = stages.flatMap((stage) => stage.steps).filter((step) => step.done !== null);
  const open = known.filter((step) => step.done === false);
  return {
    id: 'cut-over', title: 'Cut-over checklist', good: known.length === 0 ? null : open.length === 0,
    summary: `${wordsOf(stages.flatMap((stage) => stage.steps).length, 'step')}; of the ${known.length} that Portolan can tell, ${open.length === 0 ? 'all are done' : `${open.length} are open`}.`,
    facts: [{ label: 'Project', value: project }, { label: 'Load', value: state.load === null ? 'none yet' : `${state.load.run} (${state.load.status})` }, { label: 'Deltas', value: state.deltas.length }, { label: 'Records held back', value: state.quarantine }],
    sections: stages.map((stage) => ({
      id: stage.id, title: stage.title, note: stage.note, empty: 'Nothing to do.', columns: columns('Done', 'Step', 'Why', 'Who', 'When'),
      rows: stage.steps.map((step): Cell[] => {
        const tick = step.done === null ? tickOf.get(step.key) : undefined;
        return [step.done === true || tick !== undefined ? DONE : BOX, step.step, tick === undefined || tick.comment === '' ? step.why : `${step.why} ${tick.comment}`, tick?.markedBy ?? null, tick?.markedAt ?? null];
      }),
    })),
    closing: ['Cut-over released by (name in capitals)', 'Place and date', 'Signature'],
  };
}
