import { Alert, Select, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Verification } from '../../../src/server/schemas/runs.ts';
import { get, projectPath } from '../api.ts';
import { useLive } from '../live.ts';
import { Counts } from '../parts/run-view.tsx';
import { Loaded, Notice, Value } from '../parts/show.tsx';
import { runQuery, runsQuery, useProject } from '../project.ts';
import { texts } from '../texts.ts';

export function VerificationPage(): ReactNode {
  const project = useProject();
  const [chosen, setChosen] = useState<string | null>(null);
  const { verification: words } = texts;
  useLive(project); // a run that ends shows here by itself
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

/** The phase in which everything is read once more, and how many findings the server gives. */
const last = 'verification';
const mostFindings = 500;
const classes = ['exact', 'equalAfterNormalisation', 'declaredLossy', 'mismatch', 'unreadable'] as const;

/** The fields of one object, each with what became of its values. */
function FieldsOf({ mapping, rows }: Readonly<{ mapping: string; rows: Verification['fields'] }>): ReactNode {
  const { verification: words } = texts;
  const fields = [...Map.groupBy(rows, (row) => row.field)].map(([field, own]) => ({ field, counts: classes.map((kind) => own.filter((row) => row.class === kind).reduce((sum, row) => sum + row.count, 0)) }));
  const differing = fields.reduce((sum, { counts }) => sum + (counts[3] ?? 0) + (counts[4] ?? 0), 0);
  return (
    <details className="record">
      <summary><Text span size="sm">{words.ofFields(mapping, fields.length, differing)}</Text></summary>
      <div className="scroll" tabIndex={0}><Table fz="sm" miw={560}>
        <Table.Thead><Table.Tr>{[words.field, words.exact, words.equal, words.lossy, words.mismatch, words.unreadable].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{fields.map(({ field, counts }) => <Table.Tr key={field}><Table.Td>{field}</Table.Td>{counts.map((value, index) => <Table.Td key={classes[index]}>{texts.number(value)}</Table.Td>)}</Table.Tr>)}</Table.Tbody>
      </Table></div>
    </details>
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
          if (report.phases.length === 0) return null; // nothing adds up yet
          const balanced = report.phases.every((phase) => phase.balanced);
          return <><Alert color={balanced ? 'green' : 'red'} my="xs">{balanced ? words.balanced : words.unbalanced}</Alert><Counts report={report} /></>;
        }}</Loaded>
      </section>
      <Loaded query={query}>{(data) => {
        const read = data.mappings.filter((row) => row.records > 0);
        return read.length === 0 ? <Notice>{words.none}</Notice> : (
        <>
          <section>
            <Title order={2} size="h4">{words.fields}</Title>
            <div className="scroll" tabIndex={0}><Table fz="sm" miw={760}>
              <Table.Thead><Table.Tr>{[words.mapping, words.when, words.records, words.fields, words.exact, words.equal, words.lossy, words.mismatch, words.unreadable].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
              <Table.Tbody>{read.map((row) => (
                <Table.Tr key={`${row.phase} ${row.mapping}`}><Table.Td>{row.mapping}</Table.Td><Table.Td>{row.phase === last ? words.atEnd : words.atOnce}</Table.Td>{[row.records, row.fields, row.exact, row.equalAfterNormalisation, row.declaredLossy, row.mismatch, row.unreadable].map((value, index) => <Table.Td key={index}>{texts.number(value)}</Table.Td>)}</Table.Tr>
              ))}</Table.Tbody>
            </Table></div>
          </section>
          <section>
            <Title order={2} size="h4">{words.perField}</Title>
            {[...Map.groupBy(data.fields.filter((row) => row.phase === (data.fields.some((one) => one.phase === last && one.mapping === row.mapping) ? last : row.phase)), (row) => row.mapping)].map(([mapping, rows]) => <FieldsOf key={mapping} mapping={mapping} rows={rows} />)}
          </section>
          <section>
            <Title order={2} size="h4">{words.findings}</Title>
            {data.findings.length >= mostFindings && <Notice>{words.most}</Notice>}
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
        );
      }}</Loaded>
    </>
  );
}
