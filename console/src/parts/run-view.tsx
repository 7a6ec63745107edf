import { Alert, Button, Card, Group, List, Progress, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { LiveRun, Progress as ProgressLine, RunDetails } from '../../../src/server/schemas/runs.ts';
import { call, projectPath } from '../api.ts';
import type { Live } from '../live.ts';
import { runQuery } from '../project.ts';
import { looksOnly, statusOf } from '../run-words.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { RunCalls } from './run-calls.tsx';
import { DeltaFigures } from './delta-figures.tsx';
import { HeldLately } from './held-lately.tsx';
import { RunFlow } from './run-flow.tsx';
import { RunNews } from './run-news.tsx';
import { Loaded, Notice, ProblemAlert, State } from './show.tsx';
import { Told } from './told.tsx';

const sum = (reasons: Readonly<Record<string, number>>): number => Object.values(reasons).reduce((total, one) => total + one, 0);

/** How often figures are read when the stream says nothing, in milliseconds: it may be interrupted. */
const everyMs = 15_000;

/** One run as it goes: phases, progress, gates, steering, counts. */
export function RunView({ project, run, live }: Readonly<{ project: string; run: string; live: Live }>): ReactNode {
  return (
    <Loaded query={useQuery({ ...runQuery(project, run), refetchInterval: ({ state }) => (state.data?.run.status === 'running' ? everyMs : false) })}>{(details) => {
      const now: LiveRun = live.run?.run.id === run ? live.run : { run: details.run, phases: details.phases, waitingGates: details.gates.filter((gate) => gate.approvedAt === null).map((gate) => gate.phase) };
      // What was approved stays so: the live state may be a second older than the answer to the approval.
      const approved = new Set(details.gates.filter((gate) => gate.approvedAt !== null).map((gate) => gate.phase));
      const progress = live.progress?.runId === run ? live.progress : details.progress;
      const would = looksOnly(now.run);
      return (
        <Stack gap="sm">
          <Group justify="space-between">
            <Group gap="xs"><Title order={2} size="h4">{texts.run.modes[now.run.mode]}{now.run.dryRun ? ` (${texts.run.dryRun})` : ''}</Title><span role="status"><State state={now.run.status}>{statusOf(now.run)}</State></span><Text size="sm" c="dimmed">{texts.time(now.run.startedAt)}</Text></Group>
            <Steering project={project} now={now} />
          </Group>
          {now.run.status === 'running' && <ProgressBar progress={progress} desired={now.run.desired} />}
          <RunNews text={now.run.status === 'running' ? newsOf(now, progress, details.report) : null} />
          {!live.connected && <Text size="sm" role="status">{texts.run.liveAway}</Text>}
          {now.run.error !== null && <Alert color="red" role="alert" title={<Told text={now.run.error.message} />}>{now.run.error.remedy !== null && <Text size="sm">{texts.whatToDo}<Told text={now.run.error.remedy} /></Text>}</Alert>}
          <Gates project={project} details={details} waiting={now.waitingGates.filter((phase) => !approved.has(phase))} />
          {would && now.run.mode !== 'rollback' && <Notice>{now.run.mode === 'preview' ? texts.preview.nothingWritten : texts.preview.dry}</Notice>}
          <Phases phases={now.phases} />
          <RunCalls project={project} run={run} running={now.run.status === 'running'} />
          {now.run.mode !== 'rollback' && details.report.phases.length > 0 && <RunFlow project={project} run={run} would={would} />}
          {now.run.mode !== 'rollback' && !would && <HeldLately project={project} run={run} />}
          <Counts report={details.report} would={would} />
          <DeltaFigures report={details.report} />
        </Stack>
      );
    }}</Loaded>
  );
}

/** What there is to say of a run that goes on: the phase, how far it is, and its figures so far. */
function newsOf({ run, phases }: LiveRun, progress: ProgressLine | null, { phases: counts }: RunDetails['report']): string {
  const phase = phases.find(({ status }) => status === 'running');
  const held = counts.reduce((total, row) => total + sum(row.quarantined), 0);
  const done = counts.reduce((total, row) => total + row.created + row.updated + row.matched + row.merged, 0);
  return [phase === undefined ? null : texts.news.phase(texts.run.ownPhases[phase.name] ?? phase.label, progress?.phase === phase.name ? texts.run.progress(progress.done, progress.total) : null), texts.news.counts(done, held, looksOnly(run))].filter((one) => one !== null).join(' ');
}

function ProgressBar({ progress, desired }: Readonly<{ progress: ProgressLine | null; desired: string }>): ReactNode {
  const part = progress === null || progress.total === null || progress.total === 0 ? null : Math.min(100, (progress.done / progress.total) * 100);
  return (
    <Card withBorder>
      <Text size="sm">{progress === null ? texts.loading : [progress.step, texts.run.progress(progress.done, progress.total), progress.perSecond === null ? null : texts.run.rate(progress.perSecond), progress.secondsLeft === null ? null : texts.run.left(progress.secondsLeft)].filter((one) => one !== null).join(' · ')}</Text>
      <Progress value={part ?? 100} animated={part === null} mt={6} aria-label={texts.run.phases} />
      <Text size="xs" c="dimmed" mt={6}>{desired === 'pause' ? texts.run.pausing : desired === 'cancel' ? texts.run.cancelling : texts.run.goesOn}</Text>
    </Card>
  );
}

function Steering({ project, now }: Readonly<{ project: string; now: LiveRun }>): ReactNode {
  const operates = usePermission('operate');
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const steer = useMutation({
    mutationFn: (verb: 'pause' | 'resume' | 'cancel') => call('POST', projectPath(project, 'runs', now.run.id, verb)),
    onSettled: () => { setAsked(false); return queries.invalidateQueries({ queryKey: ['project', project] }); },
  });
  const { status, desired } = now.run;
  const canResume = status === 'paused' || status === 'interrupted' || status === 'failed';
  const canCancel = canResume || status === 'running' || status === 'waiting';
  return (
    <Group gap="xs">
      {status === 'running' && <Button size="xs" variant="default" disabled={!operates || desired !== 'run'} onClick={() => steer.mutate('pause')}>{texts.run.pause}</Button>}
      {canResume && <Button size="xs" disabled={!operates} onClick={() => steer.mutate('resume')}>{texts.run.resume}</Button>}
      {canCancel && !asked && <Button size="xs" variant="default" disabled={!operates || desired === 'cancel'} onClick={() => setAsked(true)}>{texts.run.stop}</Button>}
      {asked && <><Text size="sm">{texts.run.cancelAsk}</Text><Button size="xs" color="red" onClick={() => steer.mutate('cancel')}>{texts.run.stop}</Button><Button size="xs" variant="default" onClick={() => setAsked(false)}>{texts.cancel}</Button></>}
      <ProblemAlert error={steer.error} />
    </Group>
  );
}

function Gates({ project, details, waiting }: Readonly<{ project: string; details: RunDetails; waiting: readonly string[] }>): ReactNode {
  const approves = usePermission('approve');
  const queries = useQueryClient();
  const approve = useMutation({ mutationFn: (phase: string) => call('POST', projectPath(project, 'runs', details.run.id, 'approval'), { phase }), onSettled: () => queries.invalidateQueries({ queryKey: ['project', project] }) });
  return (
    <>
      {waiting.map((phase) => {
        const gate = details.gates.find((one) => one.phase === phase);
        return (
          <Alert key={phase} color="orange" role="alert" title={texts.run.gate(details.phases.find((one) => one.name === phase)?.label ?? phase)}>
            {gate !== undefined && (gate.objections.length === 0 ? <Text size="sm">{texts.run.cleanGate}</Text> : <><Text size="sm">{texts.run.objections}</Text><List size="sm">{gate.objections.map((one) => <List.Item key={one}><Told text={one} /></List.Item>)}</List></>)}
            <Button size="xs" mt="xs" disabled={!approves || gate === undefined} loading={approve.isPending} onClick={() => approve.mutate(phase)}>{texts.run.approve}</Button>
          </Alert>
        );
      })}
      <ProblemAlert error={approve.error} />
    </>
  );
}

function Phases({ phases }: Readonly<{ phases: LiveRun['phases'] }>): ReactNode {
  return (
    <div><Title order={3} size="h5">{texts.run.phases}</Title>
      <Group gap="xs" mt={4}>{phases.map((phase, index) => <State key={phase.name} state={phase.status === 'waiting' ? 'later' : phase.status}>{index + 1}. {texts.run.ownPhases[phase.name] ?? phase.label}: {texts.run.phase[phase.status]}</State>)}</Group></div>
  );
}

/** Counts per object: what was read equals the sum of what became of it. @param would nothing was written: what would become of it */
export function Counts({ report, would = false }: Readonly<{ report: RunDetails['report']; would?: boolean }>): ReactNode {
  if (report.phases.length === 0) return null;
  const words = would ? { ...texts.run, ...texts.preview.columns } : texts.run;
  const gone = report.phases.some((row) => row.archived > 0 || sum(row.kept) > 0); // of what is gone at the source; no other phase archives or keeps
  return (
    <div><Title order={3} size="h5">{words.report}</Title>
      <div className="scroll" tabIndex={0}><Table fz="sm" miw={960}>
        <Table.Thead><Table.Tr>{[words.object, words.into, words.read, words.created, words.updated, words.matched, words.merged, words.unchanged, words.skipped, words.quarantined, words.failed, words.deleted, ...(gone ? [words.archived, words.kept] : []), words.balanced].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{report.phases.map((row) => (
          <Table.Tr key={`${row.phase} ${row.mapping}`}>
            <Table.Td>{row.phase === 'deletions' ? words.goneOf(row.mapping) : row.mapping}</Table.Td><Table.Td>{row.destinationObject}</Table.Td>
            {[row.read, row.created, row.updated, row.matched, row.merged, row.skipped['unchanged'] ?? 0, sum(row.skipped) - (row.skipped['unchanged'] ?? 0), sum(row.quarantined), sum(row.failed), row.deleted, ...(gone ? [row.archived, sum(row.kept)] : [])].map((value, index) => <Table.Td key={index}>{texts.number(value)}</Table.Td>)}
            <Table.Td>{row.balanced ? texts.yes : <b>{texts.no}</b>}</Table.Td>
          </Table.Tr>
        ))}</Table.Tbody>
      </Table></div></div>
  );
}
