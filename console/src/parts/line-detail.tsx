import { Button, Card, Group, List, Tabs, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { memo, type ReactNode } from 'react';
import type { LineComments, LineDetails, LinePlace } from '../../../src/server/schemas/lines.ts';
import type { PlanLine } from '../../../src/server/schemas/plan.ts';
import { lineQuery, type DraftStep } from '../line.ts';
import type { LineChange, Status } from '../map-edits.ts';
import { texts } from '../texts.ts';
import { LineRemarks } from './line-comments.tsx';
import { LinePlaces } from './line-places.tsx';
import { LineTransforms } from './line-transforms.tsx';
import { Loaded, Value } from './show.tsx';
import { Told } from './told.tsx';

export const lineTabs = ['why', 'places', 'transforms', 'remarks'] as const;
export type LineTab = typeof lineTabs[number];

/** What a person has typed about a line and not saved or sent. */
export interface LineDraft { readonly steps: readonly DraftStep[] | null; readonly remark: string }

interface LineDetailProps {
  readonly project: string;
  readonly line: PlanLine;
  readonly hash: string;
  readonly status: Status;
  readonly edits: boolean;
  readonly tab: LineTab;
  readonly comments: LineComments['comments'];
  readonly draft: LineDraft;
  readonly onTab: (tab: LineTab) => void;
  readonly onDraft: (draft: Partial<LineDraft>) => void;
  readonly onStatus: (status: Status) => void;
  readonly onChange: (change: LineChange, before: LineChange) => void;
}

/** How long the page stays on a line before more is asked about it, in milliseconds: who walks through lines asks nothing. */
const stayMs = 150;

/** One line: why it was proposed, where it could go instead, what is done to its values, what people say about it. */
export const LineDetail = memo(function LineDetail(props: LineDetailProps): ReactNode {
  const { line, status, edits, tab, comments, onStatus } = props;
  const tabs: readonly LineTab[] = line.kind === 'field' ? lineTabs : lineTabs.filter((one) => one === 'why' || one === 'remarks' || (one === 'places' && line.kind === 'leftOut'));
  return (
    <Card withBorder component="section" aria-label={texts.map.detail} id="line-detail">
      <Group justify="space-between" align="flex-start">
        <Title order={2} size="h5" dir="auto">{line.kind === 'schema' ? '' : line.source} {line.from} → {line.kind === 'leftOut' ? texts.map.nothing : `${line.destination ?? ''} ${line.to}`}</Title>
        <Group gap="xs">
          <Button size="xs" disabled={!edits || status === 'confirmed'} onClick={() => onStatus('confirmed')}>{texts.map.confirm}</Button>
          {line.kind === 'leftOut' ? <Button size="xs" variant="default" onClick={() => props.onTab('places')}>{texts.line.giveAPlace}</Button>
            : <Button size="xs" variant="default" disabled={!edits || status === 'rejected'} onClick={() => onStatus('rejected')}>{texts.map.reject}</Button>}
          <Button size="xs" variant="default" disabled={!edits || status === 'proposed'} onClick={() => onStatus('proposed')}>{texts.map.reopen}</Button>
        </Group>
      </Group>
      <Tabs value={tabs.includes(tab) ? tab : 'why'} onChange={(value) => { if (value !== null) props.onTab(value as LineTab); }} keepMounted={false} mt="xs">
        <Tabs.List>{tabs.map((one) => <Tabs.Tab key={one} value={one}>{one === 'remarks' && comments.length > 0 ? texts.line.tabs.someRemarks(comments.length) : texts.line.tabs[one]}</Tabs.Tab>)}</Tabs.List>
        <Tabs.Panel value="why" pt="xs"><Why line={line} /></Tabs.Panel>
        <Tabs.Panel value="places" pt="xs"><WithDetails {...props}>{(details) => <LinePlaces details={details} edits={edits} onChoose={(place) => props.onChange(...choiceOf(place, details, status))} />}</WithDetails></Tabs.Panel>
        <Tabs.Panel value="transforms" pt="xs"><WithDetails {...props}>{(details) => (
          <LineTransforms key={details.key} project={props.project} details={details} edits={edits} draft={props.draft.steps} onDraft={(steps) => props.onDraft({ steps })}
            onSave={(transforms) => props.onChange({ transforms }, { transforms: details.transforms, status })} />
        )}</WithDetails></Tabs.Panel>
        <Tabs.Panel value="remarks" pt="xs"><LineRemarks project={props.project} lineKey={line.key} comments={comments} edits={edits} text={props.draft.remark} onText={(remark) => props.onDraft({ remark })} /></Tabs.Panel>
      </Tabs>
    </Card>
  );
});

/** Choosing a place confirms the line; taking it back restores all of it. */
export function choiceOf(place: LinePlace, details: LineDetails, status: Status): readonly [change: LineChange, before: LineChange] {
  if (details.key.startsWith('leftOut:')) return [{ to: place.name }, { to: null, status }];
  return [{ to: place.name, status: 'confirmed' }, { to: details.to, transforms: details.transforms, loss: details.loss, reason: details.reason, status }];
}

function Why({ line }: Readonly<{ line: PlanLine }>): ReactNode {
  return (
    <>
      <Text size="sm" component="div"><b>{texts.map.reason}:</b> <div className="value" dir="auto"><Told text={line.reason} /></div></Text>
      {line.transforms !== '' && <Text size="sm"><b>{texts.map.how}:</b> {line.transforms}</Text>}
      {line.loss !== null && <Text size="sm" component="div"><b>{texts.map.loss}:</b> <Value value={line.loss} /></Text>}
      {line.evidence.length > 0 && <><Text size="sm" fw={700}>{texts.map.evidence}:</Text><List size="sm">{line.evidence.map((value, index) => <List.Item key={`${index} ${value}`}><Value value={value} /></List.Item>)}</List></>}
    </>
  );
}

function WithDetails({ project, line, hash, children }: LineDetailProps & { readonly children: (details: LineDetails) => ReactNode }): ReactNode {
  const [key] = useDebouncedValue(line.key, stayMs);
  const query = useQuery({ ...lineQuery(project, key, hash), placeholderData: (old, before) => (before?.queryKey[3] === key ? old : undefined) });
  return key === line.key ? <Loaded query={query}>{children}</Loaded> : <Text size="sm">{texts.loading}</Text>;
}
