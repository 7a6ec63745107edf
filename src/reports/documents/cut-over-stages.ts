import { createHash } from 'node:crypto';
import type { RouteHandoff } from '../../engine/route-document.ts';
import type { RunReport } from '../../engine/run-report.ts';
import type { Plan } from '../../plan/plan.ts';
import { planCounts } from '../plan-counts.ts';
import { sumOf, wordsOf } from '../words.ts';

/** Where a project stands, for its checklist. */
export interface CutOverState {
  readonly project: string;
  readonly plan: Plan;
  readonly load: RunReport | null; // the run that loaded
  readonly deltas: readonly RunReport[]; // oldest first
  readonly sandbox: RunReport | null;
  readonly quarantine: number; // open entries
  readonly steps: ReturnType<RouteHandoff['cutOver']>; // of the route
}

/** `key` is the same as long as the text is: by it a person's tick is kept. */
export interface CutOverStep { readonly key: string; readonly done: boolean | null; readonly step: string; readonly why: string } // done null = only a person can tell
export interface CutOverStage { readonly id: string; readonly title: string; readonly note: string; readonly steps: readonly CutOverStep[] }

type Step = Omit<CutOverStep, 'key'>;

const statusWords: Readonly<Record<RunReport['status'], string>> = { running: 'running', paused: 'paused', waiting: 'waits at a gate', succeeded: 'succeeded', withQuarantine: 'done, some records held back', failed: 'failed', interrupted: 'interrupted', cancelled: 'cancelled' };

/** The steps of the day on which people move over, with what the runs tell of them. */
export function cutOverStages(state: CutOverState): readonly CutOverStage[] {
  return stagesOf(state).map((stage) => ({ ...stage, steps: stage.steps.map((step) => ({ key: `${stage.id}-${createHash('sha256').update(step.step).digest('hex').slice(0, 12)}`, ...step })) }));
}

function stagesOf({ project, plan, load, deltas, sandbox, quarantine, steps }: CutOverState): readonly { id: string; title: string; note: string; steps: readonly Step[] }[] {
  const counts = planCounts(plan);
  const last = deltas.at(-1) ?? null;
  const provenIn = (report: RunReport | null): boolean => report !== null && (report.status === 'succeeded' || report.status === 'withQuarantine') && report.verification.mismatch + report.verification.unreadable === 0 && report.phases.every((phase) => phase.balanced);
  const own = (stage: string, first = false): readonly Step[] => steps.filter((step) => step.stage === stage && (step.first ?? false) === first).map(({ step, why }) => ({ done: null, step, why }));
  const conflicts = sumOf((last?.delta ?? []).map((row) => row.conflicts));
  return [
    { id: 'before', title: '1. Before', note: 'Days before, without a stop of work.', steps: [
      { done: counts.toReview === 0 && counts.openDecisions === 0, step: 'Every line of the plan is confirmed and every decision taken.', why: `Open: ${wordsOf(counts.toReview, 'line')} and ${wordsOf(counts.openDecisions, 'decision')}.` },
      { done: sandbox === null ? false : provenIn(sandbox), step: 'A sandbox run with all records is done, every count adds up, every field reads back.', why: sandbox === null ? `Not done: \`portolan run ${project} --mode sandbox\`` : `Run ${sandbox.run}: ${statusWords[sandbox.status]}, ${sandbox.verification.mismatch} mismatches.` },
      { done: provenIn(load), step: 'The production run is in, every count adds up, every field reads back.', why: load === null ? `Not done: \`portolan run ${project} --mode production\`` : `Run ${load.run}: ${statusWords[load.status]}.` },
      { done: null, step: 'The spot-check sheet is ticked and signed.', why: 'A sheet is drawn by `portolan report --spot-check`, and lies in the hand-off.' },
      { done: null, step: 'Users of the destination have accounts, rights and an introduction.', why: 'The load makes no passwords and sends no invitations.' },
    ] },
    { id: 'freeze', title: '2. Freeze', note: 'From here on nobody writes at the source.', steps: [
      { done: null, step: 'The hour of the freeze is announced, and the source is read-only for everybody.', why: 'What is written after the source was read for the last time is in no delta.' },
      { done: null, step: 'Imports, forms and integrations that write to the source are stopped.', why: 'They would go on writing without anybody noticing.' },
      ...own('freeze'),
    ] },
    { id: 'final-delta', title: '3. Final delta', note: `First \`portolan delta ${project} --dry-run\`, then \`portolan delta ${project} --yes\`.`, steps: [
      ...own('final-delta', true),
      { done: last !== null && provenIn(last), step: 'The delta is in, every count adds up, every field reads back.', why: last === null ? 'No delta has run yet.' : `Run ${last.run}: ${wordsOf(last.written, 'record')} written, ${statusWords[last.status]}.` },
      { done: last === null ? null : conflicts === 0, step: 'Conflicts are settled by people.', why: `${wordsOf(conflicts, 'record')} changed on both sides.` },
      { done: quarantine === 0, step: 'Nothing is held back, or everybody concerned knows what is.', why: `${wordsOf(quarantine, 'record')} held back: \`portolan quarantine list ${project}\`` },
      ...own('final-delta'),
    ] },
    { id: 'enable', title: '4. Enable', note: 'People begin to work at the destination.', steps: [
      { done: null, step: 'Automations, scheduled actions and mail servers that were off for the load are on again.', why: 'The readiness checks named them: `portolan check`.' },
      { done: null, step: 'Forms, telephony, e-mail and integrations point to the destination.', why: 'Nothing of the source comes in any more.' },
      ...own('enable'),
      { done: null, step: 'The source stays readable, and nobody writes there.', why: 'For questions, and for a rollback.' },
    ] },
    { id: 'hypercare', title: '5. Hypercare', note: 'The first two weeks.', steps: [
      { done: null, step: 'One person collects questions; record by record, source and destination are looked at side by side.', why: '`portolan report --spot-check` and `portolan verify` show them.' },
      { done: null, step: 'It is agreed until when a rollback may be asked for.', why: 'Records that people change from now on are kept by a rollback and reported.' },
      ...own('hypercare'),
      { done: null, step: 'Afterwards the project data are deleted.', why: `\`portolan purge ${project}\` deletes and proves it; a rollback is impossible then.` },
    ] },
  ];
}
