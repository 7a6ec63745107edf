import { Button, Card, Checkbox, Group, Table, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Decision, PlanState, PlanView } from '../../../src/server/schemas/plan.ts';
import { isBeaten, isOverrun, isUnsaved, seenOf, type Chosen } from '../answers.ts';
import { call, projectPath } from '../api.ts';
import { effectOf, sharedOptions, valueOf, type Family } from '../decision-family.ts';
import { planQuery } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { useUnsaved } from '../unsaved.ts';
import { AnswersOverrun } from './answers-overrun.tsx';
import { DecisionAnswer, type People } from './decision-answer.tsx';
import { ProblemAlert, State, Value } from './show.tsx';
import { Told } from './told.tsx';

/** Rows of a queue that are shown at once. */
const page = 50;
/** Effects that are listed before a bulk answer. */
const mostEffects = 6;

/** Questions of one kind, value by value: each answered in its line, or several at once, with the effects beforehand. */
export function DecisionQueue({ project, plan, family, openOnly }: Readonly<{ project: string; plan: PlanView; family: Family; openOnly: boolean }>): ReactNode {
  const [typed, setTyped] = useState<ReadonlyMap<string, Chosen>>(new Map());
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [bulk, setBulk] = useState<unknown>(null);
  const [shown, setShown] = useState(page);
  const queries = useQueryClient();
  const edits = usePermission('edit');
  const { queue: words } = texts;
  const byId = new Map(family.decisions.map((decision) => [decision.id, decision]));
  const save = useMutation({
    mutationFn: (answers: ReadonlyMap<string, Chosen>) => call<PlanState>('POST', projectPath(project, 'plan', 'answers'), {
      base: plan.state.hash, answers: Object.fromEntries([...answers].map(([id, { answer }]) => [id, answer])), seen: Object.fromEntries([...answers].map(([id, { seen }]) => [id, seen])),
    }),
    // What is not saved stays typed; what was chosen anew meanwhile was chosen over the answer that is saved now.
    onSuccess: (_, answers) => setTyped((old) => new Map([...old].flatMap(([id, chosen]) => { const saved = answers.get(id); return saved === undefined ? [[id, chosen] as const] : saved.answer === chosen.answer ? [] : [[id, { ...chosen, seen: saved.answer }] as const]; }))),
    onSettled: () => queries.invalidateQueries({ queryKey: ['project', project] }),
  });
  const people: People = plan.people?.family === family.name ? plan.people.values : [];
  const all = openOnly ? family.decisions.filter((decision) => decision.answer === null || typed.has(decision.id)) : family.decisions;
  const rows = all.slice(0, shown);
  const marked = rows.filter((decision) => selected.has(decision.id));
  const open = family.decisions.filter((decision) => decision.answer === null);
  const recommended = open.filter((decision) => decision.recommendation !== null && decision.recommendation !== undefined);
  const known = [...typed].flatMap(([id, chosen]) => { const decision = byId.get(id); return decision === undefined || chosen.answer === null ? [] : [{ decision, name: valueOf(id), chosen }]; });
  const overrun = known.filter(({ decision, chosen }) => isOverrun(decision, chosen));
  const ready = new Map(known.map(({ decision, chosen }) => [decision.id, { answer: chosen.answer, seen: seenOf(decision, chosen) }]));
  /** Chosen over the answer that is seen now, or was when the first choice was made. */
  const type = (changes: readonly (readonly [Decision, unknown])[]): void => setTyped((old) => new Map([...old, ...changes.map(([decision, answer]) => [decision.id, { answer, seen: (old.get(decision.id) ?? { seen: decision.answer }).seen }] as const)]));
  useUnsaved(known.some(({ decision, chosen }) => isUnsaved(decision, chosen)));
  const [first] = marked;
  if (all.length === 0) return null;
  return (
    <Card withBorder component="section" aria-label={title(family.name)} id={`queue-${family.name}`}>
      <Group justify="space-between" wrap="nowrap"><Title order={2} size="h5">{title(family.name)}</Title><State state={open.length === 0 ? 'done' : 'waiting'}>{words.left(open.length, family.decisions.length)}</State></Group>
      {first !== undefined && (
        <div className="bulk">
          <Group gap="xs" align="center">
            <Text size="sm">{words.chosen(marked.length)}</Text>
            <DecisionAnswer label={words.forChosen} options={sharedOptions(marked, words)} free={first.free} recommendation={undefined} people={people} answer={bulk} disabled={!edits} onAnswer={setBulk} />
            <Button size="xs" disabled={!edits || bulk === null} onClick={() => { type(marked.map((decision) => [decision, bulk])); setBulk(null); setSelected(new Set()); }}>{words.put}</Button>
            <Button size="xs" variant="default" disabled={!edits || marked.every((decision) => decision.answer === null)} loading={save.isPending} onClick={() => save.mutate(new Map(marked.map((decision) => [decision.id, { answer: null, seen: decision.answer }])))}>{words.reopen}</Button>
          </Group>
          {bulk !== null && <Effects decisions={marked} answer={bulk} />}
        </div>
      )}
      <div className="scroll" tabIndex={0}><Table fz="sm" miw={620} verticalSpacing={4}>
        <Table.Thead><Table.Tr>
          <Table.Th w={36}><Checkbox size="xs" aria-label={words.selectAll} disabled={!edits} checked={rows.length > 0 && marked.length === rows.length} indeterminate={marked.length > 0 && marked.length < rows.length} onChange={(event) => setSelected(event.currentTarget.checked ? new Set(rows.map((decision) => decision.id)) : new Set())} /></Table.Th>
          {[words.value, words.answer, words.effect, texts.map.state].map((one) => <Table.Th key={one}>{one}</Table.Th>)}
        </Table.Tr></Table.Thead>
        <Table.Tbody>{rows.map((decision) => (
          <Row key={decision.id} decision={decision} people={people} edits={edits} selected={selected.has(decision.id)} typed={typed.get(decision.id)?.answer} onType={(answer) => type([[decision, answer]])}
            onSelect={(on) => setSelected((old) => (on ? new Set([...old, decision.id]) : new Set([...old].filter((id) => id !== decision.id))))} />
        ))}</Table.Tbody>
      </Table></div>
      {all.length > rows.length && <Button mt="xs" size="xs" variant="default" onClick={() => setShown((old) => old + page)}>{words.more(all.length - rows.length)}</Button>}
      <AnswersOverrun overrun={overrun} busy={save.isPending || !edits} onTake={() => { setTyped((old) => new Map([...old].filter(([id]) => overrun.every(({ decision }) => decision.id !== id)))); save.reset(); }}
        onPut={() => save.mutate(new Map([...ready, ...overrun.map(({ decision, chosen: mine }) => [decision.id, { answer: mine.answer, seen: decision.answer }] as const)]))} />
      <Group mt="sm" gap="xs">
        <Button size="xs" disabled={!edits || overrun.length > 0 || ready.size === 0} loading={save.isPending} onClick={() => save.mutate(ready)}>{words.save(ready.size)}</Button>
        {recommended.length > 0 && <Button size="xs" variant="default" disabled={!edits} onClick={() => type(recommended.filter((decision) => !typed.has(decision.id)).map((decision) => [decision, decision.recommendation]))}>{words.takeRecommended(recommended.length)}</Button>}
        {typed.size > 0 && <Button size="xs" variant="subtle" onClick={() => setTyped(new Map())}>{words.forget}</Button>}
        {save.isSuccess && typed.size === 0 && <Text size="sm" role="status">{texts.decisions.saved}</Text>}
      </Group>
      {overrun.length > 0 && isBeaten(save.error) ? null : <ProblemAlert error={save.error} {...(isBeaten(save.error) ? { again: () => void queries.invalidateQueries({ queryKey: planQuery(project).queryKey }).then(() => save.reset()) } : {})} />}
    </Card>
  );
}

const title = (family: string): string => texts.queue.families[family] ?? family;

interface RowProps { readonly decision: Decision; readonly people: People; readonly edits: boolean; readonly selected: boolean; readonly typed: unknown; readonly onType: (answer: unknown) => void; readonly onSelect: (on: boolean) => void }

function Row({ decision, people, edits, selected, typed, onType, onSelect }: RowProps): ReactNode {
  const given = typed === undefined ? decision.answer : typed;
  const value = valueOf(decision.id);
  const open = given === null || given === undefined;
  const effect = effectOf(decision, open ? decision.recommendation : given);
  const state = typed !== undefined && typed !== null ? 'unsaved' : decision.answer === null ? 'open' : 'answered';
  return (
    <Table.Tr>
      <Table.Td><Checkbox size="xs" aria-label={texts.map.select(value)} disabled={!edits} checked={selected} onChange={(event) => onSelect(event.currentTarget.checked)} /></Table.Td>
      <Table.Td miw={130} maw={280}><Text size="sm" fw={600} component="div"><Value value={value} /></Text><Text size="xs" component="div" c="dimmed"><Value value={decision.evidence.length > 0 ? decision.evidence.slice(0, 3).join('; ') : decision.question} /></Text></Table.Td>
      <Table.Td><DecisionAnswer label={decision.question} options={decision.options} free={decision.free} recommendation={decision.recommendation} people={people} answer={given ?? null} disabled={!edits} onAnswer={onType} /></Table.Td>
      <Table.Td miw={170}>{effect !== null && <Text size="sm" component="div">{open && <Text span size="xs" fw={600}>{texts.queue.ifRecommended} </Text>}<span className="value" dir="auto"><Told text={effect} /></span></Text>}{open && <Text size="xs" c="dimmed" component="div"><span className="value" dir="auto"><Told text={decision.reason} /></span></Text>}</Table.Td>
      <Table.Td className={`state state-${state === 'answered' ? 'confirmed' : 'proposed'}`} style={{ whiteSpace: 'nowrap' }}>{texts.queue.state[state]}</Table.Td>
    </Table.Tr>
  );
}

/** What one answer does to several values, before it is given. */
function Effects({ decisions, answer }: Readonly<{ decisions: readonly Decision[]; answer: unknown }>): ReactNode {
  const known = decisions.flatMap((decision) => { const effect = effectOf(decision, answer); return effect === null ? [] : [{ id: decision.id, effect }]; });
  return (
    <div role="status">
      {known.slice(0, mostEffects).map(({ id, effect }) => <Text key={id} size="sm" component="div"><b dir="auto">{valueOf(id).slice(0, 80)}</b>: <Told text={effect} /></Text>)}
      {known.length > mostEffects && <Text size="sm">{texts.queue.moreEffects(known.length - mostEffects)}</Text>}
    </div>
  );
}
