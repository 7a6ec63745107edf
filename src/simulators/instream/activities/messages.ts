import { digestsOf } from '../words/content.ts';
import { emailAt } from '../mail/emails.ts';
import type { Email } from '../mail/emails.ts';
import { totalWithLater } from '../later.ts';
import { meetingAt, meetingSpan, zoneNamed } from './meetings.ts';
import type { Meeting } from './meetings.ts';
import { isoOf } from './moments.ts';
import { fateWithParent } from '../records/presence.ts';
import type { ContactMarks } from '../records/presence.ts';
import { mailFiles } from '../files/stored-files.ts';
import { add } from '../tally.ts';
import type { Tally } from '../tally.ts';
import type { World } from '../world.ts';

function countEmail(world: World, tally: Tally, email: Email): void {
  const { form, direction, with: partner } = email;
  const files = mailFiles(world, email);
  tally.emails[form] += 1;
  tally.emails[direction] += 1;
  tally.emails[partner.contact !== null ? 'withContact' : partner.company !== null ? 'withCompany' : 'withNobodyKnown'] += 1;
  for (const { inline, content } of files) {
    tally.emails[inline ? 'inlineImages' : 'attachments'] += 1;
    if (!inline) tally.attachmentBytes += content.size;
  }
  add(tally.objects, 'email');
  const plain = ({ address }: Readonly<{ address: string }>): string => address.toLowerCase();
  tally.details?.emails.push({
    id: form === 'csv' ? email.id : null, messageId: email.messageId, thread: email.thread, inReplyTo: email.inReplyTo, form, direction, record: partner.record,
    from: plain(email.from), to: email.to.map(plain), cc: email.cc.map(plain), bcc: email.bcc.map(plain), subject: email.subject, text: email.text, html: email.html,
    sentAt: email.dirt === 'no-date' || email.dirt === 'bad-date' ? null : isoOf(world, email.sentAt), dirt: email.dirt,
    files: files.map(({ name, content, inline, contentId }) => ({ name, size: content.size, ...digestsOf(world, content), inline, contentId })),
  });
}

/** The e-mails that are kept in one form, counted as they are taken. */
export function* emailsOf(world: World, tally: Tally, marks: ContactMarks, form: Email['form']): Generator<Email> {
  for (let index = 0; index < totalWithLater(world, world.options.emails); index += 1) {
    const email = emailAt(world, index);
    if (email.form !== form) continue;
    const own = email.fate === 'changed' ? 'same' : email.fate; // a message never changes
    const fate = fateWithParent(world, marks, { contact: email.with.contact, deal: null }, own);
    tally.fate('email', email.messageId ?? email.id, fate);
    if (fate === 'removed' || fate === 'never') continue;
    countEmail(world, tally, email);
    if (form !== 'csv' && email.dirt !== null) tally.dirty('emails', email.dirt);
    yield email;
  }
}

function countMeeting(world: World, tally: Tally, meeting: Meeting): void {
  const { form, allDay, recurrence } = meeting;
  tally.meetings[form] += 1;
  if (allDay) tally.meetings.allDay += 1;
  if (recurrence !== null) tally.meetings.recurring += 1;
  const attendees = meeting.attendees.map(({ email, state }) => ({ email: email.toLowerCase(), state: form === 'csv' ? 'open' as const : state }));
  for (const { state } of attendees) tally.attendees[state] += 1;
  add(tally.objects, 'meeting');
  tally.details?.meetings.push({
    id: form === 'csv' ? meeting.id : null, uid: form === 'ics' ? meeting.uid : null, title: meeting.title, ...meetingSpan(world, meeting), allDay, timezone: zoneNamed(world, meeting),
    organizer: meeting.organizer.email, attendees, recurrence, status: meeting.status, record: meeting.parent.record, location: meeting.location, description: meeting.description, dirt: meeting.dirt,
  });
}

/** The meetings that are kept in one form, counted as they are taken. */
export function* meetingsOf(world: World, tally: Tally, marks: ContactMarks, form: Meeting['form']): Generator<Meeting> {
  for (let index = 0; index < totalWithLater(world, world.options.meetings); index += 1) {
    const meeting = meetingAt(world, index);
    if (meeting.form !== form) continue;
    const fate = fateWithParent(world, marks, meeting.parent, meeting.fate);
    tally.fate('meeting', form === 'ics' ? meeting.uid : meeting.id, fate);
    if (fate === 'removed' || fate === 'never') continue;
    countMeeting(world, tally, meeting);
    if (form === 'ics' && meeting.dirt !== null) tally.dirty('meetings', meeting.dirt);
    yield meeting;
  }
}
