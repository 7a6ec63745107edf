import { Alert, Button, Group, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Decision } from '../../../src/server/schemas/plan.ts';
import { wordsOf, type Chosen } from '../answers.ts';
import { texts } from '../texts.ts';
import { Value } from './show.tsx';

interface AnswersOverrunProps {
  readonly overrun: readonly Readonly<{ decision: Decision; name: string; chosen: Chosen }>[];
  readonly busy: boolean;
  readonly onTake: () => void;
  readonly onPut: () => void;
}

/** Somebody answered while the person chose: the answers side by side, and which is to stand. */
export function AnswersOverrun({ overrun, busy, onTake, onPut }: AnswersOverrunProps): ReactNode {
  const { conflict: words } = texts;
  if (overrun.length === 0) return null;
  return (
    <Alert mt="sm" color="orange" role="alert" title={words.answers(overrun.length)}>
      <div className="scroll clashes" tabIndex={0}><Table fz="sm" verticalSpacing={4}>
        <Table.Thead><Table.Tr>{[words.value, words.seen, words.now, words.yours].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{overrun.map(({ decision, name, chosen }) => (
          <Table.Tr key={decision.id}>
            <Table.Td><Value value={name} /></Table.Td>
            {[chosen.seen, decision.answer, chosen.answer].map((answer, at) => <Table.Td key={at}><Value value={wordsOf(decision, answer, words.openAnswer)} /></Table.Td>)}
          </Table.Tr>
        ))}</Table.Tbody>
      </Table></div>
      <Group mt="xs"><Button size="xs" disabled={busy} onClick={onTake}>{words.takeTheirs}</Button><Button size="xs" variant="default" disabled={busy} onClick={onPut}>{words.putMineOver}</Button></Group>
    </Alert>
  );
}
