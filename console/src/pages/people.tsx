import { Alert, Button, Card, Code, Group, Modal, NumberInput, PasswordInput, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { AccessList } from '../../../src/server/schemas/access.ts';
import { call, get } from '../api.ts';
import { AuditLog } from '../parts/audit-log.tsx';
import { fieldError, Loaded, ProblemAlert, unplaced } from '../parts/show.tsx';
import { texts } from '../texts.ts';

const { people: words } = texts;
type User = AccessList['users'][number];
const roles = Object.entries(words.roles).map(([value, label]) => ({ value, label }));

export function PeoplePage(): ReactNode {
  const query = useQuery({ queryKey: ['people'], queryFn: () => get<AccessList>('/api/people') });
  return (
    <Stack>
      <Title order={1} size="h2">{words.title}</Title>
      <Loaded query={query}>{(list) => <><Accounts users={list.users} /><Tokens tokens={list.tokens} /></>}</Loaded>
      <AuditLog />
    </Stack>
  );
}

function useChange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: Readonly<{ method: 'POST' | 'PATCH' | 'DELETE'; path: string; body?: unknown }>) => call<{ readonly token?: string }>(method, path, body),
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['people'] }), queries.invalidateQueries({ queryKey: ['audit'] })]),
  });
}

function Accounts({ users }: Readonly<{ users: AccessList['users'] }>): ReactNode {
  const empty = { name: '', email: '', password: '', role: 'viewer' };
  const [values, setValues] = useState(empty);
  const add = useChange();
  const change = useChange();
  const [asked, setAsked] = useState<Readonly<{ user: User; what: 'password' | 'removal' }> | null>(null);
  const set = (name: keyof typeof empty) => ({ value: values[name], error: fieldError(add.error, name), required: true, onChange: (event: React.ChangeEvent<HTMLInputElement>) => { const { value } = event.currentTarget; setValues((old) => ({ ...old, [name]: value })); } });
  return (
    <section>
      <Title order={2} size="h4">{words.accounts}</Title>
      <ProblemAlert error={change.error} />
      <div className="scroll" tabIndex={0}><Table miw={640}>
        <Table.Thead><Table.Tr><Table.Th>{texts.projects.name}</Table.Th><Table.Th>{texts.access.email}</Table.Th><Table.Th>{words.role}</Table.Th><Table.Th aria-label={words.remove} /></Table.Tr></Table.Thead>
        <Table.Tbody>{users.map((user) => (
        <Table.Tr key={user.id}>
          <Table.Td>{user.name}</Table.Td><Table.Td>{user.email}</Table.Td>
          <Table.Td><Select size="xs" w={330} aria-label={`${words.role}: ${user.email}`} allowDeselect={false} data={roles} value={user.role} onChange={(role) => change.mutate({ method: 'PATCH', path: `/api/people/${user.id}`, body: { role } })} /></Table.Td>
          <Table.Td><Group gap="xs" wrap="nowrap">
            <Button size="compact-xs" variant="default" onClick={() => setAsked({ user, what: 'password' })} aria-label={`${words.newPassword}: ${user.email}`}>{words.newPassword}</Button>
            <Button size="compact-xs" variant="default" onClick={() => setAsked({ user, what: 'removal' })} aria-label={`${words.remove} ${user.email}`}>{words.remove}</Button>
          </Group></Table.Td>
        </Table.Tr>
      ))}</Table.Tbody></Table></div>
      {asked?.what === 'password' && <NewPassword user={asked.user} onClose={() => setAsked(null)} />}
      {asked?.what === 'removal' && <Removal user={asked.user} onClose={() => setAsked(null)} />}
      <Card withBorder mt="sm"><form onSubmit={(event) => { event.preventDefault(); add.mutate({ method: 'POST', path: '/api/people', body: values }, { onSuccess: () => setValues(empty) }); }}>
        <Group align="flex-end">
          <TextInput label={texts.projects.name} autoComplete="off" {...set('name')} /><TextInput label={texts.access.email} type="email" autoComplete="off" {...set('email')} />
          <PasswordInput label={words.initial} autoComplete="new-password" w={200} {...set('password')} />
          <Select label={words.role} w={330} allowDeselect={false} data={roles} value={values.role} onChange={(role) => setValues((old) => ({ ...old, role: role ?? 'viewer' }))} />
          <Button type="submit" loading={add.isPending}>{words.add}</Button>
        </Group>
        <ProblemAlert error={unplaced(add.error)} />
      </form></Card>
    </section>
  );
}

/** A password for who forgot theirs. */
function NewPassword({ user, onClose }: Readonly<{ user: User; onClose: () => void }>): ReactNode {
  const [password, setPassword] = useState('');
  const change = useChange();
  return (
    <Modal opened onClose={onClose} title={words.newPassword} closeButtonProps={{ 'aria-label': texts.cancel }}>
      <form onSubmit={(event) => { event.preventDefault(); change.mutate({ method: 'PATCH', path: `/api/people/${user.id}`, body: { password } }, { onSuccess: onClose }); }}>
        <Stack gap="sm">
          <Text size="sm">{words.passwordAbout(user.email)}</Text>
          <PasswordInput label={words.newPassword} description={texts.access.passwordHelp} required autoComplete="new-password" value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={fieldError(change.error, 'password')} />
          <ProblemAlert error={unplaced(change.error)} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{texts.cancel}</Button><Button type="submit" loading={change.isPending}>{words.setPassword}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Removal({ user, onClose }: Readonly<{ user: User; onClose: () => void }>): ReactNode {
  const change = useChange();
  return (
    <Modal opened onClose={onClose} title={`${words.remove} ${user.name}`} closeButtonProps={{ 'aria-label': texts.cancel }}>
      <Text size="sm" mb="md">{words.removeAsk(user.email)}</Text>
      <ProblemAlert error={change.error} />
      <Group mt="md" justify="flex-end"><Button variant="default" onClick={onClose}>{texts.cancel}</Button><Button color="red" loading={change.isPending} onClick={() => change.mutate({ method: 'DELETE', path: `/api/people/${user.id}` }, { onSuccess: onClose })}>{words.remove}</Button></Group>
    </Modal>
  );
}

function Tokens({ tokens }: Readonly<{ tokens: AccessList['tokens'] }>): ReactNode {
  const [name, setName] = useState('');
  const [role, setRole] = useState('viewer');
  const [days, setDays] = useState<string | number>(90);
  const add = useChange();
  const revoke = useChange();
  return (
    <section>
      <Title order={2} size="h4">{words.tokens}</Title>
      {tokens.length === 0 && <Text size="sm" c="dimmed">{words.unused}</Text>}
      {tokens.length > 0 && <div className="scroll" tabIndex={0}><Table miw={640}><Table.Tbody>{tokens.map((token) => (
        <Table.Tr key={token.id}><Table.Td>{token.name}</Table.Td><Table.Td>{token.role}</Table.Td><Table.Td>{words.expires}: {texts.time(token.expiresAt)}</Table.Td><Table.Td>{words.used}: {token.usedAt === null ? words.never : texts.time(token.usedAt)}</Table.Td>
          <Table.Td><Button size="compact-xs" variant="default" onClick={() => revoke.mutate({ method: 'DELETE', path: `/api/tokens/${token.id}` })} aria-label={`${words.revoke} ${token.name}`}>{words.revoke}</Button></Table.Td></Table.Tr>
      ))}</Table.Tbody></Table></div>}
      <Card withBorder mt="sm"><form onSubmit={(event) => { event.preventDefault(); add.mutate({ method: 'POST', path: '/api/tokens', body: { name, role, days: Number(days) } }, { onSuccess: () => setName('') }); }}>
        <Group align="flex-end">
          <TextInput label={words.tokenName} required value={name} onChange={(event) => setName(event.currentTarget.value)} error={fieldError(add.error, 'name')} />
          <Select label={words.role} w={330} allowDeselect={false} data={roles} value={role} onChange={(value) => setRole(value ?? 'viewer')} />
          <NumberInput label={words.days} min={1} max={365} w={130} value={days} onChange={setDays} error={fieldError(add.error, 'days')} />
          <Button type="submit" loading={add.isPending}>{words.addToken}</Button>
        </Group>
        {add.data?.token !== undefined && <Alert color="green" mt="sm" role="status" title={words.once}><Code>{add.data.token}</Code></Alert>}
        <ProblemAlert error={unplaced(add.error) ?? revoke.error} />
      </form></Card>
    </section>
  );
}
