import { Alert, Anchor, Button, Card, Checkbox, Group, NumberInput, Radio, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { ProjectInfo, RunLine } from '../../../src/server/schemas/projects.ts';
import { call, projectPath } from '../api.ts';
import { useLive } from '../live.ts';
import { RunView } from '../parts/run-view.tsx';
import { StartPreview } from '../parts/start-preview.tsx';
import { fieldError, Loaded, Notice, ProblemAlert, State, unplaced } from '../parts/show.tsx';
import { pathOf } from '../project-path.ts';
import { projectQuery, runsQuery, useProject } from '../project.ts';
import { statusOf } from '../run-words.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';

export function RunPage(): ReactNode {
  const name = useProject();
  const live = useLive(name);
  const [chosen, setChosen] = useState<string | null>(null);
  const project = useQuery(projectQuery(name));
  const runs = useQuery(runsQuery(name));
  const shown = chosen ?? runs.data?.runs[0]?.id ?? null;
  return (
    <Stack>
      <Title order={1} size="h2">{texts.run.title}</Title>
      <Loaded query={project}>{(info) => {
        const busy = info.latestRun !== null && ['running', 'paused', 'waiting', 'interrupted'].includes(info.latestRun.status);
        return busy || info.sandbox.of !== null ? null : <><PreviewCard project={info} onStarted={() => setChosen(null)} /><StartForm project={info} onStarted={() => setChosen(null)} /></>;
      }}</Loaded>
      {shown === null ? <Notice>{texts.run.none}</Notice> : <RunView key={shown} project={name} run={shown} live={live} />}
      <Loaded query={runs}>{(data) => (data.runs.length < 2 ? null : <History runs={data.runs} shown={shown} onChoose={setChosen} />)}</Loaded>
    </Stack>
  );
}

function PreviewCard({ project, onStarted }: Readonly<{ project: ProjectInfo; onStarted: () => void }>): ReactNode {
  return (
    <Card withBorder component="section" aria-label={texts.preview.title}>
      <Stack gap="sm">
        <Title order={2} size="h4">{texts.preview.title}</Title>
        <Notice>{project.plan === null ? texts.preview.noPlan : texts.preview.about}</Notice>
        <StartPreview project={project.name} onStarted={onStarted} />
      </Stack>
    </Card>
  );
}

const modes = ['sample', 'production', 'delta'] as const;

/** What is run next, as a rule: first a sample, then everything, then what changed. */
function usualMode({ latestRun }: ProjectInfo): typeof modes[number] {
  if (latestRun === null || (latestRun.mode === 'rollback' && !latestRun.dryRun) || latestRun.mode === 'preview') return 'sample';
  return latestRun.mode === 'sample' ? 'production' : 'delta';
}

function StartForm({ project, onStarted }: Readonly<{ project: ProjectInfo; onStarted: () => void }>): ReactNode {
  const [mode, setMode] = useState<typeof modes[number]>(usualMode(project));
  const [records, setRecords] = useState<string | number>(200);
  const [approveGates, setApproveGates] = useState(false);
  const [dryRun, setDryRun] = useState(false);
  const [host, setHost] = useState('');
  const operates = usePermission('operate');
  const queries = useQueryClient();
  const start = useMutation({
    mutationFn: () => call<RunLine>('POST', projectPath(project.name, 'runs'), { mode, ...(mode === 'sample' ? { records: Number(records) } : { approveGates, confirmDestination: host, ...(mode === 'delta' ? { dryRun } : {}) }) }),
    onSuccess: onStarted,
    onSettled: () => queries.invalidateQueries({ queryKey: ['project', project.name] }),
  });
  const ready = project.plan !== null && project.plan.confirmedAt !== null;
  const needsHost = mode !== 'sample' && !(mode === 'delta' && dryRun);
  return (
    <Card withBorder component="section" aria-label={texts.run.start}>
      <form onSubmit={(event) => { event.preventDefault(); start.mutate(); }}>
        <Stack gap="sm">
          <Title order={2} size="h4">{texts.run.start}</Title>
          {!ready && <Alert color="orange">{texts.run.notConfirmed} <Anchor size="sm" c="inherit" underline="always" renderRoot={(props) => <Link to={pathOf(project.name, 'map')} {...props} />}>{texts.steps.map}</Anchor></Alert>}
          <Radio.Group label={texts.run.mode} value={mode} onChange={(value) => setMode(value)}>
            <Stack gap="xs" mt={4}>{modes.map((one) => <Radio key={one} value={one} label={texts.run.modes[one]} description={texts.run.about[one]} />)}</Stack>
          </Radio.Group>
          {mode === 'sample' ? <NumberInput label={texts.run.records} min={1} max={100000} w={220} value={records} onChange={setRecords} error={fieldError(start.error, 'records')} /> : (
            <>
              <Checkbox label={texts.run.clean} checked={approveGates} onChange={(event) => setApproveGates(event.currentTarget.checked)} />
              {mode === 'delta' && <Checkbox label={texts.run.dry} checked={dryRun} onChange={(event) => setDryRun(event.currentTarget.checked)} />}
              {needsHost && <TextInput label={texts.run.host(project.destinationHost ?? '')} w={420} maw="100%" autoComplete="off" value={host} onChange={(event) => setHost(event.currentTarget.value)} error={fieldError(start.error, 'confirmDestination')} />}
            </>
          )}
          <ProblemAlert error={unplaced(start.error)} />
          <Group><Button type="submit" disabled={!operates || !ready} loading={start.isPending}>{texts.run.go}</Button></Group>
        </Stack>
      </form>
    </Card>
  );
}

function History({ runs, shown, onChoose }: Readonly<{ runs: readonly RunLine[]; shown: string | null; onChoose: (run: string) => void }>): ReactNode {
  return (
    <section>
      <Title order={2} size="h4">{texts.run.history}</Title>
      <div className="scroll" tabIndex={0}><Table fz="sm" miw={500}><Table.Tbody>{runs.map((run) => (
        <Table.Tr key={run.id} aria-current={run.id === shown}>
          <Table.Td><Anchor component="button" type="button" onClick={() => onChoose(run.id)}>{texts.time(run.startedAt)}</Anchor></Table.Td>
          <Table.Td>{texts.run.modes[run.mode]}{run.dryRun ? ` (${texts.run.dryRun})` : ''}</Table.Td>
          <Table.Td><State state={run.status}>{statusOf(run)}</State></Table.Td>
          <Table.Td><Text size="sm">{run.error?.message ?? ''}</Text></Table.Td>
        </Table.Tr>
      ))}</Table.Tbody></Table></div>
    </section>
  );
}
