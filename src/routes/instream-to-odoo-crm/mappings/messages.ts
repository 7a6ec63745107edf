import type { Condition, Mapping } from '../../../plan/plan.ts';
import { byRoute, type LineBuilder } from '../line-builder.ts';
import { builder, objectOf, type MappingInput } from '../mapping-input.ts';
import { homeHolds, homeLines } from './parents.ts';

export interface Made { readonly mapping: Mapping; readonly lines: LineBuilder }

/** Every mapping into the chatter is in this phase: they are loaded as one, oldest first over all of them. */
export const MESSAGES = 'messages';

/** The subtype as Odoo's own data names it. */
export function subtypeLine(lines: LineBuilder, name: 'mail.mt_note' | 'mail.mt_comment' | 'mail.mt_activities', reason: string): void {
  lines.set('subtype_id', { constant: name, lookup: { object: 'mail.message.subtype', by: 'external_id' }, whenMissing: 'quarantine', reason });
}

/** A colleague wrote it: his partner where he is a user, else the address alone; never the user who loads. */
export function colleagueLines(lines: LineBuilder, field: string): void {
  if (lines.has(field)) {
    lines.set('author_id', { from: field, transforms: ['email'], whenMissing: 'empty', lookup: { object: 'res.users', by: 'login', ignoreCase: true, give: 'partner_id' }, reason: 'The author\'s partner where the author is a user; else the address alone.' });
    lines.move(field, 'email_from', { transforms: ['email'], whenMissing: 'empty', reason: 'Who wrote it.' });
  } else lines.set('author_id', { constant: null, reason: 'The export names no author; the user who loads must not be taken for it.' });
}

/** IO-09: notes as internal comments, with their own date and author. */
export function notesMapping(input: MappingInput): Made {
  const lines = builder(input, 'note', 'mail.message');
  homeLines(lines, { model: 'model', id: 'res_id' });
  lines.use('format')
    .move('body', 'body', { transforms: [{ messageBody: { formatField: lines.has('format') ? 'format' : null } }], required: true, reason: 'Text, HTML or markdown, as harmless HTML.' })
    .move('created_at', 'date', { transforms: [lines.typed('created_at', 'datetime')], required: true, reason: 'The day it was written.' })
    .set('message_type', { constant: 'comment', reason: 'A note in the chatter; nothing is sent.' });
  subtypeLine(lines, 'mail.mt_note', 'Internal note: never shown to the customer.');
  colleagueLines(lines, 'author_email');
  lines.move('id', 'x_instream_id', { transforms: ['trim'], reason: 'Id in InStream.' });
  return {
    lines,
    mapping: {
      id: 'notes', source: 'note', destination: 'mail.message', phase: MESSAGES, identity: {}, order: 'created_at', fields: lines.lines, leftOut: [],
      holdWhen: homeHolds({ code: 'note', name: 'note', fields: 'a contact_email or company_name' }), ...byRoute('Every note, on the record it belongs to.'),
    },
  };
}

/** IO-06: e-mails with sender, recipients and date; nothing is sent. */
export function emailsMapping(input: MappingInput): Made {
  const lines = builder(input, 'email', 'mail.message');
  homeLines(lines, { model: 'model', id: 'res_id' });
  const html: Condition = { field: 'body_html', filled: true };
  const attachments = objectOf(input.source, 'email_attachment') !== undefined;
  const images = attachments ? [{ inlineImages: { link: 'attachments', through: ['email-attachments'], url: INLINE_IMAGE_URL } }] : [];
  lines.use('participants', 'attachments')
    .move('sent_at', 'date', { transforms: [lines.typed('sent_at', 'datetime')], required: true, reason: 'When it was sent.' })
    .move('subject', 'subject', { transforms: ['collapseSpaces'], reason: 'Same field.' })
    .move('body_html', 'body', { transforms: [...images, { messageBody: { format: 'html' } }], ...(lines.has('body_text') ? { when: html } : {}), reason: 'The HTML of the message without scripts; inline images point to their attachments.' })
    .move('body_text', 'body', { transforms: [{ messageBody: { format: 'text' } }], ...(lines.has('body_html') ? { when: { not: html } } : {}), reason: 'Plain text, escaped.' })
    .set('message_type', { constant: 'email', reason: 'Shown as an e-mail; creating it sends nothing.' });
  subtypeLine(lines, 'mail.mt_comment', 'As Odoo files e-mails itself.');
  if (lines.has('from')) {
    const known: Condition = { link: 'sender', state: 'found', through: 'contact-partners' };
    const colleague: Condition = { all: [{ not: known }, { link: 'senderOwner', state: 'found' }] };
    lines.set('author_id', { link: 'sender', through: ['contact-partners'], whenMissing: 'quarantine', when: known, reason: 'The sender is a contact: its partner.' })
      .set('author_id', { from: 'from', transforms: ['email'], whenMissing: 'empty', lookup: { object: 'res.users', by: 'login', ignoreCase: true, give: 'partner_id' }, when: colleague, reason: 'The sender is an owner: the partner of the user with that login.' })
      .set('author_id', { constant: null, when: { not: { any: [known, colleague] } }, reason: 'Nobody known: the address alone, never the user who loads.' })
      .move('from', 'email_from', { transforms: ['trim'], reason: 'Sender as written.' });
  } else lines.set('author_id', { constant: null, reason: 'The export names no sender.' });
  for (const [field, label] of [['to', 'recipients'], ['cc', 'copies'], ['bcc', 'blind copies']] as const) lines.move(field, `x_instream_${field}`, { transforms: [{ join: ', ' }], reason: `All ${label}, as written.` });
  lines.move('direction', 'x_instream_direction', { transforms: ['trim'], reason: 'In or out.' })
    .move('thread_id', 'x_instream_thread', { transforms: ['trim'], reason: 'Messages of one conversation share it; the chatter shows them in the order of their dates.' })
    .move('message_id', 'x_instream_message_id', { transforms: ['trim'], reason: 'Odoo\'s own Message-Id carries the key of the load; the original is kept here.' })
    .move('in_reply_to', 'x_instream_in_reply_to', { transforms: ['trim'], reason: 'The message it answers.' })
    .move('id', 'x_instream_id', { transforms: ['trim'], reason: 'Id in InStream.' });
  if (attachments) lines.set('attachment_ids', { link: 'attachments', through: ['email-attachments'], whenMissing: 'empty', reason: 'Attachments, loaded before; one that did not go in is counted as a loss.' });
  return {
    lines,
    mapping: {
      id: 'emails', source: 'email', destination: 'mail.message', phase: MESSAGES, identity: {}, order: 'sent_at', fields: lines.lines, leftOut: [],
      holdWhen: homeHolds({ code: 'email', name: 'e-mail', fields: 'a contact_email' }),
      ...byRoute('Every e-mail, on the record it names; else on the contact or company of its first address (the sender\'s), else on the first known contact of the others, else on a company of their addresses or domains.'),
    },
  };
}

/** Where Odoo serves an attachment as an image to those who may see its record (Odoo 14-19). */
const INLINE_IMAGE_URL = '/web/image/{id}';

/** IO-07: calls with a subtype of their own; what Odoo has no field for stands in fields on the message. */
export function callsMapping(input: MappingInput): Made {
  const lines = builder(input, 'call', 'mail.message');
  homeLines(lines, { model: 'model', id: 'res_id' });
  lines.move('started_at', 'date', { transforms: [lines.typed('started_at', 'datetime')], required: true, reason: 'When the call began.' })
    .set('message_type', { constant: 'comment', reason: 'In the chatter; nothing is sent.' })
    .set('subtype_id', { constant: 'Call', lookup: { object: 'mail.message.subtype', by: 'name' }, whenMissing: 'quarantine', reason: 'The subtype "Call", made once.' })
    .move(['direction', 'phone', 'outcome', 'duration'], 'subject', { transforms: [{ join: ' · ' }], reason: 'What people see of the call in the chatter.' })
    .move('duration', 'x_instream_duration', { transforms: ['duration'], whenMissing: 'empty', reason: 'Length in seconds.' })
    .move('outcome', 'x_instream_disposition', { transforms: ['trim'], reason: 'How the call ended.' })
    .move('direction', 'x_instream_direction', { transforms: ['trim'], reason: 'In or out.' })
    .move('phone', 'x_instream_phone', { transforms: ['trim'], reason: 'Number as written.' })
    .move('id', 'x_instream_id', { transforms: ['trim'], reason: 'Id in InStream.' });
  const noted: Condition = { field: 'note', filled: true };
  lines.move('note', 'body', { transforms: ['messageBody'], when: noted, reason: 'What was noted.' });
  const summary = ['direction', 'phone', 'outcome', 'duration'].filter((name) => lines.has(name));
  if (summary.length > 0) lines.set('body', { from: summary, transforms: [{ join: ' · ' }, 'textToHtml'], ...(lines.has('note') ? { when: { not: noted } } : {}), reason: 'Nothing was noted: what is known of the call.' });
  colleagueLines(lines, 'owner_email');
  return {
    lines,
    mapping: {
      id: 'calls', source: 'call', destination: 'mail.message', phase: MESSAGES, identity: {}, order: 'started_at', fields: lines.lines, leftOut: [],
      holdWhen: homeHolds({ code: 'call', name: 'call', fields: 'a contact_email' }), ...byRoute('Every call, on the record it belongs to.'),
    },
  };
}
