import { Button, Card, Group, List, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PlanLine } from '../../../src/server/schemas/plan.ts';
import type { Status } from '../map-edits.ts';
import { texts } from '../texts.ts';
import { Value } from './show.tsx';

/** Why a line was proposed, and what it was proposed from. */
export function LineDetail({ line, status, edits, onStatus }: Readonly<{ line: PlanLine; status: Status; edits: boolean; onStatus: (status: Status) => void }>): ReactNode {
  return (
    <Card withBorder component="section" aria-label={texts.map.detail}>
      <Group justify="space-between" align="flex-start">
        <Title order={2} size="h5" dir="auto">{line.source ?? ''} {line.from} → {line.kind === 'leftOut' ? texts.map.nothing : `${line.destination ?? ''} ${line.to}`}</Title>
        <Group gap="xs">
          <Button size="xs" disabled={!edits || status === 'confirmed'} onClick={() => onStatus('confirmed')}>{texts.map.confirm}</Button>
          <Button size="xs" variant="default" disabled={!edits || status === 'rejected'} onClick={() => onStatus('rejected')}>{texts.map.reject}</Button>
          <Button size="xs" variant="default" disabled={!edits || status === 'proposed'} onClick={() => onStatus('proposed')}>{texts.map.reopen}</Button>
        </Group>
      </Group>
      <Text size="sm" component="div"><b>{texts.map.reason}:</b> <Value value={line.reason} /></Text>
      {line.transforms !== '' && <Text size="sm"><b>{texts.map.how}:</b> {line.transforms}</Text>}
      {line.loss !== null && <Text size="sm" component="div"><b>{texts.map.loss}:</b> <Value value={line.loss} /></Text>}
      {line.evidence.length > 0 && <><Text size="sm" fw={700}>{texts.map.evidence}:</Text><List size="sm">{line.evidence.map((value, index) => <List.Item key={`${index} ${value}`}><Value value={value} /></List.Item>)}</List></>}
    </Card>
  );
}
