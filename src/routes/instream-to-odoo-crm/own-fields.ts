import type { SchemaLine } from '../../plan/plan.ts';

/** The route's own fields at the destination: what Odoo has no place for and what lets a person find the origin of a record. */
const ownFields: { readonly [name: string]: Pick<SchemaLine, 'label' | 'type'> & { readonly help: string } } = {
  x_portolan_key: { label: 'Portolan key', type: 'text', help: 'Under this key the record was loaded; it makes loading exactly-once and fast.' },
  x_instream_id: { label: 'InStream ID', type: 'text', help: 'Id of the record in InStream.' },
  x_instream_created_at: { label: 'Created in InStream', type: 'datetime', help: 'Odoo sets its own creation date.' },
  x_instream_owner: { label: 'InStream owner', type: 'text', help: 'E-mail of the owner in InStream.' },
  x_instream_domain: { label: 'InStream domain', type: 'text', help: 'Domain of the company in InStream.' },
  x_instream_state: { label: 'InStream state', type: 'text', help: 'State or province as it stood in InStream.' },
  x_instream_source: { label: 'InStream source', type: 'text', help: 'Where the record came from.' },
  x_instream_email: { label: 'InStream e-mail', type: 'text', help: 'The address as it stood in InStream, made-up ones included.' },
  x_instream_emails: { label: 'Further e-mails', type: 'text', help: 'All further addresses.' },
  x_instream_phones: { label: 'Further phones', type: 'text', help: 'All further numbers.' },
  x_instream_mobile: { label: 'Mobile', type: 'text', help: 'Odoo 19 has no mobile field.' },
  x_instream_birthday: { label: 'Birthday', type: 'date', help: 'Birthday in InStream.' },
  x_instream_linkedin: { label: 'LinkedIn', type: 'text', help: 'Address of the profile.' },
  x_instream_twitter: { label: 'Twitter / X', type: 'text', help: 'Address of the profile.' },
  x_instream_facebook: { label: 'Facebook', type: 'text', help: 'Address of the profile.' },
  x_instream_other_social: { label: 'Other profiles', type: 'text', help: 'Addresses of further profiles.' },
  x_instream_industry: { label: 'Industry', type: 'text', help: 'Industry in InStream.' },
  x_instream_employee_count: { label: 'Employees', type: 'integer', help: 'Number of employees in InStream.' },
  x_instream_amount: { label: 'Amount in deal currency', type: 'decimal', help: 'Amount in the currency of the deal.' },
  x_instream_currency: { label: 'Deal currency', type: 'text', help: 'Odoo keeps one currency for all opportunities.' },
  x_instream_probability: { label: 'InStream probability', type: 'decimal', help: 'Probability as it stood in InStream.' },
  x_instream_pipeline: { label: 'InStream pipeline', type: 'text', help: 'Stages of all pipelines are shared in Odoo.' },
  x_instream_stage: { label: 'InStream stage', type: 'text', help: 'Stage or status that a won deal was in.' },
  x_instream_company: { label: 'InStream company', type: 'text', help: 'Company that the record names in InStream.' },
  x_instream_lost_reason: { label: 'InStream lost reason', type: 'text', help: 'Lost reason of a deal that is not lost.' },
  x_instream_status_changed_at: { label: 'Status since', type: 'datetime', help: 'When the status was set on the list in InStream.' },
  x_instream_closed_at: { label: 'InStream close date', type: 'datetime', help: 'Close date of a deal that is open.' },
  x_instream_to: { label: 'Recipients', type: 'text', help: 'Recipients of the e-mail, as written.' },
  x_instream_cc: { label: 'Copies', type: 'text', help: 'Copies of the e-mail, as written.' },
  x_instream_bcc: { label: 'Blind copies', type: 'text', help: 'Blind copies of the e-mail, as written.' },
  x_instream_direction: { label: 'Direction', type: 'text', help: 'In or out.' },
  x_instream_thread: { label: 'Conversation', type: 'text', help: 'Messages of one conversation share it.' },
  x_instream_message_id: { label: 'Original Message-Id', type: 'text', help: 'Message-Id of the e-mail.' },
  x_instream_in_reply_to: { label: 'Answer to', type: 'text', help: 'Message-Id of the e-mail that this one answers.' },
  x_instream_duration: { label: 'Duration (s)', type: 'integer', help: 'Length of the call in seconds.' },
  x_instream_disposition: { label: 'Disposition', type: 'text', help: 'How the call ended.' },
  x_instream_phone: { label: 'Phone number', type: 'text', help: 'Number of the call, as written.' },
  x_instream_attendees: { label: 'InStream attendees', type: 'text', help: 'Addresses of all attendees, also of those who are no partners.' },
  x_instream_organizer: { label: 'InStream organiser', type: 'text', help: 'Organiser of the meeting in InStream.' },
  x_instream_recurrence: { label: 'Recurrence', type: 'text', help: 'Rule of a recurring meeting, as text.' },
  x_instream_timezone: { label: 'InStream time zone', type: 'text', help: 'Time zone of the meeting in InStream; Odoo keeps its times in UTC.' },
  x_instream_uid: { label: 'Calendar id', type: 'text', help: 'Id of the meeting in calendars.' },
};

/** Schema line of one of the route's own fields on one object. @throws Error for a name the table lacks: a mistake in the route. */
export function ownFieldLine(object: string, name: string, type?: SchemaLine['type']): SchemaLine {
  const own = ownFields[name];
  if (own === undefined) throw new Error(`The route writes ${name} without describing it.`);
  return { object, name, label: own.label, type: type ?? own.type, help: own.help, status: 'proposed', confidence: 1, reason: own.help };
}
