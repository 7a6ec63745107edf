import { Alert, Button, Card, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { call } from '../api.ts';
import { fieldError, Loaded, ProblemAlert, unplaced } from '../parts/show.tsx';
import { sessionQuery } from '../session.ts';
import { texts } from '../texts.ts';

const { account: words } = texts;
const empty = { current: '', next: '' };

/** A person's own account: who they are here, and another password. */
export function AccountPage(): ReactNode {
  return (
    <Stack>
      <Title order={1} size="h2">{words.title}</Title>
      <Loaded query={useQuery(sessionQuery)}>{(session) => (session === null ? null : (
        <>
          <Text size="sm">{words.who(session.user.name, texts.access.role[session.user.role])}</Text>
          <OwnPassword email={session.user.email} />
        </>
      ))}</Loaded>
    </Stack>
  );
}

function OwnPassword({ email }: Readonly<{ email: string }>): ReactNode {
  const [values, setValues] = useState(empty);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () => call('POST', '/api/account/password', values),
    onSuccess: async () => {
      setValues(empty);
      // The session is a new one, and its token with it.
      await queries.invalidateQueries({ queryKey: ['session'] });
    },
  });
  const set = (name: keyof typeof empty) => ({
    value: values[name], error: fieldError(change.error, name), required: true,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      const { value } = event.currentTarget;
      setValues((old) => ({ ...old, [name]: value }));
    },
  });
  return (
    <Card withBorder component="section" aria-label={words.password} maw={480}>
      <form onSubmit={(event) => { event.preventDefault(); change.mutate(); }}>
        <Stack gap="sm">
          <Title order={2} size="h4">{words.password}</Title>
          <Text size="sm" c="dimmed">{words.about}</Text>
          <TextInput label={texts.access.email} type="email" autoComplete="username" readOnly value={email} />
          <PasswordInput label={words.current} autoComplete="current-password" {...set('current')} />
          <PasswordInput label={words.next} description={texts.access.passwordHelp} autoComplete="new-password" {...set('next')} />
          <ProblemAlert error={unplaced(change.error)} />
          {change.isSuccess && <Alert color="green" role="status">{words.done}</Alert>}
          <div><Button type="submit" loading={change.isPending}>{words.change}</Button></div>
        </Stack>
      </form>
    </Card>
  );
}
