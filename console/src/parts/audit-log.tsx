import { Button, Group, Table, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Audit } from '../../../src/server/schemas/access.ts';
import { get } from '../api.ts';
import { texts } from '../texts.ts';
import { Loaded } from './show.tsx';

const { people: words } = texts;
/** So many entries come at a time. */
const page = 100;

/** Who did what, newest first. */
export function AuditLog(): ReactNode {
  const query = useInfiniteQuery({
    queryKey: ['audit'], initialPageParam: '', queryFn: ({ pageParam }) => get<Audit>(`/api/audit${pageParam === '' ? '' : `?before=${pageParam}`}`),
    getNextPageParam: ({ rows }) => (rows.length < page ? undefined : rows.at(-1)?.id),
  });
  return (
    <section>
      <Title order={2} size="h4">{words.audit}</Title>
      <Loaded query={query}>{({ pages }) => (
        <div className="scroll" tabIndex={0}><Table fz="sm" miw={760}>
          <Table.Thead><Table.Tr>{[words.at, words.who, words.what, words.project, words.details].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>{pages.flatMap(({ rows }) => rows).map((row) => (
            <Table.Tr key={row.id}><Table.Td>{texts.time(row.at)}</Table.Td><Table.Td>{row.actor}</Table.Td><Table.Td>{words.actions[row.action] ?? row.action}</Table.Td><Table.Td>{row.project ?? ''}</Table.Td><Table.Td><span className="value">{inWords(row.details)}</span></Table.Td></Table.Tr>
          ))}</Table.Tbody>
        </Table></div>
      )}</Loaded>
      {query.hasNextPage && <Group mt="xs"><Button size="xs" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{words.older}</Button></Group>}
    </section>
  );
}

/** Details as `name: value`, one after the other. */
function inWords(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details).filter(([, value]) => value !== null && value !== '' && JSON.stringify(value) !== '{}').map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(', ');
}
