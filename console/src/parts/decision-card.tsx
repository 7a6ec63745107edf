import { Button, Card, Group, List, NumberInput, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Decision, PlanState, PlanView } from '../../../src/server/schemas/plan.ts';
import { call, projectPath } from '../api.ts';
import { ProblemAlert, State, Value } from './show.tsx';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { Told } from './told.tsx';

const free = 'free';

/** A question by itself, with the effect of every answer. */
export function DecisionCard({ project, plan, decision }: Readonly<{ project: string; plan: PlanView; decision: Decision }>): ReactNode {
  const indexOf = (value: unknown): string | null => {
    const found = decision.options.findIndex((option) => JSON.stringify(option.value) === JSON.stringify(value));
    return found >= 0 ? String(found) : value === null || value === undefined || decision.free === null ? null : free;
  };
  const [choice, setChoice] = useState(indexOf(decision.answer ?? decision.recommendation));
  const given = decision.answer ?? decision.recommendation;
  const [own, setOwn] = useState<string | number>(choice === free && (typeof given === 'string' || typeof given === 'number') ? given : '');
  const queries = useQueryClient();
  const edits = usePermission('edit');
  const save = useMutation({
    mutationFn: (answer: unknown) => call<PlanState>('POST', projectPath(project, 'plan', 'answers'), { base: plan.state.hash, answers: { [decision.id]: answer } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['project', project] }),
  });
  const answer = choice === free ? own : choice === null ? null : decision.options[Number(choice)]?.value ?? null;
  return (
    <Card withBorder component="section" aria-label={decision.question}>
      <Group justify="space-between" wrap="nowrap" align="flex-start"><div><Title order={2} size="h5">{decision.question}</Title><Text size="xs" c="dimmed">{decision.id}</Text></div><State state={decision.answer === null ? 'waiting' : 'done'}>{decision.answer === null ? texts.decisions.open : texts.decisions.answered}</State></Group>
      <Text size="sm" c="dimmed"><Told text={decision.reason} /></Text>
      {decision.evidence.length > 0 && <List size="sm" mt={4}>{decision.evidence.slice(0, 5).map((value) => <List.Item key={value}><Value value={value} /></List.Item>)}</List>}
      <Radio.Group mt="sm" value={choice ?? ''} onChange={setChoice} aria-label={decision.question}>
        <Stack gap="xs">
          {decision.options.map((option, index) => <Radio key={JSON.stringify(option.value)} value={String(index)} disabled={!edits} label={`${option.label}${indexOf(decision.recommendation) === String(index) ? ` (${texts.decisions.recommended})` : ''}`} description={<Told text={option.effect} />} />)}
          {decision.free !== null && <Radio value={free} disabled={!edits} label={texts.decisions.free[decision.free]} />}
        </Stack>
      </Radio.Group>
      {choice === free && (decision.free === 'number' ? <NumberInput mt="xs" maw={320} value={own} onChange={setOwn} aria-label={texts.decisions.free.number} disabled={!edits} /> : <TextInput mt="xs" maw={480} value={String(own)} onChange={(event) => setOwn(event.currentTarget.value)} aria-label={texts.decisions.free.text} disabled={!edits} />)}
      <Group mt="sm">
        <Button size="xs" disabled={!edits || answer === null || answer === ''} loading={save.isPending} onClick={() => save.mutate(answer)}>{texts.decisions.answer}</Button>
        {decision.answer !== null && <Button size="xs" variant="subtle" disabled={!edits} onClick={() => save.mutate(null)}>{texts.decisions.reopen}</Button>}
        {save.isSuccess && <Text size="sm" role="status">{texts.decisions.saved}</Text>}
      </Group>
      <ProblemAlert error={save.error} />
    </Card>
  );
}
