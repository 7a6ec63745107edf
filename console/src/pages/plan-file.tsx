import { Alert, Button, FileInput, Group, List, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { ApiProblem } from '../api.ts';
import { clashes } from '../line-diff.ts';
import { NumberedText, showLine } from '../parts/numbered-text.tsx';
import { Loaded, Notice, ProblemAlert } from '../parts/show.tsx';
import { TextClashes } from '../parts/text-clashes.tsx';
import { Told } from '../parts/told.tsx';
import { isConflict, planTextQuery, usePlanDraft, type PlanText } from '../plan-draft.ts';
import { useProject } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';

export function PlanFilePage(): ReactNode {
  const project = useProject();
  const query = useQuery(planTextQuery(project));
  return (
    <Stack>
      <Title order={1} size="h2">{texts.file.title}</Title>
      <Notice>{texts.file.about}</Notice>
      <Loaded query={query}>{(data) => <Editor key={project} project={project} newest={data} />}</Loaded>
    </Stack>
  );
}

/** Problems that are listed. */
const mostProblems = 50;
/** What the server takes, in bytes. */
const largestFile = 20_000_000;

function Editor({ project, newest }: Readonly<{ project: string; newest: PlanText }>): ReactNode {
  const plan = usePlanDraft(project, newest);
  const { save } = plan;
  const [before, setBefore] = useState<Readonly<{ name: string; draft: typeof plan.draft }> | null>(null); // what an opened file took the place of
  const area = useRef<HTMLTextAreaElement>(null);
  const edits = usePermission('edit');
  const { file: words } = texts;
  const open = useMutation({
    mutationFn: async (file: File) => ({ name: file.name, text: await textOf(file) }),
    onSuccess: ({ name, text }) => {
      setBefore({ name, draft: plan.draft });
      save.reset();
      plan.type(text);
    },
  });
  const problems = save.error instanceof ApiProblem ? save.error.error.problems ?? [] : [];
  const forget = (): void => {
    setBefore(null);
    plan.drop();
  };
  return (
    <>
      {plan.behind && plan.draft !== null ? (
        <Conflict begun={plan.draft.begun.text} newest={newest} mine={plan.text} busy={save.isPending || plan.isFetching} edits={edits} onTake={forget} onPut={() => plan.put(newest.hash)} />
      ) : null}
      {problems.length > 0 ? (
        <Alert color="red" role="alert" title={words.problems(problems.length)}>
          <List size="sm">{problems.slice(0, mostProblems).map((one) => (
            <List.Item key={`${one.line} ${one.path} ${one.message}`}>{one.line === null ? null : <Button size="compact-xs" variant="default" onClick={() => { if (area.current !== null) showLine(area.current, one.line ?? 1); }}>{texts.problem.line(one.line)}</Button>} {one.message} <Told text={one.remedy} /></List.Item>
          ))}</List>
          {problems.length > mostProblems && <Text size="sm">{words.moreProblems(problems.length - mostProblems)}</Text>}
        </Alert>
      ) : <ProblemAlert error={isConflict(save.error) && plan.behind ? null : save.error} />}
      <ProblemAlert error={open.error} />
      {before !== null && plan.dirty && <Group gap="xs" role="status"><Text size="sm">{words.opened(before.name)}</Text><Button size="compact-xs" variant="default" onClick={() => { plan.restore(before.draft); setBefore(null); save.reset(); }}>{words.backToTyped}</Button></Group>}
      <NumberedText areaRef={area} label={words.label} readOnly={!edits} value={plan.text} marked={new Set(problems.flatMap(({ line }) => line ?? []))} onType={plan.type} />
      <Group>
        <Button disabled={!edits || !plan.dirty || plan.behind} loading={save.isPending} onClick={() => plan.put(plan.draft?.begun.hash ?? newest.hash)}>{words.save}</Button>
        {plan.dirty && !plan.behind && <Button variant="default" onClick={forget}>{words.drop}</Button>}
        <FileInput w={220} aria-label={words.open} placeholder={words.open} accept=".yaml,.yml,.json,text/yaml,application/yaml" disabled={!edits || open.isPending} value={null} onChange={(file) => { if (file !== null) open.mutate(file); }} />
        <Button variant="default" onClick={() => handOut(`${project}.plan.yaml`, plan.text)}>{words.download}</Button>
        <Text size="sm" role="status">{save.isSuccess && !plan.dirty ? words.saved(save.data.version) : `${words.version(newest.version)}${plan.dirty ? ` · ${words.dirty}` : ''}`}</Text>
      </Group>
    </>
  );
}

interface ConflictProps { readonly begun: string; readonly newest: PlanText; readonly mine: string; readonly busy: boolean; readonly edits: boolean; readonly onTake: () => void; readonly onPut: () => void }

/** Two people on one file: the person sees what differs, and says which is to stand. */
function Conflict({ begun, newest, mine, busy, edits, onTake, onPut }: ConflictProps): ReactNode {
  const { conflict: words } = texts;
  const found = useMemo(() => clashes({ begun, newest: newest.text, mine }), [begun, newest.text, mine]);
  return (
    <Alert color="orange" role="alert" title={words.file(newest.version)}>
      <Text size="sm">{words.fileAbout}</Text>
      <TextClashes found={found} />
      <Group mt="xs"><Button size="xs" disabled={busy} onClick={onTake}>{words.takeNewest}</Button><Button size="xs" variant="default" disabled={busy || !edits} onClick={onPut}>{words.putMine}</Button></Group>
    </Alert>
  );
}

/** @throws ApiProblem where it is no text, or more than the server takes */
async function textOf(file: File): Promise<string> {
  const { file: words } = texts;
  if (file.size > largestFile) throw new ApiProblem(413, { error: { code: 'plan-file-size', message: words.tooLarge(file.name), remedy: null } });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()).replaceAll('\r\n', '\n');
  } catch {
    throw new ApiProblem(422, { error: { code: 'plan-file-encoding', message: words.notUtf8(file.name), remedy: words.saveUtf8 } });
  }
}

/** Hands out a text as a file: what stands on the page, saved or not. */
function handOut(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
