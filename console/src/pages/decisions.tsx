import { Anchor, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { familiesOf } from '../decision-family.ts';
import { DecisionCard } from '../parts/decision-card.tsx';
import { DecisionQueue } from '../parts/decision-queue.tsx';
import { OwnerTable } from '../parts/owner-table.tsx';
import { Loaded, Notice } from '../parts/show.tsx';
import { planQuery, useProject } from '../project.ts';
import { texts } from '../texts.ts';

export function DecisionsPage(): ReactNode {
  const project = useProject();
  const [openOnly, setOpenOnly] = useState(false);
  return (
    <Stack>
      <Title order={1} size="h2">{texts.decisions.title}</Title>
      <Loaded query={useQuery(planQuery(project))}>{(plan) => {
        const open = plan.decisions.filter((decision) => decision.answer === null);
        const { families, alone } = familiesOf(plan.decisions);
        const shown = openOnly ? alone.filter((decision) => decision.answer === null) : alone.toSorted((left, right) => Number(left.answer !== null) - Number(right.answer !== null));
        return plan.decisions.length === 0 ? <Notice>{texts.decisions.none}</Notice> : (
          <>
            <Group><Text size="sm" role="status">{texts.decisions.left(open.length, plan.decisions.length)}</Text><Switch label={texts.decisions.openOnly} checked={openOnly} onChange={(event) => setOpenOnly(event.currentTarget.checked)} /></Group>
            {families.length > 0 && (
              <Group component="nav" gap="sm" aria-label={texts.queue.queues}>{families.map((family) => (
                <Anchor key={family.name} size="sm" href={`#queue-${family.name}`}>{texts.queue.families[family.name] ?? family.name} ({texts.number(family.decisions.filter((decision) => decision.answer === null).length)})</Anchor>
              ))}</Group>
            )}
            {shown.map((decision) => <DecisionCard key={decision.id} project={project} plan={plan} decision={decision} />)}
            {families.map((family) => <DecisionQueue key={family.name} project={project} plan={plan} family={family} openOnly={openOnly} />)}
          </>
        );
      }}</Loaded>
      <OwnerTable project={project} />
    </Stack>
  );
}
