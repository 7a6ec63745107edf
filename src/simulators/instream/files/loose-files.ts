import { contentChunks } from '../words/content.ts';
import { mboxChunks, mimeChunks } from '../mail/email-mime.ts';
import type { Email } from '../mail/emails.ts';
import { totalWithLater } from '../later.ts';
import { calendarOf } from '../activities/meeting-ics.ts';
import type { Meeting } from '../activities/meetings.ts';
import { emailsOf, meetingsOf } from '../activities/messages.ts';
import { instantOf, mboxDate, zoneOf } from '../activities/moments.ts';
import { isGone } from '../records/presence.ts';
import type { ContactMarks } from '../records/presence.ts';
import { fileAt, mailFiles } from './stored-files.ts';
import type { Tally } from '../tally.ts';
import { emailAt } from '../mail/emails.ts';
import type { World } from '../world.ts';

/** A file of the bundle that is not made of rows. */
export interface LooseFile {
  /** With `/` between folders. */
  readonly path: string;
  /** May be taken once. */
  readonly chunks: Iterable<Buffer>;
  /** False: bytes that no packer makes smaller. */
  readonly compressible: boolean;
}

const eventsPerCalendar = 10;

function* mboxOf(world: World, emails: Iterable<Email>): Generator<Buffer> {
  for (const email of emails) yield* mboxChunks(world, email, mboxDate(instantOf(email.sentAt, zoneOf(world))));
}

function* emailFiles(world: World, tally: Tally, marks: ContactMarks): Generator<LooseFile> {
  const { emailForm, emails } = world.options;
  if (emails === 0) return;
  for (const email of emailsOf(world, tally, marks, 'eml')) {
    yield { path: `emails/${email.id}.eml`, chunks: mimeChunks(world, email), compressible: email.attachments === 0 };
    if (email.dirt === 'duplicate') yield { path: `emails/copy-of-${email.id}.eml`, chunks: mimeChunks(world, email), compressible: true };
  }
  if (emailForm === 'mixed' || emailForm === 'mbox') yield { path: 'emails/archive.mbox', chunks: mboxOf(world, emailsOf(world, tally, marks, 'mbox')), compressible: true };
}

/** What rows of emails.csv name. The e-mails themselves are counted where the rows are. */
function* emailAttachments(world: World, marks: ContactMarks): Generator<LooseFile> {
  for (let index = 0; index < totalWithLater(world, world.options.emails); index += 1) {
    const email = emailAt(world, index);
    if (email.form !== 'csv' || email.fate === 'removed' || isGone(world, marks, { contact: email.with.contact, deal: null })) continue;
    for (const { path, content } of mailFiles(world, email)) yield { path, chunks: contentChunks(world, content), compressible: false };
  }
}

/** Every third calendar holds a single meeting, as an attachment saved from a mail would; the others ten. */
function* calendars(world: World, tally: Tally, marks: ContactMarks): Generator<LooseFile> {
  let waiting: Meeting[] = [];
  let number = 0;
  const file = (): LooseFile => {
    number += 1;
    const made = { path: `meetings/calendar-${number}.ics`, chunks: [calendarOf(world, waiting)], compressible: true };
    waiting = [];
    return made;
  };
  for (const meeting of meetingsOf(world, tally, marks, 'ics')) {
    waiting.push(meeting);
    if (waiting.length === (number % 3 === 2 ? 1 : eventsPerCalendar)) yield file();
  }
  if (waiting.length > 0) yield file();
}

function* storedFiles(world: World, marks: ContactMarks): Generator<LooseFile> {
  for (let index = 0; index < totalWithLater(world, world.options.files); index += 1) {
    const file = fileAt(world, index);
    if (!file.present || file.fate === 'removed' || isGone(world, marks, file.parent)) continue;
    yield { path: file.path, chunks: file.content === null ? [] : contentChunks(world, file.content), compressible: false };
  }
}

/** Messages, calendars, attachments and stored files, one after the other; nothing is held. */
export function* looseFiles(world: World, tally: Tally, marks: ContactMarks): Generator<LooseFile> {
  yield* emailFiles(world, tally, marks);
  yield* emailAttachments(world, marks);
  yield* calendars(world, tally, marks);
  yield* storedFiles(world, marks);
}
