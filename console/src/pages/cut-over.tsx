import { Alert, Card, Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { CutOver } from '../../../src/server/schemas/cut-over.ts';
import { call, get, projectPath } from '../api.ts';
import { useLive } from '../live.ts';
import { DeltaSchedule } from '../parts/delta-schedule.tsx';
import { fieldError, Loaded, NoPlan, Notice, ProblemAlert, State, unplaced } from '../parts/show.tsx';
import { useProject } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { Told } from '../parts/told.tsx';

const { cutover: words } = texts;
type Step = CutOver['stages'][number]['steps'][number];

/** Freeze, final delta, enable, hypercare: what is done, and who did it. */
export function CutOverPage(): ReactNode {
  const project = useProject();
  useLive(project); // what Portolan sees for itself is ticked when it happens
  const query = useQuery({ queryKey: ['project', project, 'cut-over'], queryFn: () => get<CutOver>(projectPath(project, 'cut-over')) });
  return (
    <Stack>
      <Title order={1} size="h2">{words.title}</Title>
      <Notice>{words.about}</Notice>
      <DeltaSchedule project={project} />
      <Loaded query={query}>{({ stages }) => {
        const steps = stages.flatMap((stage) => stage.steps);
        if (steps.length === 0) return <NoPlan />;
        return (
          <>
            <Text fw={600} role="status">{words.progress(steps.filter(({ done }) => done).length, steps.length)}</Text>
            {stages.map((stage) => (
              <Card key={stage.id} withBorder component="section" aria-label={stage.title}>
                <Title order={2} size="h4">{stage.title}</Title>
                <Text size="sm" c="dimmed" mb="xs"><Told text={stage.note} /></Text>
                <Stack gap="md">{stage.steps.map((step) => <StepRow key={step.key} project={project} step={step} />)}</Stack>
              </Card>
            ))}
          </>
        );
      }}</Loaded>
    </Stack>
  );
}

function StepRow({ project, step }: Readonly<{ project: string; step: Step }>): ReactNode {
  const [comment, setComment] = useState(step.comment);
  const edits = usePermission('edit');
  const queries = useQueryClient();
  const tick = useMutation({
    scope: { id: `cut-over ${step.key}` },
    mutationFn: (done: boolean) => call('PUT', projectPath(project, 'cut-over', step.key), { done, comment }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['project', project, 'cut-over'] }),
  });
  const done = tick.isPending ? tick.variables : step.done;
  if (step.known) {
    return <div><Group gap="xs" wrap="nowrap" align="flex-start"><State state={step.done ? 'done' : 'waiting'}>{step.done ? words.done : words.open}</State><Text size="sm" fw={600}>{step.step}</Text></Group><Text size="sm" c="dimmed"><Told text={step.why} /> ({words.known})</Text></div>;
  }
  return (
    <div>
      <Checkbox label={<Text size="sm" fw={600}>{step.step}</Text>} description={<Told text={step.why} />} checked={done} disabled={!edits} onChange={(event) => tick.mutate(event.currentTarget.checked)} />
      <Group gap="xs" ml={32} mt={4}>
        <TextInput size="xs" aria-label={`${words.comment}: ${step.step}`} placeholder={words.comment} w={340} maw="100%" disabled={!edits} value={comment} onChange={(event) => setComment(event.currentTarget.value)} onBlur={() => { if (comment !== step.comment) tick.mutate(done); }} error={fieldError(tick.error, 'comment')} />
        {step.markedBy !== null && <Text size="xs" c="dimmed">{words.by(step.markedBy, texts.time(step.markedAt))}</Text>}
      </Group>
      {tick.error !== null && <Alert color="red" p={0}><ProblemAlert error={unplaced(tick.error)} /></Alert>}
    </div>
  );
}
