import { Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import type { RunFlow as Flow } from '../../../src/server/schemas/runs.ts';
import { get, projectPath } from '../api.ts';
import { texts } from '../texts.ts';
import { layOut } from './flow-layout.ts';
import { Loaded, Notice } from './show.tsx';

/** Where labels end and bands begin, in pixels of the drawing. */
const [width, leftEdge, rightEdge, bend, bar] = [720, 280, 540, 410, 8];
const longest = 36;

/** Where the records of a run went: a picture, and the same as a table. @param would nothing was written: where they would go */
export function RunFlow({ project, run, would }: Readonly<{ project: string; run: string; would: boolean }>): ReactNode {
  const query = useQuery({ queryKey: ['project', project, 'run', run, 'flow'], queryFn: () => get<Flow>(projectPath(project, 'runs', run, 'flow')) });
  return <Loaded query={query}>{(flow) => (flow.rows.length === 0 ? null : <Both flow={flow} would={would} />)}</Loaded>;
}

function Both({ flow, would }: Readonly<{ flow: Flow; would: boolean }>): ReactNode {
  const words = would ? { ...texts.flow, title: texts.preview.flow, outcomes: texts.preview.outcomes } : texts.flow;
  const picture = useMemo(() => layOut(flow), [flow]);
  const read = flow.rows.reduce((sum, { records }) => sum + records, 0);
  const clip = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);
  return (
    <section>
      <Title order={3} size="h5">{words.title}</Title>
      <Notice>{words.about}</Notice>
      <div className="scroll" tabIndex={0}>
        <svg className="flow" viewBox={`0 0 ${width} ${picture.height + 4}`} style={{ minWidth: 560, width: '100%', maxWidth: 900, marginTop: 8 }} role="img" aria-label={words.picture(read, picture.left.length)}>
          {picture.bands.map((band) => {
            const [top, bottom] = [`C ${bend},${band.y0} ${bend},${band.y1} ${rightEdge},${band.y1}`, `C ${bend},${band.y1 + band.height} ${bend},${band.y0 + band.height} ${leftEdge},${band.y0 + band.height}`];
            return (
              <path key={`${band.from} ${band.outcome}`} className={`flow-${band.outcome}`} d={`M ${leftEdge},${band.y0} ${top} L ${rightEdge},${band.y1 + band.height} ${bottom} Z`}>
                <title>{`${picture.left.find(({ key }) => key === band.from)?.label ?? ''}: ${texts.number(band.records)} ${words.outcomes[band.outcome]}`}</title>
              </path>
            );
          })}
          {picture.left.map((node) => (
            <g key={node.key}><rect x={leftEdge - bar} y={node.y} width={bar} height={node.height} /><text x={leftEdge - bar - 6} y={node.y + node.height / 2} textAnchor="end" dominantBaseline="central">{clip(node.label)} · {texts.number(node.records)}</text></g>
          ))}
          {picture.right.map((node) => (
            <g key={node.key}><rect x={rightEdge} y={node.y} width={bar} height={node.height} className={`flow-${node.key}`} /><text x={rightEdge + bar + 6} y={node.y + node.height / 2} dominantBaseline="central">{words.outcomes[node.key as keyof typeof words.outcomes]} · {texts.number(node.records)}</text></g>
          ))}
        </svg>
      </div>
      <details>
        <summary><Text span size="sm">{words.asTable}</Text></summary>
        <div className="scroll" tabIndex={0}><Table fz="sm" miw={700}>
          <Table.Thead><Table.Tr>{[words.from, words.into, words.outcome, words.reason, words.records].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {flow.rows.map((row) => <Table.Tr key={`${row.mapping} ${row.outcome} ${row.reason ?? ''}`}><Table.Td>{row.object} ({row.mapping})</Table.Td><Table.Td>{row.destinationObject}</Table.Td><Table.Td>{words.outcomes[row.outcome]}</Table.Td><Table.Td>{row.reason ?? ''}</Table.Td><Table.Td>{texts.number(row.records)}</Table.Td></Table.Tr>)}
            {flow.leftOut.map((row) => <Table.Tr key={`left-out ${row.object}`}><Table.Td>{row.object}</Table.Td><Table.Td /><Table.Td>{words.outcomes.leftOut}</Table.Td><Table.Td>{words.notMoved}</Table.Td><Table.Td>{texts.number(row.records)}</Table.Td></Table.Tr>)}
          </Table.Tbody>
        </Table></div>
      </details>
    </section>
  );
}
