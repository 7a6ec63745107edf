import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { call } from '../api.ts';
import { texts } from '../texts.ts';
import { fieldError, ProblemAlert, unplaced } from './show.tsx';

/** Signs in, and reads everything anew that was refused before. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Readonly<{ email: string; password: string }>) => call('POST', '/api/sign-in', body),
    onSuccess: async () => {
      await queries.refetchQueries({ queryKey: ['session'] });
      void queries.invalidateQueries();
    },
  });
}

/** @param email who signed in here before, where somebody did */
export function SignInForm({ email: before }: Readonly<{ email: string }>): ReactNode {
  const [email, setEmail] = useState(before);
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  return (
    <form onSubmit={(event) => { event.preventDefault(); signIn.mutate({ email, password }); }}>
      <Stack>
        <ProblemAlert error={unplaced(signIn.error)} />
        <TextInput label={texts.access.email} type="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} error={fieldError(signIn.error, 'email')} />
        <PasswordInput label={texts.access.password} autoComplete="current-password" required data-autofocus value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={fieldError(signIn.error, 'password')} />
        <Button type="submit" loading={signIn.isPending}>{texts.access.signIn}</Button>
      </Stack>
    </form>
  );
}
