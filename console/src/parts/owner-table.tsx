import { Anchor, Button, Card, Group, List, Select, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { AssignedOwners, Owners } from '../../../src/server/schemas/owners.ts';
import { call, get, projectPath } from '../api.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { useUnsaved } from '../unsaved.ts';
import { pathOf } from '../project-path.ts';
import { Notice, ProblemAlert } from './show.tsx';
import { Told } from './told.tsx';

/** What takes a user away. */
const nobody = '-';

/** Owners of records that were loaded: who has them, and giving them to somebody else. Nothing is shown before records were read in. */
export function OwnerTable({ project }: Readonly<{ project: string }>): ReactNode {
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map());
  const [operates, approves] = [usePermission('operate'), usePermission('approve')];
  const queries = useQueryClient();
  const { owners: words } = texts;
  const query = useQuery({ queryKey: ['project', project, 'owners'], queryFn: () => get<Owners>(projectPath(project, 'owners')), retry: false, refetchOnWindowFocus: false });
  const assign = useMutation({
    mutationFn: () => call<AssignedOwners>('POST', projectPath(project, 'owners'), { owners: [...typed].map(([owner, login]) => ({ owner, login })) }),
    onSuccess: ({ refused }) => setTyped((old) => new Map([...old].filter(([owner]) => refused.some((line) => line.owner === owner)))),
    onSettled: () => queries.invalidateQueries({ queryKey: ['project', project] }),
  });
  useUnsaved(typed.size > 0);
  const rows = query.data?.owners ?? [];
  if (rows.length === 0) return <ProblemAlert error={query.error} />;
  return (
    <Card withBorder component="section" aria-label={words.title} id="owners">
      <Title order={2} size="h5">{words.title}</Title>
      <Notice>{words.about}</Notice>
      <div className="scroll" tabIndex={0}><Table fz="sm" miw={700}>
        <Table.Thead><Table.Tr>{[words.owner, words.records, words.current, words.next].map((one) => <Table.Th key={one}>{one}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{rows.map((row) => (
          <Table.Tr key={row.owner}>
            <Table.Td dir="auto">{row.owner}{row.name !== '' && <Text size="xs" c="dimmed">{row.name}</Text>}</Table.Td>
            <Table.Td>{Object.entries(row.records).map(([object, count]) => `${object} ${texts.number(count)}`).join(', ')}</Table.Td>
            <Table.Td>{row.currentUser ?? words.nobody}</Table.Td>
            <Table.Td><Select size="xs" w={260} aria-label={words.newUser(row.owner)} searchable clearable limit={80} disabled={!operates || !approves} value={typed.get(row.owner) ?? null} placeholder={words.asItIs}
              data={[...(row.currentUser === null ? [] : [{ value: nobody, label: words.nobody }]), ...(query.data?.people ?? []).filter((person) => person.value !== row.currentUser).map((person) => ({ value: person.value, label: person.label }))]}
              onChange={(login) => setTyped((old) => new Map([...[...old].filter(([owner]) => owner !== row.owner), ...(login === null ? [] : [[row.owner, login] as const])]))} /></Table.Td>
          </Table.Tr>
        ))}</Table.Tbody>
      </Table></div>
      <Group mt="sm"><Button size="xs" disabled={!operates || !approves || typed.size === 0} loading={assign.isPending} onClick={() => assign.mutate()}>{words.assign(typed.size)}</Button>
        {assign.data !== undefined && <Text size="sm" role="status">{words.assigned(assign.data.assigned, assign.data.unchanged)}{assign.data.run !== null && <> <Anchor renderRoot={(props) => <Link to={pathOf(project, 'run')} {...props} />}>{texts.steps.run}</Anchor></>}</Text>}
      </Group>
      {(assign.data?.refused.length ?? 0) > 0 && <List size="sm" mt="xs">{assign.data?.refused.map((line) => <List.Item key={line.owner}>{line.message} <Told text={line.remedy} /></List.Item>)}</List>}
      <ProblemAlert error={assign.error} />
    </Card>
  );
}
