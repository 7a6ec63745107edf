import type { OdooVersion } from '../options.ts';
import type { Field } from './parse-schema.ts';

const TYPES_14 = 'binary boolean char date datetime float html integer many2many many2one many2one_reference monetary one2many reference selection text';
const TYPES_17 = `${TYPES_14} json properties properties_definition`;
const TRIGGERS = [
  'on_stage_set', 'on_user_set', 'on_tag_set', 'on_state_set', 'on_priority_set', 'on_archive', 'on_unarchive', 'on_create_or_write', 'on_create', 'on_write', 'on_unlink',
  'on_change', 'on_time', 'on_time_created', 'on_time_updated', 'on_message_received', 'on_message_sent', 'on_webhook',
];

/** The long option lists that the field tables name. */
export function optionLists(version: OdooVersion): Readonly<Record<string, Field['options']>> {
  const plain = (values: readonly string[]): Field['options'] => values.map((value) => [value, value] as const);
  return {
    'timezones': plain([...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', 'GMT', 'Etc/UTC', 'US/Eastern', 'US/Pacific', 'Europe/Kyiv', 'Asia/Kolkata', 'Asia/Calcutta'])].sort()),
    'field-types': plain((version === 14 ? TYPES_14 : TYPES_17).split(' ')),
    'triggers': plain(TRIGGERS),
    'models': plain(['res.partner', 'crm.lead', 'calendar.event', 'crm.team']),
  };
}
