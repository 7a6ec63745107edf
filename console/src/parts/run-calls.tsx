import { Card, Progress, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RunCalls as Calls } from '../../../src/server/schemas/runs.ts';
import { get, projectPath } from '../api.ts';
import { texts } from '../texts.ts';

/** How often the figures are read while a run goes on, in milliseconds. */
const everyMs = 5_000;

/** What a run asked of both sides, against what they take. */
export function RunCalls({ project, run, running }: Readonly<{ project: string; run: string; running: boolean }>): ReactNode {
  const { data } = useQuery({ queryKey: ['project', project, 'run', run, 'calls'], queryFn: () => get<Calls>(projectPath(project, 'runs', run, 'calls')), refetchInterval: running ? everyMs : false });
  if (data === undefined || data.sides.every(({ made }) => made === 0)) return null;
  return (
    <div>
      <Title order={3} size="h5">{texts.calls.title}</Title>
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt={4} maw={760}>{data.sides.map((side) => <Side key={side.role} side={side} seconds={data.seconds} />)}</SimpleGrid>
    </div>
  );
}

function Side({ side, seconds }: Readonly<{ side: Calls['sides'][number]; seconds: number }>): ReactNode {
  const { calls: words } = texts;
  const perSecond = seconds < 2 ? null : side.made / seconds;
  return (
    <Card withBorder p="sm">
      <Text fw={600} size="sm">{texts.connect[side.role]}</Text>
      <Text size="sm">{words.made(side.made, perSecond)}</Text>
      {side.limits.length === 0 && <Text size="sm" c="dimmed">{words.noLimit}</Text>}
      {side.limits.map((limit) => {
        const share = limit.window !== null ? 1 - limit.window.left / Math.max(1, limit.window.limit) : limit.perSecond === null || perSecond === null ? null : Math.min(1, perSecond / limit.perSecond);
        return (
          <div key={limit.name}>
            <Text size="sm">{[limit.name, limit.perSecond === null || perSecond === null ? null : words.budget(Math.min(1, perSecond / limit.perSecond), limit.perSecond), limit.window === null ? null : words.window(limit.window.left, limit.window.limit), limit.pausedUntil === null ? null : words.pausedUntil(texts.time(limit.pausedUntil))].filter((one) => one !== null).join(' · ')}</Text>
            {share !== null && <Progress value={share * 100} mt={4} aria-label={words.meter(texts.connect[side.role])} />}
          </div>
        );
      })}
    </Card>
  );
}
