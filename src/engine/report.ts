import { parsePlan } from '../plan/parse.ts';
import type { Mapping, Plan } from '../plan/plan.ts';
import { proofOf } from './fingerprints.ts';
import { DELETIONS, PREPARE, VERIFICATION, type RunSettings } from './phase-names.ts';
import type { Phase, Run } from './ports/runs.ts';
import type { Store } from './ports/store.ts';
import { reconcileMapping } from './reconcile.ts';
import { deltaReport, LISTED_RETIRED } from './delta-report.ts';
import { isDry, selectionOf } from './run-scope.ts';
import type { PhaseReport, RunReport } from './run-report.ts';
import { BROUGHT_BACK } from './load/brought-back.ts';
import { DISPLAYS_MAPPING, DISPLAYS_OBJECT, type DisplayScope } from './steps/create-displays.ts';
import { FIELDS_MAPPING, FIELDS_OBJECT } from './fields-mapping.ts';
import { wantedFields } from './steps/create-fields.ts';

/** The report of a run as it stands now: counted from staging, ledger and destination, never carried along. */
export async function runReport(store: Store, run: Run): Promise<RunReport> {
  const project = await store.projectById(run.projectId);
  const stored = await store.planByHash(run.projectId, run.planHash);
  const plan = stored === null ? null : parsePlan(stored.text);
  const [calls, verification, answers, quarantine, losses] = await Promise.all([store.calls(run.id), store.verificationCounts(run.id), store.verifiedFromAnswers(run.id), store.quarantineCounts(project.id), store.lossCounts(run.id)]);
  const phases = plan === null || run.mode === 'rollback' ? [] : await phaseReports(store, run, plan);
  const rollback = run.mode === 'rollback' ? await rollbackReport(store, run) : undefined;
  // The last phase verifies everything once more: where it has looked at a mapping, its counts are the ones that hold.
  const settled = new Set(verification.filter((row) => row.phase === VERIFICATION).map((row) => row.mapping));
  const counted = verification.filter((row) => row.phase === VERIFICATION || !settled.has(row.mapping));
  const fromAnswers = answers.filter((row) => row.phase === VERIFICATION || !settled.has(row.mapping)).reduce((total, row) => total + row.records, 0);
  const sum = (pick: (row: (typeof counted)[number]) => number): number => counted.reduce((total, row) => total + pick(row), 0);
  return {
    run: run.id, project: project.name, route: project.route, mode: run.mode, planHash: run.planHash, status: run.status,
    startedAt: run.startedAt, finishedAt: run.finishedAt, error: run.error as RunReport['error'],
    phases,
    verification: {
      records: sum((row) => row.records), fields: sum((row) => row.fields), exact: sum((row) => row.exact), equalAfterNormalisation: sum((row) => row.equalAfterNormalisation),
      declaredLossy: sum((row) => row.declaredLossy), mismatch: sum((row) => row.mismatch), unreadable: sum((row) => row.unreadable), ...(fromAnswers === 0 ? {} : { fromAnswers }),
    },
    quarantine: quarantine.map((row) => ({ mapping: row.mapping, code: row.code, count: row.count })),
    losses: losses.map((row) => ({ ...row })),
    calls: callTable(calls),
    ...(run.mode === 'delta' ? { delta: deltaReport(phases), retired: (await store.retiredRows({ runId: run.id, limit: LISTED_RETIRED })).map((row) => ({ ...row })) } : {}),
    written: isDry(run) ? 0 : rollback === undefined ? phases.reduce((total, phase) => total + phase.created + phase.updated + phase.deleted + phase.archived, 0) : (run.settings as RunSettings).dryRun === true ? 0 : rollback.deleted + rollback.restored,
    ...(rollback === undefined ? {} : { rollback }),
  };
}

async function phaseReports(store: Store, run: Run, plan: Plan): Promise<PhaseReport[]> {
  const [phases, outcomes, unreadable] = await Promise.all([store.phases(run.id), store.outcomeCounts(run.id), store.unreadableCounts(run.projectId)]);
  const displays = await displaysOf(store, run);
  const unreadableOf = (object: string): Record<string, number> => Object.fromEntries(unreadable.filter((row) => row.sourceObject === object).map((row) => [row.code, row.count]));
  const reports: PhaseReport[] = [];
  for (const phase of phases) {
    if (phase.status === 'waiting') continue;
    const counts = phase.before as PhaseCounts;
    if (phase.name === DELETIONS) {
      reports.push(...deletionReports(plan, phase, outcomes));
      continue;
    }
    const mappings = phase.name === PREPARE ? [fieldsMapping(plan, counts.schemaObject ?? FIELDS_OBJECT), ...(displays === null ? [] : [displaysMapping(displays)])] : plan.mappings.filter((mapping) => mapping.phase === phase.name && mapping.status !== 'rejected');
    for (const mapping of mappings) {
      const own = outcomes.filter((row) => row.phase === phase.name && row.mapping === mapping.id);
      const intoSame = new Set(mappings.filter((other) => other.destination === mapping.destination).map((other) => other.id));
      // What was brought back from an archive counts at the destination from then on, like what was created.
      const created = outcomes.filter((row) => row.phase === phase.name && intoSame.has(row.mapping) && (row.outcome === 'created' || row.reason === BROUGHT_BACK)).reduce((total, row) => total + row.count, 0);
      reports.push(reconcileMapping({
        phase: phase.name, mapping: mapping.id, object: mapping.source, destinationObject: mapping.destination,
        staged: mapping.id === DISPLAYS_MAPPING ? displays?.records ?? 0 : phase.name === PREPARE ? wantedFields(plan).length : counts.staged?.[mapping.id] ?? 0,
        unreadable: selectionOf(run) !== null || phase.name === PREPARE ? {} : unreadableOf(mapping.source),
        outcomes: own,
        destinationBefore: counts.before?.[mapping.destination] ?? null, destinationAfter: counts.after?.[mapping.destination] ?? null,
        createdInPhase: created, durationMs: duration(phase),
      }));
    }
  }
  return reports;
}

/** Mappings with records that are gone at the source. What was read was counted in staging when the phase began. */
function deletionReports(plan: Plan, phase: Phase, outcomes: Awaited<ReturnType<Store['outcomeCounts']>>): PhaseReport[] {
  const counts = phase.before as PhaseCounts;
  const own = outcomes.filter((row) => row.phase === phase.name);
  return plan.mappings.filter((mapping) => (counts.gone?.[mapping.id] ?? 0) > 0).map((mapping) => {
    const rows = own.filter((row) => row.mapping === mapping.id);
    const intoSame = new Set(plan.mappings.filter((other) => other.destination === mapping.destination).map((other) => other.id));
    return reconcileMapping({
      phase: phase.name, mapping: mapping.id, object: mapping.source, destinationObject: mapping.destination, unreadable: {},
      staged: counts.gone?.[mapping.id] ?? 0, outcomes: rows,
      destinationBefore: counts.before?.[mapping.destination] ?? null, destinationAfter: counts.after?.[mapping.destination] ?? null, createdInPhase: 0,
      deletedInPhase: own.filter((row) => row.outcome === 'deleted' && intoSame.has(row.mapping)).reduce((total, row) => total + row.count, 0), durationMs: duration(phase),
    });
  });
}

interface PhaseCounts { readonly before?: Record<string, number>; readonly after?: Record<string, number>; readonly staged?: Record<string, number>; readonly gone?: Record<string, number>; readonly schemaObject?: string }

function fieldsMapping(plan: Plan, destination: string): Mapping {
  return { id: FIELDS_MAPPING, source: FIELDS_OBJECT, destination, phase: PREPARE, identity: {}, fields: [], leftOut: [], status: 'confirmed', confidence: 1, reason: `${plan.schema.length} fields of the plan` };
}

/** What shows new fields to people; its driver has counted it. */
function displaysMapping({ records, objects }: DisplayScope): Mapping {
  return { id: DISPLAYS_MAPPING, source: DISPLAYS_OBJECT, destination: objects.join(', '), phase: PREPARE, identity: {}, fields: [], leftOut: [], status: 'confirmed', confidence: 1, reason: `${records} records that show the fields of the plan` };
}

async function displaysOf(store: Store, run: Run): Promise<DisplayScope | null> {
  const batch = (await store.batches({ runId: run.id, phase: PREPARE, kinds: ['load'] })).find((each) => each.subject === DISPLAYS_MAPPING);
  return batch === undefined ? null : batch.work as unknown as DisplayScope;
}

async function rollbackReport(store: Store, run: Run): Promise<NonNullable<RunReport['rollback']>> {
  const proof = await proofOf(store, run.projectId, run.id);
  const fingerprints = { fingerprintBefore: proof?.before ?? '', fingerprintAfter: proof?.after ?? '', identical: proof?.identical ?? false, differences: [...(proof?.differences ?? ['the proof has not been made yet'])] };
  const [counts, residue] = await Promise.all([store.rollbackCounts(run.id), store.rollbackResidue(run.id)]);
  return { ...counts, residue: residue.map((row) => ({ ...row })), ...fingerprints };
}

function callTable(calls: readonly Readonly<{ connection: string; endpoint: string; count: number }>[]): Record<string, Record<string, number>> {
  const table: Record<string, Record<string, number>> = {};
  for (const { connection, endpoint, count } of calls) (table[connection] ??= {})[endpoint] = count;
  return table;
}

function duration(phase: Phase): number {
  if (phase.startedAt === null) return 0;
  return Math.max(0, (phase.finishedAt === null ? Date.parse(phase.startedAt) : Date.parse(phase.finishedAt)) - Date.parse(phase.startedAt));
}
