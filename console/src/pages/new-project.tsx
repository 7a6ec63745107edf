import { Alert, Button, Card, Grid, Group, List, Radio, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { RouteInfo, Routes } from '../../../src/server/schemas/projects.ts';
import { call } from '../api.ts';
import { plainly } from '../commands.ts';
import { fieldError, Loaded, Notice, ProblemAlert, unplaced } from '../parts/show.tsx';
import { pathOf } from '../project-path.ts';
import { routesQuery } from '../project.ts';
import { texts } from '../texts.ts';

export function NewProjectPage(): ReactNode {
  return (
    <>
      <Title order={1} size="h2" mb="md">{texts.create.title}</Title>
      <Loaded query={useQuery(routesQuery)}>{(data) => <Form {...data} />}</Loaded>
    </>
  );
}

function Form({ platforms, routes }: Routes): ReactNode {
  const [source, setSource] = useState('');
  const [destination, setDestination] = useState('');
  const [name, setName] = useState('');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const route = routes.find((candidate) => candidate.source === source && candidate.destination === destination);
  const make = useMutation({
    mutationFn: () => call('POST', '/api/projects', { name, route: route?.id ?? '' }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['projects'] });
      await navigate({ to: pathOf(name, 'connect') });
    },
  });
  const offered = (role: 'source' | 'destination') => platforms.filter(({ platform }) => routes.some((candidate) => candidate[role] === platform));
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 5 }}>
        <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
          <Stack>
            <Cards label={texts.create.source} value={source} onChange={setSource} options={offered('source')} />
            <Cards label={texts.create.destination} value={destination} onChange={setDestination} options={offered('destination')} />
            <TextInput label={texts.projects.name} description={texts.create.nameHelp} required value={name} onChange={(event) => setName(event.currentTarget.value)} error={fieldError(make.error, 'name')} />
            <ProblemAlert error={unplaced(make.error)} />
            {source !== '' && destination !== '' && route === undefined && <Alert color="orange">{texts.create.noRoute}</Alert>}
            <Group><Button type="submit" disabled={route === undefined} loading={make.isPending}>{texts.create.make}</Button>{route === undefined && <Text size="sm" c="dimmed">{texts.create.pick}</Text>}</Group>
          </Stack>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 7 }}>{route === undefined ? <Notice>{texts.create.choose}</Notice> : <Guide route={route} />}</Grid.Col>
    </Grid>
  );
}

function Cards({ label, value, onChange, options }: Readonly<{ label: string; value: string; onChange: (value: string) => void; options: Routes['platforms'] }>): ReactNode {
  return (
    <Radio.Group label={label} value={value} onChange={onChange} required>
      <Group mt={4}>{options.map((option) => (
        <Radio.Card key={option.platform} value={option.platform} p="sm" w="auto" aria-label={option.label}>
          <Group gap="xs" wrap="nowrap"><Radio.Indicator /><Text fw={600}>{option.label}</Text></Group>
        </Radio.Card>
      ))}</Group>
    </Radio.Group>
  );
}

/** The guide of a route, from the data the engine works with. */
function Guide({ route }: Readonly<{ route: RouteInfo }>): ReactNode {
  const losses = route.rows.flatMap((row) => row.losses.map((loss) => `${row.source}: ${loss}`));
  return (
    <Card withBorder>
      <Title order={2} size="h4">{route.label}</Title>
      <Title order={3} size="h5" mt="md">{texts.create.moves}</Title>
      <div className="scroll" tabIndex={0}><Table fz="sm"><Table.Tbody>{route.rows.filter((row) => row.since !== null).map((row) => (
        <Table.Tr key={row.id}><Table.Td>{row.source}</Table.Td><Table.Td>→ {row.destination}</Table.Td><Table.Td>{plainly(row.how)}</Table.Td></Table.Tr>
      ))}</Table.Tbody></Table></div>
      <Title order={3} size="h5" mt="md">{texts.create.losses}</Title>
      {losses.length === 0 ? <Text size="sm">{texts.create.noLoss}</Text> : <List size="sm">{losses.map((loss) => <List.Item key={loss}>{loss}</List.Item>)}</List>}
      <Title order={3} size="h5" mt="md">{texts.create.gotchas}</Title>
      <List size="sm">{route.gotchas.map((gotcha) => <List.Item key={gotcha.title}><b>{gotcha.title}.</b> {plainly(gotcha.text)}</List.Item>)}</List>
    </Card>
  );
}
