import type { ConnectionContext } from '../../../connector/context.ts';
import type { DestinationFixture } from '../../../connector/conformance/destination-fixture.ts';
import { openOdooDestination } from '../destination.ts';
import { odooSettingsSchema } from '../settings.ts';

/** A context for tests: counts nothing, waits for nothing. */
export function quietTestContext(): ConnectionContext {
  return { countCall: () => {}, budget: { acquire: async () => {}, penalise: async () => {} }, log: () => {}, signal: new AbortController().signal };
}

/** The conformance suite's view of an Odoo, real or simulated: contacts as records, notes as their history. */
export function odooFixture(label: string, settings: Readonly<Record<string, string>>): DestinationFixture {
  return {
    label,
    open: () => openOdooDestination(odooSettingsSchema.parse(settings), quietTestContext()),
    object: 'res.partner', textField: 'name', emailField: 'email',
    samples: [
      { field: 'function', type: 'text', values: ['Buyer', 'Seller & <co>'] },
      { field: 'phone', type: 'phone', values: ['+48 600 100 200', '(22) 555-01-01 ext. 7'] },
      { field: 'website', type: 'url', values: ['example.com/path', 'https://other.example'] },
      { field: 'is_company', type: 'boolean', values: [true, false] },
      { field: 'color', type: 'integer', values: [7, 3] },
      { field: 'partner_latitude', type: 'decimal', values: ['52.2297', '-0.125'] },
      { field: 'type', type: 'selection', values: ['other', 'invoice'] },
      { field: 'user_id', type: 'reference', values: ['2', '2'] },
    ],
    refused: [
      { name: 'name empty', values: { name: null, type: 'contact' } },
      { name: 'unknown option', values: { type: 'no-such-type' } },
      { name: 'link to a missing record', values: { country_id: '99999999' } },
      { name: 'not an integer', values: { color: 'red' } },
      { name: 'integer too large', values: { color: 2 ** 31 } },
    ],
    selfLink: 'parent_id',
    archived: { active: false },
    history: { object: 'mail.message', textField: 'body', values: (parentId, number) => ({ model: 'res.partner', res_id: parentId, message_type: 'comment', subtype: 'mail.mt_note', date: `2019-05-0${(number % 9) + 1}T08:00:00Z`, body: `<p>Entry ${number}</p>` }) },
    fingerprinted: ['res.partner', 'res.users', 'mail.message'],
    customFieldsOn: 'res.partner',
    customFieldName: (name) => `x_portolan_${name}`,
    bigBatch: 1_200,
  };
}
