import { Button, Group, Select, Table, Text } from '@mantine/core';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { LineDetails, LinePlace } from '../../../src/server/schemas/lines.ts';
import { texts } from '../texts.ts';

/** Places shown with their reasons; the others are searched by name. */
const mostPlaces = 9;
/** The likeliest, the present place aside, in the order in which 1 to 9 choose. */
export const likelyPlaces = ({ places, to }: LineDetails): readonly LinePlace[] => places.filter((place) => place.confidence !== null && place.name !== to).slice(0, mostPlaces);

/** Whether a line can go there as it is. */
export const isFree = (place: LinePlace): boolean => place.transforms !== null && place.takenBy === null;

/** Where a line could go instead: the proposer's list with confidence and reasons. Its number, or Enter on it, chooses a place. */
export function LinePlaces({ details, edits, onChoose }: Readonly<{ details: LineDetails; edits: boolean; onChoose: (place: LinePlace) => void }>): ReactNode {
  const { line: words } = texts;
  const [other, setOther] = useState<string | null>(null);
  const likely = likelyPlaces(details);
  const present = details.places.find((place) => place.name === details.to);
  const found = details.places.find((place) => place.name === other);
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
    buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step]?.focus();
    event.preventDefault();
  };
  return (
    <>
      <Text size="sm">{details.to === '' ? words.noPlaceYet : words.presentPlace(details.to, present?.label ?? details.to, present?.confidence ?? null)}{details.movable ? '' : ` ${words.alike}`}</Text>
      {likely.length === 0 ? <Text size="sm" c="dimmed">{words.noPlaces}</Text> : (
        <div className="scroll" tabIndex={0} onKeyDown={onKey}><Table fz="sm" miw={540}>
          <Table.Thead><Table.Tr><Table.Th aria-label={words.choose('')} w={120} />{[words.place, words.type, texts.map.confidence, texts.map.reason].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>{likely.map((place, at) => (
            <Table.Tr key={place.name}>
              <Table.Td><Text span size="sm" mr={8}>{at + 1}</Text><Button size="compact-xs" variant="default" disabled={!edits || !isFree(place)} aria-label={words.choose(place.name)} onClick={() => onChoose(place)}>{words.use}</Button></Table.Td>
              <Table.Td dir="auto">{place.label} {place.label !== place.name && <Text span size="xs" c="dimmed">{place.name}</Text>}</Table.Td>
              <Table.Td>{place.type}</Table.Td>
              <Table.Td>{place.confidence === 0 ? '' : words.percent(place.confidence ?? 0)}</Table.Td>
              <Table.Td><Remarks place={place} /></Table.Td>
            </Table.Tr>
          ))}</Table.Tbody>
        </Table></div>
      )}
      <Group gap="xs" align="flex-end" mt="xs">
        <Select w={320} size="xs" label={words.anyPlace} searchable limit={60} disabled={!edits} value={other} onChange={setOther} data={details.places.filter((place) => place.name !== details.to).map((place) => ({ value: place.name, label: place.label === place.name ? place.name : `${place.label} (${place.name})` }))} />
        <Button size="xs" variant="default" disabled={!edits || found === undefined || !isFree(found)} onClick={() => { if (found !== undefined) onChoose(found); }}>{words.use}</Button>
        {found !== undefined && <Text size="sm" component="div"><Remarks place={found} /></Text>}
      </Group>
    </>
  );
}

function Remarks({ place }: Readonly<{ place: LinePlace }>): ReactNode {
  const { line: words } = texts;
  return (
    <>
      <span className="value" dir="auto">{place.reasons.join('; ')}</span>
      {place.why !== null && <Text size="sm" fw={600}>{words.doesNotFit(place.why)}</Text>}
      {place.takenBy !== null && <Text size="sm" fw={600}>{words.taken(place.takenBy)}</Text>}
      {place.loss !== null && <Text size="sm" fw={600}>{texts.map.loss}: {place.loss}</Text>}
    </>
  );
}
