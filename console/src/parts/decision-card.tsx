import { Button, Card, Group, List, NumberInput, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Decision, PlanState, PlanView } from '../../../src/server/schemas/plan.ts';
import { isBeaten, isOverrun, isUnsaved, seenOf, type Chosen } from '../answers.ts';
import { call, projectPath } from '../api.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { useUnsaved } from '../unsaved.ts';
import { AnswersOverrun } from './answers-overrun.tsx';
import { ProblemAlert, State, Value } from './show.tsx';
import { Told } from './told.tsx';

const free = 'free';

/** What a person chose on the page, and the answer that stood there then. */
interface Touched { readonly choice: string | null; readonly own: string | number; readonly seen: unknown }

/** A question by itself, with the effect of every answer. Until somebody chooses here it shows the answer of the plan. */
export function DecisionCard({ project, plan, decision }: Readonly<{ project: string; plan: PlanView; decision: Decision }>): ReactNode {
  const indexOf = (value: unknown): string | null => {
    const found = decision.options.findIndex((option) => JSON.stringify(option.value) === JSON.stringify(value));
    return found >= 0 ? String(found) : value === null || value === undefined || decision.free === null ? null : free;
  };
  const [touched, setTouched] = useState<Touched | null>(null);
  const given = decision.answer ?? decision.recommendation;
  const present = { choice: indexOf(given), own: indexOf(given) === free && (typeof given === 'string' || typeof given === 'number') ? given : '' };
  const { choice, own } = touched ?? present;
  const touch = (change: Partial<Touched>): void => setTouched((old) => ({ ...(old ?? { ...present, seen: decision.answer }), ...change }));
  const queries = useQueryClient();
  const edits = usePermission('edit');
  const save = useMutation({
    mutationFn: ({ answer, seen }: Chosen & { readonly of: Touched | null }) => call<PlanState>('POST', projectPath(project, 'plan', 'answers'), { base: plan.state.hash, answers: { [decision.id]: answer }, seen: { [decision.id]: seen } }),
    onSuccess: (_, { of, answer }) => setTouched((now) => (now === of || now === null ? null : { ...now, seen: answer })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['project', project] }),
  });
  const answer = choice === free ? own : choice === null ? null : decision.options[Number(choice)]?.value ?? null;
  const chosen: Chosen = { answer, seen: touched === null ? decision.answer : touched.seen };
  const overrun = touched !== null && isOverrun(decision, chosen);
  useUnsaved(touched !== null && isUnsaved(decision, chosen));
  return (
    <Card withBorder component="section" aria-label={decision.question}>
      <Group justify="space-between" wrap="nowrap" align="flex-start"><div><Title order={2} size="h5">{decision.question}</Title><Text size="xs" c="dimmed">{decision.id}</Text></div><State state={decision.answer === null ? 'waiting' : 'done'}>{decision.answer === null ? texts.decisions.open : texts.decisions.answered}</State></Group>
      <Text size="sm" c="dimmed"><Told text={decision.reason} /></Text>
      {decision.evidence.length > 0 && <List size="sm" mt={4}>{decision.evidence.slice(0, 5).map((value) => <List.Item key={value}><Value value={value} /></List.Item>)}</List>}
      <Radio.Group mt="sm" value={choice ?? ''} onChange={(value) => touch({ choice: value })} aria-label={decision.question}>
        <Stack gap="xs">
          {decision.options.map((option, index) => <Radio key={JSON.stringify(option.value)} value={String(index)} disabled={!edits} label={`${option.label}${indexOf(decision.recommendation) === String(index) ? ` (${texts.decisions.recommended})` : ''}`} description={<Told text={option.effect} />} />)}
          {decision.free !== null && <Radio value={free} disabled={!edits} label={texts.decisions.free[decision.free]} />}
        </Stack>
      </Radio.Group>
      {choice === free && (decision.free === 'number' ? <NumberInput mt="xs" maw={320} value={own} onChange={(value) => touch({ own: value })} aria-label={texts.decisions.free.number} disabled={!edits} /> : <TextInput mt="xs" maw={480} value={String(own)} onChange={(event) => touch({ own: event.currentTarget.value })} aria-label={texts.decisions.free.text} disabled={!edits} />)}
      <AnswersOverrun overrun={overrun ? [{ decision, name: decision.question, chosen }] : []} busy={save.isPending || !edits} onTake={() => { setTouched(null); save.reset(); }} onPut={() => save.mutate({ answer, seen: decision.answer, of: touched })} />
      <Group mt="sm">
        <Button size="xs" disabled={!edits || overrun || answer === null || answer === ''} loading={save.isPending} onClick={() => save.mutate({ answer, seen: seenOf(decision, chosen), of: touched })}>{texts.decisions.answer}</Button>
        {decision.answer !== null && <Button size="xs" variant="subtle" disabled={!edits || overrun} onClick={() => save.mutate({ answer: null, seen: decision.answer, of: touched })}>{texts.decisions.reopen}</Button>}
        {save.isSuccess && touched === null && <Text size="sm" role="status">{texts.decisions.saved}</Text>}
      </Group>
      <ProblemAlert error={overrun && isBeaten(save.error) ? null : save.error} />
    </Card>
  );
}
