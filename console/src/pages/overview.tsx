import { Anchor, Button, Group, SimpleGrid, Card, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { nextOf } from '../next-step.ts';
import { DemoNote } from '../parts/demos.tsx';
import { Purge } from '../parts/purge.tsx';
import { Loaded, State } from '../parts/show.tsx';
import { pathOf, type Step } from '../project-path.ts';
import { projectQuery, useProject } from '../project.ts';
import { statusOf } from '../run-words.ts';
import { texts } from '../texts.ts';

/** A project at a glance: what is done, and the one thing to do next. */
export function OverviewPage(): ReactNode {
  const name = useProject();
  return (
    <Loaded query={useQuery({ ...projectQuery(name), refetchInterval: 5_000 })}>{(project) => {
      const next = nextOf(project);
      const both = (sides: typeof project.connected): string => `${texts.connect.source}: ${sides.source ? texts.yes : texts.no} · ${texts.connect.destination}: ${sides.destination ? texts.yes : texts.no}`;
      return (
        <>
          <Group justify="space-between" mb="md">
            <div><Title order={1} size="h2">{project.name}</Title><Text c="dimmed" size="sm">{project.routeLabel}</Text></div>
            <Button renderRoot={(props) => <Link to={pathOf(name, next.step)} {...props} />}>{texts.projects.next[next.word]}</Button>
          </Group>
          <DemoNote project={project} />
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
            <Fact project={name} step="connect">{both(project.connected)}</Fact>
            <Fact project={name} step="discovery">{both(project.discovered)}</Fact>
            <Fact project={name} step="map">{project.plan === null ? texts.projects.noPlan : project.plan.confirmedAt !== null ? texts.projects.confirmed(project.plan.version) : texts.projects.open(project.plan.toReview, project.plan.openDecisions)}</Fact>
            <Fact project={name} step="run">{project.latestRun === null ? texts.run.none : <State state={project.latestRun.status}>{texts.run.modes[project.latestRun.mode]}{project.latestRun.dryRun ? ` (${texts.run.dryRun})` : ''}: {statusOf(project.latestRun)}</State>}</Fact>
            <Fact project={name} step="quarantine">{project.quarantined === 0 ? texts.quarantine.none : texts.number(project.quarantined)}</Fact>
            <Fact project={name} step="documents">{texts.documents.handoff}</Fact>
          </SimpleGrid>
          {project.sandbox.of === null && <Purge project={project.name} />}
        </>
      );
    }}</Loaded>
  );
}

function Fact({ project, step, children }: Readonly<{ project: string; step: Step; children: ReactNode }>): ReactNode {
  return (
    <Card withBorder>
      <Anchor fw={600} renderRoot={(props) => <Link to={pathOf(project, step)} {...props} />}>{texts.steps[step]}</Anchor>
      <Text component="div" size="sm" mt={4}>{children}</Text>
    </Card>
  );
}
