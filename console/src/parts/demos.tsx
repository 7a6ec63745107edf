import { Alert, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DemoRoutes, ProjectInfo } from '../../../src/server/schemas/projects.ts';
import { call, get, projectPath } from '../api.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { ProblemAlert } from './show.tsx';
import { pathOf } from '../project-path.ts';

const { projects: words } = texts;

/** Offers a project to try things with, one for each route that has simulators. */
export function Demos(): ReactNode {
  const operates = usePermission('operate');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { data } = useQuery({ queryKey: ['demos'], queryFn: () => get<DemoRoutes>('/api/demos'), staleTime: Infinity });
  const make = useMutation({
    mutationFn: (route: string) => call<ProjectInfo>('POST', '/api/demos', { route }),
    onSuccess: async ({ name }) => {
      await queries.invalidateQueries({ queryKey: ['projects'] });
      await navigate({ to: pathOf(name, 'overview') });
    },
  });
  if (data === undefined || data.routes.length === 0) return null;
  return (
    <Card withBorder component="section" mt="lg" aria-label={words.demos} maw={760}>
      <Stack gap="xs">
        <Title order={2} size="h4">{words.demos}</Title>
        <Text size="sm">{words.demosAbout}</Text>
        <Group>{data.routes.map(({ id, label }) => <Button key={id} variant="default" disabled={!operates || (make.isPending && make.variables !== id)} loading={make.isPending && make.variables === id} onClick={() => make.mutate(id)}>{words.tryRoute(label)}</Button>)}</Group>
        {make.isPending && <Text size="sm" role="status">{words.demoStarting}</Text>}
        <ProblemAlert error={make.error} />
      </Stack>
    </Card>
  );
}

/** What is particular about a demo project. */
export function DemoNote({ project }: Readonly<{ project: ProjectInfo }>): ReactNode {
  const operates = usePermission('operate');
  const later = useMutation({ mutationFn: () => call('POST', projectPath(project.name, 'demo', 'later')) });
  if (!project.demo) return null;
  return (
    <Alert mb="md" maw={760}>
      <Text size="sm">{words.demoOwn(project.destinationHost ?? '')}</Text>
      {project.latestRun !== null && <Button size="xs" mt="xs" variant="default" disabled={!operates} loading={later.isPending} onClick={() => later.mutate()}>{words.later}</Button>}
      {later.isSuccess && <Text size="sm" mt="xs" role="status">{words.laterDone}</Text>}
      <ProblemAlert error={later.error} />
    </Alert>
  );
}
