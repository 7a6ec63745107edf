import { Anchor, Button, Group, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { nextOf } from '../next-step.ts';
import { Demos } from '../parts/demos.tsx';
import { Loaded, Notice, State } from '../parts/show.tsx';
import { pathOf } from '../project-path.ts';
import { projectsQuery } from '../project.ts';
import { usePermission } from '../session.ts';
import { statusOf } from '../run-words.ts';
import { texts } from '../texts.ts';

export function ProjectsPage(): ReactNode {
  const query = useQuery({ ...projectsQuery, refetchInterval: 5_000 });
  const operates = usePermission('operate');
  const { projects: words } = texts;
  return (
    <>
      <Group justify="space-between" mb="md">
        <Title order={1} size="h2">{words.title}</Title>
        <Button disabled={!operates} renderRoot={(props) => <Link to="/new" {...props} />}>{words.create}</Button>
      </Group>
      <Loaded query={query}>{({ projects }) => (projects.length === 0 ? <Notice>{words.empty}</Notice> : (
        <div className="scroll" tabIndex={0}><Table highlightOnHover miw={760}>
          <Table.Thead><Table.Tr><Table.Th>{words.name}</Table.Th><Table.Th>{words.route}</Table.Th><Table.Th>{words.state}</Table.Th><Table.Th>{words.plan}</Table.Th><Table.Th>{words.run}</Table.Th><Table.Th>{words.held}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{projects.map((project) => {
            const next = nextOf(project);
            return (
              <Table.Tr key={project.name}>
                <Table.Td><Anchor fw={600} renderRoot={(props) => <Link to={pathOf(project.name, 'overview')} {...props} />}>{project.name}</Anchor>{project.demo && <span className="mark">{words.demo}</span>}</Table.Td>
                <Table.Td>{project.routeLabel}</Table.Td>
                <Table.Td><Anchor renderRoot={(props) => <Link to={pathOf(project.name, next.step)} {...props} />}>{words.next[next.word]}</Anchor></Table.Td>
                <Table.Td>{project.plan === null ? words.noPlan : project.plan.confirmedAt !== null ? words.confirmed(project.plan.version) : words.open(project.plan.toReview, project.plan.openDecisions)}</Table.Td>
                <Table.Td>{project.latestRun === null ? texts.none : <State state={project.latestRun.status}>{texts.run.modes[project.latestRun.mode]}{project.latestRun.dryRun ? ` (${texts.run.dryRun})` : ''}: {statusOf(project.latestRun)}</State>}</Table.Td>
                <Table.Td><Text span size="sm">{texts.number(project.quarantined)}</Text></Table.Td>
              </Table.Tr>
            );
          })}</Table.Tbody>
        </Table></div>
      ))}</Loaded>
      <Demos />
    </>
  );
}
