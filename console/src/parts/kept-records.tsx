import { Table, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RunDetails } from '../../../src/server/schemas/runs.ts';
import { texts } from '../texts.ts';
import { Notice, Value } from './show.tsx';

type Residue = NonNullable<RunDetails['report']['rollback']>['residue'];
/** Rows shown at once; the report of the run has them all. */
const most = 500;

/** Records that a rollback leaves where they are: why, what was changed in them, and when last. */
export function KeptRecords({ residue }: Readonly<{ residue: Residue }>): ReactNode {
  const { rollback: words } = texts;
  if (residue.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4">{words.residue}</Title>
      {residue.length > most && <Notice>{words.most(most, residue.length)}</Notice>}
      <div className="scroll" tabIndex={0}><Table fz="sm" miw={760}>
        <Table.Thead><Table.Tr>{[words.mapping, words.record, words.place, words.reason, words.fields, words.version, words.dependants].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{residue.slice(0, most).map(({ mapping, sourceId, reason, details }) => (
          <Table.Tr key={`${mapping} ${sourceId}`}>
            <Table.Td>{mapping}</Table.Td><Table.Td><Value value={sourceId} /></Table.Td><Table.Td><Value value={[details['object'], details['id']].filter((part) => part !== undefined).join(' ')} /></Table.Td><Table.Td>{words.reasons[reason] ?? reason}</Table.Td>
            <Table.Td><Value value={listed(details['fields'])} /></Table.Td><Table.Td><Value value={details['version']} /></Table.Td><Table.Td><Value value={listed(details['dependants']) ?? details['message']} /></Table.Td>
          </Table.Tr>
        ))}</Table.Tbody>
      </Table></div>
    </section>
  );
}

const listed = (value: unknown): string | null => (Array.isArray(value) && value.length > 0 ? value.map(String).join(', ') : null);
