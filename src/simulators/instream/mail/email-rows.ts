import type { Row } from '../records/companies.ts';
import { personAt } from '../records/contacts.ts';
import type { Email, Mailbox } from './emails.ts';
import { mailFiles } from '../files/stored-files.ts';
import { joined } from '../world.ts';
import type { World } from '../world.ts';

export const emailColumns = ['id', 'message_id', 'thread_id', 'in_reply_to', 'record_type', 'record_id', 'contact_email', 'direction', 'from', 'to', 'cc', 'bcc', 'subject', 'body_html', 'body_text', 'sent_at', 'attachments'] as const;

/** A row of emails.csv. A third name their record by id, a third by its address alone, the rest leave it to the addresses of the message. */
export function emailRow(world: World, email: Email): Row {
  const random = world.random('email row', email.index);
  const text = ({ name, address }: Mailbox): string => (name === '' || random.chance(0.5) ? address : `${name} <${address}>`);
  const { contact, company, record } = email.with;
  const naming = random.below(3);
  return {
    id: email.id, message_id: email.messageId === null ? '' : random.chance(0.5) ? `<${email.messageId}>` : email.messageId, thread_id: email.thread, in_reply_to: email.inReplyTo ?? '',
    ...(naming === 0 && record !== null ? { record_type: contact === null ? 'company' : 'contact', record_id: record } : {}),
    contact_email: naming < 2 && contact !== null ? personAt(world, contact).email : naming < 2 && company !== null ? (email.direction === 'in' ? email.from : email.to[0])?.address ?? '' : '',
    direction: email.direction, from: text(email.from), to: joined(world, email.to.map(text)), cc: joined(world, email.cc.map(text)), bcc: joined(world, email.bcc.map(text)),
    subject: email.subject, body_html: email.html ?? '', body_text: email.text ?? '',
    sent_at: email.dirt === 'no-date' ? '' : email.dirt === 'bad-date' ? '31.02.2026 25:61' : world.formats.dateTime(email.sentAt),
    attachments: joined(world, mailFiles(world, email).map(({ path }) => path)),
  };
}
