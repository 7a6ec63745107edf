import { List, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Checks, Routes } from '../../../src/server/schemas/projects.ts';
import { call, projectPath } from '../api.ts';
import { projectQuery, routesQuery } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { Notice, State } from './show.tsx';
import { Told } from './told.tsx';

type Gotcha = Routes['routes'][number]['gotchas'][number];
type Check = Checks['checks'][number];

/** How long the answers of the readiness checks serve, in milliseconds: they ask both sides. */
const freshMs = 10 * 60_000;

/** What this route is known to trip people with: first what applies here, as the readiness checks say. */
export function Gotchas({ project }: Readonly<{ project: string }>): ReactNode {
  const edits = usePermission('edit');
  const { data: info } = useQuery(projectQuery(project));
  const { data: known } = useQuery(routesQuery);
  const gotchas = known?.routes.find((route) => route.id === info?.route)?.gotchas ?? [];
  const asks = edits && gotchas.some(({ check }) => check !== null);
  // Not under the project's own key: nothing that is saved there makes it worth asking both sides again.
  const checks = useQuery({ queryKey: ['checks', project], enabled: asks, staleTime: freshMs, retry: false, refetchOnWindowFocus: false, queryFn: () => call<Checks>('POST', projectPath(project, 'checks'), { roles: ['source', 'destination'] }) });
  if (gotchas.length === 0) return null;
  const { discovery: words } = texts;
  const tells = ({ check }: Gotcha): readonly Check[] => (check === null ? [] : checks.data?.checks.filter(({ name, result }) => name === check && (result === 'warning' || result === 'failed')) ?? []);
  const applying = gotchas.filter((gotcha) => tells(gotcha).length > 0);
  const others = gotchas.filter((gotcha) => !applying.includes(gotcha));
  return (
    <section>
      <Title order={2} size="h4">{words.gotchas}</Title>
      {checks.isFetching && <Notice>{words.checking}</Notice>}
      {applying.length > 0 && (
        <>
          <Title order={3} size="h5" mt="xs">{words.applying}</Title>
          <List size="sm" mt="xs" aria-label={words.applying}>{applying.map((gotcha) => (
            <List.Item key={gotcha.title}>
              <b>{gotcha.title}.</b> <Told text={gotcha.text} />
              {tells(gotcha).map((check) => <Text key={`${check.role} ${check.name}`} size="sm" mt={4}><State state={check.result}>{texts.connect.result[check.result]}</State> <Told text={check.message} />{check.remedy !== null && <> {texts.whatToDo}<Told text={check.remedy} /></>}</Text>)}
            </List.Item>
          ))}</List>
        </>
      )}
      {checks.data !== undefined && applying.length === 0 && <Notice>{words.noneApplies}</Notice>}
      {others.length > 0 && checks.data !== undefined && <Title order={3} size="h5" mt="sm">{words.othersOfRoute}</Title>}
      <List size="sm" mt="xs" aria-label={checks.data === undefined ? words.gotchas : words.othersOfRoute}>{others.map((gotcha) => <List.Item key={gotcha.title}><b>{gotcha.title}.</b> <Told text={gotcha.text} /></List.Item>)}</List>
    </section>
  );
}
