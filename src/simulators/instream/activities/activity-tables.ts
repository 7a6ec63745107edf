import { callAt, callColumns } from './calls.ts';
import { digestsOf, emptyDigests } from '../words/content.ts';
import { dirtOf } from '../dirt.ts';
import { totalWithLater } from '../later.ts';
import { emailColumns, emailRow } from '../mail/email-rows.ts';
import { meetingColumns, meetingRow } from './meetings.ts';
import { isoOf } from './moments.ts';
import { emailsOf, meetingsOf } from './messages.ts';
import { fateWithParent } from '../records/presence.ts';
import type { ContactMarks } from '../records/presence.ts';
import { recordTagAt, recordTagColumns } from '../records/record-tags.ts';
import { fileAt, fileColumns } from '../files/stored-files.ts';
import { spoiled } from '../table.ts';
import type { Table, TableRow } from '../table.ts';
import { add, foldedTag } from '../tally.ts';
import type { Tally } from '../tally.ts';
import { taskAt, taskColumns } from './tasks.ts';
import type { World } from '../world.ts';

function* callRows(world: World, tally: Tally, marks: ContactMarks): Generator<TableRow> {
  for (let index = 0; index < totalWithLater(world, world.options.calls); index += 1) {
    const call = callAt(world, index);
    const fate = fateWithParent(world, marks, call.parent, call.fate);
    tally.fate('call', call.id, fate);
    if (fate === 'removed' || fate === 'never') continue;
    const dirt = dirtOf('calls', index, world.options.dirt);
    if (dirt !== 'ragged-long') {
      const { id, direction, seconds, outcome, note, owner, startedAt, parent } = call;
      tally.calls[parent.record === null ? 'withoutParent' : 'withParent'] += 1;
      tally.calls.seconds += seconds ?? 0;
      add(tally.callOutcomes, outcome);
      tally.details?.calls.push({ id, record: parent.record, direction, seconds, outcome, note, owner, startedAt: startedAt === null ? null : isoOf(world, startedAt), dirt });
    }
    yield* spoiled(world, tally, 'calls', index, call.row);
  }
}

function* taskRows(world: World, tally: Tally, marks: ContactMarks): Generator<TableRow> {
  for (let index = 0; index < totalWithLater(world, world.options.tasks); index += 1) {
    const task = taskAt(world, index);
    const fate = fateWithParent(world, marks, task.parent, task.fate);
    tally.fate('task', task.id, fate);
    if (fate === 'removed' || fate === 'never') continue;
    const { id, title, done, dueAt, doneAt, owner, parent } = task;
    const iso = (wall: number | null): string | null => (wall === null ? null : isoOf(world, wall));
    tally.tasks[done ? 'done' : 'open'] += 1;
    tally.details?.tasks.push({ id, record: parent.record, title, type: task.row['type'] ?? '', note: task.row['note'] ?? '', done, dueAt: iso(dueAt), doneAt: iso(doneAt), owner, dirt: dirtOf('tasks', index, world.options.dirt) });
    yield* spoiled(world, tally, 'tasks', index, task.row);
  }
}

function* fileRows(world: World, tally: Tally, marks: ContactMarks): Generator<TableRow> {
  for (let index = 0; index < totalWithLater(world, world.options.files); index += 1) {
    const file = fileAt(world, index);
    const fate = fateWithParent(world, marks, file.parent, file.fate);
    tally.fate('file', file.id, fate);
    if (fate === 'removed' || fate === 'never') continue;
    const dirt = dirtOf('files', index, world.options.dirt);
    const { id, path, name, parent, content, present, uploadedAt, uploadedBy } = file;
    const damaged = dirt === 'wrong-hash' || dirt === 'wrong-size';
    tally.files[!present ? 'missing' : damaged ? 'damaged' : 'whole'] += 1;
    tally.files.bytes += content?.size ?? 0;
    tally.attachmentBytes += content?.size ?? 0;
    tally.details?.files.push({
      id, record: parent.record, path, name, size: content?.size ?? (present ? 0 : null), sha1: null, sha256: null, ...(present ? (content === null ? emptyDigests : digestsOf(world, content)) : {}),
      uploadedBy, uploadedAt: isoOf(world, uploadedAt), dirt,
    });
    yield* spoiled(world, tally, 'files', index, file.row);
  }
}

function* recordTagRows(world: World, tally: Tally, marks: ContactMarks): Generator<TableRow> {
  const inCells = new Set(tally.details?.recordTags.map(({ record, tag }) => `${record} ${tag}`));
  for (let index = 0; index < totalWithLater(world, world.options.recordTags); index += 1) {
    const entry = recordTagAt(world, index);
    if (entry === null) continue;
    const fate = fateWithParent(world, marks, entry, entry.fate === 'changed' ? 'same' : entry.fate);
    tally.fate('record_tag', entry.id, fate);
    if (fate === 'removed' || fate === 'never') continue;
    const tag = foldedTag(entry.tag);
    if (tag !== '' && entry.record !== null) {
      tally.tags.add(tag);
      if (!inCells.has(`${entry.record} ${tag}`)) tally.details?.recordTags.push({ record: entry.record, tag });
    }
    yield* spoiled(world, tally, 'record_tags', index, entry.row);
  }
}

function* emailRows(world: World, tally: Tally, marks: ContactMarks): Generator<TableRow> {
  for (const email of emailsOf(world, tally, marks, 'csv')) yield* spoiled(world, tally, 'emails', email.index, emailRow(world, email));
}

function* meetingRows(world: World, tally: Tally, marks: ContactMarks): Generator<TableRow> {
  for (const meeting of meetingsOf(world, tally, marks, 'csv')) yield* spoiled(world, tally, 'meetings', meeting.index, meetingRow(world, meeting));
}

/** E-mails, calls, meetings, tasks, files and tags of records, as far as they are kept in rows. A file without anything to say is left out. */
export function activityTables(world: World, tally: Tally, marks: ContactMarks): readonly Table[] {
  const { emails, calls, meetings, tasks, files, recordTags, emailForm, meetingForm } = world.options;
  const table = (wanted: boolean, file: string, columns: readonly string[], rows: Iterable<TableRow>): readonly Table[] => (wanted ? [{ file, columns, rows }] : []);
  return [
    ...table(emails > 0 && (emailForm === 'mixed' || emailForm === 'csv'), 'emails.csv', emailColumns, emailRows(world, tally, marks)),
    ...table(calls > 0, 'calls.csv', callColumns, callRows(world, tally, marks)),
    ...table(meetings > 0 && meetingForm !== 'ics', 'meetings.csv', meetingColumns, meetingRows(world, tally, marks)),
    ...table(tasks > 0, 'tasks.csv', taskColumns, taskRows(world, tally, marks)),
    ...table(files > 0, 'files.csv', fileColumns, fileRows(world, tally, marks)),
    ...table(recordTags > 0, 'record_tags.csv', recordTagColumns, recordTagRows(world, tally, marks)),
  ];
}
