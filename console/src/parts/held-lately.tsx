import { Anchor, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Quarantine } from '../../../src/server/schemas/runs.ts';
import { get, projectPath } from '../api.ts';
import { pathOf } from '../project-path.ts';
import { texts } from '../texts.ts';
import { Told } from './told.tsx';

/** How many are shown; the page of what is held back has all of them. */
const shown = 8;

/** What a run held back, as it comes: the newest first. */
export function HeldLately({ project, run }: Readonly<{ project: string; run: string }>): ReactNode {
  const { data } = useQuery({ queryKey: ['project', project, 'quarantine', 'run', run], queryFn: () => get<Quarantine>(`${projectPath(project, 'quarantine')}?run=${run}&latest=${shown}`) });
  if (data === undefined || data.entries.length === 0) return null;
  const { heldLately: words } = texts;
  return (
    <section>
      <Title order={3} size="h5">{words.title}</Title>
      <div className="scroll" tabIndex={0}><Table fz="sm" miw={600} aria-label={words.title}>
        <Table.Thead><Table.Tr>{[words.record, words.mapping, words.reason, words.message].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{data.entries.map((entry) => (
          <Table.Tr key={entry.id}><Table.Td><span dir="auto">{entry.sourceObject} {entry.sourceId}</span></Table.Td><Table.Td>{entry.stage === 'extract' ? texts.run.ownPhases['extract'] : entry.mapping}</Table.Td><Table.Td>{texts.quarantine.codeOf(entry.code)}</Table.Td><Table.Td><Text size="sm" lineClamp={2} dir="auto"><Told text={entry.message} /></Text></Table.Td></Table.Tr>
        ))}</Table.Tbody>
      </Table></div>
      <Anchor size="sm" renderRoot={(props) => <Link to={pathOf(project, 'quarantine')} {...props} />}>{words.all(data.counts.reduce((sum, { count }) => sum + count, 0))}</Anchor>
    </section>
  );
}
