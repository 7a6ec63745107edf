import { Alert, Card, Group, Switch, Table, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Diffs, RecordDiffView } from '../../../src/server/schemas/runs.ts';
import { texts } from '../texts.ts';
import { Notice, State, Value } from './show.tsx';

const { diff: words } = texts;
const colours: Readonly<Record<string, string>> = { exact: 'passed', equalAfterNormalisation: 'passed', declaredLossy: 'warning', mismatch: 'failed', unreadable: 'failed' };

/** Fields of a record that are not as they were meant to be. */
const differingOf = (record: RecordDiffView): number => (record.gone ? record.fields.length : record.fields.filter((field) => field.class === 'mismatch' || field.class === 'unreadable').length);

/** References with what the destination calls their records, `42 (Lipa sp. z o.o.)`, as documents have them; all other values as they are. */
function named(value: unknown, names: RecordDiffView['fields'][number]['names']): unknown {
  if (names === undefined) return value;
  const one = (id: unknown): string | null => names[String(id)] ?? null;
  const ids = Array.isArray(value) ? value as readonly unknown[] : [value];
  if (ids.every((id) => one(id) === null)) return value;
  return ids.map((id) => { const name = one(id); return name === null ? String(id) : words.reference(String(id), name); }).join('; ');
}

/** The values of several source fields, one under the other in the order of their names; of a single one, as it is. */
function severally(from: readonly string[], source: unknown): unknown {
  if (from.length < 2 || !Array.isArray(source)) return source;
  const values = source as readonly unknown[];
  return values.every((value) => value === null || value === '') ? null : values.map((value) => (value === null || value === '' ? '–' : typeof value === 'string' ? value : JSON.stringify(value))).join('\n');
}

/** What a run wrote against what was meant: those that differ first. */
export function RecordDiffs({ records, written }: Readonly<{ records: Diffs['records']; written: number }>): ReactNode {
  const [only, setOnly] = useState(false);
  if (records.length === 0) return <Notice>{words.none}</Notice>;
  const differing = records.filter((record) => differingOf(record) > 0);
  const shown = only ? differing : records.toSorted((left, right) => Number(differingOf(right) > 0) - Number(differingOf(left) > 0));
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Text size="sm" role="status">{words.summary(records.length, written, differing.length)}</Text>
        <Switch label={words.onlyDiffering} checked={only} onChange={(event) => setOnly(event.currentTarget.checked)} />
      </Group>
      {shown.length === 0 && <Notice>{words.nothing}</Notice>}
      {shown.map((record, index) => (
        <details key={`${record.mapping} ${record.sourceId}`} className="record">
          <summary>{words.record(index + 1, `${record.sourceObject} ${record.sourceId}`, `${record.destinationObject} ${record.destinationId}`)} <Text span size="sm" c="dimmed">{words.fields(record.fields.length, differingOf(record))}</Text></summary>
          <RecordFields record={record} />
        </details>
      ))}
    </section>
  );
}

/** One written record beside its source record, field by field. */
function RecordFields({ record }: Readonly<{ record: RecordDiffView }>): ReactNode {
  return (
    <div className="scroll" tabIndex={0}>
      {record.gone && <Alert color="red" my="xs">{words.gone}</Alert>}
      <Table fz="sm" miw={560} layout="fixed">
        <Table.Thead><Table.Tr>{[words.field, words.source, words.planned, words.found, words.compared].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{record.fields.map((field) => (
          <Table.Tr key={field.field}>
            <Table.Td><Text size="sm" fw={600}>{field.field}</Text><Text size="xs" c="dimmed">{field.from.length === 0 ? words.notFromSource : field.from.join(', ')}</Text></Table.Td>
            <Table.Td><Value value={severally(field.from, field.source)} /></Table.Td><Table.Td><Value value={named(field.planned, field.names)} /></Table.Td><Table.Td><Value value={named(field.readBack, field.names)} /></Table.Td>
            <Table.Td><State state={colours[field.class] ?? 'later'}>{words.classes[field.class] ?? field.class}</State></Table.Td>
          </Table.Tr>
        ))}</Table.Tbody>
      </Table>
    </div>
  );
}

/** A record of a sheet with its number and place, and what people say of it below. */
export function RecordCard({ number, record, children }: Readonly<{ number: number; record: RecordDiffView; children: ReactNode }>): ReactNode {
  const title = words.record(number, `${record.sourceObject} ${record.sourceId}`, `${record.destinationObject} ${record.destinationId}`);
  return (
    <Card withBorder component="section" aria-label={title}>
      <Title order={3} size="h5"><span className="value">{title}</span></Title>
      <Text size="sm" c="dimmed">{[record.mapping, record.position].filter((one) => one !== '').join(' · ')}</Text>
      <RecordFields record={record} />
      {children}
    </Card>
  );
}
