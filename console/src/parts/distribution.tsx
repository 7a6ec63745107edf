import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Discovery } from '../../../src/server/schemas/projects.ts';
import { texts } from '../texts.ts';

type Field = Discovery['sides'][number]['objects'][number]['fields'][number];

/** Bars of one field; the rest is one bar of its own. */
const mostBars = 6;

/**
 * How often which value occurs: a bar for each of the commonest, one for all others. Where the values are too many to be counted, a
 * few samples stand for them.
 * @param records of the object; null = not counted
 */
export function Distribution({ field, records }: Readonly<{ field: Field; records: number | null }>): ReactNode {
  const { values, samples } = field;
  if (values.length === 0) return <Text size="xs" lineClamp={2} dir="auto">{samples.join(', ')}</Text>;
  const shown = values.slice(0, mostBars);
  const counted = shown.reduce((sum, one) => sum + one.count, 0);
  const filled = records === null || field.filled === null ? values.reduce((sum, one) => sum + one.count, 0) : Math.round(records * field.filled);
  const others = Math.max(0, filled - counted);
  const most = Math.max(1, others, ...shown.map((one) => one.count));
  return (
    <ul className="distribution" aria-label={texts.discovery.distribution(field.label)}>
      {shown.map((one) => <Bar key={one.value} label={one.value} count={one.count} share={one.count / most} />)}
      {others > 0 && <Bar label={texts.discovery.others} count={others} share={others / most} other />}
    </ul>
  );
}

function Bar({ label, count, share, other = false }: Readonly<{ label: string; count: number; share: number; other?: boolean }>): ReactNode {
  return (
    <li>
      <span className={other ? 'distribution-other' : undefined} dir="auto" title={label.slice(0, 200)}>{label.slice(0, 200)}</span>
      <span className="distribution-bar" aria-hidden><i style={{ width: `${Math.max(2, share * 100)}%` }} /></span>
      <span>{texts.number(count)}</span>
    </li>
  );
}
