import { Alert, Anchor, Badge, Button, Group, List, Loader, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api.ts';
import { texts } from '../texts.ts';
import { Told } from './told.tsx';

/** What went wrong, with its remedy. */
export function ProblemAlert({ error, again }: Readonly<{ error: unknown; again?: () => void }>): ReactNode {
  if (error === null || error === undefined) return null;
  const problem = error instanceof ApiProblem ? error.error : { message: String(error), remedy: null, problems: undefined };
  return (
    <Alert color="red" variant="light" role="alert" title={<Told text={problem.message} />}>
      {problem.remedy !== null && <Text size="sm">{texts.whatToDo}<Told text={problem.remedy} /></Text>}
      {(problem.problems?.length ?? 0) > 1 && <List size="sm">{problem.problems?.map((one) => <List.Item key={`${one.line} ${one.path} ${one.message}`}>{one.line === null ? '' : `${texts.problem.line(one.line)}: `}<Told text={one.message} /></List.Item>)}</List>}
      {error instanceof ApiProblem && error.error.code === 'no-project' && <Anchor size="sm" c="inherit" underline="always" renderRoot={(props) => <Link to="/" {...props} />}>{texts.notFound.projects}</Anchor>}
      {again !== undefined && <Button size="xs" mt="xs" variant="default" onClick={again}>{texts.tryAgain}</Button>}
    </Alert>
  );
}

/** Waits for a query, shows its error, or its data. */
export function Loaded<Data>({ query, children }: Readonly<{ query: Readonly<{ data: Data | undefined; error: unknown; refetch: () => unknown }>; children: (data: Data) => ReactNode }>): ReactNode {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error instanceof ApiProblem && query.error.error.code === 'no-plan') return <NoPlan />;
  if (query.error !== null) return <ProblemAlert error={query.error} again={() => void query.refetch()} />;
  return <Group role="status"><Loader size="sm" /><Text size="sm">{texts.loading}</Text></Group>;
}

/** There is no plan yet, and where one is made. */
export function NoPlan(): ReactNode {
  const { project = '' }: { readonly project?: string } = useParams({ strict: false });
  return <Text size="sm">{texts.map.none} <Anchor size="sm" underline="always" renderRoot={(props) => <Link to={`/p/${encodeURIComponent(project)}/discovery`} {...props} />}>{texts.map.toDiscovery}</Anchor></Text>;
}

/** By name of a form's field: what the server says is wrong with it. */
export function fieldError(error: unknown, name: string): string | null {
  return error instanceof ApiProblem ? error.error.fields?.[name] ?? null : null;
}

/** The error, unless it stands beside the fields it is about. */
export function unplaced(error: unknown): unknown {
  return error instanceof ApiProblem && error.error.fields !== undefined ? null : error;
}

export function Notice({ children }: Readonly<{ children: ReactNode }>): ReactNode {
  return <Text c="dimmed" size="sm" maw={760}>{children}</Text>;
}

const colours: Readonly<Record<string, string>> = { passed: 'green', succeeded: 'green', done: 'green', confirmed: 'green', warning: 'orange', withQuarantine: 'orange', waiting: 'orange', gate: 'orange', paused: 'orange', failed: 'red', interrupted: 'red', running: 'blue' };
/** A state as word and colour; the word alone says it all. */
export function State({ state, children }: Readonly<{ state: string; children: ReactNode }>): ReactNode {
  return <Badge variant="outline" tt="none" color={colours[state] ?? 'gray'} styles={{ root: { color: 'var(--mantine-color-text)', flexShrink: 0 } }}>{children}</Badge>;
}

/** Longest value shown whole, in characters. */
const mostShown = 1_000;

/** A value of a record: whatever it holds, it is text here. */
export function Value({ value }: Readonly<{ value: unknown }>): ReactNode {
  if (value === null || value === undefined || value === '') return <Text span size="sm" c="dimmed">–</Text>;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return <div className="value" dir="auto">{text.length > mostShown ? `${text.slice(0, mostShown)} ${texts.clipped(text.length)}` : text}</div>;
}
