import { Alert, Select, Stack, Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Verification } from '../../../src/server/schemas/runs.ts';
import { get, projectPath } from '../api.ts';
import { Counts } from '../parts/run-view.tsx';
import { Loaded, Notice, Value } from '../parts/show.tsx';
import { runQuery, runsQuery, useProject } from '../project.ts';
import { texts } from '../texts.ts';

export function VerificationPage(): ReactNode {
  const project = useProject();
  const [chosen, setChosen] = useState<string | null>(null);
  const { verification: words } = texts;
  return (
    <Stack>
      <Title order={1} size="h2">{words.title}</Title>
      <Notice>{words.about}</Notice>
      <Loaded query={useQuery(runsQuery(project))}>{({ runs }) => {
        const loading = runs.filter((run) => run.mode !== 'rollback' && run.mode !== 'preview');
        const run = chosen ?? loading[0]?.id ?? null;
        return run === null ? <Notice>{words.none}</Notice> : (
          <>
            <Select label={words.run} w={360} allowDeselect={false} value={run} onChange={setChosen} data={loading.map((one) => ({ value: one.id, label: `${texts.run.modes[one.mode]}, ${texts.time(one.startedAt)}` }))} />
            <OfRun project={project} run={run} />
          </>
        );
      }}</Loaded>
    </Stack>
  );
}

function OfRun({ project, run }: Readonly<{ project: string; run: string }>): ReactNode {
  const { verification: words } = texts;
  const query = useQuery({ queryKey: ['project', project, 'run', run, 'verification'], queryFn: () => get<Verification>(projectPath(project, 'runs', run, 'verification')) });
  return (
    <>
      <section>
        <Title order={2} size="h4">{words.reconciliation}</Title>
        <Loaded query={useQuery(runQuery(project, run))}>{({ report }) => {
          const balanced = report.phases.every((phase) => phase.balanced);
          return <><Alert color={balanced ? 'green' : 'red'} my="xs">{balanced ? words.balanced : words.unbalanced}</Alert><Counts report={report} /></>;
        }}</Loaded>
      </section>
      <Loaded query={query}>{(data) => (data.mappings.length === 0 ? <Notice>{words.none}</Notice> : (
        <>
          <section>
            <Title order={2} size="h4">{words.fields}</Title>
            <div className="scroll" tabIndex={0}><Table fz="sm" miw={760}>
              <Table.Thead><Table.Tr>{[words.mapping, words.records, words.fields, words.exact, words.equal, words.lossy, words.mismatch, words.unreadable].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
              <Table.Tbody>{data.mappings.map((row) => (
                <Table.Tr key={`${row.phase} ${row.mapping}`}><Table.Td>{row.mapping} ({row.phase})</Table.Td>{[row.records, row.fields, row.exact, row.equalAfterNormalisation, row.declaredLossy, row.mismatch, row.unreadable].map((value, index) => <Table.Td key={index}>{texts.number(value)}</Table.Td>)}</Table.Tr>
              ))}</Table.Tbody>
            </Table></div>
          </section>
          <section>
            <Title order={2} size="h4">{words.findings}</Title>
            {data.findings.length === 0 ? <Notice>{words.noFindings}</Notice> : (
              <div className="scroll" tabIndex={0}><Table fz="sm" miw={760}>
                <Table.Thead><Table.Tr>{[words.kind, words.mapping, words.record, words.field, words.written, words.found].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
                <Table.Tbody>{data.findings.map((row) => (
                  <Table.Tr key={`${row.phase} ${row.mapping} ${row.sourceId} ${row.field}`}><Table.Td>{words.classes[row.class]}</Table.Td><Table.Td>{row.mapping}</Table.Td><Table.Td>{row.sourceId}</Table.Td><Table.Td>{row.field}</Table.Td><Table.Td><Value value={row.written} /></Table.Td><Table.Td><Value value={row.found} /></Table.Td></Table.Tr>
                ))}</Table.Tbody>
              </Table></div>
            )}
          </section>
        </>
      ))}</Loaded>
    </>
  );
}
