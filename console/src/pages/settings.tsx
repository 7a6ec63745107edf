import { Alert, Button, Card, Group, NumberInput, PasswordInput, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { SettingsView } from '../../../src/server/schemas/settings.ts';
import { call, get } from '../api.ts';
import { Targets } from '../parts/targets.tsx';
import { fieldError, Loaded, Notice, ProblemAlert, unplaced } from '../parts/show.tsx';
import { texts } from '../texts.ts';

const { settings: words } = texts;

/** What the owner of an installation sets. */
export function SettingsPage(): ReactNode {
  const query = useQuery({ queryKey: ['settings'], queryFn: () => get<SettingsView>('/api/settings'), refetchOnWindowFocus: false });
  return (
    <Stack>
      <Title order={1} size="h2">{words.title}</Title>
      <Loaded query={query}>{(settings) => <><Targets targets={settings.targets} /><MailServer smtp={settings.smtp} /><Adviser adviser={settings.adviser} /><Retention retention={settings.retention} /></>}</Loaded>
    </Stack>
  );
}

/** Saves a part of the settings; what was typed stays when it is refused. */
function useSave(part: string) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (body: object | null) => (body === null ? call('DELETE', `/api/settings/${part}`) : call('PUT', `/api/settings/${part}`, body)), onSuccess: () => queries.invalidateQueries({ queryKey: ['settings'] }) });
}

function Part({ title, about, onSave, save, remove, children }: Readonly<{ title: string; about: string; onSave: () => void; save: ReturnType<typeof useSave>; remove: string | null; children: ReactNode }>): ReactNode {
  return (
    <Card withBorder component="section" aria-label={title}><form onSubmit={(event) => { event.preventDefault(); onSave(); }}>
      <Stack gap="sm">
        <Title order={2} size="h4">{title}</Title>
        <Notice>{about}</Notice>
        {children}
        <ProblemAlert error={unplaced(save.error)} />
        <Group>
          <Button type="submit" loading={save.isPending}>{words.save}</Button>
          {remove !== null && <Button variant="default" onClick={() => save.mutate(null)}>{remove}</Button>}
          {save.isSuccess && <Text size="sm" role="status">{words.saved}</Text>}
        </Group>
      </Stack>
    </form></Card>
  );
}

function MailServer({ smtp }: Readonly<{ smtp: SettingsView['smtp'] }>): ReactNode {
  const [values, setValues] = useState<{ host: string; port: number | string; security: string; user: string; from: string }>({ host: smtp?.host ?? '', port: smtp?.port ?? 465, security: smtp?.security ?? 'tls', user: smtp?.user ?? '', from: smtp?.from ?? '' });
  const [password, setPassword] = useState('');
  const save = useSave('smtp');
  const text = (name: 'host' | 'user' | 'from') => ({ value: values[name], error: fieldError(save.error, name), onChange: (event: React.ChangeEvent<HTMLInputElement>) => { const { value } = event.currentTarget; setValues((old) => ({ ...old, [name]: value })); } });
  return (
    <Part title={words.mail} about={words.mailAbout} save={save} remove={smtp === null ? null : words.removeMail} onSave={() => save.mutate({ ...values, port: Number(values.port), ...(password === '' ? {} : { password }) }, { onSuccess: () => setPassword('') })}>
      <Group align="flex-start">
        <TextInput label={words.host} w={260} placeholder="mail.example.com" {...text('host')} />
        <NumberInput label={words.port} w={110} min={1} max={65_535} value={values.port} onChange={(port) => setValues((old) => ({ ...old, port }))} error={fieldError(save.error, 'port')} />
        <Select label={words.security} w={230} allowDeselect={false} value={values.security} data={Object.entries(words.securities).map(([value, label]) => ({ value, label }))} onChange={(value) => setValues((old) => ({ ...old, security: value ?? old.security }))} />
        <TextInput label={words.user} w={220} autoComplete="off" {...text('user')} />
        <PasswordInput label={words.password} description={words.secretHelp} w={280} autoComplete="new-password" placeholder={smtp?.passwordKept === true ? words.kept : undefined} value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={fieldError(save.error, 'password')} />
        <TextInput label={words.from} w={260} placeholder="portolan@example.com" {...text('from')} />
      </Group>
    </Part>
  );
}

function Adviser({ adviser }: Readonly<{ adviser: SettingsView['adviser'] }>): ReactNode {
  const [kind, setKind] = useState<string>(adviser?.kind ?? 'anthropic');
  const [model, setModel] = useState(adviser?.model ?? '');
  const [url, setUrl] = useState(adviser?.url ?? '');
  const [apiKey, setApiKey] = useState('');
  const save = useSave('adviser');
  return (
    <Part title={words.adviser} about={words.adviserAbout} save={save} remove={adviser === null ? null : words.removeAdviser} onSave={() => save.mutate({ kind, model, url: url.trim() === '' ? null : url.trim(), ...(apiKey === '' ? {} : { apiKey }) }, { onSuccess: () => setApiKey('') })}>
      <Group align="flex-start">
        <Select label={words.kindOfModel} w={260} allowDeselect={false} value={kind} data={Object.entries(words.kindsOfModel).map(([value, label]) => ({ value, label }))} onChange={(value) => setKind(value ?? 'anthropic')} />
        <TextInput label={words.model} w={240} value={model} onChange={(event) => setModel(event.currentTarget.value)} error={fieldError(save.error, 'model')} />
        <TextInput label={words.url} w={320} value={url} onChange={(event) => setUrl(event.currentTarget.value)} error={fieldError(save.error, 'url')} />
        <PasswordInput label={words.apiKey} description={words.secretHelp} w={280} autoComplete="new-password" placeholder={adviser?.keyKept === true ? words.kept : undefined} value={apiKey} onChange={(event) => setApiKey(event.currentTarget.value)} error={fieldError(save.error, 'apiKey')} />
      </Group>
    </Part>
  );
}

function Retention({ retention }: Readonly<{ retention: SettingsView['retention'] }>): ReactNode {
  const [days, setDays] = useState<string | number>(retention.days ?? '');
  const save = useSave('retention');
  return (
    <Part title={words.retention} about={words.retentionAbout} save={save} remove={null} onSave={() => save.mutate({ days: days === '' ? null : Number(days) })}>
      <NumberInput label={words.days} w={260} min={1} value={days} onChange={setDays} error={fieldError(save.error, 'days')} />
      {retention.days === null ? <Notice>{words.dueNone}</Notice> : retention.due.length > 0 && (
        <Alert color="orange"><div className="scroll" tabIndex={0}><Table fz="sm" maw={560}>
          <Table.Thead><Table.Tr><Table.Th>{words.due}</Table.Th><Table.Th>{words.dueAt}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{retention.due.map((one) => <Table.Tr key={one.project}><Table.Td>{one.project}</Table.Td><Table.Td>{texts.time(one.at)}</Table.Td></Table.Tr>)}</Table.Tbody>
        </Table></div></Alert>
      )}
    </Part>
  );
}
