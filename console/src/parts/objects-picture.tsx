import { Text } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import type { PlanView } from '../../../src/server/schemas/plan.ts';
import { useNarrow } from '../narrow.ts';
import { texts } from '../texts.ts';
import { layOutObjects, type Pair } from './objects-layout.ts';

type Mapping = PlanView['mappings'][number];

/** Measures in pixels of the drawing, which is scaled to the page: on a tablet it is drawn narrower, so that its letters stay readable. */
const widths = { wide: 720, narrow: 560 } as const;
const letter = 6.6;

/** How many mappings there are between two objects, and what most of them do. */
function marksOf(pair: Pair): string {
  const kinds = new Set(pair.mappings.map((mapping) => mapping.cardinality));
  const [kind] = kinds;
  const cardinality = kind === undefined || kinds.size > 1 || kind === 'each' ? '' : texts.map.cardinalityMark[kind];
  return [pair.mappings.length > 1 ? texts.map.times(pair.mappings.length) : '', cardinality].filter((text) => text !== '').join(' · ');
}

/**
 * Source objects on the left, destination objects on the right, a line for each pair: dashed where something is lost, with its
 * cardinality and how many mappings it stands for. A click shows the lines of its mapping alone, and of the next one with the next
 * click; the buttons above do the same for the keyboard.
 */
export function ObjectsPicture({ mappings, chosen, onChoose }: Readonly<{ mappings: readonly Mapping[]; chosen: string | null; onChoose: (mapping: string) => void }>): ReactNode {
  const narrow = useNarrow();
  const { width, height, box, sources, destinations, lines, marks } = useMemo(() => layOutObjects({ mappings, width: narrow ? widths.narrow : widths.wide, marksOf }), [mappings, narrow]);
  const isChosen = (pair: Pair): boolean => pair.mappings.some((mapping) => mapping.id === chosen);
  const choose = (pair: Pair): void => {
    const at = pair.mappings.findIndex((mapping) => mapping.id === chosen);
    // The last one again: every object is shown.
    const next = pair.mappings[at + 1] ?? pair.mappings[at];
    if (next !== undefined) onChoose(next.id);
  };
  return (
    <div className="scroll" tabIndex={0}>
      <svg className="objects" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={texts.map.pictureOf(sources.length, destinations.length, mappings.length, mappings.filter((mapping) => mapping.lossy).length)}>
        {lines.map(({ pair, from, to }) => (
          <path key={pair.key} className={`${pair.lossy ? 'lossy' : ''} ${isChosen(pair) ? 'chosen' : ''}`} d={`M ${box.width} ${from} C ${width / 2} ${from}, ${width / 2} ${to}, ${width - box.width} ${to}`} onClick={() => choose(pair)}>
            <title>{pair.mappings.map((mapping) => texts.map.pictureLine(mapping.id, mapping.source, mapping.destination, texts.map.cardinality[mapping.cardinality], mapping.lossy)).join('\n')}</title>
          </path>
        ))}
        {marks.map((mark) => <text key={mark.key} className="cardinality" x={mark.x} y={mark.y} textAnchor="middle">{mark.text}</text>)}
        {sources.map(({ name, y }) => <Box key={name} name={name} x={0} y={y} box={box} />)}
        {destinations.map(({ name, y }) => <Box key={name} name={name} x={width - box.width} y={y} box={box} />)}
      </svg>
      <Text size="xs" c="dimmed">{texts.map.legend}</Text>
    </div>
  );
}

function Box({ name, x, y, box }: Readonly<{ name: string; x: number; y: number; box: Readonly<{ width: number; height: number }> }>): ReactNode {
  const longest = Math.floor((box.width - 16) / letter);
  const letters = [...name];
  const shown = letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : name;
  return (
    <g>
      <rect x={x + 0.5} y={y - box.height / 2} width={box.width - 1} height={box.height} rx={4} />
      <text x={x + 8} y={y + 4}>{shown}<title>{name.slice(0, 200)}</title></text>
    </g>
  );
}
