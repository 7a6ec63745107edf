import type { Project } from '../../engine/ports/projects.ts';
import type { Phase, Run } from '../../engine/ports/runs.ts';
import { isSandbox } from '../../engine/sandbox.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { nextStep } from '../finish-run.ts';
import { print, projectOf, say, type Session } from '../session.ts';
import { table } from '../table.ts';

export const statusCommand: RegisterCommand = (program, host) => {
  program.command('status').description('show projects and their runs at a glance, and what to type next')
    .argument('[project]', 'only this project, with all its runs')
    .option('--sandbox', 'the runs of its sandbox instead')
    .addHelpText('after', examples('status', 'status acme', 'status --json'))
    .action(host.action(async (session, command) => {
      const [name] = command.args;
      if (name !== undefined) return projectStatus(session, await projectOf(session, name, command.opts<{ sandbox?: boolean }>().sandbox === true));
      const { store } = await session.workspace();
      const states = [];
      for (const project of (await store.listProjects()).filter((each) => !isSandbox(each.name))) states.push(await stateOf(session, project));
      print(session, states, states.length === 0 ? 'no project yet' : table(['project', 'route', 'state', 'phase', 'held back', 'next'], states.map((state) => [state.project, state.route, state.state, state.phase, state.quarantined, state.next])));
      if (states.length === 0) say(session, `next: portolan init <project> --route ${session.registry.routes[0]?.id ?? '<route>'}`);
    }));
};

interface ProjectState {
  readonly project: string; readonly route: string;
  readonly state: string; // 'new', 'connected', 'discovered', 'plan to confirm', 'ready', or '<mode> <status>'
  readonly phase: string | null; // where the latest run is; null = no run, or at its end
  readonly quarantined: number;
  readonly next: string; // the command to type
}

async function projectStatus(session: Session, project: Project): Promise<void> {
  const { store } = await session.workspace();
  const state = await stateOf(session, project);
  const runs = await store.listRuns(project.id);
  const latest = runs.length === 0 ? null : await store.latestRun({ projectId: project.id, modes: null });
  const phases = latest === null ? [] : await store.phases(latest.id);
  print(session, { ...state, runs, phases }, [
    `${project.name}  ${project.route}  ${state.state}${state.quarantined === 0 ? '' : `  ${state.quarantined} held back`}`, '',
    runs.length === 0 ? 'no run yet' : table(['run', 'mode', 'status', 'started', 'finished', 'plan'], runs.map((run) => [run.id, run.mode, run.status, run.startedAt, run.finishedAt, run.planHash.slice(0, 12)])),
    ...(phases.length === 0 ? [] : ['', `phases of run ${latest?.id}:`, table(['phase', 'state'], phases.map((phase) => [phase.name, stateOfPhase(phase, latest)]))]),
  ].join('\n'));
  say(session, `next: ${state.next}`);
}

async function stateOf(session: Session, project: Project): Promise<ProjectState> {
  const { engine, store } = await session.workspace();
  const run = await store.latestRun({ projectId: project.id, modes: null });
  const held = (await store.quarantineCounts(project.id)).reduce((total, row) => total + row.count, 0);
  const base = { project: project.name, route: project.route, quarantined: held };
  const previewed = run !== null && run.mode === 'preview' && (run.status === 'succeeded' || run.status === 'withQuarantine'); // it moved nothing
  if (run === null || previewed) return { ...base, phase: null, ...(await stateBeforeRuns(session, project)) };
  const rollback = run.mode === 'rollback' && run.status === 'succeeded' ? (await engine.report(run.id)).rollback : undefined; // one that kept records leads to its residue
  return { ...base, state: `${run.mode} ${run.status}`, phase: phaseOf(await store.phases(run.id), run), next: nextStep({ status: run.status, mode: run.mode, project: project.name, rollback }, run.settings['dryRun'] === true) };
}

/** A phase of a run that stands still is not running: it is where the run stopped. */
function stateOfPhase(phase: Phase, run: Run | null): string {
  return phase.status === 'running' && run !== null ? run.status : phase.status;
}

function phaseOf(phases: readonly Phase[], run: Run): string | null {
  const phase = phases.find((candidate) => candidate.status !== 'done');
  return phase === undefined || run.finishedAt !== null ? null : `${phase.name} (${phases.indexOf(phase) + 1} of ${phases.length})`;
}

async function stateBeforeRuns(session: Session, project: Project): Promise<Readonly<{ state: string; next: string }>> {
  const { store } = await session.workspace();
  const { name } = project;
  for (const role of ['source', 'destination'] as const) {
    if ((await store.loadConnection(project.id, role)) === null) return { state: 'new', next: `portolan connect ${name} ${role} --set …` };
  }
  for (const role of ['source', 'destination'] as const) {
    if ((await store.loadCatalog(project.id, role)) === null) return { state: 'connected', next: `portolan check ${name} && portolan discover ${name}` };
  }
  const plan = await store.latestPlan(project.id);
  if (plan === null) return { state: 'discovered', next: `portolan propose ${name}` };
  if (plan.confirmedAt === null) return { state: 'plan to confirm', next: `portolan plan show ${name} --summary; portolan decide ${name}; portolan plan confirm ${name}` };
  return { state: 'ready', next: `portolan sample ${name} --records 200` };
}
