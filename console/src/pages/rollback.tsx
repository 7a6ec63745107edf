import { Alert, Button, Card, Checkbox, Code, Group, List, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { ProjectInfo, RunLine } from '../../../src/server/schemas/projects.ts';
import type { RunDetails } from '../../../src/server/schemas/runs.ts';
import { call, projectPath } from '../api.ts';
import { useLive } from '../live.ts';
import { RollbackRecords, type Forced } from '../parts/rollback-records.tsx';
import { RunView } from '../parts/run-view.tsx';
import { fieldError, Loaded, Notice, ProblemAlert, unplaced } from '../parts/show.tsx';
import { projectQuery, runQuery, runsQuery, useProject } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';

export function RollbackPage(): ReactNode {
  const name = useProject();
  return <ProjectRollback key={name} name={name} />; // what was ticked in one project is nothing to another
}

function ProjectRollback({ name }: Readonly<{ name: string }>): ReactNode {
  const live = useLive(name);
  const projectOf = useQuery(projectQuery(name));
  const runsOf = useQuery(runsQuery(name));
  // Until the next run of this page's project: what is there after a rollback is another question.
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const operates = usePermission('operate');
  const { rollback: words } = texts;
  return (
    <Stack>
      <Title order={1} size="h2">{words.title}</Title>
      <Notice>{words.about}</Notice>
      <Loaded query={projectOf}>{(project) => (
        <Loaded query={runsOf}>{({ runs }) => {
          const rollback = runs.find((run) => run.mode === 'rollback');
          const loaded = runs.some((run) => run.mode === 'production' || run.mode === 'sample' || run.mode === 'delta' || run.mode === 'sandbox');
          const seen = runs.some((run) => run.mode === 'rollback' && run.dryRun && run.status === 'succeeded');
          return (
            <>
              {loaded ? <Form project={project} seen={seen} chosen={chosen} onDone={() => setChosen(new Set())} /> : <Notice>{words.nothing}</Notice>}
              {rollback !== undefined && <><RunView key={rollback.id} project={name} run={rollback.id} live={live} /><Outcome project={name} run={rollback} forced={rollback.dryRun && operates ? { chosen, onChange: setChosen } : undefined} /></>}
            </>
          );
        }}</Loaded>
      )}</Loaded>
    </Stack>
  );
}

function Form({ project, seen, chosen, onDone }: Readonly<{ project: ProjectInfo; seen: boolean; chosen: ReadonlySet<string>; onDone: () => void }>): ReactNode {
  const [host, setHost] = useState('');
  const [deleteChanged, setDeleteChanged] = useState(false);
  const operates = usePermission('operate');
  const queries = useQueryClient();
  const start = useMutation({
    mutationFn: (dryRun: boolean) => call<RunLine>('POST', projectPath(project.name, 'runs'), { mode: 'rollback', dryRun, deleteChanged: deleteChanged || (chosen.size > 0 && [...chosen]), ...(dryRun ? {} : { confirmDestination: host }) }),
    onSuccess: (_, dryRun) => {
      setHost('');
      if (!dryRun) onDone();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['project', project.name] }),
  });
  return (
    <Card withBorder component="section" aria-label={texts.rollback.title}>
      <Stack gap="sm">
        <Checkbox label={texts.rollback.changed} checked={deleteChanged} onChange={(event) => setDeleteChanged(event.currentTarget.checked)} />
        {chosen.size > 0 && !deleteChanged && <Text size="sm" role="status">{texts.rollback.chosen(chosen.size)}</Text>}
        <Group><Button variant="default" disabled={!operates} loading={start.isPending && start.variables} onClick={() => start.mutate(true)}>{texts.rollback.dry}</Button></Group>
        <form onSubmit={(event) => { event.preventDefault(); start.mutate(false); }}>
          <Group align="flex-end">
            <TextInput label={texts.rollback.ask(project.destinationHost ?? '')} w={320} autoComplete="off" disabled={!seen} description={seen ? undefined : texts.rollback.dryFirst} value={host} onChange={(event) => setHost(event.currentTarget.value)} error={fieldError(start.error, 'confirmDestination')} />
            <Button type="submit" color="red" disabled={!operates || !seen} loading={start.isPending && !start.variables}>{texts.rollback.go}</Button>
          </Group>
        </form>
        <ProblemAlert error={unplaced(start.error)} />
      </Stack>
    </Card>
  );
}

function Outcome({ project, run, forced }: Readonly<{ project: string; run: RunLine; forced: Forced | undefined }>): ReactNode {
  return (
    <Loaded query={useQuery(runQuery(project, run.id))}>{({ report }) => (report.rollback === undefined || report.finishedAt === null ? null : (
      <><Proof rollback={report.rollback} dryRun={run.dryRun} /><RollbackRecords key={run.id} project={project} run={run.id} dryRun={run.dryRun} forced={forced} /></>
    ))}</Loaded>
  );
}

/** What is left, counted by mapping and reason; the records are listed below. */
function residueLines(residue: NonNullable<RunDetails['report']['rollback']>['residue']): readonly string[] {
  return [...Map.groupBy(residue, ({ mapping, reason }) => `${mapping} ${reason}`).values()].flatMap((rows) => (rows[0] === undefined ? [] : [texts.rollback.leftOf(rows.length, rows[0].mapping, texts.rollback.reasons[rows[0].reason] ?? rows[0].reason)]));
}

function Proof({ rollback, dryRun }: Readonly<{ rollback: NonNullable<RunDetails['report']['rollback']>; dryRun: boolean }>): ReactNode {
  const { rollback: words } = texts;
  return (
    <section>
      <Title order={2} size="h4">{dryRun ? words.wouldBe : words.result}</Title>
      <SimpleGrid cols={3} maw={480} my="xs">{([[rollback.deleted, words.deleted], [rollback.restored, words.restored], [rollback.kept, words.kept]] as const).map(([value, word]) => <Card key={word} withBorder><Text fw={700} size="lg">{texts.number(value)}</Text><Text size="sm">{word}</Text></Card>)}</SimpleGrid>
      {rollback.residue.length > 0 && <><Title order={2} size="h4">{dryRun ? words.wouldBeLeft : words.left}</Title><List size="sm" my="xs">{residueLines(rollback.residue).map((line) => <List.Item key={line}>{line}</List.Item>)}</List></>}
      {!dryRun && (
        <>
          <Title order={2} size="h4">{words.proof}</Title>
          <Alert color={rollback.identical ? 'green' : 'orange'} role="status" my="xs" title={!rollback.identical ? words.different : rollback.residue.length === 0 ? words.identical : words.identicalBut}>{rollback.identical ? null : <List size="sm">{rollback.differences.map((one) => <List.Item key={one}>{one}</List.Item>)}</List>}</Alert>
          <Text size="sm">{words.before}: <Code>{rollback.fingerprintBefore}</Code></Text><Text size="sm">{words.after}: <Code>{rollback.fingerprintAfter}</Code></Text>
        </>
      )}
    </section>
  );
}
