import { expect, test } from 'vitest';
import { recordAddress } from './record-address.ts';
import { odooSettingsSchema } from './settings.ts';

const settings = odooSettingsSchema.parse({ url: 'https://acme.example.com/web', user: 'a', password: 'b' });

test('a record is seen at its form, a link on its record, and what names no record nowhere', () => {
  expect(recordAddress(settings, { object: 'crm.lead', id: '12' })).toBe('https://acme.example.com/web#id=12&model=crm.lead&view_type=form');
  expect(recordAddress(settings, { object: 'crm.lead/tag_ids', id: '12:3' })).toBe('https://acme.example.com/web#id=12&model=crm.lead&view_type=form');
  for (const [object, id] of [['crm.lead', 'x'], ['crm.lead&action=1', '12'], ['ir.ui.view', '5'], ['crm.lead', '']] as const) expect(recordAddress(settings, { object, id })).toBeNull();
});
