import { Anchor, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RunLine } from '../../../src/server/schemas/projects.ts';
import { call, projectPath } from '../api.ts';
import { pathOf } from '../project-path.ts';
import { projectQuery } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { ProblemAlert } from './show.tsx';

/** Starts a run that only looks: no host to type and no plan to confirm, since nothing is written. @param onStarted absent = a link leads to the run */
export function StartPreview({ project, onStarted }: Readonly<{ project: string; onStarted?: () => void }>): ReactNode {
  const operates = usePermission('operate');
  const queries = useQueryClient();
  const { data: info } = useQuery(projectQuery(project));
  const start = useMutation({
    mutationFn: () => call<RunLine>('POST', projectPath(project, 'runs'), { mode: 'preview' }),
    ...(onStarted === undefined ? {} : { onSuccess: onStarted }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['project', project] }),
  });
  return (
    <>
      <Group>
        <Button variant="default" disabled={!operates || (info?.plan ?? null) === null} loading={start.isPending} onClick={() => start.mutate()}>{texts.preview.start}</Button>
        {start.isSuccess && onStarted === undefined && <Text size="sm" role="status">{texts.preview.started} <Anchor size="sm" underline="always" renderRoot={(props) => <Link to={pathOf(project, 'run')} {...props} />}>{texts.preview.toRun}</Anchor></Text>}
      </Group>
      <ProblemAlert error={start.error} />
    </>
  );
}
