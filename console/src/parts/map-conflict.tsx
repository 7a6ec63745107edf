import { Alert, Button, Group, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PlanLine } from '../../../src/server/schemas/plan.ts';
import type { KeptChange, LineChange } from '../map-edits.ts';
import { texts } from '../texts.ts';

/** Changes that are listed. */
const most = 100;

/** Somebody saved while lines were changed here: which lines, what they were, are, and would be. */
export function MapConflict({ kept, onApply, onDrop }: Readonly<{ kept: readonly KeptChange[]; onApply: () => void; onDrop: () => void }>): ReactNode {
  const { map: words } = texts;
  return (
    <Alert color="orange" role="alert" title={words.conflict(kept.length)}>
      <div className="scroll clashes" tabIndex={0}><Table fz="sm" miw={560} verticalSpacing={4}>
        <Table.Thead><Table.Tr>{[words.conflictLine, words.conflictSeen, words.conflictNow, words.conflictMine].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{kept.slice(0, most).map(({ seen, now, change }) => (
          <Table.Tr key={seen.key}>
            <Table.Td><span className="value" dir="auto">{nameOf(seen)}</span></Table.Td>
            <Table.Td>{words.status[seen.status]}</Table.Td>
            <Table.Td fw={now === null || now.status !== seen.status ? 700 : 400}>{now === null ? words.goneLine : words.status[now.status]}</Table.Td>
            <Table.Td>{inWords(change).join(', ')}</Table.Td>
          </Table.Tr>
        ))}</Table.Tbody>
      </Table></div>
      {kept.length > most && <Text size="sm">{words.moreKept(kept.length - most)}</Text>}
      <Group mt="xs"><Button size="xs" onClick={onApply}>{words.applyAgain}</Button><Button size="xs" variant="default" onClick={onDrop}>{words.discard}</Button></Group>
    </Alert>
  );
}

const nameOf = (line: PlanLine): string => [[line.source, line.from].filter(Boolean).join(' '), line.kind === 'leftOut' ? texts.map.nothing : [line.destination, line.to].filter(Boolean).join(' ')].map((side) => side.slice(0, 200)).join(' → ');

/** What a change does, each part by itself. */
function inWords(change: LineChange): readonly string[] {
  const { map: words } = texts;
  return [
    ...(change.status === undefined ? [] : [words.status[change.status]]), ...(change.to === undefined ? [] : [words.mine.to(change.to)]),
    ...(change.transforms === undefined ? [] : [words.mine.transforms]), ...(change.loss === undefined ? [] : [words.mine.loss]), ...(change.reason === undefined ? [] : [words.mine.reason]),
  ];
}
