import { Alert, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { LineTrial } from '../../../src/server/schemas/lines.ts';
import { texts } from '../texts.ts';
import { State, Value } from './show.tsx';
import { Told } from './told.tsx';

const states = { written: 'done', empty: 'none', notWritten: 'none', quarantine: 'failed' } as const;

/** What a line makes of real records: value, result, reason; those that would be held back first. */
export function LineTrialTable({ trial, stale }: Readonly<{ trial: LineTrial; stale: boolean }>): ReactNode {
  const { preview } = trial;
  const { line: words } = texts;
  const elsewhere = trial.problems.filter((problem) => problem.part !== 'transforms' || problem.step === null);
  return (
    <>
      {elsewhere.length > 0 && <Alert color="red" variant="light" role="alert" title={words.problems(elsewhere.length)}>{elsewhere.map((problem) => <Text key={problem.message} size="sm">{problem.message} <Told text={problem.remedy} /></Text>)}</Alert>}
      {preview !== null && (
        <div className="trial" aria-busy={stale} style={{ opacity: stale ? 0.6 : 1 }}>
          <Text size="sm" role="status"><b>{words.tried(preview.looked)}</b> {words.outcomes(preview.counts)}{preview.origin === 'source' && ` ${words.unread}`}</Text>
          {preview.samples.length > 0 && (
            <div className="scroll" tabIndex={0}><Table fz="sm" miw={540}>
              <Table.Thead><Table.Tr>{[words.record, words.before, words.result, words.why].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
              <Table.Tbody>{preview.samples.map((sample) => (
                <Table.Tr key={sample.sourceId}>
                  <Table.Td><span dir="auto">{sample.sourceId}</span><Text size="xs" c="dimmed">{sample.position}</Text></Table.Td>
                  <Table.Td maw={260}><Value value={sample.before} /></Table.Td>
                  <Table.Td maw={260}>{sample.outcome === 'written' ? <Value value={sample.after} /> : <State state={states[sample.outcome]}>{words.outcome[sample.outcome]}</State>}</Table.Td>
                  <Table.Td>{sample.code !== null && <Text size="sm" fw={600}>{sample.code}</Text>}<Value value={sample.message} />{sample.remedy !== null && <Text size="sm"><Told text={sample.remedy} /></Text>}{sample.loss !== null && <Text size="sm" fw={600} component="div">{texts.map.loss}: <Value value={sample.loss} /></Text>}</Table.Td>
                </Table.Tr>
              ))}</Table.Tbody>
            </Table></div>
          )}
        </div>
      )}
    </>
  );
}
