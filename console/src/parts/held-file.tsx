import { Alert, Button, FileInput, Group, List, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { QuarantineFileAnswer } from '../../../src/server/schemas/quarantine-file.ts';
import { ApiProblem, call, projectPath } from '../api.ts';
import { texts } from '../texts.ts';
import { ProblemAlert } from './show.tsx';

/** The corrected CSV: first what is in it, then the run. */
export function HeldFile({ project, operates, onStarted }: Readonly<{ project: string; operates: boolean; onStarted: () => void }>): ReactNode {
  const [csv, setCsv] = useState<Readonly<{ name: string; text: string }> | null>(null);
  const { quarantine: words } = texts;
  const send = (start: boolean, file: Readonly<{ name: string; text: string }>): Promise<QuarantineFileAnswer> => call('POST', projectPath(project, 'quarantine', 'file'), { name: file.name, csv: file.text, start });
  const read = useMutation({
    mutationFn: async (file: File) => {
      let text: string;
      try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
      } catch {
        throw new ApiProblem(422, { error: { code: 'quarantine-file-encoding', message: words.notUtf8(file.name), remedy: words.saveUtf8 } });
      }
      const answer = await send(false, { name: file.name, text });
      setCsv({ name: file.name, text });
      return answer;
    },
    onError: () => setCsv(null),
  });
  const load = useMutation({ mutationFn: (file: Readonly<{ name: string; text: string }>) => send(true, file), onSuccess: () => { setCsv(null); read.reset(); onStarted(); } });
  return (
    <>
      <FileInput w={260} aria-label={words.upload} placeholder={words.upload} accept=".csv,text/csv" disabled={!operates || read.isPending} value={null} onChange={(file) => { if (file !== null) read.mutate(file); }} />
      {csv !== null && read.data !== undefined && (
        <Alert w="100%" color="blue" variant="light" role="status" title={words.inFile(csv.name, read.data.records, read.data.corrected)}>
          {read.data.unreadable.length > 0 && <><Text size="sm">{words.unreadableRows(read.data.unreadable.length)}</Text><List size="sm">{read.data.unreadable.slice(0, 5).map((position) => <List.Item key={position}>{position}</List.Item>)}</List></>}
          <Group mt="xs"><Button size="xs" loading={load.isPending} onClick={() => load.mutate(csv)}>{words.loadFile(read.data.records)}</Button><Button size="xs" variant="default" onClick={() => { setCsv(null); read.reset(); }}>{texts.cancel}</Button></Group>
        </Alert>
      )}
      {(read.error ?? load.error) !== null && <div style={{ width: '100%' }}><ProblemAlert error={read.error ?? load.error} /></div>}
    </>
  );
}
