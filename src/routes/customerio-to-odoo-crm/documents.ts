import type { Json, JsonObject } from '../../connector/json.ts';
import type { Catalog } from '../../connector/catalog.ts';
import type { RouteCell, RouteDocument, RouteDocumentInput, RouteHandoff } from '../../engine/route-document.ts';
import { asksForEvents, inEnglish } from './english-conditions.ts';
import { listOf } from './lines.ts';

/** What this route hands over besides the documents of every route. */
export const handoff: RouteHandoff = {
  mappings: ['segment-tags', 'campaign-tags', 'campaign-stages', 'newsletter-tags', 'broadcast-tags', 'templates'],
  fields: [], // where they are is enough
  documents: (input) => [segments(input), campaigns(input), journeys(input), broadcasts(input), attributes(input), consent(input), quality(input), cannotFetch(input)],
  cutOver: () => [
    { stage: 'freeze', step: 'Campaigns, newsletters and API-triggered broadcasts of Customer.io are stopped, and whatever triggers them is pointed elsewhere.', why: 'A person who unsubscribes after the last delta is known to Customer.io only.' },
    { stage: 'final-delta', first: true, step: 'The list of suppressed people was exported anew and given (suppressionPath).', why: 'No API lists them; one of them could be mailed again.' },
    { stage: 'enable', step: 'Templates named [Customer.io] were converted from Liquid, checked and activated.', why: 'They hold placeholders that Odoo does not read.' },
    { stage: 'enable', step: 'The app was released without the SDK of Customer.io.', why: 'Push tokens cannot be moved: there is nothing to carry.' },
    { stage: 'hypercare', step: 'Unsubscribing from a mail of Odoo puts the address onto the blacklist.', why: 'Tried with one\'s own address before anybody else is mailed.' },
  ],
};

type Section = RouteDocument['sections'][number];

/** CO-03: every segment with its rule, its counterpart and what to build for it. */
function segments(input: RouteDocumentInput): RouteDocument {
  const rows = listed(input.source, 'segment');
  const names = new Map(rows.map((row) => [String(row['id']), `"${text(row['name'])}"`]));
  const nameOf = (id: string): string | null => names.get(id) ?? null;
  return {
    id: 'segments', title: 'Segments', good: null, summary: `${rows.length} segments. Their conditions are no part of the documented API of Customer.io: compare each with the screen before relying on it.`, facts: [],
    sections: [section('segments', 'Segments', null, ['#Id', 'Segment', 'Kind', 'State', '#Members', 'Who is in it', 'Became', 'Tag in Odoo', 'Field in Odoo', 'Recommended in Odoo', 'Conditions as given'], rows.map((row) => [
      Number(row['id']), text(row['name']), text(row['type']), text(row['state']), typeof row['members'] === 'number' ? row['members'] : null, inEnglish(row['conditions'] ?? null, nameOf), answerOf(input, `segment:${text(row['id'])}`), tagOf(input, 'segment-tags', row), input.plan.schema.find((line) => line.label === `Segment: ${text(row['name'])}`)?.name ?? null, recommendedForSegment(row), json(row['conditions']),
    ]), 'The workspace has no segment.')],
  };
}

function recommendedForSegment(row: JsonObject): string {
  if (row['type'] === 'manual') return 'A tag; people are tagged by hand or by import.';
  return asksForEvents(row['conditions'] ?? null)
    ? 'An automated action (base.automation) that sets and takes the tag when what the rule asks for is recorded in Odoo; what people do outside Odoo has to be sent to it first.'
    : 'A saved filter of contacts with the same conditions on the x_ fields, or an automated action that sets the tag when these fields change.';
}

/** CO-04: every campaign with trigger, audience and message steps. */
function campaigns(input: RouteDocumentInput): RouteDocument {
  const rows = listed(input.source, 'campaign');
  const steps = listed(input.source, 'campaign_action');
  const names = new Map(listed(input.source, 'segment').map((row) => [text(row['id']), `"${text(row['name'])}"`]));
  const nameOf = (id: string): string | null => names.get(id) ?? null;
  return {
    id: 'campaigns', title: 'Campaigns', good: null, summary: `${rows.length} campaigns with ${steps.length} message and webhook steps. ${input.source?.facts['journeys'] === true ? 'Waits and branches stand in the journeys document.' : 'Waits, branches, exits and goals are not available through the App API.'}`, facts: [],
    sections: [
      section('campaigns', 'Campaigns', null, ['#Id', 'Campaign', 'State', 'Trigger', 'Trigger details', 'Conditions', 'Channels', '#Steps', 'Tag in Odoo', 'Stage in Odoo', 'Recommended in Odoo', 'As given'], rows.map((row) => [
        Number(row['id']), text(row['name']), text(row['state']), text(row['type']), triggerOf(row), conditionsOf(row, nameOf), channelsOf(steps.filter((step) => step['campaign_id'] === row['id'])), steps.filter((step) => step['campaign_id'] === row['id']).length, tagOf(input, 'campaign-tags', row), tagOf(input, 'campaign-stages', row), recommendedForCampaign(text(row['type'])), json(row),
      ]), 'The workspace has no campaign.'),
      section('steps', 'Steps', 'Message and webhook steps only, in the order of the API.', ['#Campaign', '#Step', 'Channel', 'Name', 'Subject', 'Sender', 'State', 'Body'], steps.map((step) => [
        Number(step['campaign_id']), Number(step['id']), text(step['type']), text(step['name']), text(step['subject']), text(step['from']), text(step['sending_state']), text(step['body']),
      ]), 'No campaign has steps that send.'),
    ],
  };
}

function recommendedForCampaign(type: string): string {
  const built: { readonly [type: string]: string } = {
    behavioral: 'Marketing Automation (Enterprise) on a filter of contacts, or an automated action per step.', segment: 'Marketing Automation (Enterprise) on the tag of the segment.', seg_attr: 'An automated action on the field, with a mail template per step.',
    transactional: 'An automated action on the record that the event stands for (order, ticket), with a mail template.', date: 'An automated action "based on a timed condition" on the date field.', form: 'A website form with an automated action on the lead it makes.',
    object: 'An automated action on companies.', relationship: 'An automated action on the contact\'s company field.', webhook: 'An automated action with a webhook trigger (Odoo 17 and later), or a controller.',
  };
  return built[type] ?? 'An automated action, or Marketing Automation (Enterprise).';
}

/** Whom the campaign is for, besides its trigger: segments that it filters by, and filters that may be text. */
function conditionsOf(row: JsonObject, nameOf: (id: string) => string | null): string {
  const members = (Array.isArray(row['filter_segment_ids']) ? row['filter_segment_ids'] as readonly Json[] : []).map((id) => `in the segment ${nameOf(text(id)) ?? `${text(id)}, which is not listed (archived)`}`);
  const audience = row['audience'];
  const filters = typeof audience === 'object' && audience !== null && !Array.isArray(audience) ? Object.values(audience) : [];
  const rules = filters.map((filter) => (typeof filter === 'string' ? parsed(filter) : filter)).map((filter) => inEnglish(filter, nameOf)).filter((rule) => rule !== 'anything');
  return [...members, ...rules].join(' and ') || 'everybody whom the trigger finds';
}

function parsed(json: string): Json {
  try {
    return JSON.parse(json) as Json;
  } catch {
    return json;
  }
}

const channelsOf = (steps: readonly JsonObject[]): string => [...new Set(steps.map((step) => (step['type'] === 'twilio' ? 'sms' : text(step['type']))))].join(', ');

function triggerOf(row: JsonObject): string {
  return ['event_name', 'trigger_segment_ids', 'filter_segment_ids', 'date_attribute', 'frequency', 'object_type_id'].filter((name) => row[name] !== null && row[name] !== undefined && row[name] !== '' && json(row[name]) !== '[]').map((name) => `${name.replaceAll('_', ' ')}: ${text(row[name])}`).join('; ');
}

/** Waits, branches and ways, where the journeys API was read. */
function journeys(input: RouteDocumentInput): RouteDocument {
  const rows = listed(input.source, 'campaign_workflow');
  const names = new Map(listed(input.source, 'campaign').map((row) => [text(row['id']), text(row['name'])]));
  return {
    id: 'journeys', title: 'Journeys', good: null, facts: [],
    summary: rows.length === 0 ? `Not available: waits, branches, exits and goals of ${names.size} campaigns are given by the journeys API only (journeysToken). Note them by hand before the account ends.` : `${rows.length} workflows with their waits, branches and ways.`,
    sections: [section('journeys', 'Workflows', null, ['Campaign', '#Steps', 'Steps in order', 'Ways', 'Recommended in Odoo'], rows.map((row) => {
      const steps = Array.isArray(row['steps']) ? row['steps'] as readonly JsonObject[] : [];
      return [names.get(text(row['campaign_id'])) ?? text(row['campaign_id']), steps.length, steps.map((step) => text(step['type'])).join(' → '), json(row['edges']), 'Marketing Automation (Enterprise): a wait is the delay of an activity, a branch two activities with opposite filters.'];
    }), 'The journeys API was not read.')],
  };
}

/** CO-05: newsletters and API-triggered broadcasts with their contents and audience. */
function broadcasts(input: RouteDocumentInput): RouteDocument {
  const [letters, contents, triggered, actions] = (['newsletter', 'newsletter_content', 'broadcast', 'broadcast_action'] as const).map((name) => listed(input.source, name)) as [readonly JsonObject[], readonly JsonObject[], readonly JsonObject[], readonly JsonObject[]];
  const names = new Map(listed(input.source, 'segment').map((row) => [text(row['id']), text(row['name'])]));
  const topics = new Map(listed(input.source, 'subscription_topic').map((row) => [text(row['id']), text(row['name'])]));
  return {
    id: 'broadcasts', title: 'Newsletters and broadcasts', good: null, summary: `${letters.length} newsletters and ${triggered.length} API-triggered broadcasts: what most people call broadcasts are newsletters.`, facts: [],
    sections: [
      section('newsletters', 'Newsletters', null, ['#Id', 'Newsletter', 'Sent at', '#Recipients', 'To segments', 'Topic', 'Contents', 'Tag in Odoo', 'Recommended in Odoo'], letters.map((row) => [
        Number(row['id']), text(row['name']), text(row['sent_at']) || null, typeof row['recipients'] === 'number' ? row['recipients'] : null, (Array.isArray(row['recipient_segment_ids']) ? row['recipient_segment_ids'] as readonly Json[] : []).map((id) => names.get(text(id)) ?? text(id)).join(', '), topics.get(text(row['subscription_topic_id'])) ?? '',
        contents.filter((one) => one['newsletter_id'] === row['id']).map((one) => `${text(one['language']) || 'default'}: ${text(one['subject'])}`).join('; '), tagOf(input, 'newsletter-tags', row), 'A mailing of Email Marketing to contacts with the tag of the segment; one per language.',
      ]), 'The workspace has no newsletter.'),
      section('broadcasts', 'API-triggered broadcasts', 'Each takes one trigger in 10 seconds.', ['#Id', 'Broadcast', 'State', '#Recipients', '#Steps', 'Tag in Odoo', 'Recommended in Odoo'], triggered.map((row) => [
        Number(row['id']), text(row['name']), text(row['state']), typeof row['recipients'] === 'number' ? row['recipients'] : null, actions.filter((one) => one['broadcast_id'] === row['id']).length, tagOf(input, 'broadcast-tags', row), 'A server action that the triggering program calls, with a mail template; point the program to Odoo.',
      ]), 'The workspace has none.'),
      section('bodies', 'Contents', 'With Liquid as it is.', ['Of', '#Id', 'Language', 'Subject', 'Body'], [...contents.map((one): RouteCell[] => [`newsletter ${text(one['newsletter_id'])}`, Number(one['id']), text(one['language']), text(one['subject']), text(one['body'])]), ...actions.map((one): RouteCell[] => [`broadcast ${text(one['broadcast_id'])}`, Number(one['id']), text(one['language']), text(one['subject']), text(one['body'])])], 'There is none.'),
    ],
  };
}

/** CO-09: every attribute and where it went. */
function attributes(input: RouteDocumentInput): RouteDocument {
  const mapped = input.plan.mappings.filter((mapping) => ['contacts', 'companies'].includes(mapping.id));
  const rows = mapped.flatMap((mapping) => (input.source?.objects.find((object) => object.name === mapping.source)?.fields ?? []).filter((field) => field.name.startsWith('attr.')).map((field): RouteCell[] => {
    const lines = mapping.fields.filter((line) => line.status !== 'rejected' && [line.from ?? []].flat().includes(field.name));
    const left = mapping.leftOut.find((one) => one.from === field.name);
    return [mapping.source, field.label, field.type, Math.round((field.profile?.filled ?? 0) * 1000) / 10, lines.length === 0 ? null : [...new Set(lines.map((line) => line.to))].join(', '), left?.reason ?? null];
  }));
  return {
    id: 'attributes', title: 'Attributes and fields', good: null, summary: `${rows.length} attributes, ${rows.filter((row) => row[4] !== null).length} in fields; all of them stand in x_cio_attributes.`, facts: [],
    sections: [section('attributes', 'Attributes', null, ['Object', 'Attribute', 'Type', '#Filled in percent', 'Field in Odoo', 'Why not'], rows, 'Nobody has an attribute.')],
  };
}

/** CO-13: the four places of consent, and what was blocked. */
function consent(input: RouteDocumentInput): RouteDocument {
  const phases = input.report?.phases.filter((phase) => phase.phase === 'consent') ?? [];
  return {
    id: 'consent', title: 'Consent', good: null, summary: phases.length === 0 ? 'Nothing was loaded yet.' : `${phases.reduce((sum, phase) => sum + phase.created, 0)} addresses and numbers were blocked before any partner was made.`, facts: [],
    sections: [
      section('blocked', 'Blocked', 'Merged: the same address from another record. Held back: text that is no address or number.', ['Mapping', '#Read', '#Blocked', '#There before', '#Merged', 'Held back', 'Not concerned'], phases.map((phase) => [phase.mapping, phase.read, phase.created, phase.matched + phase.updated, phase.merged, reasons(phase.quarantined), reasons(phase.skipped)]), 'Nothing was loaded yet.'),
      section('topics', 'Subscription topics', 'Odoo has no topics on contacts: a mailing list for each, and whoever left it (x_cio_topics_off) is not on it.', ['#Id', 'Topic', 'Subscribed by default', 'Recommended in Odoo'], listed(input.source, 'subscription_topic').map((row) => [Number(row['id']), text(row['name']), row['subscribed_by_default'] === true, 'A mailing list of Email Marketing with this name.']), 'The workspace has no topics.'),
    ],
  };
}

/** What discovery found odd in the values, and what the run held back or could not keep. */
function quality(input: RouteDocumentInput): RouteDocument {
  const notes = (input.source?.notes ?? []).filter((note) => note.level === 'warning' || note.details?.['records'] !== undefined);
  const inactive = inactivePeople(input);
  const phases = input.report?.phases ?? [];
  const held = phases.flatMap((phase) => Object.entries(phase.quarantined).map(([code, count]): RouteCell[] => [phase.mapping, code, count]));
  return {
    id: 'data-quality', title: 'Data quality', good: held.length === 0 && notes.length === 0, summary: `${notes.length} findings of discovery, ${phases.filter((phase) => phase.mapping === 'contacts').reduce((sum, phase) => sum + phase.merged, 0)} people who are another's duplicate, ${held.reduce((sum, row) => sum + Number(row[2]), 0)} records held back.`, facts: [],
    sections: [
      section('findings', 'Found before loading', 'Attributes whose values are of several kinds are kept as text.', ['Subject', 'Code', 'What'], notes.map((note) => [note.subject, note.code, note.message]), 'Nothing odd was found.'),
      section('inactive', 'Inactive people', 'By the rule that was decided (decisions inactive and inactive-people).', ['Rule', '#People', '#Of everybody in percent', 'Became'], inactive, 'Nobody was decided to be inactive.'),
      section('duplicates', 'Duplicates', 'People with one address, tags with one name, addresses that are blocked twice.', ['Mapping', '#Merged'], phases.filter((phase) => phase.merged > 0).map((phase) => [phase.mapping, phase.merged]), 'No duplicates.'),
      section('held', 'Held back', 'Each waits in quarantine with what can be done.', ['Mapping', 'Code', '#Records'], held, 'Nothing was held back.'),
    ],
  };
}

/** Who is inactive by what was decided, and how many these are of everybody. */
function inactivePeople(input: RouteDocumentInput): readonly (readonly RouteCell[])[] {
  const id = String(answerOf(input, 'inactive') ?? '').replace(/^segment:/u, '');
  const row = listed(input.source, 'segment').find((one) => text(one['id']) === id);
  if (row === undefined) return [];
  const people = Number(input.source?.facts['people'] ?? 0);
  const members = typeof row['members'] === 'number' ? row['members'] : null;
  return [[`Members of segment "${text(row['name'])}"`, members, members === null || people === 0 ? null : Math.round(1000 * members / people) / 10, answerOf(input, 'inactive-people') === 'leave-out' ? 'left out' : 'archived']];
}

/** What cannot be fetched, with the reason and, where anything is known of it, a count. */
function cannotFetch(input: RouteDocumentInput): RouteDocument {
  const notes = (input.source?.notes ?? []).filter((note) => note.details?.['count'] !== undefined);
  const skipped = (input.report?.phases ?? []).filter((phase) => ['events', 'archived-events', 'event-digests', 'engagement'].includes(phase.mapping)).flatMap((phase) => Object.entries(phase.skipped).map(([reason, count]): RouteCell[] => [phase.mapping, reason, count]));
  return {
    id: 'cannot-fetch', title: 'What cannot be fetched', good: null, summary: `${notes.length} kinds of data that Customer.io's App API does not give, each with what can be done.`, facts: [],
    sections: [
      section('ledger', 'Not given by the API', 'No count: no call tells.', ['Object', 'Code', 'What and why', '#Count'], notes.map((note) => [note.subject, note.code, note.message, typeof note.details?.['count'] === 'number' ? note.details['count'] : null]), 'Everything was given.'),
      section('orphans', 'Read, and put on nobody', 'Events and deliveries of people who are deleted, merged, anonymous or were not moved; and events of the API that the archive has too, which were loaded from there.', ['Mapping', 'Reason', '#Records'], skipped, 'None.'),
    ],
  };
}

function listed(source: Catalog | null, name: string): readonly JsonObject[] {
  return source === null ? [] : listOf(source, name);
}

function tagOf(input: RouteDocumentInput, mapping: string, row: JsonObject): string | null {
  const placed = (input.placed[mapping] ?? []).find((record) => record.sourceId === text(row['id']));
  return placed === undefined ? null : `${placed.destinationObject} ${placed.destinationId}`;
}

function answerOf({ plan }: RouteDocumentInput, id: string): RouteCell {
  const answer = plan.decisions.find((decision) => decision.id === id)?.answer ?? null;
  return answer === null || typeof answer === 'object' ? null : answer;
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
}

const json = (value: Json | undefined): string => (value === null || value === undefined ? '' : JSON.stringify(value));

function reasons(counts: { readonly [reason: string]: number }): string | null {
  const entries = Object.entries(counts);
  return entries.length === 0 ? null : entries.map(([reason, count]) => `${reason} ${count}`).join(', ');
}

function section(id: string, title: string, note: string | null, labels: readonly string[], rows: readonly (readonly RouteCell[])[], empty: string): Section {
  return { id, title, note, empty, rows, columns: labels.map((label) => (label.startsWith('#') ? { label: label.slice(1), kind: 'number' as const } : { label, kind: 'text' as const })) };
}
