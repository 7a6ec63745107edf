import { Alert, Button, FileInput, Grid, Group, PasswordInput, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Checks, Connection } from '../../../src/server/schemas/projects.ts';
import { call, get, projectPath, upload } from '../api.ts';
import { fieldError, Loaded, Notice, ProblemAlert, State } from '../parts/show.tsx';
import { useProject } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { Told } from '../parts/told.tsx';

export function ConnectPage(): ReactNode {
  const project = useProject();
  return (
    <>
      <Title order={1} size="h2" mb="md">{texts.connect.title}</Title>
      <Grid gap="xl">
        {(['source', 'destination'] as const).map((role) => <Grid.Col key={role} span={{ base: 12, md: 6 }}><Side project={project} role={role} /></Grid.Col>)}
      </Grid>
      <Check project={project} />
    </>
  );
}

/** Settings of one side, or of the sandbox. */
export function Side({ project, role }: Readonly<{ project: string; role: 'source' | 'destination' | 'sandbox' }>): ReactNode {
  const query = useQuery({ queryKey: ['project', project, 'connection', role], queryFn: () => get<Connection>(projectPath(project, 'connections', role)), refetchOnWindowFocus: false });
  return <Loaded query={query}>{(connection) => <SideForm project={project} connection={connection} />}</Loaded>;
}

/** Settings of one side. A secret is write-only: it is sent when something was typed, and never comes back. */
function SideForm({ project, connection }: Readonly<{ project: string; connection: Connection }>): ReactNode {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const queries = useQueryClient();
  const operates = usePermission('operate');
  const save = useMutation({
    mutationFn: () => {
      const pick = (secret: boolean) => Object.fromEntries(Object.entries(typed).filter(([name]) => connection.settings.find((setting) => setting.name === name)?.secret === secret));
      return call<Connection>('PUT', projectPath(project, 'connections', connection.role), { settings: pick(false), secrets: pick(true) });
    },
    onSuccess: (saved) => {
      setTyped({});
      queries.setQueryData(['project', project, 'connection', connection.role], saved);
      void queries.invalidateQueries({ queryKey: ['project', project], exact: true });
    },
  });
  const set = (name: string, value: string): void => setTyped((old) => ({ ...old, [name]: value }));
  const send = useMutation({ mutationFn: async (given: Readonly<{ file: File; name: string }>) => ({ name: given.name, ...(await upload(projectPath(project, 'uploads', given.file.name), given.file)) }), onSuccess: ({ name, path }) => set(name, path) });
  const marked = connection.settings.some((setting) => fieldError(save.error, setting.name) !== null);
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <Title order={2} size="h4" mb="xs">{texts.connect[connection.role]}: {connection.label}</Title>
      <Stack gap="sm">
        {connection.settings.map((setting) => (setting.secret
          ? <PasswordInput key={setting.name} label={setting.label} description={`${setting.help} ${texts.connect.secretHelp}`} autoComplete="new-password" disabled={!operates} withAsterisk={setting.required} placeholder={setting.kept ? texts.connect.kept : undefined} value={typed[setting.name] ?? ''} error={fieldError(save.error, setting.name)} onChange={(event) => set(setting.name, event.currentTarget.value)} />
          : (
            <div key={setting.name}>
              <TextInput label={setting.label} description={setting.help} disabled={!operates} withAsterisk={setting.required} placeholder={setting.example ?? undefined} value={typed[setting.name] ?? setting.value ?? ''} error={fieldError(save.error, setting.name)} onChange={(event) => set(setting.name, event.currentTarget.value)} />
              {setting.isFile && <FileInput mt={4} size="xs" aria-label={texts.connect.upload(setting.label)} placeholder={send.isPending ? texts.loading : texts.connect.upload(setting.label)} disabled={!operates || send.isPending} clearable value={null} onChange={(file) => { if (file !== null) send.mutate({ file, name: setting.name }); }} />}
            </div>
          )))}
        {send.data !== undefined && <Text size="sm" role="status">{texts.connect.uploaded(send.variables?.file.name ?? '')}</Text>}
        <ProblemAlert error={send.error ?? (marked ? null : save.error)} />
        <Group><Button type="submit" disabled={!operates} loading={save.isPending}>{texts.save}</Button>{save.isSuccess && Object.keys(typed).length === 0 && <Text size="sm" role="status">{texts.connect.saved}</Text>}</Group>
      </Stack>
    </form>
  );
}

function Check({ project }: Readonly<{ project: string }>): ReactNode {
  const edits = usePermission('edit');
  const check = useMutation({ mutationFn: () => call<Checks>('POST', projectPath(project, 'checks'), { roles: ['source', 'destination'] }) });
  const failed = check.data?.checks.filter((one) => one.result === 'failed').length ?? 0;
  const passed = check.data?.checks.filter((one) => one.result === 'passed') ?? [];
  return (
    <Stack mt="xl" gap="sm">
      <Title order={2} size="h4">{texts.connect.checks}</Title>
      <Notice>{texts.connect.nothingChanged}</Notice>
      <Group><Button variant="default" disabled={!edits} loading={check.isPending} onClick={() => check.mutate()}>{texts.connect.check}</Button></Group>
      <ProblemAlert error={check.error} />
      {failed > 0 && <Alert color="red" role="alert">{texts.count(failed, 'check')} {texts.connect.result.failed}</Alert>}
      {check.data !== undefined && <Results checks={check.data.checks.filter((one) => one.result !== 'passed').toSorted((left, right) => Number(right.result === 'failed') - Number(left.result === 'failed'))} />}
      {passed.length > 0 && <details><summary><Text span size="sm" fw={600} role="status">{texts.connect.passedChecks(passed.length)}</Text></summary><Results checks={passed} /></details>}
    </Stack>
  );
}

/** Checks one under the other: what failed first, each with its remedy. */
function Results({ checks }: Readonly<{ checks: Checks['checks'] }>): ReactNode {
  if (checks.length === 0) return null;
  return (
        <div className="scroll" tabIndex={0} role="status"><Table miw={560}>
          <Table.Tbody>{checks.map((one) => (
            <Table.Tr key={`${one.role} ${one.name} ${one.title}`}>
              <Table.Td w={110}><State state={one.result}>{texts.connect.result[one.result]}</State></Table.Td>
              <Table.Td>{texts.connect[one.role]}</Table.Td>
              <Table.Td><Text size="sm" fw={600}>{one.title}</Text><Text size="sm"><Told text={one.message} /></Text>{one.remedy !== null && one.result !== 'passed' && <Text size="sm" fs="italic">{texts.whatToDo}<Told text={one.remedy} /></Text>}</Table.Td>
            </Table.Tr>
          ))}</Table.Tbody>
        </Table></div>
  );
}
