import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { LineComments } from '../../../src/server/schemas/lines.ts';
import { call, projectPath } from '../api.ts';
import { commentsQuery } from '../line.ts';
import { texts } from '../texts.ts';
import { ProblemAlert, Value } from './show.tsx';

type Comment = LineComments['comments'][number];

interface RemarksProps { readonly project: string; readonly lineKey: string; readonly comments: readonly Comment[]; readonly edits: boolean; readonly text: string; readonly onText: (text: string) => void }

/** What people say about a line. Ctrl+Enter sends; one's own can be taken back. */
export function LineRemarks({ project, lineKey, comments, edits, text, onText }: RemarksProps): ReactNode {
  const queries = useQueryClient();
  const { line: words } = texts;
  const read = (): Promise<void> => queries.invalidateQueries({ queryKey: commentsQuery(project).queryKey });
  const send = useMutation({ mutationFn: () => call<Comment>('POST', projectPath(project, 'plan', 'comments'), { key: lineKey, text }), onSuccess: () => { onText(''); return read(); } });
  const remove = useMutation({ mutationFn: (id: string) => call('DELETE', projectPath(project, 'plan', 'comments', id)), onSettled: read });
  return (
    <Stack gap="xs">
      {comments.length === 0 && <Text size="sm" c="dimmed">{words.noRemarks}</Text>}
      {comments.map((comment) => (
        <div key={comment.id}>
          <Group gap="xs"><Text size="sm" fw={600} dir="auto">{comment.author}</Text><Text size="xs" c="dimmed">{texts.time(comment.createdAt)}</Text>{comment.mine && <Button size="compact-xs" variant="subtle" disabled={!edits} onClick={() => remove.mutate(comment.id)}>{words.takeBack}</Button>}</Group>
          <Value value={comment.text} />
        </div>
      ))}
      <form onSubmit={(event) => { event.preventDefault(); send.mutate(); }}>
        <Textarea label={words.remark} autosize minRows={2} maxRows={8} dir="auto" disabled={!edits} value={text} onChange={(event) => onText(event.currentTarget.value)}
          onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim() !== '') send.mutate(); }} />
        <Button mt="xs" size="xs" type="submit" disabled={!edits || text.trim() === ''} loading={send.isPending}>{words.send}</Button>
      </form>
      <ProblemAlert error={send.error ?? remove.error} />
    </Stack>
  );
}
