import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { FileValue } from '../../src/connector/file-value.ts';
import type { JsonObject } from '../../src/connector/json.ts';
import { createRecords, type Created } from '../../src/engine/load/create-records.ts';
import type { FileStreams } from '../../src/engine/load/file-streams.ts';
import type { FaultRule } from '../../src/simulators/intercom/faults.ts';
import type { Collection, StateRow } from '../../src/simulators/intercom/simulator.ts';
import { intercomRig, type Rig } from './rig.ts';


const bytes = randomBytes(5_000);
const file: JsonObject = { $file: '0', name: 'scan.bin', mimeType: 'application/octet-stream', size: bytes.length, sha1: null, sha256: createHash('sha256').update(bytes).digest('hex') };
const streams: FileStreams = { during: (_values, send) => send(async function* (_file: FileValue) { yield bytes; }) } as FileStreams;

/** Creates one record as the engine does, settling what is uncertain before it sends anything again. */
async function created(rig: Rig, object: string, values: JsonObject): Promise<Created> {
  const { done } = await createRecords({
    destination: rig.at, object, records: [{ sourceId: '1', key: 'k', values }], beforeSend: async () => {}, files: Array.isArray(values['files']) && values['files'].length > 0 ? streams : null, backoffMs: () => 1, signal: new AbortController().signal,
  });
  if (done[0] === undefined) throw new Error(`no ${object} was made`);
  return done[0];
}
const rows = (rig: Rig, collection: Collection): readonly StateRow[] => rig.intercom.state.rows(collection);
const parts = (rig: Rig, collection: 'conversations' | 'tickets', kind: (type: string) => boolean): number => rows(rig, collection).flatMap((row) => row['parts'] as readonly { readonly type: string }[]).filter((part) => kind(part.type)).length;

const at = { created_at: '2021-05-06T07:08:09Z' };
interface Case { readonly kind: string; readonly route: string; readonly object: string; readonly values: (rig: Rig) => Promise<JsonObject>; readonly count: (rig: Rig) => number; readonly brings?: true /* one that was there: never to be taken for one of ours */ }
const conversation = async (rig: Rig): Promise<string> => (await rig.make('conversation', { contact_id: await rig.contact(), body: 'It broke', ...at })).id;
const ticketType = async (rig: Rig): Promise<void> => { await post(rig, '/ticket_types', { name: 'Help desk', category: 'Customer' }); };
async function post(rig: Rig, path: string, body: object): Promise<void> {
  const answer = await fetch(rig.intercom.url + path, { method: 'POST', headers: { 'authorization': `Bearer ${rig.intercom.token}`, 'content-type': 'application/json', 'intercom-version': '2.16' }, body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
}
const ticket = async (rig: Rig): Promise<string> => {
  await ticketType(rig);
  return (await rig.make('ticket', { contact_id: await rig.contact(), title: 'It broke', description: 'Since noon', ...at })).id;
};
const comment = (id: string, more: JsonObject): JsonObject => ({ conversation_id: id, kind: 'comment', contact_id: null, admin_id: null, body: 'And another thing', created_at: '2021-05-06T08:00:00Z', files: [], ...more });
const person: JsonObject = { role: 'user', external_id: 'odoo:desk:res.partner:77', email: 'lost@example.com', name: 'Lost Person' };

const cases: readonly Case[] = [
  { kind: 'contact', route: 'POST /contacts', object: 'contact', values: async () => person, count: (rig) => rows(rig, 'contacts').length },
  { kind: 'company', route: 'POST /companies', object: 'company', values: async () => ({ company_id: 'odoo:desk:res.partner:9', name: 'Works' }), count: (rig) => rows(rig, 'companies').length },
  { kind: 'place in a company', route: 'POST /contacts/:id/companies', object: 'contact/companies', values: async (rig) => ({ record: await rig.contact(), value: (await rig.make('company', { company_id: 'c', name: 'C' })).id }), count: (rig) => rows(rig, 'contacts').flatMap((row) => row['companies'] as readonly string[]).length },
  { kind: 'note on a contact', route: 'POST /contacts/:id/notes', object: 'contact_note', values: async (rig) => ({ contact_id: await rig.contact(), body: 'Rating 5 <good>', admin_id: rig.admin }), count: (rig) => rows(rig, 'notes').length },
  { kind: 'tag', route: 'POST /tags', object: 'tag', values: async () => ({ name: 'VIP' }), count: (rig) => rows(rig, 'tags').length },
  { kind: 'attribute of contacts', route: 'POST /data_attributes', object: 'attribute', values: async (rig) => rig.at.fieldRecord({ object: 'contact', name: 'rating__c', label: 'Rating', type: 'decimal' }), count: (rig) => rows(rig, 'data-attributes').length },
  { kind: 'attribute of conversations', route: 'POST /conversations/attributes', object: 'attribute', values: async (rig) => rig.at.fieldRecord({ object: 'conversation_settings', name: 'stage__c', label: 'Stage', type: 'text' }), count: (rig) => rows(rig, 'conversation-attributes').length },
  { kind: 'conversation', route: 'POST /conversations', object: 'conversation', values: async (rig) => ({ contact_id: await rig.contact(), body: 'It broke', ...at }), count: (rig) => rows(rig, 'conversations').length },
  { kind: 'reply of a customer with a file', route: 'POST /conversations/:id/reply', object: 'conversation_part', values: async (rig) => { const id = await conversation(rig); return comment(id, { contact_id: String(rows(rig, 'contacts')[0]?.['id']), files: [file] }); }, count: (rig) => parts(rig, 'conversations', (type) => type === 'comment') },
  { kind: 'reply of an agent', route: 'POST /conversations/:id/reply', object: 'conversation_part', values: async (rig) => comment(await conversation(rig), { admin_id: rig.admin }), count: (rig) => parts(rig, 'conversations', (type) => type === 'comment') },
  { kind: 'note', route: 'POST /conversations/:id/reply', object: 'conversation_part', values: async (rig) => comment(await conversation(rig), { admin_id: rig.admin, kind: 'note', body: 'internal <only> & so' }), count: (rig) => parts(rig, 'conversations', (type) => type === 'note') },
  ...([['tag on a conversation', 'POST /conversations/:id/tags'], ['title and attributes', 'PUT /conversations/:id'], ['assignment and state', 'POST /conversations/:id/parts']] as const).map(([kind, route]): Case => ({
    kind, route, object: 'conversation_settings',
    values: async (rig) => {
      await rig.make('attribute', rig.at.fieldRecord({ object: 'conversation_settings', name: 'stage__c', label: 'Stage', type: 'text' }));
      return { conversation_id: await conversation(rig), actor_id: rig.admin, title: 'Broken', tag_ids: [(await rig.make('tag', { name: 'VIP' })).id], stage__c: 'Done', admin_assignee_id: rig.admin, team_assignee_id: null, state: 'closed', snoozed_until: null };
    },
    // One line in the thread for the attribute, one for the assignment, one for the closing: sent twice, there would be more.
    count: (rig) => parts(rig, 'conversations', () => true) - 2,
  })),
  {
    kind: 'somebody who takes part', route: 'POST /conversations/:id/customers', object: 'conversation_settings',
    values: async (rig) => {
      const id = await conversation(rig);
      const opener = (rows(rig, 'conversations')[0]?.['contacts'] as readonly string[] | undefined)?.[0] ?? '';
      return { conversation_id: id, actor_id: rig.admin, title: 'Broken', participant_ids: [opener, await rig.contact()].toSorted(), tag_ids: [], admin_assignee_id: null, team_assignee_id: null, state: 'open', snoozed_until: null };
    },
    // Asked twice, he would be told twice.
    count: (rig) => rig.intercom.state.sideEffects().filter(({ kind }) => kind === 'customer-notified').length,
  },
  { kind: 'attribute of tickets', route: 'POST /ticket_types/:id/attributes', object: 'attribute', values: async (rig) => { await ticketType(rig); return rig.at.fieldRecord({ object: 'ticket', name: 'stage__c', label: 'Stage', type: 'selection', options: [{ value: 'New', label: 'New' }, { value: 'Done', label: 'Done' }] }); }, count: (rig) => rows(rig, 'ticket-types').flatMap((row) => row['attributes'] as readonly { readonly isDefault: boolean }[]).filter(({ isDefault }) => !isDefault).length },
  {
    kind: 'ticket', route: 'POST /tickets', object: 'ticket',
    values: async (rig) => {
      await ticketType(rig);
      await rig.make('attribute', rig.at.fieldRecord({ object: 'ticket', name: 'original_ticket_id__c', label: 'Ticket', type: 'text' }));
      const contact = await rig.contact();
      await rig.make('ticket', { contact_id: contact, title: 'It broke', description: 'Since noon', original_ticket_id__c: 'HT8', ...at }); // the same in all but our own id
      return { contact_id: contact, title: 'It broke', description: 'Since noon', original_ticket_id__c: 'HT7', admin_assignee_id: rig.admin, ...at };
    },
    count: (rig) => rows(rig, 'tickets').length - 1,
  },
  { kind: 'reply to a ticket', route: 'POST /tickets/:id/reply', object: 'ticket_part', values: async (rig) => { const id = await ticket(rig); return { ticket_id: id, kind: 'comment', contact_id: null, admin_id: rig.admin, body: 'Try now', created_at: '2021-05-06T09:00:00Z', files: [file] }; }, count: (rig) => parts(rig, 'tickets', (type) => type === 'comment') },
  { kind: 'reply of a customer to a ticket', route: 'POST /tickets/:id/reply', object: 'ticket_part', values: async (rig) => { const id = await ticket(rig); return { ticket_id: id, kind: 'comment', contact_id: String(rows(rig, 'contacts')[0]?.['id']), admin_id: null, body: 'Still broken', created_at: '2021-05-06T09:30:00Z', files: [] }; }, count: (rig) => parts(rig, 'tickets', (type) => type === 'comment') },
  { kind: 'tag on a ticket', route: 'POST /tickets/:id/tags', object: 'ticket_settings', values: async (rig) => ({ ticket_id: await ticket(rig), actor_id: rig.admin, tag_ids: [(await rig.make('tag', { name: 'VIP' })).id], state_category: 'resolved', open: false }), count: (rig) => parts(rig, 'tickets', (type) => type === 'ticket_state_updated_by_admin') - 1 + rows(rig, 'tickets').flatMap((row) => Object.keys(row['tags'] as object)).length - 1 },
  {
    kind: 'contact out of the archive', route: 'POST /contacts/:id/unarchive', object: 'contact', brings: true,
    values: async (rig) => {
      const { id } = await rig.make('contact', person);
      await post(rig, `/contacts/${id}/archive`, {});
      return person;
    },
    count: (rig) => rows(rig, 'contacts').filter((row) => row['archived'] !== true).length,
  },
  { kind: 'state of a ticket', route: 'PUT /tickets/:id', object: 'ticket_settings', values: async (rig) => ({ ticket_id: await ticket(rig), actor_id: rig.admin, tag_ids: [(await rig.make('tag', { name: 'VIP' })).id], state_category: 'resolved', open: false }), count: (rig) => parts(rig, 'tickets', (type) => type === 'ticket_state_updated_by_admin') - 1 },
];
const faults: readonly Omit<FaultRule, 'route'>[] = [{ kind: 'reset-before-commit' }, { kind: 'reset-after-commit' }, { kind: 'truncated-answer' }, { kind: 'http-status', status: 504, afterCommit: true }];

describe('an answer that is lost, with the search lagging behind', () => {
  test.concurrent.each(cases)('$kind: there once, whether the call was carried out or not', async ({ route, object, values, count, brings }) => {
    await Promise.all(faults.map(async (fault) => {
      const rig = await intercomRig({ searchLagMs: 600, conversationThrottle: { replies: 1000, windowMs: 1000 } }, { settleSeconds: '2' });
      try {
        const wanted = await values(rig);
        rig.intercom.faults.add({ ...fault, route, times: 1 });
        const made = await created(rig, object, wanted);
        expect([fault.kind, count(rig)]).toEqual([fault.kind, 1]);
        expect(rig.intercom.faults.list()).toEqual([]); // the fault did strike
        expect([made.existing, made.broughtBack]).toEqual([brings === true, brings === true]);
        const names = Object.keys(wanted).filter((name) => name !== 'files' && name !== 'actor_id');
        const fields = new Map((await rig.at.fields({ object })).map((field) => [field.name, field]));
        const [back] = await rig.at.read({ object, ids: [made.id], fields: names });
        for (const name of names) {
          const field = fields.get(name);
          if (field === undefined) throw new Error(`no field ${name}`);
          expect([name, rig.at.normalise({ object, field, value: back?.values[name] ?? null })]).toEqual([name, rig.at.normalise({ object, field, value: wanted[name] ?? null })]);
        }
      } finally {
        await rig.stop();
      }
    }));
  }, 60_000);
});
