import { Alert, Button, Card, Checkbox, Code, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { SettingsView } from '../../../src/server/schemas/settings.ts';
import { call } from '../api.ts';
import { texts } from '../texts.ts';
import { fieldError, Notice, ProblemAlert, State, unplaced } from './show.tsx';

const { settings: words } = texts;
type Target = SettingsView['targets'][number];
const colours = { 'waiting': 'waiting', 'sent': 'done', 'given-up': 'failed' } as const;

/** Who is told what happens to runs, and whether it reached them. */
export function Targets({ targets }: Readonly<{ targets: readonly Target[] }>): ReactNode {
  const [kind, setKind] = useState<'webhook' | 'email'>('webhook');
  const [address, setAddress] = useState('');
  const [events, setEvents] = useState<string[]>(['gate-waiting', 'run-failed', 'quarantine']);
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: () => call<{ readonly key: string | null }>('POST', '/api/settings/targets', { kind, address, events }),
    onSuccess: () => { setAddress(''); return queries.invalidateQueries({ queryKey: ['settings'] }); },
  });
  return (
    <Card withBorder component="section" aria-label={words.tell}>
      <Stack gap="sm">
        <Title order={2} size="h4">{words.tell}</Title>
        <Notice>{words.tellAbout}</Notice>
        {targets.length === 0 && <Text size="sm">{words.none}</Text>}
        {targets.map((target) => <TargetRow key={target.id} target={target} />)}
        <form onSubmit={(event) => { event.preventDefault(); add.mutate(); }}>
          <Stack gap="sm">
            <Group align="flex-start">
              <Select label={words.kind} w={150} allowDeselect={false} value={kind} data={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))} onChange={(value) => setKind(value === 'email' ? 'email' : 'webhook')} />
              <TextInput label={words.address[kind]} w={420} maw="100%" value={address} onChange={(event) => setAddress(event.currentTarget.value)} error={fieldError(add.error, 'address')} />
            </Group>
            <Checkbox.Group label={words.about} value={events} onChange={setEvents} error={fieldError(add.error, 'events')}><Group mt={4}>{Object.entries(words.events).map(([value, label]) => <Checkbox key={value} value={value} label={label} />)}</Group></Checkbox.Group>
            <ProblemAlert error={unplaced(add.error)} />
            <Group><Button type="submit" loading={add.isPending}>{words.add}</Button></Group>
            {typeof add.data?.key === 'string' && <Alert color="green" role="status" title={words.key}><Code>{add.data.key}</Code><Text size="sm" mt="xs">{words.keyAbout}</Text></Alert>}
          </Stack>
        </form>
      </Stack>
    </Card>
  );
}

function TargetRow({ target }: Readonly<{ target: Target }>): ReactNode {
  const queries = useQueryClient();
  const settled = () => queries.invalidateQueries({ queryKey: ['settings'] });
  const test = useMutation({ mutationFn: () => call('POST', `/api/settings/targets/${target.id}/test`), onSettled: settled });
  const remove = useMutation({ mutationFn: () => call('DELETE', `/api/settings/targets/${target.id}`), onSettled: settled });
  return (
    <Card withBorder p="sm">
      <Group justify="space-between" align="flex-start">
        <div>
          <Text size="sm" fw={600} className="value">{words.kinds[target.kind]}: {target.address}</Text>
          <Text size="sm" c="dimmed">{target.events.map((event) => words.events[event] ?? event).join(', ')}</Text>
        </div>
        <Group gap="xs">
          <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate()} aria-label={`${words.test}: ${target.address}`}>{words.test}</Button>
          <Button size="xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate()} aria-label={`${words.remove}: ${target.address}`}>{words.remove}</Button>
        </Group>
      </Group>
      {test.isSuccess && <Text size="sm" role="status">{words.tested}</Text>}
      <ProblemAlert error={test.error ?? remove.error} />
      {target.latest.length > 0 && (
        <details>
          <summary><Text span size="sm">{words.latest}</Text></summary>
          <Stack gap={4} mt={4}>{target.latest.map((one) => (
            <Group key={`${one.madeAt} ${one.subject}`} gap="xs"><State state={colours[one.state]}>{words.state[one.state]}</State><Text size="sm">{texts.time(one.madeAt)} · {one.subject} · {words.tries(one.attempts)}{one.error === null ? '' : ` · ${one.error}`}</Text></Group>
          ))}</Stack>
        </details>
      )}
    </Card>
  );
}
