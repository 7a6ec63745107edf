import { Button, Card, Group, Stack, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { call, projectPath } from '../api.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { fieldError, Notice, ProblemAlert, unplaced } from './show.tsx';

const { settings: words } = texts;

/** Deletes a project for good; only the owner sees it. */
export function Purge({ project }: Readonly<{ project: string }>): ReactNode {
  const [typed, setTyped] = useState('');
  const administers = usePermission('administer');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const purge = useMutation({
    mutationFn: () => call('POST', projectPath(project, 'purge'), { confirm: typed }),
    onSuccess: async () => {
      await navigate({ to: '/' });
      queries.removeQueries({ queryKey: ['project', project] });
      await queries.invalidateQueries({ queryKey: ['projects'] });
    },
  });
  if (!administers) return null;
  return (
    <Card withBorder mt="xl" maw={760} component="section" aria-label={words.purge}><form onSubmit={(event) => { event.preventDefault(); purge.mutate(); }}>
      <Stack gap="xs">
        <Title order={2} size="h4">{words.purge}</Title>
        <Notice>{words.purgeAbout}</Notice>
        <Group align="flex-end">
          <TextInput label={words.purgeAsk(project)} w={380} maw="100%" autoComplete="off" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} error={fieldError(purge.error, 'confirm')} />
          <Button type="submit" color="red" loading={purge.isPending}>{words.purgeGo}</Button>
        </Group>
        <ProblemAlert error={unplaced(purge.error)} />
      </Stack>
    </form></Card>
  );
}
