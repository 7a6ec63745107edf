import { Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RunDetails } from '../../../src/server/schemas/runs.ts';
import { texts } from '../texts.ts';
import { Value } from './show.tsx';

/** Rows of records that are gone at the source, shown at once; the report of the run has them all. */
const most = 200;

/** What a delta saw at the source, and what it did with the records that are gone there; in a dry run what it would do. */
export function DeltaFigures({ report }: Readonly<{ report: RunDetails['report'] }>): ReactNode {
  const { deltas: words } = texts;
  const rows = (report.delta ?? []).filter((row) => row.new + row.changed + row.returned + row.deleted + row.conflicts > 0);
  const retired = report.retired ?? [];
  if (report.delta === undefined) return null;
  return (
    <section>
      <Title order={3} size="h5">{words.title}</Title>
      {rows.length === 0 ? <Text size="sm">{words.nothing}</Text> : (
        <div className="scroll" tabIndex={0}><Table fz="sm" miw={640}>
          <Table.Thead><Table.Tr>{[texts.run.object, texts.run.into, words.new, words.changed, words.returned, words.deleted, words.conflicts, words.unchanged].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>{rows.map((row) => (
            <Table.Tr key={row.mapping}><Table.Td>{row.mapping}</Table.Td><Table.Td>{row.destinationObject}</Table.Td>{[row.new, row.changed, row.returned, row.deleted, row.conflicts, row.unchanged].map((value, index) => <Table.Td key={index}>{texts.number(value)}</Table.Td>)}</Table.Tr>
          ))}</Table.Tbody>
        </Table></div>
      )}
      {retired.length > 0 && (
        <details>
          <summary><Text span size="sm">{words.gone(retired.length, most)}</Text></summary>
          <div className="scroll" tabIndex={0}><Table fz="sm" miw={640}>
            <Table.Thead><Table.Tr>{[texts.run.object, words.record, words.place, words.action, words.why].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>{retired.slice(0, most).map((row) => (
              <Table.Tr key={`${row.mapping} ${row.sourceId}`}><Table.Td>{row.mapping}</Table.Td><Table.Td><Value value={row.sourceId} /></Table.Td><Table.Td>{row.destinationObject} {row.destinationId}</Table.Td><Table.Td>{words.actions[row.action]}</Table.Td><Table.Td>{row.reason ?? ''}</Table.Td></Table.Tr>
            ))}</Table.Tbody>
          </Table></div>
        </details>
      )}
    </section>
  );
}
