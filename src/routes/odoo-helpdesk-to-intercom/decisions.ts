import type { Decision } from '../../plan/plan.ts';
import { proposeOwners } from '../../proposal/values-and-people/propose-owners.ts';
import { proposeValueMap } from '../../proposal/values-and-people/propose-value-map.ts';
import { NOBODY } from './agents.ts';
import { priorities, prioritiesOf } from './attributes.ts';
import { byHandDecision } from './by-hand.ts';
import { FILE_CAPS, RECOMMENDED_CAP } from './files.ts';
import { fileCount, missingTeams } from './findings.ts';
import { factRows, objectOf, type RouteInput } from './lines.ts';
import { priorityDecisions } from './native-priority.ts';
import { recommendedTarget, takesFiles, targetOf, ticketTypeOf } from './target.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What only a person can decide. Pure. */
export function decisions(input: RouteInput): Decision[] {
  return [checklist(), targetDecision(input), ...byHandDecision(input), ...people(input), ...threads(), ...levels(input), ...stages(input)];
}

/** HI-01: Odoo's own four, and what somebody has added. */
function levels(input: RouteInput): Decision[] {
  const named = new Map((objectOf(input.source, 'ticket')?.fields.find(({ name }) => name === 'priority')?.options ?? []).map(({ value, label }) => [value, label]));
  const own = Object.entries(priorities).map(([value, level]) => ({ value, label: named.get(value) ?? level, found: level }));
  return priorityDecisions(input, [...own, ...prioritiesOf(input).map(({ value, label, option, isSure }) => ({ value, label, found: isSure ? option : null }))]);
}

function checklist(): Decision {
  return {
    id: 'workflows-off', question: 'Are workflows, Fin and CSAT surveys of the workspace switched off for the time of the load, and the consumers of its webhooks muted?',
    options: [{ value: 'off', label: 'They are off', effect: 'The load may begin. Switch them on again afterwards: the cut-over checklist says when.' }],
    recommendation: null, answer: null, reason: 'Whether loaded conversations start them is documented nowhere, and no call can stop them: only a person can look.',
  };
}

/** HI-01: another answer makes other mappings; it can be changed until records are loaded. */
function targetDecision({ source, destination, target }: RouteInput): Decision {
  const count = (object: string): string => String(objectOf(source, object)?.count ?? 'an unknown number of');
  const [recommended, type] = [recommendedTarget(destination), ticketTypeOf(destination)];
  const made = factRows(destination, 'ticketTypes').map((row) => String(row['name']));
  return {
    id: 'target', question: `What do the ${count('ticket')} tickets become at Intercom?`, shapes: true, recommendation: recommended,
    answer: null, options: [
      { value: 'conversations', label: 'Conversations', effect: `${count('ticket')} conversations with their ${count('message')} messages as replies and notes, the customer as first author and with ${fileCount(source)} files at their messages; open, closed or snoozed by stage.` },
      ...(type === null && target.kind !== 'tickets' ? [] : [{ value: 'tickets', label: `Tickets${type === null ? '' : ` of the type "${type}"`}`, effect: `${count('ticket')} tickets with state, attributes and ${count('message')} replies and notes; of ${fileCount(source)} files ${takesFiles(destination, targetOf(destination, 'tickets')) ? 'those of customers go in as notes, since their replies to tickets carry none' : 'each becomes a note with its SHA-256, since this version of the API takes none for tickets'}.` }]),
    ],
    reason: `${recommended === 'conversations' ? 'Conversations keep the customer as the first author, and carry his files.' : 'The connection names a ticket type (setting ticketType).'}${type === null ? ` Tickets cannot be chosen yet: the workspace has ${made.length === 0 ? 'no ticket type' : `several ticket types (${made.join(', ')})`}; make one of category Customer, or name one (\`portolan connect <project> destination --set ticketType=<name>\`), then discover and propose again.` : ''} Can be changed until records are loaded; another answer proposes the lines of tickets anew.`,
    evidence: [`proposed as: ${target.kind}`],
  };
}

function people({ source, destination, openAgents }: RouteInput): Decision[] {
  const admins = factRows(destination, 'admins');
  const acting = admins.find((admin) => /migrat|import|bot|service/iu.test(`${text(admin['name'])} ${text(admin['email'])}`)) ?? admins[0];
  return [
    {
      id: 'acting-admin', question: 'Which admin of Intercom acts for the migration: closes, assigns, tags, and stands in for people without an admin?', free: 'text', answer: null,
      options: admins.map((admin) => ({ value: text(admin['id']), label: `${text(admin['name'])} ${text(admin['email'])}`.trim(), effect: 'Shown as the author of what nobody else can be.' })),
      recommendation: acting === undefined ? null : text(acting['id']), reason: 'Every call that changes a conversation names an admin. A neutral one ("Migration") is best.',
    },
    {
      id: 'unmatched-people', question: 'Messages and tickets of somebody who is no admin (has left, a bot):', answer: null,
      options: [{ value: 'fallback', label: 'Acting admin', effect: 'They go in under the acting admin; messages with a line that names their author.' }, { value: 'hold', label: 'Hold', effect: 'They wait in quarantine until the person is an admin under the address that Odoo has: then retry.' }],
      recommendation: 'fallback', reason: 'Nothing waits, and the author stays readable.',
    },
    ...agents({ openAgents, destination }),
    ...teamDecisions({ source, destination }),
    {
      id: 'missing-teams', question: 'Tickets of a team that Intercom lacks:', answer: null,
      options: [
        { value: 'go-on', label: 'Without a team for now', effect: 'They go in without a team; once the team was made, the next run or delta assigns them.' },
        { value: 'hold', label: 'Wait', effect: 'Title, attributes, assignment and state wait in quarantine until the team was made; then they are loaded again: `portolan quarantine retry`.' },
      ],
      recommendation: 'go-on', reason: 'Teams are made by hand; the checklist is in the hand-off, and the checks name them: `portolan check`.',
    },
    {
      id: 'partner-without-email', question: 'Partners without an e-mail address:', answer: null,
      options: [
        { value: 'review', label: 'Give one', effect: 'They and their tickets wait in quarantine for an address.' }, { value: 'import', label: 'Import without', effect: 'They go in with their external id only.' },
        { value: 'leave-out', label: 'Leave out', effect: 'They are not moved; their tickets wait in quarantine.' },
      ],
      recommendation: 'review', reason: 'An address is what Intercom recognises people by.',
    },
    {
      id: 'followers', question: 'Followers of tickets:', answer: null,
      options: [
        { value: 'attribute', label: 'Attribute', effect: 'Their addresses stand in an attribute; nobody hears of it.' },
        { value: 'participants', label: 'Participants', effect: 'They take part in the conversation and read what is written there from then on. Intercom may notify them.' },
        { value: 'off', label: 'Leave out', effect: 'Not moved.' },
      ],
      recommendation: 'attribute', reason: 'Adding somebody to a conversation may send mail; an attribute never does.',
    },
  ];
}

function threads(): Decision[] {
  return [
    {
      id: 'tracking', question: 'Odoo\'s own log ("Stage changed"):', answer: null,
      options: [{ value: 'off', label: 'Leave out', effect: 'Not moved.' }, { value: 'digest', label: 'One note', effect: 'One note per ticket with all changes.' }],
      recommendation: 'off', reason: 'It makes long threads and tells agents little.',
    },
    {
      id: 'file-cap', question: 'How large may a file be that goes into a conversation (bytes)?', answer: null,
      options: FILE_CAPS.map((cap) => ({ value: cap, label: `${cap / 1024 / 1024} MB`, effect: 'Larger ones become a note with name, size and digest.' })),
      recommendation: RECOMMENDED_CAP, reason: 'Intercom documents no limit of its API; 20 MB is what its mail takes.',
    },
    {
      id: 'snoozed-until', question: 'Until when are tickets snoozed whose stage is to be snoozed (UTC)?', free: 'text', options: [], answer: null,
      recommendation: '2099-12-31T00:00:00Z', reason: 'Far away: somebody opens them when it is time. Only stages set to snoozed use it; a date that has passed holds them in quarantine.',
    },
  ];
}

/** From this probability on an admin or a team of another spelling is recommended; below, only shown. */
const SURE = 0.8;
const percent = (probability: number): string => `${Math.round(probability * 100)} %`;

/** HI-05: agents whose address no admin has; by name, where one admin alone has it. */
function agents({ destination, openAgents }: Pick<RouteInput, 'destination' | 'openAgents'>): Decision[] {
  const users = factRows(destination, 'admins').filter((admin) => text(admin['email']) !== '').map((admin) => ({ id: text(admin['email']), name: text(admin['name']), email: text(admin['email']) }));
  const asked = openAgents.filter((agent) => agent.assigned);
  const proposals = proposeOwners({ owners: asked.map(({ id, name, email }) => ({ id, name, email })), users });
  return asked.map((agent, at): Decision => {
    const { user = null, probability = 0, reason = '' } = proposals[at] ?? {};
    return {
      id: `admin:${agent.login}`, question: `No admin has the address ${agent.email} of ${agent.name}${agent.active ? '' : ' (not active in Odoo)'}. To whom do the tickets go?`, free: 'text', answer: null,
      options: [
        ...(user === null ? [] : [{ value: user.id, label: `${user.name ?? ''} (${user.id})`, effect: 'The tickets are assigned to that admin; messages stay under the name of who wrote them.' }]),
        { value: NOBODY, label: 'Nobody of his own', effect: 'As unmatched-people says. They can be assigned later without another run: `portolan owners apply`.' },
      ],
      recommendation: user !== null && probability >= SURE ? user.id : NOBODY,
      reason: `${user === null ? '' : `${user.name ?? ''} (${user.id}) has the ${reason} (${percent(probability)}). `}Give the address of another admin to have them assigned there. Messages stay under the name of who wrote them.`,
    };
  });
}

/** HI-05: teams that Intercom lacks under their name: another may mean the same. */
function teamDecisions(both: Pick<RouteInput, 'source' | 'destination'>): Decision[] {
  const there = factRows(both.destination, 'teams').map((team) => text(team['name'])).filter((name) => name !== '');
  const missing = missingTeams(both);
  return proposeValueMap({ values: missing, options: there.map((name) => ({ value: name, label: name })) }).map(({ value, target, probability, reason }): Decision => ({
    id: `team:${value}`, question: `Intercom has no team "${value}". Which team is it there?`, answer: null,
    options: [
      { value, label: 'One of that name', effect: 'As missing-teams says, until it was made by hand.' },
      ...there.toSorted((left, right) => Number(right === target) - Number(left === target)).map((name) => ({ value: name, label: name === target ? `${name} (${percent(probability)})` : name, effect: `Its tickets are assigned to the team "${name}".` })),
    ],
    recommendation: target !== null && probability >= SURE ? target : value,
    reason: target === null ? 'No team of Intercom reads like it.' : `It may be "${target}" (${percent(probability)}: ${reason}).`,
  }));
}

/** State, and team or inbox, of each stage; stages of one name are one question. */
function stages({ source, destination, target }: RouteInput): Decision[] {
  const named = new Map(factRows(source, 'helpDeskStages').map((stage) => [text(stage['name']), stage]));
  const teams = factRows(destination, 'teams');
  const [question, values] = target.kind === 'conversations'
    ? ['State of conversations', ['open', 'closed', 'snoozed']] as const
    : ['State of tickets', ['submitted', 'in_progress', 'waiting_on_customer', 'resolved']] as const;
  // What Odoo says of a stage goes before what its name seems to say; the name tells what kind of open it is.
  const recommended = (closing: boolean, sense: string | undefined): string => (target.kind === 'conversations' ? (closing ? 'closed' : 'open') : closing ? 'resolved' : sense === undefined || sense === 'resolved' ? 'in_progress' : sense);
  return [...named].flatMap(([name, stage]): Decision[] => {
    const closing = stage['closing'] === true;
    const sense = senseOf(name);
    return [
      {
        id: `stage-state:${name}`, question: `${question} whose ticket stands in "${name}":`, answer: null,
        options: values.map((value) => ({ value, label: value, effect: `It is ${value.replaceAll('_', ' ')}.` })),
        recommendation: recommended(closing, sense?.state), reason: `${closing ? 'Odoo counts this stage as closed.' : 'Odoo counts this stage as open.'}${sense === null ? '' : ` ${sense.words}`}`,
      },
      {
        id: `stage-team:${name}`, question: `Team (inbox) of those in "${name}":`, answer: null,
        options: [{ value: 'ticket', label: 'The ticket\'s own', effect: 'Assigned to the team of that name.' }, { value: 'none', label: 'None', effect: 'Assigned to no team.' }, ...teams.map((team) => ({ value: text(team['id']), label: text(team['name']), effect: 'All of this stage go to this team.' }))],
        recommendation: 'ticket', reason: 'Tickets stay where they are.',
      },
    ];
  });
}

const senses = [{ value: 'submitted', label: 'New' }, { value: 'in_progress', label: 'Open' }, { value: 'waiting_on_customer', label: 'Pending' }, { value: 'resolved', label: 'Solved' }] as const;

/** What the name of a stage says in five languages; null = nothing that could be relied on. */
function senseOf(name: string): { readonly state: string; readonly words: string } | null {
  const [found] = proposeValueMap({ values: [name], options: senses });
  if (found === undefined || found.target === null || found.probability < 0.9) return null;
  const label = senses.find(({ value }) => value === found.target)?.label ?? found.target;
  return { state: found.target, words: `Its name reads as "${label.toLowerCase()}" (${percent(found.probability)}).` };
}
