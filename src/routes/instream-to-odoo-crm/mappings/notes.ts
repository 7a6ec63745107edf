import type { Condition, Mapping } from '../../../plan/plan.ts';
import { byRoute, type LineBuilder } from '../line-builder.ts';
import { builder, type MappingInput } from '../mapping-input.ts';

interface Parent { readonly condition: Condition; readonly model: string; readonly link: string; readonly through: string }

/** Where a note hangs: on its deal, else its contact, else its company; each only when that record went in. */
function parents(): readonly Parent[] {
  const ways = [
    { model: 'crm.lead', link: 'deal', through: 'deals' },
    { model: 'res.partner', link: 'contact', through: 'contact-partners' },
    { model: 'crm.lead', link: 'contact', through: 'contact-leads' },
    { model: 'res.partner', link: 'company', through: 'companies' },
  ];
  return ways.map((way, index) => {
    const own: Condition = { link: way.link, state: 'found', through: way.through };
    const earlier = ways.slice(0, index).map((other): Condition => ({ not: { link: other.link, state: 'found', through: other.through } }));
    return { ...way, condition: earlier.length === 0 ? own : { all: [own, ...earlier] } };
  });
}

/** IO-09: notes as internal comments, with their own date and author, oldest first because Odoo shows them in the order of creation. */
export function notesMapping(input: MappingInput): { readonly mapping: Mapping; readonly lines: LineBuilder } {
  const lines = builder(input, 'note', 'mail.message');
  const homes = parents();
  const any: Condition = { any: homes.map((home): Condition => ({ link: home.link, state: 'found', through: home.through })) };
  for (const home of homes) {
    lines.set('model', { constant: home.model, when: home.condition, reason: `On the ${home.link}.` });
    lines.set('res_id', { link: home.link, through: [home.through], whenMissing: 'quarantine', when: home.condition, reason: `On the ${home.link}.` });
  }
  lines.use('record_type', 'record_id', 'contact_email', 'company_name', 'format')
    .move('body', 'body', { transforms: [{ messageBody: { formatField: lines.has('format') ? 'format' : null } }], required: true, reason: 'Text, HTML or markdown, as harmless HTML.' })
    .move('created_at', 'date', { transforms: [lines.typed('created_at', 'datetime')], required: true, reason: 'The day it was written.' })
    .set('message_type', { constant: 'comment', reason: 'A note in the chatter; nothing is sent.' })
    .set('subtype_id', { constant: 'mail.mt_note', lookup: { object: 'mail.message.subtype', by: 'external_id' }, whenMissing: 'quarantine', reason: 'Internal note: never shown to the customer.' });
  if (lines.has('author_email')) {
    lines.set('author_id', { from: 'author_email', transforms: ['email'], whenMissing: 'empty', lookup: { object: 'res.users', by: 'login', ignoreCase: true, give: 'partner_id' }, reason: 'The author\'s partner where the author is a user; else the address alone.' });
    lines.move('author_email', 'email_from', { transforms: ['email'], whenMissing: 'empty', reason: 'Who wrote it.' });
  } else lines.set('author_id', { constant: null, reason: 'The export names no author; the user who loads must not be taken for it.' });
  return {
    lines,
    mapping: {
      id: 'notes', source: 'note', destination: 'mail.message', phase: 'messages', identity: {}, order: 'created_at', fields: lines.lines, leftOut: [],
      holdWhen: [{ condition: { not: any }, code: 'note-without-parent', message: 'The note\'s contact, company or deal is not named, not found, ambiguous, or did not go in.', remedy: 'Settle the record it belongs to first, or give the note a contact_email or company_name; then retry.' }],
      ...byRoute('Every note, on the record it belongs to.'),
    },
  };
}
