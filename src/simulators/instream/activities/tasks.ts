import type { Row } from '../records/companies.ts';
import { dirtOf, hostile } from '../dirt.ts';
import { daysAfter, daysBefore } from '../files/formats.ts';
import { fateOf } from '../later.ts';
import type { Fate } from '../later.ts';
import { ownerOf } from '../records/owners.ts';
import { anyParent, noParent, unknownParent } from '../records/parents.ts';
import type { Parent } from '../records/parents.ts';
import type { World } from '../world.ts';

export const taskColumns = ['id', 'title', 'type', 'due_at', 'done', 'done_at', 'note', 'owner_email', 'record_type', 'record_id', 'contact_email'] as const;

export interface Task {
  readonly id: string;
  readonly parent: Parent;
  readonly title: string;
  readonly done: boolean;
  /** Wall-clock milliseconds; null where the cell holds no date. */
  readonly dueAt: number | null;
  readonly doneAt: number | null;
  readonly owner: string;
  readonly fate: Fate;
  readonly row: Row;
}

/** Follow-ups: half of them open, some of those overdue. A later export has some of them done. */
export function taskAt(world: World, index: number): Task {
  const { words, formats, options } = world;
  const random = world.random('task', index);
  const dirt = dirtOf('tasks', index, options.dirt);
  const fate = fateOf(world, 'task', index, options.tasks);
  const parent = dirt === 'no-parent' ? noParent : dirt === 'unknown-parent' ? unknownParent : anyParent(world, random);
  const open = random.chance(0.5);
  const done = !open || fate === 'changed';
  const due = open ? daysAfter(random.below(90) - 20) : daysBefore(5 + random.below(600));
  const doneAt = !done ? null : open ? daysBefore(0.5) : due + 3_600_000;
  const title = dirt === 'no-title' ? '' : dirt === 'formula' ? hostile.formula : random.pick(words.taskTitles);
  const owner = ownerOf(world, random);
  const note = `${random.chance(0.4) ? random.pick(words.noteSentences) : ''}${fate === 'changed' && !open ? ` ${words.afterwards}` : ''}`;
  const id = `z${index + 1}`;
  return {
    id, parent, title, done, dueAt: dirt === 'bad-date' ? null : due, doneAt, owner, fate,
    row: {
      id, title, type: random.pick(['follow-up', 'call', 'email', 'meeting', 'todo']), due_at: dirt === 'bad-date' ? '30.02.2026' : formats.dateTime(due),
      done: done ? formats.yes : formats.no, done_at: doneAt === null ? '' : formats.dateTime(doneAt), note, owner_email: owner, ...parent.cells,
    },
  };
}
