import { Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { call } from '../api.ts';
import { fieldError, ProblemAlert, unplaced } from '../parts/show.tsx';
import { SignInForm, useSignIn } from '../parts/sign-in-form.tsx';
import { returnPath } from '../return-path.ts';
import { sessionQuery, statusQuery } from '../session.ts';
import { texts } from '../texts.ts';

function Door({ title, about, children }: Readonly<{ title: string; about?: string; children: ReactNode }>): ReactNode {
  return (
    <Center mih="90vh" component="main">
      <Paper withBorder p="xl" w={440} maw="95vw">
        <Text fw={700} c="dimmed">{texts.product}</Text>
        <Title order={1} size="h3" mb="sm">{title}</Title>
        {about !== undefined && <Text size="sm" mb="md">{about}</Text>}
        {children}
      </Paper>
    </Center>
  );
}

export function SignInPage(): ReactNode {
  const { searchStr } = useLocation();
  const { history } = useRouter();
  const status = useQuery(statusQuery);
  const { data: session } = useQuery(sessionQuery);
  const signedIn = session !== null && session !== undefined;
  const [back] = useState(() => returnPath(new URLSearchParams(searchStr).get('from'), window.location.origin)); // once: the address changes on the way there
  useEffect(() => { if (signedIn) history.replace(back); }, [signedIn, back, history]);
  if (status.data?.firstRun === true) return <Navigate to="/first-run" />;
  if (signedIn) return null;
  return <Door title={texts.access.signIn}><SignInForm email="" /></Door>;
}

/** The code comes after the # of the printed address: that part is never sent, and stands in no log. */
export function FirstRunPage(): ReactNode {
  const { hash } = useLocation();
  const printed = new URLSearchParams(hash).get('code') ?? '';
  const [values, setValues] = useState({ code: printed, name: '', email: '', password: '' });
  // Opened in a tab that stands here already, the printed address changes nothing but what is after its #.
  useEffect(() => { if (printed !== '') setValues((old) => ({ ...old, code: printed })); }, [printed]);
  const queries = useQueryClient();
  const status = useQuery(statusQuery);
  const navigate = useNavigate();
  const signIn = useSignIn();
  const make = useMutation({
    mutationFn: () => call('POST', '/api/first-run', values),
    onSuccess: async () => {
      await signIn.mutateAsync({ email: values.email, password: values.password });
      await queries.invalidateQueries({ queryKey: ['status'] });
      await navigate({ to: '/' });
    },
  });
  if (status.data?.firstRun === false && !make.isPending && !signIn.isPending) return <Navigate to="/sign-in" />;
  const set = (name: keyof typeof values) => ({
    value: values[name], required: true, error: fieldError(make.error, name), onChange: (event: React.ChangeEvent<HTMLInputElement>) => { const { value } = event.currentTarget; setValues((old) => ({ ...old, [name]: value })); },
  });
  return (
    <Door title={texts.access.firstRun} about={texts.access.firstRunAbout}>
      <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
        <Stack>
          <ProblemAlert error={unplaced(make.error ?? signIn.error)} />
          <TextInput label={texts.access.code} description={texts.access.codeHelp} autoComplete="off" {...set('code')} />
          <TextInput label={texts.access.name} autoComplete="name" {...set('name')} />
          <TextInput label={texts.access.email} type="email" autoComplete="username" {...set('email')} />
          <PasswordInput label={texts.access.password} description={texts.access.passwordHelp} autoComplete="new-password" {...set('password')} />
          <Button type="submit" loading={make.isPending}>{texts.access.make}</Button>
        </Stack>
      </form>
    </Door>
  );
}
