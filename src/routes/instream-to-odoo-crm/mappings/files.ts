import type { Mapping } from '../../../plan/plan.ts';
import { byRoute, type LineBuilder } from '../line-builder.ts';
import { builder, type MappingInput } from '../mapping-input.ts';
import { MESSAGES, type Made } from './messages.ts';
import { homeHolds, homeLines } from './parents.ts';

/** IO-14: files on their record, their bytes compared by checksum. */
export function filesMapping(input: MappingInput): Made {
  const lines = builder(input, 'file', 'ir.attachment');
  homeLines(lines, { model: 'res_model', id: 'res_id' });
  lines.set('name', { from: ['name', 'path'].filter((name) => lines.has(name)), transforms: [{ nth: 1 }, 'fileName'], required: true, reason: 'Name of the file.' })
    .move('mime', 'mimetype', { transforms: ['trim'], when: { field: 'mime', filled: true }, reason: 'Type of the file, as stated; else Odoo tells it by the bytes.' })
    .move('content', 'datas', { required: true, reason: 'The bytes, streamed; compared by size and checksum.' })
    .move(['uploaded_by', 'uploaded_at'], 'description', { transforms: [{ join: ', ' }], reason: 'Who gave it and when; Odoo sets its own.' })
    .use('path', 'name', 'id', 'content_code');
  return {
    lines,
    mapping: {
      id: 'files', source: 'file', destination: 'ir.attachment', phase: 'activities', identity: {}, fields: lines.lines, leftOut: measured(lines),
      holdWhen: [
        { condition: { field: 'content', filled: false }, code: 'file-missing', message: 'The file itself is not in the export.', remedy: 'Put it into the export under its path and run again.' },
        ...homeHolds({ code: 'file', name: 'file', fields: 'a record_type and record_id, or a contact_email' }),
      ],
      ...byRoute('Every file, on the record it belongs to.'),
    },
  };
}

/** IO-06: attachments of e-mails, made before their message so that it can name them. */
export function emailAttachmentsMapping(input: MappingInput): Made {
  const lines = builder(input, 'email_attachment', 'ir.attachment');
  homeLines(lines, { model: 'res_model', id: 'res_id' });
  lines.move('name', 'name', { transforms: [{ default: 'attachment' }, 'fileName'], required: true, reason: 'Name of the file.' })
    .move('mime', 'mimetype', { transforms: ['trim'], when: { field: 'mime', filled: true }, reason: 'Type of the file, as stated; else Odoo tells it by the bytes.' })
    .move('content', 'datas', { required: true, reason: 'The bytes, streamed; compared by size and checksum.' })
    .use('email_id', 'content_id', 'id', 'content_code');
  return {
    lines,
    mapping: {
      id: 'email-attachments', source: 'email_attachment', destination: 'ir.attachment', phase: MESSAGES, identity: {}, fields: lines.lines, leftOut: measured(lines),
      holdWhen: [
        { condition: { field: 'content', filled: false }, code: 'file-missing', message: 'The attachment itself is not in the export.', remedy: 'Put it into the export under its path and run again.' },
        ...homeHolds({ code: 'attachment', name: 'attachment\'s e-mail', fields: 'a contact_email' }),
      ],
      ...byRoute('Every attachment of an e-mail, on the record of its e-mail.'),
    },
  };
}

/** Columns that say something about the bytes: they are compared on the way, and Odoo works them out itself. */
function measured(lines: LineBuilder): Mapping['leftOut'] {
  const names = ['size', 'sha256', 'inline'].filter((name) => lines.has(name));
  lines.use(...names);
  return names.map((from) => ({ from, ...byRoute(from === 'inline' ? 'Said by the body, which shows it.' : 'Compared with the bytes on the way; Odoo works it out itself.') }));
}
