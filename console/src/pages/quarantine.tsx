import { Anchor, Button, Group, Modal, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Quarantine } from '../../../src/server/schemas/runs.ts';
import { call, get, projectPath } from '../api.ts';
import { Notice, ProblemAlert, Loaded } from '../parts/show.tsx';
import { pathOf } from '../parts/shell.tsx';
import { useProject } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';

type Entry = Quarantine['entries'][number];

export function QuarantinePage(): ReactNode {
  const project = useProject();
  const [code, setCode] = useState<string | null>(null);
  const [correcting, setCorrecting] = useState<Entry | null>(null);
  const operates = usePermission('operate');
  const queries = useQueryClient();
  const { quarantine: words } = texts;
  const query = useInfiniteQuery({
    queryKey: ['project', project, 'quarantine', code], initialPageParam: null as string | null, getNextPageParam: (page: Quarantine) => page.next,
    queryFn: ({ pageParam }) => get<Quarantine>(`${projectPath(project, 'quarantine')}?${new URLSearchParams({ ...(code === null ? {} : { code }), ...(pageParam === null ? {} : { after: pageParam }) }).toString()}`),
  });
  const retry = useMutation({
    mutationFn: (corrections: readonly Readonly<{ id: string; fields: Readonly<Record<string, string>> }>[]) => call('POST', projectPath(project, 'quarantine', 'retry'), { corrections }),
    onSuccess: () => setCorrecting(null),
    onSettled: () => queries.invalidateQueries({ queryKey: ['project', project] }),
  });
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  const loadable = entries.filter((entry) => entry.data !== null);
  const counts = query.data?.pages[0]?.counts ?? [];
  return (
    <Stack>
      <Title order={1} size="h2">{words.title}</Title>
      <Notice>{words.about}</Notice>
      <Group align="flex-end">
        <Select label={words.code} w={360} clearable placeholder={words.all} value={code} onChange={setCode} data={[...new Set(counts.map((row) => row.code))].map((one) => ({ value: one, label: `${one} (${texts.number(counts.filter((row) => row.code === one).reduce((sum, row) => sum + row.count, 0))})` }))} />
        <Button variant="default" component="a" href={projectPath(project, 'quarantine.csv')} download>{words.download}</Button>
        <Button disabled={!operates || loadable.length === 0} loading={retry.isPending && correcting === null} onClick={() => retry.mutate(loadable.map(({ id }) => ({ id, fields: {} })))}>{words.retryAll(loadable.length)}</Button>
      </Group>
      {correcting === null && <ProblemAlert error={retry.error} />}
      {retry.isSuccess && <Text role="status">{words.started} <Anchor renderRoot={(props) => <Link to={pathOf(project, 'run')} {...props} />}>{texts.steps.run}</Anchor></Text>}
      <Loaded query={query}>{() => (entries.length === 0 ? <Notice>{words.none}</Notice> : (
        <div className="scroll" tabIndex={0}><Table fz="sm" miw={820}>
          <Table.Thead><Table.Tr><Table.Th>{words.record}</Table.Th><Table.Th>{words.code}</Table.Th><Table.Th>{words.message}</Table.Th><Table.Th>{words.remedy}</Table.Th><Table.Th aria-label={words.correct} /></Table.Tr></Table.Thead>
          <Table.Tbody>{entries.map((entry) => (
            <Table.Tr key={entry.id}>
              <Table.Td><span dir="auto">{entry.sourceObject} {entry.sourceId}</span><Text size="xs" c="dimmed">{entry.position}</Text></Table.Td><Table.Td>{entry.code}</Table.Td>
              <Table.Td><span className="value" dir="auto">{entry.message}</span></Table.Td><Table.Td>{entry.remedy}</Table.Td>
              <Table.Td>{entry.data === null ? words.unreadable : <Button size="compact-xs" variant="default" disabled={!operates} onClick={() => { retry.reset(); setCorrecting(entry); }}>{words.correct}</Button>}</Table.Td>
            </Table.Tr>
          ))}</Table.Tbody>
        </Table></div>
      ))}</Loaded>
      {query.hasNextPage && <Group><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{words.more}</Button></Group>}
      {correcting !== null && <Correct key={correcting.id} entry={correcting} error={retry.error} busy={retry.isPending} onClose={() => setCorrecting(null)} onSave={(fields) => retry.mutate([{ id: correcting.id, fields }])} />}
    </Stack>
  );
}

/** The texts of one held-back record; what is not touched stays as the source has it. */
function Correct({ entry, error, busy, onClose, onSave }: Readonly<{ entry: Entry; error: unknown; busy: boolean; onClose: () => void; onSave: (fields: Readonly<Record<string, string>>) => void }>): ReactNode {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const fields = Object.entries(entry.data ?? {}).filter((one): one is [string, string | null] => one[1] === null || typeof one[1] === 'string').toSorted(([left], [right]) => Number(right === entry.field) - Number(left === entry.field));
  return (
    <Modal opened onClose={onClose} size="lg" title={texts.quarantine.correctTitle(`${entry.sourceObject} ${entry.sourceId}`)} closeButtonProps={{ 'aria-label': texts.cancel }}>
      <form onSubmit={(event) => { event.preventDefault(); onSave(typed); }}>
        <Stack gap="xs">
          <Text size="sm">{entry.message} {entry.remedy}</Text>
          <ProblemAlert error={error} />
          {fields.map(([name, value]) => <TextInput key={name} label={name} dir="auto" value={typed[name] ?? value ?? ''} onChange={(event) => { const given = event.currentTarget.value; setTyped((old) => ({ ...old, [name]: given })); }} />)}
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{texts.cancel}</Button><Button type="submit" loading={busy}>{texts.quarantine.retry}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
