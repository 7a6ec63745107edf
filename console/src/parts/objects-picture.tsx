import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PlanView } from '../../../src/server/schemas/plan.ts';
import { texts } from '../texts.ts';

type Mapping = PlanView['mappings'][number];

/** Measures in pixels of the drawing, which is scaled to the page. */
const width = 720;
const row = 26;
const box = { width: 220, height: 20 };

/**
 * Source objects on the left, destination objects on the right, a line for each mapping: dashed where something is lost, with its
 * cardinality. A click shows the mapping's lines alone; the buttons above do the same for the keyboard.
 */
export function ObjectsPicture({ mappings, chosen, onChoose }: Readonly<{ mappings: readonly Mapping[]; chosen: string | null; onChoose: (mapping: string) => void }>): ReactNode {
  const sources = [...new Set(mappings.map((mapping) => mapping.source))];
  const destinations = [...new Set(mappings.map((mapping) => mapping.destination))];
  const height = Math.max(sources.length, destinations.length) * row + 8;
  const middle = (list: readonly string[], name: string): number => (height - list.length * row) / 2 + list.indexOf(name) * row + row / 2;
  const marks = mappings.map((mapping) => ({ mapping, from: middle(sources, mapping.source), to: middle(destinations, mapping.destination), nth: mappings.filter((other) => other.destination === mapping.destination).indexOf(mapping) }));
  return (
    <div className="scroll" tabIndex={0}>
      <svg className="objects" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={texts.map.pictureOf(sources.length, destinations.length, mappings.length, mappings.filter((mapping) => mapping.lossy).length)}>
        {marks.map(({ mapping, from, to }) => (
          <path key={mapping.id} className={`${mapping.lossy ? 'lossy' : ''} ${chosen === mapping.id ? 'chosen' : ''}`} d={`M ${box.width} ${from} C ${width / 2} ${from}, ${width / 2} ${to}, ${width - box.width} ${to}`} onClick={() => onChoose(mapping.id)}>
            <title>{texts.map.pictureLine(mapping.id, mapping.source, mapping.destination, texts.map.cardinality[mapping.cardinality], mapping.lossy)}</title>
          </path>
        ))}
        {marks.filter(({ mapping }) => mapping.cardinality !== 'each').map(({ mapping, from, to, nth }) => {
          // Along the curve, so that lines into one object do not cover each other's marks.
          const along = 0.5 + (nth % 5) * 0.09;
          const x = box.width + (width - 2 * box.width) * along;
          const share = along * along * (3 - 2 * along);
          return <text key={mapping.id} className="cardinality" x={x} y={from + (to - from) * share - 3} textAnchor="middle">{texts.map.cardinalityMark[mapping.cardinality]}</text>;
        })}
        {sources.map((name) => <Box key={name} name={name} x={0} y={middle(sources, name)} />)}
        {destinations.map((name) => <Box key={name} name={name} x={width - box.width} y={middle(destinations, name)} />)}
      </svg>
      <Text size="xs" c="dimmed">{texts.map.legend}</Text>
    </div>
  );
}

function Box({ name, x, y }: Readonly<{ name: string; x: number; y: number }>): ReactNode {
  const shown = name.length > 32 ? `${name.slice(0, 31)}…` : name;
  return (
    <g>
      <rect x={x + 0.5} y={y - box.height / 2} width={box.width - 1} height={box.height} rx={4} />
      <text x={x + 8} y={y + 4}>{shown}<title>{name.slice(0, 200)}</title></text>
    </g>
  );
}
