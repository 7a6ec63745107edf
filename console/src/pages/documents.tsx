import { Anchor, Button, Group, Stack, Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { projectPath } from '../api.ts';
import { Loaded, Notice } from '../parts/show.tsx';
import { runsQuery, useProject } from '../project.ts';
import { statusOf } from '../run-words.ts';
import { texts } from '../texts.ts';

export function DocumentsPage(): ReactNode {
  const project = useProject();
  return (
    <Stack>
      <Title order={1} size="h2">{texts.documents.title}</Title>
      <Notice>{texts.documents.about}</Notice>
      <Group><Button component="a" href={projectPath(project, 'handoff.zip')} download>{texts.documents.handoff}</Button></Group>
      <Title order={2} size="h4">{texts.documents.reports}</Title>
      <Loaded query={useQuery(runsQuery(project))}>{({ runs }) => (runs.length === 0 ? <Notice>{texts.documents.none}</Notice> : (
        <Table fz="sm" maw={640}><Table.Tbody>{runs.map((run) => (
          <Table.Tr key={run.id}><Table.Td>{texts.time(run.startedAt)}</Table.Td><Table.Td>{texts.run.modes[run.mode]}{run.dryRun ? ` (${texts.run.dryRun})` : ''}</Table.Td><Table.Td>{statusOf(run)}</Table.Td>
            <Table.Td><Anchor href={projectPath(project, 'runs', run.id, 'report.zip')} download aria-label={`${texts.documents.report}: ${texts.run.modes[run.mode]}, ${texts.time(run.startedAt)}`}>{texts.documents.report}</Anchor></Table.Td></Table.Tr>
        ))}</Table.Tbody></Table>
      ))}</Loaded>
    </Stack>
  );
}
