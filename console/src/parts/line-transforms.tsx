import { ActionIcon, Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import type { LineDetails, Transforms } from '../../../src/server/schemas/lines.ts';
import { draftOf, newStep, stepOf, transformsQuery, trialQuery, type DraftStep } from '../line.ts';
import { texts } from '../texts.ts';
import { LineTrialTable } from './line-trial.tsx';
import { Loaded, ProblemAlert } from './show.tsx';

interface LineTransformsProps {
  readonly project: string;
  readonly details: LineDetails;
  readonly edits: boolean;
  /** What was typed before the page looked at another line; null = nothing. */
  readonly draft: readonly DraftStep[] | null;
  readonly onDraft: (draft: readonly DraftStep[] | null) => void;
  readonly onSave: (transforms: LineDetails['transforms']) => void;
}

/** Typing comes to rest after this long, in milliseconds, before records are tried. */
const restMs = 350;

/** The transforms of a line, one under the other, and what they make of real records while they are typed. */
export function LineTransforms(props: LineTransformsProps): ReactNode {
  return <Loaded query={useQuery(transformsQuery)}>{({ transforms }) => <Editor key={JSON.stringify(props.details.transforms)} {...props} known={transforms} />}</Loaded>;
}

function Editor({ project, details, edits, draft, onDraft, onSave, known }: LineTransformsProps & { readonly known: Transforms['transforms'] }): ReactNode {
  const { line: words } = texts;
  const [saved] = useState(() => details.transforms.map(draftOf));
  const steps = draft ?? saved;
  const read = steps.map(stepOf);
  const whole = read.every((step) => step !== null) ? read : null;
  const unchanged = whole !== null && JSON.stringify(whole) === JSON.stringify(details.transforms);
  const typed = whole === null ? null : JSON.stringify(whole);
  const [rested] = useDebouncedValue(typed, restMs);
  const tried = rested === null ? null : JSON.parse(rested) as LineDetails['transforms'];
  const trial = useQuery({ ...trialQuery(project, details.key, { base: details.hash, ...(tried === null ? {} : { transforms: tried }) }), placeholderData: keepPreviousData, enabled: tried !== null });
  const problems = trial.data?.problems ?? [];
  // What was saved is no draft any more.
  useEffect(() => { if (draft !== null && unchanged) onDraft(null); }, [draft, unchanged, onDraft]);
  const put = (next: readonly DraftStep[]): void => onDraft(next);
  const move = (at: number, by: number): void => put(steps.map((step, index) => (index === at ? steps[at + by] ?? step : index === at + by ? steps[at] ?? step : step)));
  const errorOf = (at: number): string | null => (read[at] === null ? words.notJson : problems.filter((problem) => problem.part === 'transforms' && problem.step === at).map((problem) => `${problem.message} ${problem.remedy}`).join(' ') || null);
  return (
    <Stack gap="sm">
      {steps.length === 0 && <Text size="sm">{words.asItIs}</Text>}
      {steps.map((step, at) => {
        const transform = known.find((one) => one.name === step.name);
        const example = transform?.examples.find((one) => one.parameters !== null);
        return (
          <Group key={step.id} gap="xs" align="flex-start" wrap="nowrap" role="group" aria-label={words.step(at + 1, step.name)}>
            <Select w={190} aria-label={words.transform} searchable allowDeselect={false} disabled={!edits} value={step.name} data={known.map((one) => one.name)} onChange={(name) => { if (name !== null) put(steps.map((one, index) => (index === at ? { ...one, name, text: '' } : one))); }} />
            <Textarea style={{ flex: 1, minWidth: 0 }} aria-label={words.parameters(step.name)} description={transform?.summary} autosize minRows={1} maxRows={10} disabled={!edits || transform?.takesParameters === 'no'} spellCheck={false} className="plan-text"
              placeholder={transform?.takesParameters === 'no' ? words.noParameters : example === undefined ? undefined : `${words.example} ${typeof example.parameters === 'string' ? example.parameters : JSON.stringify(example.parameters)}`}
              value={step.text} error={errorOf(at)} onChange={(event) => { const text = event.currentTarget.value; put(steps.map((one, index) => (index === at ? { ...one, text } : one))); }} />
            <ActionIcon variant="default" size="lg" aria-label={words.up(step.name)} disabled={!edits || at === 0} onClick={() => move(at, -1)}>↑</ActionIcon>
            <ActionIcon variant="default" size="lg" aria-label={words.down(step.name)} disabled={!edits || at === steps.length - 1} onClick={() => move(at, 1)}>↓</ActionIcon>
            <ActionIcon variant="default" size="lg" aria-label={words.remove(step.name)} disabled={!edits} onClick={() => put(steps.filter((_, index) => index !== at))}>×</ActionIcon>
          </Group>
        );
      })}
      <Group gap="xs">
        <Select w={230} size="xs" aria-label={words.add} placeholder={words.add} searchable disabled={!edits} value={null} data={known.map((one) => one.name)} onChange={(name) => { if (name !== null) put([...steps, newStep(name)]); }} />
        <Button size="xs" disabled={!edits || whole === null || unchanged || problems.length > 0 || trial.isFetching || rested !== typed} onClick={() => { if (whole !== null) onSave(whole); }}>{words.saveTransforms}</Button>
        <Button size="xs" variant="default" disabled={draft === null || unchanged} onClick={() => onDraft(null)}>{words.dropTransforms}</Button>
      </Group>
      <ProblemAlert error={trial.error} />
      {trial.data !== undefined && <LineTrialTable trial={trial.data} stale={trial.isFetching || rested !== typed} />}
    </Stack>
  );
}
