import { Anchor, Button, Card, Checkbox, Group, NumberInput, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { ProjectInfo, RunLine } from '../../../src/server/schemas/projects.ts';
import type { Diffs } from '../../../src/server/schemas/runs.ts';
import { call, get, projectPath } from '../api.ts';
import { useLive } from '../live.ts';
import { RecordDiffs } from '../parts/record-diffs.tsx';
import { RunView } from '../parts/run-view.tsx';
import { fieldError, Loaded, Notice, ProblemAlert, State, unplaced } from '../parts/show.tsx';
import { pathOf, sandboxOf } from '../project-path.ts';
import { discoveryQuery, projectQuery, runsQuery, useProject } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { Side } from './connect.tsx';

const { sample: words } = texts;
const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** What is tried before everything is loaded: some records at the destination, or all of them somewhere else. */
export function SamplePage(): ReactNode {
  const name = useProject();
  const project = useQuery(projectQuery(name));
  return (
    <Stack>
      <Title order={1} size="h2">{words.title}</Title>
      <Loaded query={project}>{(info) => <><Sample project={info} /><Sandbox project={info} /></>}</Loaded>
    </Stack>
  );
}

function useStart(project: string) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (body: object) => call<RunLine>('POST', projectPath(project, 'runs'), body), onSettled: () => queries.invalidateQueries({ queryKey: ['project'] }) });
}

function Sample({ project }: Readonly<{ project: ProjectInfo }>): ReactNode {
  const [records, setRecords] = useState<string | number>(200);
  const [ids, setIds] = useState('');
  const [where, setWhere] = useState('');
  const [alone, setAlone] = useState(false);
  const operates = usePermission('operate');
  const live = useLive(project.name);
  const start = useStart(project.name);
  const runs = useQuery(runsQuery(project.name));
  const { data: discovery } = useQuery(discoveryQuery(project.name));
  // The object with the most fields is the one that people think of: contacts, people, tickets.
  const object = discovery?.sides.find((side) => side.role === 'source')?.objects.toSorted((left, right) => right.fields.length - left.fields.length)[0]?.name ?? 'contact';
  const named = linesOf(ids).length + linesOf(where).length > 0;
  const latest = runs.data?.runs.find((run) => run.mode === 'sample');
  const confirmed = project.plan !== null && project.plan.confirmedAt !== null;
  return (
    <Card withBorder component="section" aria-label={words.sample}>
      <form onSubmit={(event) => { event.preventDefault(); start.mutate({ mode: 'sample', ...(records === '' ? {} : { records: Number(records) }), ids: linesOf(ids), where: linesOf(where), alone }); }}>
        <Stack gap="sm">
          <Title order={2} size="h4">{words.sample}</Title>
          <Notice>{words.sampleAbout}</Notice>
          {!confirmed && <Text size="sm">{texts.run.notConfirmed}</Text>}
          <NumberInput label={named ? words.recordsNamed : words.records} min={1} max={100000} w={300} value={records} onChange={setRecords} error={fieldError(start.error, 'records')} />
          <Textarea label={words.ids} description={words.idsHelp(object)} autosize minRows={1} maxRows={8} maw={600} value={ids} onChange={(event) => setIds(event.currentTarget.value)} error={fieldError(start.error, 'ids')} />
          <Textarea label={words.where} description={words.whereHelp} autosize minRows={1} maxRows={8} maw={600} value={where} onChange={(event) => setWhere(event.currentTarget.value)} error={fieldError(start.error, 'where')} />
          {named && <Checkbox label={words.alone} checked={alone} onChange={(event) => setAlone(event.currentTarget.checked)} />}
          <ProblemAlert error={unplaced(start.error)} />
          <Group><Button type="submit" disabled={!operates || !confirmed} loading={start.isPending}>{words.start}</Button></Group>
        </Stack>
      </form>
      {latest !== undefined && (
        <Stack mt="lg">
          <Title order={3} size="h5">{words.latest(texts.time(latest.startedAt))}</Title>
          <RunView key={latest.id} project={project.name} run={latest.id} live={live} />
          {(latest.status === 'succeeded' || latest.status === 'withQuarantine') && <Compared key={`diff ${latest.id}`} project={project.name} run={latest.id} />}
        </Stack>
      )}
    </Card>
  );
}

/** Reads at the destination, so it waits for a person to ask. */
function Compared({ project, run }: Readonly<{ project: string; run: string }>): ReactNode {
  const [records, setRecords] = useState<Diffs['records']>([]);
  const diff = useMutation({
    mutationFn: (after: number | null) => get<Diffs>(`${projectPath(project, 'runs', run, 'diff')}${after === null ? '' : `?after=${after}`}`),
    onSuccess: (page, after) => setRecords((old) => (after === null ? page.records : [...old, ...page.records])),
  });
  const next = diff.data?.next ?? null;
  return (
    <section>
      <Title order={3} size="h5">{words.diff}</Title>
      <Notice>{words.diffAbout}</Notice>
      <Group my="xs"><Button size="xs" variant="default" loading={diff.isPending && diff.variables === null} onClick={() => diff.mutate(null)}>{words.diffShow}</Button></Group>
      <ProblemAlert error={diff.error} />
      {(records.length > 0 || diff.data !== undefined) && <RecordDiffs records={records} written={diff.data?.written ?? records.length} />}
      {next !== null && <Group mt="xs"><Button size="xs" variant="default" loading={diff.isPending} onClick={() => diff.mutate(next)}>{words.diffMore}</Button></Group>}
    </section>
  );
}

function Sandbox({ project }: Readonly<{ project: ProjectInfo }>): ReactNode {
  const [approveGates, setApproveGates] = useState(true);
  const operates = usePermission('operate');
  const start = useStart(project.name);
  const { connected, host } = project.sandbox;
  const confirmed = project.plan !== null && project.plan.confirmedAt !== null;
  return (
    <Card withBorder component="section" aria-label={words.sandbox}>
      <Stack gap="sm">
        <Title order={2} size="h4">{words.sandbox}</Title>
        <Notice>{words.sandboxAbout}</Notice>
        <details open={!connected}>
          <summary>{words.sandboxConnect}</summary>
          <Stack maw={600} mt="xs"><Side project={project.name} role="sandbox" /></Stack>
        </details>
        <Checkbox label={texts.run.clean} checked={approveGates} onChange={(event) => setApproveGates(event.currentTarget.checked)} />
        <Text size="sm">{connected ? words.sandboxHost(host ?? '') : words.sandboxFirst}</Text>
        <ProblemAlert error={start.error} />
        <Group><Button disabled={!operates || !connected || !confirmed} loading={start.isPending} onClick={() => start.mutate({ mode: 'sandbox', approveGates })}>{words.sandboxStart}</Button></Group>
        {connected && <SandboxRuns project={project.name} />}
      </Stack>
    </Card>
  );
}

function SandboxRuns({ project }: Readonly<{ project: string }>): ReactNode {
  const sandbox = sandboxOf(project);
  const runs = useQuery({ ...runsQuery(sandbox), refetchInterval: 5_000 });
  const latest = runs.data?.runs[0];
  return (
    <Group>
      <Text size="sm">{words.sandboxPages}:</Text>
      {(['run', 'verification', 'quarantine', 'spotcheck', 'rollback'] as const).map((step) => <Anchor key={step} size="sm" renderRoot={(props) => <Link to={pathOf(sandbox, step)} {...props} />}>{texts.steps[step]}</Anchor>)}
      {latest !== undefined && <State state={latest.status}>{texts.run.modes[latest.mode]}: {texts.run.status[latest.status]}</State>}
    </Group>
  );
}
