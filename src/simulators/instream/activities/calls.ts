import type { Row } from '../records/companies.ts';
import { dirtOf, hostile } from '../dirt.ts';
import { daysBefore } from '../files/formats.ts';
import { fateOf } from '../later.ts';
import type { Fate } from '../later.ts';
import { ownerOf } from '../records/owners.ts';
import { anyParent, noParent, unknownParent } from '../records/parents.ts';
import type { Parent } from '../records/parents.ts';
import { phoneNumber } from '../world.ts';
import type { World } from '../world.ts';

export const callColumns = ['id', 'record_type', 'record_id', 'contact_email', 'direction', 'phone', 'duration', 'outcome', 'note', 'owner_email', 'started_at'] as const;

export interface Call {
  readonly id: string;
  readonly parent: Parent;
  readonly direction: 'in' | 'out';
  /** Null where the cell holds no duration. */
  readonly seconds: number | null;
  readonly outcome: string;
  readonly note: string;
  readonly owner: string;
  /** Wall-clock milliseconds; null where the cell holds no date. */
  readonly startedAt: number | null;
  readonly fate: Fate;
  readonly row: Row;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Three ways to write the same duration: `754`, `12:34`, `00:12:34`. */
export function durationText(seconds: number, notation: 'seconds' | 'minutes' | 'hours'): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (notation === 'seconds') return String(seconds);
  return notation === 'minutes' && hours === 0 ? `${minutes}:${two(rest)}` : `${two(hours)}:${two(minutes)}:${two(rest)}`;
}

export function callAt(world: World, index: number): Call {
  const { words, formats, options } = world;
  const random = world.random('call', index);
  const dirt = dirtOf('calls', index, options.dirt);
  const fate = fateOf(world, 'call', index, options.calls);
  const parent = dirt === 'no-parent' ? noParent : dirt === 'unknown-parent' ? unknownParent : anyParent(world, random);
  const direction = random.chance(0.4) ? 'in' : 'out';
  const outcome = random.pick(words.callOutcomes);
  const seconds = outcome === words.callOutcomes[0] ? 20 + random.below(random.chance(0.1) ? 9_000 : 1_500) : random.chance(0.5) ? 0 : random.below(45);
  const notation = random.pick(['seconds', 'minutes', 'hours'] as const);
  const sentence = random.chance(0.6) ? random.pick(words.noteSentences) : '';
  const note = (dirt === 'script' ? `${hostile.script} ${sentence}` : sentence) + (fate === 'changed' ? ` ${words.afterwards}` : '');
  const owner = ownerOf(world, random);
  const startedAt = daysBefore(1 + random.below(700) + random.next());
  const id = `f${index + 1}`;
  return {
    id, parent, direction, seconds: dirt === 'bad-duration' ? null : seconds, outcome, note, owner, startedAt: dirt === 'bad-date' ? null : startedAt, fate,
    row: {
      id, ...parent.cells, direction, phone: phoneNumber(world, random), duration: dirt === 'bad-duration' ? '12m??' : durationText(seconds, notation),
      outcome, note, owner_email: owner, started_at: dirt === 'bad-date' ? '31.02.2026 25:61' : formats.dateTime(startedAt),
    },
  };
}
