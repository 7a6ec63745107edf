import { Anchor, Button, Checkbox, Group, Select, Stack, Table, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { RollbackRecord, RollbackRecords as Answer } from '../../../src/server/schemas/rollback.ts';
import { get, projectPath } from '../api.ts';
import { texts } from '../texts.ts';
import { Loaded, Notice, State, Value } from './show.tsx';

type Fate = RollbackRecord['fate'];
/** In the order in which a person asks. */
const fates = ['kept', 'restored', 'removed', 'gone', 'untouched'] as const satisfies readonly Fate[];
const colours: Readonly<Record<Fate, string>> = { kept: 'warning', restored: 'running', removed: 'failed', gone: 'later', untouched: 'later' };
const { rollback: words } = texts;
const everything = '*';

/** Kept records that a person chose to have deleted all the same, as `mapping:source-id`. */
export interface Forced { readonly chosen: ReadonlySet<string>; readonly onChange: (chosen: ReadonlySet<string>) => void }

/**
 * What a rollback did with each record, or would do: counts by object, and the records in pages.
 * @param params.forced left out = nothing can be chosen any more
 */
export function RollbackRecords({ project, run, dryRun, forced }: Readonly<{ project: string; run: string; dryRun: boolean; forced?: Forced | undefined }>): ReactNode {
  const [asked, setAsked] = useState<string | null>(null);
  const [mapping, setMapping] = useState(everything);
  const counts = useInfiniteQuery(pages(project, run, everything, everything));
  const first = counts.data?.pages[0];
  // What stays is looked at first: it is what a person has to decide about.
  const fate = asked ?? (first?.fates.some((row) => row.fate === 'kept') === true ? 'kept' : everything);
  const query = useInfiniteQuery({ ...pages(project, run, fate, mapping), enabled: first !== undefined });
  const said = dryRun ? words.would : words.did;
  return (
    <section>
      <Title order={2} size="h4">{words.records}</Title>
      <Loaded query={{ data: first, error: counts.error, refetch: counts.refetch }}>{({ fates: all }) => (all.length === 0 ? <Notice>{words.noRecords}</Notice> : (
        <Stack gap="sm">
          <Summary rows={all} said={said} />
          <Group>
            <Select label={words.fate} w={260} allowDeselect={false} value={fate} onChange={setAsked} data={[{ value: everything, label: words.all }, ...fates.filter((one) => all.some((row) => row.fate === one)).map((one) => ({ value: one, label: said[one] }))]} />
            <Select label={words.mapping} w={260} searchable allowDeselect={false} value={mapping} onChange={(value) => setMapping(value ?? everything)} data={[{ value: everything, label: words.all }, ...new Set(all.map((row) => row.mapping))]} />
          </Group>
          <Loaded query={query}>{({ pages: shown }) => {
            const records = shown.flatMap((page) => page.records);
            return records.length === 0 ? <Notice>{words.noneOfThese}</Notice> : (
              <>
                <Text size="sm" role="status">{words.shown(records.length, all.filter((row) => (fate === everything || row.fate === fate) && (mapping === everything || row.mapping === mapping)).reduce((sum, row) => sum + row.records, 0))}</Text>
                <Records records={records} said={said} withFate={fate === everything} forced={forced} />
                {query.hasNextPage && <Group><Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{words.more}</Button></Group>}
              </>
            );
          }}</Loaded>
        </Stack>
      ))}</Loaded>
    </section>
  );
}

const pages = (project: string, run: string, fate: string, mapping: string) => ({
  queryKey: ['project', project, 'run', run, 'rollback', fate, mapping],
  queryFn: ({ pageParam }: Readonly<{ pageParam: Answer['next'] }>) => {
    const query = new URLSearchParams({ ...(fate === everything ? {} : { fate }), ...(mapping === everything ? {} : { mapping }), ...(pageParam === null ? {} : { afterMapping: pageParam.mapping, afterId: pageParam.sourceId }) });
    return get<Answer>(`${projectPath(project, 'runs', run, 'rollback')}?${query.toString()}`);
  },
  initialPageParam: null as Answer['next'], getNextPageParam: (page: Answer) => page.next,
});

function Summary({ rows, said }: Readonly<{ rows: Answer['fates']; said: Readonly<Record<Fate, string>> }>): ReactNode {
  const named = fates.filter((fate) => rows.some((row) => row.fate === fate));
  return (
    <div className="scroll" tabIndex={0}><Table fz="sm" miw={480} maw={900}>
      <Table.Thead><Table.Tr><Table.Th>{words.mapping}</Table.Th>{named.map((fate) => <Table.Th key={fate}>{said[fate]}</Table.Th>)}</Table.Tr></Table.Thead>
      <Table.Tbody>{[...new Set(rows.map((row) => row.mapping))].map((mapping) => (
        <Table.Tr key={mapping}><Table.Td>{mapping}</Table.Td>{named.map((fate) => <Table.Td key={fate}>{texts.number(rows.find((row) => row.mapping === mapping && row.fate === fate)?.records ?? 0)}</Table.Td>)}</Table.Tr>
      ))}</Table.Tbody>
    </Table></div>
  );
}

/** Narrow enough for a tablet: the fate has a column only where several are shown. */
function Records({ records, said, withFate, forced }: Readonly<{ records: readonly RollbackRecord[]; said: Readonly<Record<Fate, string>>; withFate: boolean; forced: Forced | undefined }>): ReactNode {
  const choosable = forced !== undefined && records.some(isChoosable);
  return (
    <div className="scroll" tabIndex={0}><Table fz="sm" miw={560}>
      <Table.Thead><Table.Tr>{[...(choosable ? [words.take] : []), ...(withFate ? [words.fate] : []), words.record, words.place, words.why].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
      <Table.Tbody>{records.map((record) => (
        <Table.Tr key={keyOf(record)}>
          {choosable && <Table.Td>{isChoosable(record) && <Checkbox aria-label={words.takeIt(keyOf(record))} checked={forced.chosen.has(keyOf(record))} onChange={() => forced.onChange(forced.chosen.symmetricDifference(new Set([keyOf(record)])))} />}</Table.Td>}
          {withFate && <Table.Td><State state={colours[record.fate]}>{said[record.fate]}</State></Table.Td>}
          <Table.Td>{typeof record.details['label'] === 'string' && <Value value={record.details['label']} />}<Text size="xs" c="dimmed" className="value">{record.mapping} · {record.sourceId}</Text></Table.Td>
          <Table.Td>{record.address === null ? <Value value={placeOf(record)} /> : <Anchor size="sm" underline="always" href={record.address} target="_blank" rel="noreferrer noopener">{placeOf(record)}</Anchor>}</Table.Td>
          <Table.Td><Why record={record} /></Table.Td>
        </Table.Tr>
      ))}</Table.Tbody>
    </Table></div>
  );
}

const keyOf = ({ mapping, sourceId }: RollbackRecord): string => `${mapping}:${sourceId}`;
const placeOf = ({ destinationObject, destinationId }: RollbackRecord): string => `${destinationObject} ${destinationId}`;
/** What the destination refuses, or what is part of a kept record, goes by no choice of its own. */
const isChoosable = ({ fate, reason }: RollbackRecord): boolean => fate === 'kept' && reason !== 'refused-by-destination' && reason !== 'its-record-was-kept';
const listed = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Why a record stays, who changed it, and what hangs on it; or what a restored one gets back. */
function Why({ record: { fate, reason, details } }: Readonly<{ record: RollbackRecord }>): ReactNode {
  const [fields, dependants] = [listed(details['fields']), listed(details['dependants'])];
  if (fate === 'restored') return <>{reason !== null && <Text size="sm">{words.reasons[reason] ?? reason}</Text>}{fields.map((field) => <div key={field}><Text span size="sm" fw={600}>{field}</Text> <Value value={(details['previous'] as Readonly<Record<string, unknown>> | null)?.[field]} /></div>)}</>;
  if (reason === null) return <Value value={null} />;
  const count = typeof details['dependantCount'] === 'number' ? details['dependantCount'] : dependants.length;
  return (
    <Stack gap={2}>
      <Text size="sm">{words.reasons[reason] ?? reason}{fields.length === 0 ? '' : `: ${fields.join(', ')}`}</Text>
      {details['changedBy'] !== undefined && <Text size="sm">{whoOf(details)}</Text>}
      {dependants.map((one) => <Value key={one} value={one} />)}
      {count > dependants.length && <Text size="xs">{words.moreHang(count - dependants.length)}</Text>}
      {typeof details['message'] === 'string' && <Value value={details['message']} />}
    </Stack>
  );
}

function whoOf(details: RollbackRecord['details']): string {
  const [by, at] = [details['changedBy'], details['changedAt']];
  return words.changedBy(typeof by === 'string' ? by : null, typeof at === 'string' ? texts.time(at) : null, details['changedByOwnAccount'] === true);
}
