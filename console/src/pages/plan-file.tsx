import { Alert, Button, Group, List, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import type { PlanState } from '../../../src/server/schemas/plan.ts';
import { ApiProblem, call, get, projectPath } from '../api.ts';
import { Loaded, Notice, ProblemAlert } from '../parts/show.tsx';
import { useProject } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { Told } from '../parts/told.tsx';

interface PlanText { readonly text: string; readonly hash: string; readonly version: number }

export function PlanFilePage(): ReactNode {
  const project = useProject();
  const query = useQuery({ queryKey: ['project', project, 'plan', 'text'], queryFn: () => get<PlanText>(projectPath(project, 'plan', 'text')), refetchOnWindowFocus: false });
  return (
    <Stack>
      <Title order={1} size="h2">{texts.file.title}</Title>
      <Notice>{texts.file.about}</Notice>
      <Loaded query={query}>{(data) => <Editor project={project} data={data} />}</Loaded>
    </Stack>
  );
}

function Editor({ project, data }: Readonly<{ project: string; data: PlanText }>): ReactNode {
  const [text, setText] = useState<string | null>(null);
  const [base, setBase] = useState(data.hash);
  const area = useRef<HTMLTextAreaElement>(null);
  const queries = useQueryClient();
  const edits = usePermission('edit');
  const save = useMutation({
    mutationFn: () => call<PlanState>('PUT', projectPath(project, 'plan', 'text'), { base, text: text ?? data.text }),
    onSuccess: (state) => {
      setBase(state.hash);
      return queries.invalidateQueries({ queryKey: ['project', project] });
    },
    // What was typed stays; saving once more puts it over the newest version, knowingly.
    onError: (error) => { if (error instanceof ApiProblem && error.error.currentHash !== undefined) setBase(error.error.currentHash); },
  });
  const goTo = (line: number): void => {
    const lines = (text ?? data.text).split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    area.current?.focus();
    area.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  };
  const problems = save.error instanceof ApiProblem ? save.error.error.problems ?? [] : [];
  return (
    <>
      {problems.length > 0 ? (
        <Alert color="red" role="alert" title={texts.file.problems(problems.length)}><List size="sm">{problems.slice(0, 50).map((one) => (
          <List.Item key={`${one.line} ${one.path} ${one.message}`}>{one.line === null ? null : <Button size="compact-xs" variant="default" onClick={() => goTo(one.line ?? 1)}>{texts.problem.line(one.line)}</Button>} {one.message} <Told text={one.remedy} /></List.Item>
        ))}</List></Alert>
      ) : <ProblemAlert error={save.error} />}
      <Textarea className="plan-text" ref={area} label={texts.file.label} rows={28} spellCheck={false} readOnly={!edits} value={text ?? data.text} onChange={(event) => setText(event.currentTarget.value)} />
      <Group>
        <Button disabled={!edits || text === null} loading={save.isPending} onClick={() => save.mutate()}>{texts.file.save}</Button>
        <Text size="sm" role="status">{save.isSuccess ? texts.file.saved(save.data.version) : texts.file.version(data.version)}</Text>
      </Group>
    </>
  );
}
