import { Button, Card, Group, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo, useState, type ReactNode } from 'react';
import type { PlanView, Preview, Staged } from '../../../src/server/schemas/plan.ts';
import { get, projectPath } from '../api.ts';
import { texts } from '../texts.ts';
import { Notice, ProblemAlert, State, Value } from './show.tsx';
import { StartPreview } from './start-preview.tsx';
import { Told } from './told.tsx';

/** One source record beside what would be written for it, field by field with reasons. */
export const RecordPreview = memo(function RecordPreview({ project, plan }: Readonly<{ project: string; plan: PlanView }>): ReactNode {
  const [object, setObject] = useState<string | null>(plan.mappings[0]?.source ?? null);
  const [id, setId] = useState('');
  const [asked, setAsked] = useState<Readonly<{ object: string; id: string }> | null>(null);
  const query = useQuery({
    queryKey: ['project', project, 'preview', plan.state.hash, asked], enabled: asked !== null, retry: false,
    queryFn: () => get<Preview>(`${projectPath(project, 'preview')}?${new URLSearchParams({ object: asked?.object ?? '', id: asked?.id ?? '' }).toString()}`),
  });
  return (
    <Card withBorder component="section" aria-label={texts.map.previewTitle}>
      <form onSubmit={(event) => { event.preventDefault(); if (object !== null && id !== '') setAsked({ object, id }); }}>
        <Title order={2} size="h5">{texts.map.previewTitle}</Title>
        <Group align="flex-end">
          <Select label={texts.map.previewObject} allowDeselect={false} value={object} onChange={setObject} data={[...new Set(plan.mappings.map((mapping) => mapping.source))]} />
          <TextInput label={texts.map.previewId} value={id} onChange={(event) => setId(event.currentTarget.value)} />
          <Button type="submit" variant="default" loading={query.isFetching} disabled={id === ''}>{texts.map.previewShow}</Button>
        </Group>
      </form>
      <Suggested project={project} object={object} onChoose={(chosen) => { if (object === null) return; setId(chosen); setAsked({ object, id: chosen }); }} />
      <Stack mt="sm"><ProblemAlert error={query.error} />{query.data?.mappings.map((mapping) => (
        <div key={mapping.mapping}>
          <Group gap="xs"><Title order={3} size="h6">{mapping.mapping} → {mapping.destinationObject}</Title><State state={mapping.outcome === 'write' ? 'done' : 'waiting'}>{texts.map[mapping.outcome]}</State>{mapping.reason !== null && <Text size="sm"><Told text={mapping.reason} /></Text>}</Group>
          {mapping.fields.length > 0 && (
            <div className="scroll" tabIndex={0}><Table fz="sm" miw={700}>
              <Table.Thead><Table.Tr>{[texts.map.destination, texts.map.was, texts.map.becomes, texts.map.why].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
              <Table.Tbody>{mapping.fields.map((field) => (
                <Table.Tr key={`${field.to} ${field.from.join()}`}><Table.Td>{field.to}</Table.Td><Table.Td><Value value={field.before} /></Table.Td><Table.Td><Value value={field.after} /></Table.Td>
                  <Table.Td><Told text={field.reason} />{field.warning !== null && <Text size="sm" fw={600}>{field.warning}</Text>}{field.loss !== null && <Text size="sm" fw={600}>{texts.map.loss}: {field.loss}</Text>}</Table.Td></Table.Tr>
              ))}</Table.Tbody>
            </Table></div>
          )}
        </div>
      ))}{query.data !== undefined && <NotMoved fields={query.data.notMoved} />}</Stack>
    </Card>
  );
});

/** Records that were read in, to choose from; where there are none, what reads them in. */
function Suggested({ project, object, onChoose }: Readonly<{ project: string; object: string | null; onChoose: (id: string) => void }>): ReactNode {
  const { data } = useQuery({ queryKey: ['project', project, 'staged'], queryFn: () => get<Staged>(projectPath(project, 'staged')) });
  if (data === undefined) return null;
  const records = data.objects.find((one) => one.object === object)?.records ?? [];
  const unread = data.objects.every((one) => one.records.length === 0);
  return (
    <Stack gap="xs" mt="xs">
      {records.length > 0 && (
        <Group gap="xs">
          <Text size="sm">{texts.preview.some}</Text>
          {records.map((record) => <Button key={record.id} size="compact-sm" variant="default" maw={320} title={record.values.join(' · ')} onClick={() => onChoose(record.id)}><span dir="auto">{record.id}{record.values[0] === undefined ? '' : ` · ${record.values[0]}`}</span></Button>)}
        </Group>
      )}
      {records.length === 0 && <Notice>{unread ? texts.preview.unread : texts.preview.noneOf(object ?? '')}</Notice>}
      <StartPreview project={project} />
    </Stack>
  );
}

function NotMoved({ fields }: Readonly<{ fields: Preview['notMoved'] }>): ReactNode {
  const { preview: words } = texts;
  return (
    <div>
      <Title order={3} size="h6">{words.notMoved}</Title>
      {fields.length === 0 ? <Notice>{words.allMoved}</Notice> : (
        <>
          <Notice>{words.notMovedAbout}</Notice>
          <div className="scroll" tabIndex={0}><Table fz="sm" miw={500} aria-label={words.notMoved}>
            <Table.Thead><Table.Tr>{[words.field, words.value, texts.map.why].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>{fields.map(({ field, value, reason }) => <Table.Tr key={field}><Table.Td>{field}</Table.Td><Table.Td><Value value={value} /></Table.Td><Table.Td><Told text={reason} /></Table.Td></Table.Tr>)}</Table.Tbody>
          </Table></div>
        </>
      )}
    </div>
  );
}
