import { Button, Checkbox, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Quarantine } from '../../../src/server/schemas/runs.ts';
import { get, projectPath } from '../api.ts';
import { editableFields, typeInto, type Corrections, type Entry } from '../held-edits.ts';
import { texts } from '../texts.ts';
import { HeldRecord } from './held-record.tsx';
import { Loaded, Value } from './show.tsx';
import { Told } from './told.tsx';

interface HeldGroupProps {
  readonly project: string;
  readonly code: string;
  readonly operates: boolean;
  readonly corrections: Corrections;
  readonly onCorrect: (change: (old: Corrections) => Corrections) => void;
  readonly selected: ReadonlyMap<string, Entry>;
  readonly onSelect: (entries: readonly Entry[], on: boolean) => void;
}

/** Fields of one record that stand in its row; the rest are behind "all fields". */
const mostInRow = 2;

/** Records that are held back for one reason: each is corrected in its row, or several at once. */
export function HeldGroup({ project, code, operates, corrections, onCorrect, selected, onSelect }: HeldGroupProps): ReactNode {
  const [whole, setWhole] = useState<Entry | null>(null);
  const { quarantine: words } = texts;
  const query = useInfiniteQuery({
    queryKey: ['project', project, 'quarantine', code], initialPageParam: null as string | null, getNextPageParam: (page: Quarantine) => page.next,
    queryFn: ({ pageParam }) => get<Quarantine>(`${projectPath(project, 'quarantine')}?${new URLSearchParams({ code, ...(pageParam === null ? {} : { after: pageParam }) }).toString()}`),
  });
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  const loadable = entries.filter((entry) => entry.data !== null);
  const chosen = loadable.filter((entry) => selected.has(entry.id));
  const set = (entry: Entry, field: string, text: string): void => onCorrect((old) => typeInto(old, entry, field, text));
  return (
    <Loaded query={query}>{() => (
      <Stack gap="xs">
        <Text size="sm" component="div"><b>{words.remedy}:</b> <Told text={entries[0]?.remedy ?? ''} /></Text>
        {chosen.length > 0 && <Several key={chosen.length} entries={chosen} operates={operates} onPut={(field, text) => { for (const entry of chosen) set(entry, field, text); }} />}
        <div className="scroll" tabIndex={0}><Table fz="sm" miw={560} verticalSpacing={4}>
          <Table.Thead><Table.Tr>
            <Table.Th w={36}><Checkbox size="xs" aria-label={texts.queue.selectAll} disabled={!operates || loadable.length === 0} checked={loadable.length > 0 && chosen.length === loadable.length} indeterminate={chosen.length > 0 && chosen.length < loadable.length} onChange={(event) => onSelect(loadable, event.currentTarget.checked)} /></Table.Th>
            {[words.record, words.message, words.correction].map((title) => <Table.Th key={title}>{title}</Table.Th>)}
          </Table.Tr></Table.Thead>
          <Table.Tbody>{entries.map((entry) => (
            <Table.Tr key={entry.id}>
              <Table.Td><Checkbox size="xs" aria-label={texts.map.select(`${entry.sourceObject} ${entry.sourceId}`)} disabled={!operates || entry.data === null} checked={selected.has(entry.id)} onChange={(event) => onSelect([entry], event.currentTarget.checked)} /></Table.Td>
              <Table.Td><span dir="auto">{entry.sourceObject} {entry.sourceId}</span><Text size="xs" c="dimmed">{entry.position}</Text><Text size="xs" c="dimmed">{entry.mapping}</Text></Table.Td>
              <Table.Td maw={380}><Value value={entry.message} /></Table.Td>
              <Table.Td>{entry.data === null ? words.unreadable : (
                <Stack gap={4}>
                  {editableFields(entry).filter(([name]) => entry.fields.includes(name)).slice(0, mostInRow).map(([name, value]) => (
                    <TextInput key={name} size="xs" label={name} dir="auto" disabled={!operates} value={corrections.get(entry.id)?.[name] ?? value} onChange={(event) => set(entry, name, event.currentTarget.value)} />
                  ))}
                  <Group gap={6}><Button size="compact-xs" variant="default" disabled={!operates} onClick={() => setWhole(entry)}>{words.allFields}</Button>{corrections.has(entry.id) && <Text size="xs" fw={600}>{words.corrected}</Text>}</Group>
                </Stack>
              )}</Table.Td>
            </Table.Tr>
          ))}</Table.Tbody>
        </Table></div>
        {query.hasNextPage && <Group><Button size="xs" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{words.more}</Button></Group>}
        {whole !== null && <HeldRecord key={whole.id} entry={whole} typed={corrections.get(whole.id) ?? {}} onType={(field, text) => set(whole, field, text)} onClose={() => setWhole(null)} />}
      </Stack>
    )}</Loaded>
  );
}

/** One value for the same field of several records. */
function Several({ entries, operates, onPut }: Readonly<{ entries: readonly Entry[]; operates: boolean; onPut: (field: string, text: string) => void }>): ReactNode {
  const fields = [...new Set(entries.flatMap((entry) => editableFields(entry).map(([name]) => name)))];
  const [field, setField] = useState<string | null>(entries[0]?.fields[0] ?? fields[0] ?? null);
  const [text, setText] = useState('');
  const { quarantine: words } = texts;
  return (
    <Group className="bulk" gap="xs" align="flex-end">
      <Text size="sm">{words.chosen(entries.length)}</Text>
      <Select size="xs" w={220} searchable allowDeselect={false} label={words.field} disabled={!operates} value={field} data={fields} onChange={setField} />
      <TextInput size="xs" w={220} dir="auto" label={words.newValue} disabled={!operates} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <Button size="xs" disabled={!operates || field === null} onClick={() => { if (field !== null) onPut(field, text); }}>{texts.queue.put}</Button>
    </Group>
  );
}
