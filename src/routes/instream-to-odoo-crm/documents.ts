import type { Json, JsonObject } from '../../connector/json.ts';
import type { CutOverInput, RouteCell, RouteDocument, RouteDocumentInput, RouteHandoff } from '../../engine/route-document.ts';
import { counted } from './counted.ts';
import { exportedLists } from './exported-lists.ts';
import { membershipDocument, membershipFields, membershipMappings } from './membership-document.ts';
import { LEAD_TAG_NAMES, PARTNER_TAG_NAMES } from './mappings/vocabulary.ts';
import { UNASSIGNED } from './owner-decisions.ts';

/** What this route hands over besides the documents of every route. */
export const handoff: RouteHandoff = {
  mappings: [...LEAD_TAG_NAMES, ...PARTNER_TAG_NAMES, 'list-lead-tags', 'list-partner-tags', 'stages', 'list-stages', 'teams', 'list-teams', 'lost-reasons', 'owners', 'new-owners', ...membershipMappings],
  fields: ['name', 'pipeline_name', 'email', 'login', ...membershipFields],
  documents: (input) => [listsAndTags(input), membershipDocument(input), stages(input), owners(input), socialNote(input), automations(input)],
  cutOver,
};

type Section = RouteDocument['sections'][number];

/** Every list and every tag with its counterpart in Odoo. */
function listsAndTags(input: RouteDocumentInput): RouteDocument {
  const lists = input.source === null ? [] : exportedLists(input.source);
  const tags = counterparts(input, [...LEAD_TAG_NAMES, ...PARTNER_TAG_NAMES]);
  const bearers = bearersOf(input.placed);
  return {
    id: 'lists-and-tags', title: 'Lists and tags', good: null,
    summary: `${lists.length} lists and ${new Set(tags.map((row) => row[0])).size} spellings of tags, each with its counterpart in Odoo.`, facts: [],
    sections: [
      section('lists', 'Lists', 'A segment became a tag of leads and one of partners; a pipeline became stages and opportunities. A list without a counterpart is named only by rows that wait in quarantine or could not be read.', ['List', 'Kind', '#People', '#Companies', 'Became', 'Odoo'], lists.map((list) => [
        list.name, list.kind || null, list.people, list.companies, answerOf(input, `list:${list.name}`), [...bearers.get(list.name) ?? []].join(', ') || null,
      ]), 'The export holds no list.'),
      section('tags', 'Tags', 'Spellings that differ only in case and spaces are one tag, unless decided otherwise (tag-spellings). Odoo keeps tags of leads and of partners apart.', ['In InStream', 'In Odoo', 'Object', '#Id', 'How'], tags, 'The export holds no tag.'),
    ],
  };
}

/** Every stage with its probability, and where it is now. Odoo 14-19 keeps no probability on a stage: it stands on the opportunities. */
function stages(input: RouteDocumentInput): RouteDocument {
  const rows = (['stages', 'list-stages'] as const).flatMap((mapping) => (input.placed[mapping] ?? []).map((record): RouteCell[] => {
    const name = text(record.written['name']);
    const pipeline = text(record.data['pipeline_name'] ?? record.data['list_name']);
    const probability = answerOf(input, `stage-probability:${[pipeline, text(record.data['name'])].filter((part) => part !== '').join(' / ')}`) ?? answerOf(input, `list-status-probability:${text(record.data['name'])}`);
    return [pipeline || null, text(record.data['name']) || name, name, Number(record.destinationId), probability, answerOf(input, `stage-meaning:${[pipeline, text(record.data['name'])].filter((part) => part !== '').join(' / ')}`), record.how === 'merged' ? 'one with the stage of that name' : words[record.how]];
  }));
  // Statuses of lists count only where a list is a pipeline.
  const pipelines = input.plan.decisions.some(({ id, answer }) => id.startsWith('list:') && answer === 'pipeline');
  const probabilities = input.plan.decisions.filter(({ id }) => id.startsWith('stage-probability:') || (pipelines && id.startsWith('list-status-probability:')));
  return {
    id: 'stages', title: 'Stages and probabilities', good: null, summary: `${counted(rows.length, 'stage', 'stages')}; ${counted(probabilities.length, 'probability', 'probabilities')} decided, each set on the open opportunities of its stage.`, facts: [],
    sections: [
      section('stages', 'Stages', 'A probability that is empty belongs to a stage without open opportunities.', ['Pipeline or list', 'Stage in InStream', 'Stage in Odoo', '#Id', 'Probability in percent', 'Meaning', 'How'], rows, 'No stage was loaded yet.'),
      section('probabilities', 'Where each probability comes from', null, ['Decision', 'Answer', 'Recommended', 'Reason'], probabilities.map((decision) => [decision.id, shown(decision.answer), shown(decision.recommendation), decision.reason]), 'No open opportunity needs one.'),
      section('lost-reasons', 'Lost reasons', null, ['In InStream', 'In Odoo', 'Object', '#Id', 'How'], counterparts(input, ['lost-reasons']), 'No deal names one.'),
    ],
  };
}

/** Who stands for each owner. */
function owners(input: RouteDocumentInput): RouteDocument {
  const counts = (input.source?.facts['ownerEmails'] ?? {}) as { readonly [email: string]: number };
  const rows = Object.entries(counts).map(([email, count]): RouteCell[] => {
    const placed = [...input.placed['owners'] ?? [], ...input.placed['new-owners'] ?? []].find((record) => text(record.data['email']).toLowerCase() === email.toLowerCase());
    return [email, count, placed === undefined ? null : text(placed.written['login']), placed === undefined ? null : Number(placed.destinationId), answerOf(input, `owner:${email}`)];
  });
  const open = rows.filter((row) => row[2] === null);
  return {
    id: 'owners', title: 'Owners', good: open.length === 0,
    summary: open.length === 0 ? `Every one of ${rows.length} owners has a user.` : `${open.length} of ${rows.length} owners have no user; their records stay unassigned until \`portolan owners apply\`.`, facts: [],
    sections: [section('owners', 'Owners', `The address stays on every record in x_instream_owner. "${UNASSIGNED}" is nobody.`, ['Owner in InStream', '#Records', 'Login in Odoo', '#User', 'Decided'], rows, 'The export names no owner.')],
  };
}

/** What becomes of social profiles. */
function socialNote(input: RouteDocumentInput): RouteDocument {
  const fields = input.plan.mappings.filter((mapping) => mapping.status !== 'rejected').flatMap((mapping) => mapping.fields
    .filter((line) => line.status !== 'rejected' && /linkedin|twitter|facebook|social/i.test(line.to)).map((line): RouteCell[] => {
      const profile = input.source?.objects.find((object) => object.name === mapping.source)?.fields.find((field) => [line.from].flat().includes(field.name))?.profile;
      return [mapping.source, [line.from ?? ''].flat().join(' + '), `${mapping.destination}.${line.to}`, profile === undefined ? null : Math.round(profile.filled * 1000) / 10, line.loss ?? null];
    }));
  return {
    id: 'social-profiles', title: 'Social profiles', good: null, summary: 'InStream enriches profiles live and stores nothing of it: the addresses are moved, pictures, positions and posts are not.', facts: [],
    sections: [section('fields', 'Addresses that are moved', 'For enrichment in Odoo an app of its own is needed (partner autocomplete, lead enrichment); both cost credits and are off during a load.', ['Object', 'Field in InStream', 'Field in Odoo', '#Filled in percent', 'What is lost'], fields, 'The export names no profiles.')],
  };
}

/** What worked by itself in InStream and has to be built anew. Nothing of it is in an export: the list says where to look. */
function automations(input: RouteDocumentInput): RouteDocument {
  const lists = input.source === null ? [] : exportedLists(input.source);
  const perList = lists.filter((list) => list.statuses.length > 1).map((list): RouteCell[] => [
    `Workflow of the list "${list.name}"`, `${list.statuses.length} statuses: ${list.statuses.slice(0, 8).map((status) => status.name).join(', ')}`,
    answerOf(input, `list:${list.name}`) === 'pipeline' ? 'Stages of the pipeline; an automated action on "stage is set to" per step' : 'An automated action on the tag, or a mailing list', null, null,
  ]);
  const general: RouteCell[][] = [
    ['Follow-up reminders', 'Tasks and reminders that InStream made after a change of status', 'Activity types with "schedule next activity", or an automated action that makes an activity', null, null],
    ['E-mail templates and sequences', 'Templates of InStream are in no export', 'E-mail templates (Settings > Technical); sequences by Marketing Automation (Enterprise) or automated actions', null, null],
    ['Tracking of a mailbox', 'InStream read a connected mailbox', 'Outgoing and incoming mail servers, catchall and aliases; or the Gmail and Outlook plugins', null, null],
    ['Web forms and imports', 'Whatever wrote contacts into InStream', 'Website forms or the lead API; the connections point to Odoo from the cut-over on', null, null],
    ['Assignment of new contacts', 'Owners by list or by who entered them', 'Rules of sales teams, or an automated action on creation', null, null],
  ];
  return {
    id: 'automations', title: 'Automations to rebuild', good: null, summary: `${perList.length + general.length} kinds of automation to look for in InStream and to build in Odoo (automated actions, Studio).`, facts: [],
    sections: [section('automations', 'To rebuild', 'An export holds no automations. Go through each line in InStream before its account ends.', ['What', 'In InStream', 'In Odoo', 'Needed', 'Built by'], [...perList, ...general], 'Nothing.')],
  };
}

function cutOver(input: CutOverInput): ReturnType<RouteHandoff['cutOver']> {
  const major = Number.parseInt(input.plan.destination.version, 10);
  return [
    { stage: 'freeze', step: 'The export of InStream was made by an administrator, with archived contacts in it.', why: 'Others export shared relations only, and a default export leaves archived contacts out.' },
    { stage: 'freeze', step: 'Files and e-mails of the last days are in the export.', why: 'InStream reads mailboxes live; what is not exported is not moved.' },
    { stage: 'final-delta', first: true, step: 'The last export was made after the freeze and put in the place of the earlier one.', why: 'A delta compares with what it is given.' },
    { stage: 'enable', step: 'The leads feature is on where contacts became leads (CRM > Configuration > Settings).', why: 'Leads exist without it, but nobody sees them.' },
    { stage: 'enable', step: 'Automated actions that were archived for the load are active again.', why: 'No API call keeps them from firing, so readiness asked to archive them.' },
    { stage: 'enable', step: 'Outgoing mail servers and the scheduled actions of the mail queue are active again.', why: 'The load leaves no mail in the queue; what is there now is people\'s.' },
    ...(major >= 17 ? [{ stage: 'enable' as const, step: 'Predictive lead scoring is recomputed (CRM > Configuration > Settings).', why: 'Probabilities were set by decision, and scoring learns from the loaded won and lost deals.' }] : []),
    { stage: 'hypercare', step: 'Open activities have the right person; owners without a user were assigned.', why: 'As often as needed: `portolan owners apply`.' },
  ];
}

/** Names in InStream with the records in Odoo that stand for them. */
function counterparts(input: RouteDocumentInput, mappings: readonly string[]): RouteCell[][] {
  return mappings.flatMap((mapping) => {
    const placed = input.placed[mapping] ?? [];
    // A spelling that was merged into another bears that one's name in Odoo.
    const names = new Map(placed.filter((record) => record.how !== 'merged').map((record) => [record.destinationId, text(record.written['name'])]));
    return placed.map((record): RouteCell[] => [text(record.data['name']) || text(record.written['name']), names.get(record.destinationId) ?? text(record.written['name']), record.destinationObject, Number(record.destinationId), words[record.how]]);
  });
}

/** Everything in Odoo that bears a list's name: 'crm.tag 7', 'res.partner.category 4'. */
function bearersOf(placed: RouteDocumentInput['placed']): ReadonlyMap<string, ReadonlySet<string>> {
  const bearers = new Map<string, Set<string>>();
  for (const record of Object.entries(placed).flatMap(([mapping, records]) => (mapping.startsWith('list-') ? records : []))) {
    for (const name of new Set([text(record.data['name']), text(record.data['list_name'])])) bearers.set(name, (bearers.get(name) ?? new Set()).add(`${record.destinationObject} ${record.destinationId}`));
  }
  return bearers;
}

function answerOf({ plan }: RouteDocumentInput, id: string): RouteCell {
  return shown(plan.decisions.find((decision) => decision.id === id)?.answer ?? null);
}

function shown(value: Json): RouteCell {
  return value === null || typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}

function text(value: JsonObject[string] | undefined): string {
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
}

const words = { created: 'made', matched: 'was there', merged: 'another spelling of it' } as const;

function section(id: string, title: string, note: string | null, labels: readonly string[], rows: readonly (readonly RouteCell[])[], empty: string): Section {
  return { id, title, note, empty, rows, columns: labels.map((label) => (label.startsWith('#') ? { label: label.slice(1), kind: 'number' as const } : { label, kind: 'text' as const })) };
}
