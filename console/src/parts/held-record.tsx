import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { editableFields, type Entry } from '../held-edits.ts';
import { texts } from '../texts.ts';
import { Told } from './told.tsx';

/** Every text of one held-back record; what is not touched stays as the source has it. */
export function HeldRecord({ entry, typed, onType, onClose }: Readonly<{ entry: Entry; typed: Readonly<Record<string, string>>; onType: (field: string, text: string) => void; onClose: () => void }>): ReactNode {
  return (
    <Modal opened onClose={onClose} size="lg" title={texts.quarantine.correctTitle(`${entry.sourceObject} ${entry.sourceId}`)} closeButtonProps={{ 'aria-label': texts.cancel }}>
      <form onSubmit={(event) => { event.preventDefault(); onClose(); }}>
        <Stack gap="xs">
          <Text size="sm">{entry.message} <Told text={entry.remedy} /></Text>
          {editableFields(entry).map(([name, value]) => <TextInput key={name} label={name} dir="auto" value={typed[name] ?? value} onChange={(event) => onType(name, event.currentTarget.value)} />)}
          <Group justify="flex-end"><Button type="submit">{texts.quarantine.done}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
