import { Accordion, Alert, Button, Group, List, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PlanState } from '../../../src/server/schemas/plan.ts';
import type { Discovery } from '../../../src/server/schemas/projects.ts';
import { call, projectPath } from '../api.ts';
import { useLive } from '../live.ts';
import { Distribution } from '../parts/distribution.tsx';
import { Gotchas } from '../parts/gotchas.tsx';
import { Loaded, Notice, ProblemAlert } from '../parts/show.tsx';
import { pathOf } from '../project-path.ts';
import { discoveryQuery, useProject } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { Told } from '../parts/told.tsx';

type Side = Discovery['sides'][number];

export function DiscoveryPage(): ReactNode {
  const project = useProject();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const query = useQuery(discoveryQuery(project));
  const live = useLive(project);
  const [operates, edits] = [usePermission('operate'), usePermission('edit')];
  const discover = useMutation({
    mutationFn: () => call<Discovery>('POST', projectPath(project, 'discovery'), { roles: ['source', 'destination'] }),
    onSuccess: (found) => queries.setQueryData(discoveryQuery(project).queryKey, found),
  });
  const propose = useMutation({
    mutationFn: () => call<PlanState>('POST', projectPath(project, 'plan')),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['project', project] });
      await navigate({ to: pathOf(project, 'map') });
    },
  });
  const found = query.data?.sides ?? [];
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2">{texts.discovery.title}</Title>
        <Group>
          <Button variant={found.length < 2 ? 'filled' : 'default'} disabled={!operates} loading={discover.isPending} onClick={() => discover.mutate()}>{found.length === 0 ? texts.discovery.start : texts.discovery.again}</Button>
          <Button disabled={!edits || found.length < 2 || discover.isPending} loading={propose.isPending} onClick={() => propose.mutate()}>{texts.discovery.propose}</Button>
        </Group>
      </Group>
      {discover.isPending && <Text role="status" size="sm">{live.discovery === null ? texts.discovery.running : texts.discovery.progress(live.discovery.role, live.discovery.subject, live.discovery.done)}</Text>}
      <ProblemAlert error={discover.error ?? propose.error} />
      <Loaded query={query}>{({ sides }) => (sides.length === 0 ? <Notice>{texts.discovery.none}</Notice> : <>{sides.map((side) => <SideSummary key={side.role} side={side} />)}<Gotchas project={project} /></>)}</Loaded>
    </Stack>
  );
}

function SideSummary({ side }: Readonly<{ side: Side }>): ReactNode {
  const warnings = side.notes.filter((note) => note.level === 'warning');
  const others = side.notes.filter((note) => note.level !== 'warning');
  return (
    <section>
      <Title order={2} size="h4">{texts.connect[side.role]}: {side.label} {side.version ?? ''} {side.edition ?? ''}</Title>
      <Text size="sm" c="dimmed">{texts.time(side.discoveredAt)}{side.limits.length === 0 ? '' : ` · ${texts.discovery.limits}: ${side.limits.map((limit) => `${limit.name} ${limit.value}`).join(', ')}`}</Text>
      {side.questions.length > 0 && <Alert color="orange" mt="xs" title={texts.discovery.questions}><List size="sm">{side.questions.map((question) => <List.Item key={question.id}><Told text={question.question} /></List.Item>)}</List></Alert>}
      {warnings.length > 0 && <Alert color="orange" mt="xs" title={texts.discovery.notes}><List size="sm">{warnings.map((note) => <List.Item key={`${note.subject} ${note.message}`}>{note.subject}: <Told text={note.message} /></List.Item>)}</List></Alert>}
      {others.length > 0 && <details><summary><Text span size="sm">{texts.discovery.moreNotes(others.length)}</Text></summary><List size="sm">{others.map((note) => <List.Item key={`${note.subject} ${note.message}`}>{note.subject}: <Told text={note.message} /></List.Item>)}</List></details>}
      <Accordion mt="xs" variant="contained" order={3}>{side.objects.map((object) => (
        <Accordion.Item key={object.name} value={object.name}>
          <Accordion.Control><Text span fw={600}>{object.label}</Text> <Text span size="sm">{object.name} · {object.count === null ? texts.discovery.notCounted : texts.count(object.count, 'record')} · {texts.count(object.fields.length, 'field')}</Text></Accordion.Control>
          <Accordion.Panel><Fields fields={object.fields} records={object.count} /></Accordion.Panel>
        </Accordion.Item>
      ))}</Accordion>
    </section>
  );
}

function Fields({ fields, records }: Readonly<{ fields: Side['objects'][number]['fields']; records: number | null }>): ReactNode {
  return (
    <div className="scroll" tabIndex={0}><Table fz="sm" miw={700}>
      <Table.Thead><Table.Tr><Table.Th>{texts.discovery.field}</Table.Th><Table.Th>{texts.discovery.type}</Table.Th><Table.Th w={120}>{texts.discovery.filled}</Table.Th><Table.Th>{texts.discovery.distinct}</Table.Th><Table.Th>{texts.discovery.samples}</Table.Th></Table.Tr></Table.Thead>
      <Table.Tbody>{fields.map((field) => (
        <Table.Tr key={field.name}>
          <Table.Td>{field.label}{field.label !== field.name && <Text span size="xs" c="dimmed"> {field.name}</Text>}{field.custom && <span className="mark">{texts.discovery.custom}</span>}</Table.Td>
          <Table.Td>{field.type}</Table.Td>
          <Table.Td>{field.filled !== null && <><div className="bar" aria-hidden><i style={{ width: `${field.filled * 100}%` }} /></div><Text size="xs">{Math.round(field.filled * 100)} %</Text></>}</Table.Td>
          <Table.Td>{field.distinct === null ? '' : texts.number(field.distinct)}</Table.Td>
          <Table.Td maw={420}><Distribution field={field} records={records} /></Table.Td>
        </Table.Tr>
      ))}</Table.Tbody>
    </Table></div>
  );
}
