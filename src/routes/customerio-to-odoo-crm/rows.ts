import type { Route } from '../../engine/route.ts';

/** Requirement rows of the route. */
export const rows: Route['rows'] = [
  { id: 'CO-01', source: 'people', destination: 'res.partner', how: 'The customer\'s id becomes the reference, cio_id a field; name, address, phone, country, position, company name, language and the like from the attributes that mean them; all attributes as JSON in one field. Duplicates by address are one partner, as decided; inactive people (a segment, its rule and share shown) arrive archived or are left out, as decided.', losses: ['Attributes of a duplicate beyond the first stay behind.', 'Anonymous people are given by no API.'], since: '0.3.0' },
  { id: 'CO-02', source: 'custom events', destination: 'mail.message, or mail.activity', how: 'As decided: one note on the person for each event, with its time and properties as JSON; or one digest for each person and day; or activities.', losses: ['The API guarantees 30 days: older ones come from an archive.', 'Events of people who are gone or were never identified are counted and stay behind.', 'An activity has a day and no time; it shows as overdue and is gone once it is done.'], since: '0.3.0' },
  { id: 'CO-03', source: 'segments', destination: 'res.partner.category, crm.tag, yes/no fields', how: 'Per segment a decision: a tag, a yes/no field, both, or the document alone; of its members at the time of the load. Rules stand in the segment document, as JSON and in English.', losses: ['A tag or field does not follow the rule any more.'], since: '0.3.0' },
  { id: 'CO-04', source: 'campaigns', destination: 'res.partner.category, crm.stage + document', how: 'A tag on whoever entered (by deliveries, and by the journeys of the warehouse sync), a stage of leads, or both, as decided; trigger, conditions, channels and steps in the campaign document.', losses: ['Waits, branches, exits and goals are given by the journeys API only.', 'A lead has one stage: that of the first campaign entered.'], since: '0.3.0' },
  { id: 'CO-05', source: 'newsletters, broadcasts', destination: 'res.partner.category + mail.message + document', how: 'A tag on every recipient; the notes of recipients say with what they were sent, when, and to how many; contents, targeting and audience in the broadcast document.', losses: [], since: '0.3.0' },
  { id: 'CO-06', source: 'objects', destination: 'res.partner (company), res.partner.category or a field', how: 'Per type a decision. The parent is the company whose relation is marked as main, else the first, or none, as decided; every relation to a company stands in a note with its attributes, and as a tag where asked; other objects are tags or a text field of their people.', losses: ['A partner has one parent.', 'Relations have no time: their notes bear that of the load.'], since: '0.3.0' },
  { id: 'CO-07', source: 'transactional messages', destination: 'mail.template', how: 'Simple variables of a person become placeholders of Odoo (of its version), other Liquid stays and is listed; subject and body as they stood in fields; marked by name and archived (Odoo 17 and later); trigger, bypass of unsubscriptions and redaction in fields.', losses: ['Loops, conditions, filters, snippets and variables of triggers are not converted: x_cio_liquid_left lists them.'], since: '0.3.0' },
  { id: 'CO-08', source: 'deliveries', destination: 'mail.mail', how: 'One log for each delivery, in a final state that no queue sends; state, times and metrics in fields; those that only the warehouse sync has, too, and with it the links that were clicked.', losses: [], since: '0.3.0' },
  { id: 'CO-09', source: 'attributes', destination: 'fields of res.partner and crm.lead, else x_… fields', how: 'By header, values and what was confirmed before, each with its probability; one attribute to a field. The others are typed over the values that discovery looked at; nested ones flattened; those that fewer have than decided (1 %) stay in the complete attributes only; lists as text, and as tags where asked.', losses: ['A value that does not fit its field stays in the complete attributes, and is counted.'], since: '0.3.0' },
  { id: 'CO-10', source: 'e-mail deliveries', destination: 'mail.message', how: 'On the person, oldest first, with subject, state and metrics; the body as sent from the warehouse sync or the sample of a day.', losses: ['Bodies as sent: 100 a day, where the warehouse sync is not given.'], since: '0.3.0' },
  { id: 'CO-11', source: 'SMS deliveries', destination: 'mail.message with x_sms_channel', how: 'Number, time and state; the text from the warehouse sync.', losses: ['Texts as sent are given by the warehouse sync only.'], since: '0.3.0' },
  { id: 'CO-12', source: 'push deliveries', destination: 'mail.message with x_push_notification', how: 'Time and state; the text from the warehouse sync; tokens are never read.', losses: ['Push tokens are of no use elsewhere.'], since: '0.3.0' },
  { id: 'CO-13', source: 'consent', destination: 'mail.blacklist, phone.blacklist, fields', how: 'Unsubscribed people, addresses that the mail provider suppresses and the list of suppressed people go onto the blacklist before any partner; opt-outs of SMS and WhatsApp onto the blacklist of numbers; topics in fields.', losses: ['Odoo has one list of numbers: opt-outs by sender become opt-outs of all.'], since: '0.3.0' },
  { id: 'CO-14', source: 'leads', destination: 'crm.lead', how: 'Members of a segment or people with an attribute, as decided; with their partner, score, and the stage with the name of their state (or of a campaign), as decided.', losses: [], since: '0.3.0' },
];

/** In this order, each ending with its counts and a gate. */
export const phases: Route['phases'] = [
  { name: 'configuration', label: 'Configuration', what: 'Tags and stages; new fields were made before.' },
  { name: 'consent', label: 'Consent', what: 'Blacklists, before any address can be mailed.' },
  { name: 'companies', label: 'Companies', what: 'Objects that are companies.' },
  { name: 'contacts', label: 'Contacts', what: 'People under their company; relations as notes.' },
  { name: 'leads', label: 'Leads', what: 'People who are leads.' },
  { name: 'events', label: 'Events', what: 'Custom events on the person, oldest first.' },
  { name: 'engagement', label: 'Engagement', what: 'What people were sent, oldest first.' },
  { name: 'templates', label: 'Templates', what: 'Templates of transactional messages.' },
  { name: 'delivery-logs', label: 'Delivery logs', what: 'A mail log for each delivery, in a final state.' },
  { name: 'tags', label: 'Tags', what: 'Segments, campaigns, newsletters and objects on people and leads.' },
];

export const gotchas: Route['gotchas'] = [
  { title: 'Deleted profiles are billed', text: 'A profile that is deleted counts until the end of the billing cycle: plan the end of the contract accordingly.', check: null },
  { title: 'Push needs an app release', text: 'Tokens are of no use elsewhere: an app must be released with another SDK before anybody can be pushed.', check: null },
  { title: 'Broadcast triggers', text: 'API-triggered broadcasts take one trigger in 10 seconds: whatever triggers them has to be pointed elsewhere.', check: null },
  { title: 'Inactive profiles', text: 'They are billed like others; decide whether they arrive archived.', check: null },
  { title: 'Redacted content', text: 'Transactional messages that hide their body have no content to move; they are marked.', check: 'route-redacted' },
  { title: 'Rate shared by everybody', text: 'The workspace\'s 10 calls a second are shared with everything else that uses its App API.', check: 'rate-in-use' },
  { title: 'Events of 30 days', text: 'The API keeps 30 days of events for certain: give an archive for the older ones.', check: 'event-history' },
  { title: 'Suppressed people', text: 'No API lists people who were suppressed: give the list, or they could be mailed again.', check: 'suppressed-people' },
  { title: 'Two histories', text: 'Events and deliveries are loaded in two phases: Odoo shows a record\'s messages in the order of their creation, so that all deliveries of a person stand above all events, each of the two oldest first.', check: null },
  { title: 'Odoo\'s mail queue', text: 'Delivery logs arrive in final states; the queue never sends them. Templates are archived or marked.', check: null },
  { title: 'Blacklist', text: 'Odoo\'s mass mailing and marketing respect the blacklist; a person who mails from a record by hand is only warned.', check: null },
];
