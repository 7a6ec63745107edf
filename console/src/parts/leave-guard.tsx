import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { texts } from '../texts.ts';
import { anyUnsaved, settleUnsaved } from '../unsaved.ts';

interface Move { readonly current: Readonly<{ pathname: string }>; readonly next: Readonly<{ pathname: string }> }

/** Another address of the same page, such as a place on it, drops nothing. */
async function asks({ current, next }: Move): Promise<boolean> {
  if (!anyUnsaved() || current.pathname === next.pathname) return false;
  await settleUnsaved();
  return anyUnsaved();
}

/** Who leaves a page with something typed and not saved is asked first: by a link, the browser's back, or closing it. */
export function LeaveGuard(): ReactNode {
  const leaving = useBlocker({ shouldBlockFn: asks, enableBeforeUnload: anyUnsaved, withResolver: true });
  const blocked = leaving.status === 'blocked';
  return (
    <Modal opened={blocked} onClose={() => leaving.reset?.()} title={texts.leave.title} closeButtonProps={{ 'aria-label': texts.leave.stay }} transitionProps={{ duration: 0 }}>
      <Text size="sm">{texts.leave.about}</Text>
      <Group mt="md" justify="flex-end"><Button data-autofocus onClick={() => leaving.reset?.()}>{texts.leave.stay}</Button><Button variant="default" onClick={() => leaving.proceed?.()}>{texts.leave.leave}</Button></Group>
    </Modal>
  );
}
