import type { Catalog } from '../../connector/catalog.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import type { Plan } from '../../plan/plan.ts';

type Decision = Plan['decisions'][number];

/** Rows of a list among a catalog's facts. */
function factRows(catalog: Catalog, name: string): readonly JsonObject[] {
  const value: Json | undefined = catalog.facts[name];
  return Array.isArray(value) ? value as readonly JsonObject[] : [];
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** What only a person can decide. Pure. */
export function decisions(source: Catalog, destination: Catalog): Decision[] {
  const admins = factRows(destination, 'admins');
  return [
    {
      id: 'acting-admin', question: 'Which admin of Intercom acts for the migration: closes, assigns, tags, and stands in for people without an admin?', free: 'text', answer: null,
      options: admins.map((admin) => ({ value: text(admin['id']), label: `${text(admin['name'])} ${text(admin['email'])}`.trim(), effect: 'Shown as the author of what nobody else can be.' })),
      recommendation: admins[0] === undefined ? null : text(admins[0]['id']), reason: 'Every call that changes a conversation names an admin. A neutral one ("Migration") is best.',
    },
    {
      id: 'unmatched-people', question: 'A message or ticket of somebody who is no admin (has left, a bot):', answer: null,
      options: [{ value: 'fallback', label: 'Acting admin', effect: 'Goes in under the acting admin, with a line that names the author.' }, { value: 'hold', label: 'Hold', effect: 'Waits in quarantine until the person is an admin.' }],
      recommendation: 'fallback', reason: 'Nothing waits, and the author stays readable.',
    },
    {
      id: 'partner-without-email', question: 'Partners without an e-mail address:', answer: null,
      options: [
        { value: 'review', label: 'Review', effect: 'They and their tickets wait in quarantine for an address.' }, { value: 'import', label: 'Import', effect: 'They go in with their external id only.' },
        { value: 'leave-out', label: 'Leave out', effect: 'They and their tickets are not moved.' },
      ],
      recommendation: 'review', reason: 'An address is what Intercom recognises people by.',
    },
    {
      id: 'tracking', question: 'Odoo\'s own log ("Stage changed"):', answer: null,
      options: [{ value: 'off', label: 'Leave out', effect: 'Not moved.' }, { value: 'digest', label: 'One note', effect: 'One note per ticket with all changes.' }],
      recommendation: 'off', reason: 'It makes long threads and tells agents little.',
    },
    {
      id: 'snoozed-until', question: 'Until when are tickets snoozed whose stage is to be snoozed (UTC)?', free: 'text', options: [], answer: null,
      recommendation: '2099-12-31T00:00:00Z', reason: 'Far away: somebody opens them when it is time. Only stages set to snoozed use it.',
    },
    ...factRows(source, 'helpDeskStages').map((stage): Decision => ({
      id: `stage-state:${text(stage['name'])}`, question: `State of conversations whose ticket stands in "${text(stage['name'])}":`, answer: null,
      options: (['open', 'closed', 'snoozed'] as const).map((value) => ({ value, label: value, effect: `The conversation is ${value}.` })),
      recommendation: stage['closing'] === true ? 'closed' : 'open', reason: stage['closing'] === true ? 'Odoo counts this stage as closed.' : 'Odoo counts this stage as open.',
    })).filter((decision, index, all) => all.findIndex((other) => other.id === decision.id) === index),
  ];
}
