import { Accordion, Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Quarantine } from '../../../src/server/schemas/runs.ts';
import { call, get, projectPath } from '../api.ts';
import type { Corrections, Entry } from '../held-edits.ts';
import { useLive } from '../live.ts';
import { HeldFile } from '../parts/held-file.tsx';
import { HeldGroup } from '../parts/held-group.tsx';
import { Loaded, Notice, ProblemAlert, State } from '../parts/show.tsx';
import { pathOf } from '../project-path.ts';
import { useProject } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { useUnsaved } from '../unsaved.ts';

/** Records that are held back, by reason. What is typed or chosen is loaded again together, in one run. */
export function QuarantinePage(): ReactNode {
  const project = useProject();
  const [corrections, setCorrections] = useState<Corrections>(new Map());
  const [selected, setSelected] = useState<ReadonlyMap<string, Entry>>(new Map());
  const [open, setOpen] = useState<string | null | undefined>(undefined);
  const [started, setStarted] = useState(false);
  const operates = usePermission('operate');
  const queries = useQueryClient();
  const live = useLive(project); // what a run takes in goes from the list
  const { quarantine: words } = texts;
  const query = useQuery({ queryKey: ['project', project, 'quarantine'], queryFn: () => get<Quarantine>(projectPath(project, 'quarantine')) });
  useUnsaved(corrections.size > 0);
  const wanted = new Map([...[...selected.keys()].map((id) => [id, {}] as const), ...corrections]);
  const begun = (): void => {
    setStarted(true);
    void queries.invalidateQueries({ queryKey: ['project', project] });
  };
  const retry = useMutation({
    mutationFn: () => call('POST', projectPath(project, 'quarantine', 'retry'), { corrections: [...wanted].map(([id, fields]) => ({ id, fields })) }),
    onSuccess: () => {
      setCorrections(new Map());
      setSelected(new Map());
      begun();
    },
  });
  const onSelect = (entries: readonly Entry[], on: boolean): void => setSelected((old) => new Map([...[...old].filter(([id]) => !entries.some((entry) => entry.id === id)), ...(on ? entries.map((entry) => [entry.id, entry] as const) : [])]));
  const codes = [...Map.groupBy(query.data?.counts ?? [], (row) => row.code)].map(([code, rows]) => ({ code, count: rows.reduce((sum, row) => sum + row.count, 0), mappings: rows.map((row) => `${row.mapping} ${texts.number(row.count)}`).join(', ') })).toSorted((left, right) => right.count - left.count);
  return (
    <Stack>
      <Title order={1} size="h2">{words.title}</Title>
      <Notice>{words.about}</Notice>
      <Group align="flex-end">
        <Button disabled={!operates || wanted.size === 0} loading={retry.isPending} onClick={() => retry.mutate()}>{words.retryThese(wanted.size, corrections.size)}</Button>
        {wanted.size > 0 && <Button variant="subtle" onClick={() => { setCorrections(new Map()); setSelected(new Map()); }}>{texts.queue.forget}</Button>}
        <Button variant="default" component="a" href={projectPath(project, 'quarantine.csv')} download>{words.download}</Button>
        <HeldFile project={project} operates={operates} onStarted={begun} />
      </Group>
      <ProblemAlert error={retry.error} />
      {started && <Group gap="xs" role="status"><Text>{words.started} <Anchor renderRoot={(props) => <Link to={pathOf(project, 'run')} {...props} />}>{texts.steps.run}</Anchor></Text>{live.run !== null && <State state={live.run.run.status}>{texts.run.status[live.run.run.status]}</State>}</Group>}
      <Loaded query={query}>{() => (codes.length === 0 ? <Notice>{words.none}</Notice> : (
        <Accordion variant="contained" order={2} value={open === undefined ? codes[0]?.code ?? null : open} onChange={setOpen}>{codes.map(({ code, count, mappings }) => (
          <Accordion.Item key={code} value={code}>
            <Accordion.Control><Text span fw={600}>{words.codeOf(code)}</Text> <Text span size="sm">{texts.count(count, 'record')} · {mappings}</Text></Accordion.Control>
            <Accordion.Panel>{(open === undefined ? codes[0]?.code : open) === code && <HeldGroup project={project} code={code} operates={operates} corrections={corrections} onCorrect={setCorrections} selected={selected} onSelect={onSelect} />}</Accordion.Panel>
          </Accordion.Item>
        ))}</Accordion>
      ))}</Loaded>
    </Stack>
  );
}
