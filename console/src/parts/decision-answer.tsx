import { Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Decision, PlanView } from '../../../src/server/schemas/plan.ts';
import { plainly } from '../commands.ts';
import { asText } from '../decision-family.ts';
import { texts } from '../texts.ts';

type Option = Decision['options'][number];
export type People = NonNullable<PlanView['people']>['values'];

interface AnswerProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly free: Decision['free'];
  readonly recommendation: unknown;
  /** Users of the destination, where one of them is an answer. */
  readonly people: People;
  readonly answer: unknown; // null = none yet
  readonly disabled: boolean;
  readonly onAnswer: (answer: unknown) => void;
}

const other = '\u0000other';

/** One answer in a line: an option with its effect, a person of the destination, or what the question takes besides. */
export function DecisionAnswer(props: AnswerProps): ReactNode {
  const { label, options, free, recommendation, people, answer, disabled, onAnswer } = props;
  const isOption = options.some((option) => asText(option.value) === asText(answer));
  const isPerson = people.some((person) => person.value === answer);
  const [typing, setTyping] = useState(answer !== null && !isOption && !isPerson && free !== null);
  // A number with one suggestion is a number to type, nothing to choose from.
  if (free === 'number' && options.every((option) => typeof option.value === 'number')) {
    return <NumberInput size="xs" w={110} aria-label={label} disabled={disabled} value={typeof answer === 'number' ? answer : ''} placeholder={typeof recommendation === 'number' ? String(recommendation) : undefined} onChange={(value) => onAnswer(value === '' ? null : Number(value))} />;
  }
  const effects = new Map(options.map((option) => [asText(option.value), option.effect]));
  const known = new Set(effects.keys());
  const labelled = (option: Option): string => `${option.label}${asText(option.value) === asText(recommendation) ? ` (${texts.decisions.recommended})` : ''}`;
  return (
    <Group gap={6} wrap="nowrap">
      <Select size="xs" w={210} aria-label={label} disabled={disabled} searchable allowDeselect={false} comboboxProps={{ width: 380, position: 'bottom-start' }} placeholder={texts.queue.choose} limit={80}
        value={typing ? other : answer === null ? null : asText(answer)}
        data={[
          { group: texts.queue.options, items: options.map((option) => ({ value: asText(option.value), label: labelled(option) })) },
          ...(people.length === 0 ? [] : [{ group: texts.queue.people, items: people.filter((person) => !known.has(person.value)).map((person) => ({ value: person.value, label: person.label })) }]),
          ...(free === null ? [] : [{ group: texts.queue.free, items: [{ value: other, label: texts.decisions.free[free] }] }]),
        ]}
        renderOption={({ option }) => <div><Text size="sm">{option.label}</Text>{effects.get(option.value) !== undefined && <Text size="xs" className="effect">{plainly(effects.get(option.value) ?? '')}</Text>}</div>}
        onChange={(value) => {
          setTyping(value === other);
          if (value === other) onAnswer(null);
          else onAnswer(options.find((option) => asText(option.value) === value)?.value ?? value);
        }} />
      {typing && (free === 'number'
        ? <NumberInput size="xs" w={110} aria-label={`${label}: ${texts.decisions.free.number}`} disabled={disabled} value={typeof answer === 'number' ? answer : ''} onChange={(value) => onAnswer(value === '' ? null : Number(value))} />
        : <TextInput size="xs" w={190} aria-label={`${label}: ${texts.decisions.free.text}`} disabled={disabled} value={typeof answer === 'string' ? answer : ''} onChange={(event) => onAnswer(event.currentTarget.value === '' ? null : event.currentTarget.value)} />)}
    </Group>
  );
}
