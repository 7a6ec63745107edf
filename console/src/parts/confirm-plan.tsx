import { Button, Card, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { memo, type ReactNode } from 'react';
import type { PlanState, PlanView } from '../../../src/server/schemas/plan.ts';
import { call, projectPath } from '../api.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { ProblemAlert } from './show.tsx';

/** Signing off the plan: the reviewer's, and the owner's. */
export const ConfirmPlan = memo(function ConfirmPlan({ project, plan, unsaved }: Readonly<{ project: string; plan: PlanView; unsaved: number }>): ReactNode {
  const [open, { open: ask, close }] = useDisclosure(false);
  const approves = usePermission('approve');
  const queries = useQueryClient();
  const { state } = plan;
  const toReview = plan.lines.filter((line) => line.status === 'proposed').length;
  const openDecisions = plan.decisions.filter((decision) => decision.answer === null).length;
  const confirm = useMutation({
    mutationFn: (acceptRecommendations: boolean) => call<PlanState>('POST', projectPath(project, 'plan', 'confirmation'), { base: state.hash, acceptRecommendations }),
    onSuccess: close,
    onSettled: () => queries.invalidateQueries({ queryKey: ['project', project] }),
  });
  if (state.confirmedAt !== null) return <Card withBorder role="status"><Text>{texts.map.planConfirmed(state.confirmedBy ?? '', texts.time(state.confirmedAt))}</Text></Card>;
  const clean = toReview + openDecisions === 0;
  return (
    <Card withBorder>
      <Group justify="space-between">
        <Text size="sm">{texts.map.openPoints(toReview, openDecisions)}</Text>
        <Group>
          {!clean && <Button variant="default" disabled={!approves || unsaved > 0} onClick={ask}>{texts.map.confirmPlanAll}</Button>}
          <Button disabled={!approves || !clean || unsaved > 0} loading={confirm.isPending && !open} onClick={() => confirm.mutate(false)}>{texts.map.confirmPlan}</Button>
        </Group>
      </Group>
      {!open && <ProblemAlert error={confirm.error} />}
      <Modal opened={open} onClose={close} title={texts.map.confirmPlanAll} closeButtonProps={{ 'aria-label': texts.cancel }}>
        <Text size="sm" mb="md">{texts.map.acceptAsk(toReview, openDecisions)}</Text>
        <ProblemAlert error={confirm.error} />
        <Group mt="md" justify="flex-end"><Button variant="default" onClick={close}>{texts.cancel}</Button><Button loading={confirm.isPending} onClick={() => confirm.mutate(true)}>{texts.map.confirmPlan}</Button></Group>
      </Modal>
    </Card>
  );
});
