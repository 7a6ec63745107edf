import { Alert, Anchor, Button, Card, Group, NumberInput, Radio, Select, Stack, Table, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { SpotChecks, SpotCheckView } from '../../../src/server/schemas/runs.ts';
import { call, get, projectPath } from '../api.ts';
import { RecordCard } from '../parts/record-diffs.tsx';
import { fieldError, Loaded, Notice, ProblemAlert, unplaced } from '../parts/show.tsx';
import { runsQuery, useProject } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';

const { spotcheck: words } = texts;
type Line = SpotChecks['sheets'][number];
type Mark = SpotCheckView['marks'][number];

/** Sheets of records that people look at one by one, and sign. */
export function SpotCheckPage(): ReactNode {
  const project = useProject();
  const [chosen, setChosen] = useState<string | null>(null);
  const sheets = useQuery({ queryKey: ['project', project, 'spot-checks'], queryFn: () => get<SpotChecks>(projectPath(project, 'spot-checks')) });
  return (
    <Stack>
      <Title order={1} size="h2">{words.title}</Title>
      <Notice>{words.about}</Notice>
      <Draw project={project} onDrawn={setChosen} />
      <Loaded query={sheets}>{(list) => {
        const shown = chosen ?? list.sheets[0]?.id ?? null;
        return list.sheets.length === 0 ? <Notice>{words.none}</Notice> : <><Sheets sheets={list.sheets} shown={shown} onChoose={setChosen} />{shown !== null && <Sheet key={shown} project={project} sheet={shown} />}</>;
      }}</Loaded>
    </Stack>
  );
}

function Draw({ project, onDrawn }: Readonly<{ project: string; onDrawn: (sheet: string) => void }>): ReactNode {
  const [records, setRecords] = useState<string | number>(30);
  const [run, setRun] = useState('');
  const edits = usePermission('edit');
  const queries = useQueryClient();
  const runs = useQuery(runsQuery(project));
  const loading = (runs.data?.runs ?? []).filter(({ mode, status }) => mode !== 'rollback' && mode !== 'preview' && (status === 'succeeded' || status === 'withQuarantine'));
  const draw = useMutation({
    mutationFn: () => call<SpotCheckView>('POST', projectPath(project, 'spot-checks'), { run: run === '' ? null : run, records: Number(records) }),
    onSuccess: async (sheet) => {
      queries.setQueryData(['project', project, 'spot-check', sheet.id], sheet);
      await queries.invalidateQueries({ queryKey: ['project', project, 'spot-checks'] });
      onDrawn(sheet.id);
    },
  });
  return (
    <Card withBorder><form onSubmit={(event) => { event.preventDefault(); draw.mutate(); }}>
      <Group align="flex-end">
        <NumberInput label={words.records} min={20} max={40} w={170} value={records} onChange={setRecords} error={fieldError(draw.error, 'records')} />
        <Select label={words.from} w={300} allowDeselect={false} value={run} onChange={(value) => setRun(value ?? '')} data={[{ value: '', label: words.everything }, ...loading.map((one) => ({ value: one.id, label: `${texts.run.modes[one.mode]}, ${texts.time(one.startedAt)}` }))]} />
        <Button type="submit" disabled={!edits} loading={draw.isPending}>{words.draw}</Button>
      </Group>
      <ProblemAlert error={unplaced(draw.error)} />
    </form></Card>
  );
}

function Sheets({ sheets, shown, onChoose }: Readonly<{ sheets: readonly Line[]; shown: string | null; onChoose: (sheet: string) => void }>): ReactNode {
  if (sheets.length < 2) return null;
  return (
    <section>
      <Title order={2} size="h4">{words.sheets}</Title>
      <div className="scroll" tabIndex={0}><Table fz="sm" miw={600}><Table.Tbody>{sheets.map((sheet) => (
        <Table.Tr key={sheet.id} aria-current={sheet.id === shown}>
          <Table.Td><Anchor component="button" type="button" onClick={() => onChoose(sheet.id)}>{texts.time(sheet.madeAt)}</Anchor></Table.Td>
          <Table.Td>{words.checked(sheet.marked, sheet.count)}</Table.Td><Table.Td>{sheet.wrong > 0 ? words.wrong(sheet.wrong) : ''}</Table.Td>
          <Table.Td>{sheet.verdict === null ? words.open : words.signed(words[sheet.verdict], sheet.signedName ?? '', sheet.signedBy ?? '', texts.time(sheet.signedAt))}</Table.Td>
        </Table.Tr>
      ))}</Table.Tbody></Table></div>
    </section>
  );
}

function Sheet({ project, sheet }: Readonly<{ project: string; sheet: string }>): ReactNode {
  const query = useQuery({ queryKey: ['project', project, 'spot-check', sheet], queryFn: () => get<SpotCheckView>(projectPath(project, 'spot-checks', sheet)), refetchOnWindowFocus: false });
  return (
    <Loaded query={query}>{(view) => (
      <Stack>
        <Group justify="space-between">
          <Text fw={600} role="status">{words.checked(view.marked, view.count)}{view.wrong > 0 ? `, ${words.wrong(view.wrong)}` : ''}</Text>
          <Text size="sm" c="dimmed">{words.by(view.madeBy, texts.time(view.madeAt))} · {view.destination} · {words.seed} {view.seed.slice(0, 8)}</Text>
        </Group>
        {view.verdict !== null && <Alert color={view.verdict === 'accepted' ? 'green' : 'red'} title={words.signed(words[view.verdict], view.signedName ?? '', view.signedBy ?? '', texts.time(view.signedAt))}><span className="value">{view.remark}</span></Alert>}
        {view.records.map((record, position) => (
          <RecordCard key={`${record.mapping} ${record.sourceId}`} number={position + 1} record={record}>
            <MarkForm project={project} sheet={view} position={position} mark={view.marks.find((mark) => mark.position === position) ?? null} />
          </RecordCard>
        ))}
        {view.verdict === null && <Sign project={project} sheet={view} />}
      </Stack>
    )}</Loaded>
  );
}

/** Saved at once: a tick when it is set, a remark when it is left. */
function MarkForm({ project, sheet, position, mark }: Readonly<{ project: string; sheet: SpotCheckView; position: number; mark: Mark | null }>): ReactNode {
  const [comment, setComment] = useState(mark?.comment ?? '');
  const edits = usePermission('edit');
  const queries = useQueryClient();
  const [inOrder, setInOrder] = useState(mark?.inOrder ?? null);
  const save = useMutation({
    scope: { id: `spot-check ${sheet.id}` }, // one after the other: what was done last holds
    mutationFn: (value: boolean | null) => call('PATCH', projectPath(project, 'spot-checks', sheet.id), { position, inOrder: value, comment }),
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['project', project, 'spot-check', sheet.id] }), queries.invalidateQueries({ queryKey: ['project', project, 'spot-checks'] })]),
  });
  const closed = sheet.verdict !== null || !edits;
  return (
    <Group align="flex-end" mt="xs">
      <Radio.Group value={inOrder === null ? '' : inOrder ? 'yes' : 'no'} onChange={(value) => { setInOrder(value === 'yes'); save.mutate(value === 'yes'); }} label={words.mark(position + 1)}>
        <Group mt={4}><Radio value="yes" label={words.inOrder} disabled={closed} /><Radio value="no" label={words.notInOrder} disabled={closed} /></Group>
      </Radio.Group>
      <TextInput label={words.comment} w={360} maw="100%" disabled={closed} value={comment} onChange={(event) => setComment(event.currentTarget.value)} onBlur={() => { if (comment !== (mark?.comment ?? '')) save.mutate(inOrder); }} error={fieldError(save.error, 'comment')} />
      {mark !== null && <Text size="xs" c="dimmed">{words.by(mark.markedBy, texts.time(mark.markedAt))}</Text>}
      <ProblemAlert error={unplaced(save.error)} />
    </Group>
  );
}

function Sign({ project, sheet }: Readonly<{ project: string; sheet: SpotCheckView }>): ReactNode {
  const [verdict, setVerdict] = useState('');
  const [name, setName] = useState('');
  const [remark, setRemark] = useState('');
  const approves = usePermission('approve');
  const queries = useQueryClient();
  const sign = useMutation({
    mutationFn: () => call('POST', projectPath(project, 'spot-checks', sheet.id, 'signature'), { verdict, name, remark }),
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['project', project, 'spot-check', sheet.id] }), queries.invalidateQueries({ queryKey: ['project', project, 'spot-checks'] })]),
  });
  const all = sheet.marked === sheet.count;
  return (
    <Card withBorder component="section" aria-label={words.sign}><form onSubmit={(event) => { event.preventDefault(); sign.mutate(); }}>
      <Stack gap="sm">
        <Title order={2} size="h4">{words.sign}</Title>
        {!all && <Notice>{words.notAll}</Notice>}
        <Radio.Group label={words.verdict} value={verdict} onChange={setVerdict} error={fieldError(sign.error, 'verdict')}><Group mt={4}><Radio value="accepted" label={words.accepted} /><Radio value="rejected" label={words.rejected} /></Group></Radio.Group>
        <TextInput label={words.name} w={360} maw="100%" autoComplete="name" value={name} onChange={(event) => setName(event.currentTarget.value)} error={fieldError(sign.error, 'name')} />
        <Textarea label={words.remark} autosize minRows={2} maw={600} value={remark} onChange={(event) => setRemark(event.currentTarget.value)} error={fieldError(sign.error, 'remark')} />
        <ProblemAlert error={unplaced(sign.error)} />
        <Group><Button type="submit" disabled={!approves || !all || verdict === ''} loading={sign.isPending}>{words.sign}</Button></Group>
      </Stack>
    </form></Card>
  );
}
