import type { OdooSettings } from './settings.ts';

/** Records without a form that says anything: their lists are reached through the technical menus alone. */
const withoutPage = new Set(['ir.ui.view', 'mail.message.subtype']);

/**
 * Where a person sees a record: its form in the web client, by the address that 14 to 17 use and 18 and 19 lead on to their own.
 * The link of a relation (`crm.lead/tag_ids`, id "5:3") is seen on its record.
 */
export function recordAddress(settings: OdooSettings, record: Readonly<{ object: string; id: string }>): string | null {
  const model = record.object.split('/')[0] ?? '';
  const id = record.object.includes('/') ? record.id.split(':')[0] ?? '' : record.id;
  if (!/^[a-z][\w.]*$/u.test(model) || !/^[1-9]\d{0,9}$/u.test(id) || withoutPage.has(model)) return null;
  return `${settings.url}/web#id=${id}&model=${model}&view_type=form`;
}
