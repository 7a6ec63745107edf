import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { texts } from '../texts.ts';

/** An address that leads nowhere. */
export function NotFound(): ReactNode {
  return (
    <Stack p="md">
      <Title order={1} size="h2">{texts.notFound.title}</Title>
      <Text>{texts.notFound.about}</Text>
      <Anchor renderRoot={(props) => <Link to="/" {...props} />}>{texts.notFound.projects}</Anchor>
    </Stack>
  );
}
