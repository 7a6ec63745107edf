import { Alert, Button, Card, Checkbox, Group, NumberInput, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Schedule } from '../../../src/server/schemas/cut-over.ts';
import { call, get, projectPath } from '../api.ts';
import { projectQuery } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { fieldError, Loaded, Notice, ProblemAlert, State, unplaced } from './show.tsx';
import { Told } from './told.tsx';

const { cutover: words } = texts;
const whens = ['nightly', 'weekdays', 'hourly', 'own'] as const;
type When = typeof whens[number];
const dayMs = 86_400_000;

/** Five-part cron text of what was chosen. @param time '02:30' */
function cronOf(when: When, time: string, own: string): string {
  const [hour = '0', minute = '0'] = time.split(':').map((part) => String(Number(part)));
  if (when === 'own') return own;
  return when === 'hourly' ? `${minute} * * * *` : `${minute} ${hour} * * ${when === 'weekdays' ? '1-5' : '*'}`;
}

/** Deltas that start by themselves: what is set, how it goes, and how it is stopped. */
export function DeltaSchedule({ project }: Readonly<{ project: string }>): ReactNode {
  const query = useQuery({ queryKey: ['project', project, 'schedule'], queryFn: () => get<{ readonly schedule: Schedule | null }>(projectPath(project, 'schedule')), refetchInterval: 10_000 });
  return (
    <Card withBorder component="section" aria-label={words.schedule}>
      <Stack gap="sm">
        <Title order={2} size="h4">{words.schedule}</Title>
        <Notice>{words.scheduleAbout}</Notice>
        <Loaded query={query}>{({ schedule }) => <>{schedule !== null && <Now project={project} schedule={schedule} />}{schedule?.state !== 'on' && <Form project={project} />}</>}</Loaded>
      </Stack>
    </Card>
  );
}

function useChange(project: string) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: ({ method, rest, body }: Readonly<{ method: 'PUT' | 'POST' | 'DELETE'; rest: readonly string[]; body?: unknown }>) => call(method, projectPath(project, 'schedule', ...rest), body), onSettled: () => queries.invalidateQueries({ queryKey: ['project', project, 'schedule'] }) });
}

function Now({ project, schedule }: Readonly<{ project: string; schedule: Schedule }>): ReactNode {
  const operates = usePermission('operate');
  const change = useChange(project);
  return (
    <>
      <Group gap="xs" role="status">
        <State state={schedule.state === 'on' ? 'running' : schedule.state}>{words.state[schedule.state]}</State>
        <Text size="sm">{[`${schedule.cron} (${schedule.zone})`, schedule.nextAt === null ? null : words.next(texts.time(schedule.nextAt)), schedule.endsAt === null ? null : words.ends(texts.time(schedule.endsAt)), schedule.lastAt === null ? words.noLast : words.last(texts.time(schedule.lastAt)), schedule.madeBy].filter((one) => one !== null).join(' · ')}</Text>
      </Group>
      {schedule.madeUpFor !== null && schedule.lastAt !== null && <Text size="sm">{words.madeUp(texts.time(schedule.madeUpFor), texts.time(schedule.lastAt))}</Text>}
      {schedule.reason !== null && <Alert color="orange"><Told text={schedule.reason} /></Alert>}
      <Group>
        {schedule.state === 'paused' && <Button size="xs" disabled={!operates} loading={change.isPending} onClick={() => change.mutate({ method: 'POST', rest: ['resume'] })}>{words.resume}</Button>}
        {schedule.state !== 'ended' && <Button size="xs" variant="default" disabled={!operates} loading={change.isPending} onClick={() => change.mutate({ method: 'DELETE', rest: [] })}>{words.stop}</Button>}
      </Group>
      <ProblemAlert error={change.error} />
    </>
  );
}

function Form({ project }: Readonly<{ project: string }>): ReactNode {
  const [when, setWhen] = useState<When>('nightly');
  const [time, setTime] = useState('02:00');
  const [own, setOwn] = useState('0 2 * * *');
  const [days, setDays] = useState<string | number>(7);
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [approveGates, setApproveGates] = useState(true);
  const [host, setHost] = useState('');
  const operates = usePermission('operate');
  const info = useQuery(projectQuery(project));
  const set = useChange(project);
  const save = (): void => set.mutate({ method: 'PUT', rest: [], body: { cron: cronOf(when, time, own), zone, endsAt: days === '' ? null : new Date(Date.now() + Number(days) * dayMs).toISOString(), approveGates, confirmDestination: host } });
  if (info.data?.destinationHost === null) return <Text size="sm">{words.notConnected}</Text>;
  return (
    <form onSubmit={(event) => { event.preventDefault(); save(); }}>
      <Stack gap="sm">
        <Group align="flex-start">
          <Select label={words.when} w={220} allowDeselect={false} value={when} onChange={(value) => setWhen(value as When)} data={whens.map((value) => ({ value, label: words.whens[value] }))} />
          {when === 'own' ? <TextInput label={words.cron} w={240} value={own} onChange={(event) => setOwn(event.currentTarget.value)} error={fieldError(set.error, 'cron')} /> : <TextInput label={words.time} type="time" w={130} required value={time} onChange={(event) => setTime(event.currentTarget.value)} error={fieldError(set.error, 'cron')} />}
          <TextInput label={words.zone} w={220} value={zone} onChange={(event) => setZone(event.currentTarget.value)} error={fieldError(set.error, 'zone')} />
          <NumberInput label={words.days} min={1} max={366} w={200} value={days} onChange={setDays} error={fieldError(set.error, 'endsAt')} />
        </Group>
        <Checkbox label={texts.run.clean} checked={approveGates} onChange={(event) => setApproveGates(event.currentTarget.checked)} />
        <TextInput label={texts.run.host(info.data?.destinationHost ?? '')} w={420} maw="100%" autoComplete="off" value={host} onChange={(event) => setHost(event.currentTarget.value)} error={fieldError(set.error, 'confirmDestination')} />
        <ProblemAlert error={unplaced(set.error)} />
        <Group><Button type="submit" disabled={!operates} loading={set.isPending}>{words.set}</Button></Group>
      </Stack>
    </form>
  );
}
