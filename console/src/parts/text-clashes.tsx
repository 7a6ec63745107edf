import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Clash } from '../line-diff.ts';
import { texts } from '../texts.ts';

/** Differences that are listed, and lines of one that are shown. */
const most = 40;
const mostLines = 12;

/** Lines of the newest version and of mine where they differ, and who changed them. */
export function TextClashes({ found }: Readonly<{ found: readonly Clash[] }>): ReactNode {
  const { conflict: words } = texts;
  if (found.length === 0) return <Text size="sm">{words.same}</Text>;
  return (
    <>
      <div className="scroll clashes" tabIndex={0}><Table fz="sm" miw={620} verticalSpacing={4}>
        <Table.Thead><Table.Tr>{[words.who, words.line, words.newest, words.line, words.mine].map((title, at) => <Table.Th key={`${title} ${at}`}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{found.slice(0, most).map(({ by, left, right }) => (
          <Table.Tr key={`${left.at} ${right.at}`}>
            <Table.Td fw={600}>{words.by[by]}</Table.Td>
            <Table.Td>{left.lines.length === 0 ? '' : left.at}</Table.Td><Table.Td><Lines lines={left.lines} /></Table.Td>
            <Table.Td>{right.lines.length === 0 ? '' : right.at}</Table.Td><Table.Td><Lines lines={right.lines} /></Table.Td>
          </Table.Tr>
        ))}</Table.Tbody>
      </Table></div>
      {found.length > most && <Text size="sm">{words.more(found.length - most)}</Text>}
    </>
  );
}

function Lines({ lines }: Readonly<{ lines: readonly string[] }>): ReactNode {
  if (lines.length === 0) return <Text span size="sm" c="dimmed">–</Text>;
  return <code className="value" dir="auto">{lines.slice(0, mostLines).map((line) => line.slice(0, 400)).join('\n')}{lines.length > mostLines ? '\n…' : ''}</code>;
}
