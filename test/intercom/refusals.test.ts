import { afterEach, describe, expect, test } from 'vitest';
import { AuthenticationError, ConfigurationError, PortolanError, RecordRejectedError } from '../../src/connector/errors.ts';
import type { JsonObject } from '../../src/connector/json.ts';
import { openIntercomDestination } from '../../src/connectors/intercom/destination.ts';
import { exitCodeOfChecks, exitCodeOfError, exitCode } from '../../src/cli/exit-codes.ts';
import { intercomRig, type Rig } from './rig.ts';

let rig: Rig;
afterEach(() => rig.stop());
const thrown = async (made: Promise<unknown>): Promise<PortolanError> => {
  const error = await made.then(() => null, (one: unknown) => one);
  expect(error).toBeInstanceOf(PortolanError);
  return error as PortolanError;
};
const opening = async (): Promise<JsonObject> => ({ contact_id: await rig.contact(), body: 'It broke', created_at: '2021-05-06T12:00:00Z' });
const settings = (id: string, more: JsonObject): JsonObject => ({ conversation_id: id, actor_id: rig.admin, title: null, tag_ids: [], admin_assignee_id: null, team_assignee_id: null, state: 'open', snoozed_until: null, ...more });
const written = ['contact', 'company', 'contact/companies', 'contact_note', 'admin', 'team', 'tag', 'attribute', 'conversation', 'conversation_part', 'conversation_settings', 'ticket', 'ticket_part', 'ticket_settings'];
const watched = (): unknown => (['contacts', 'companies', 'conversations', 'tickets', 'tags'] as const).map((collection) => rig.intercom.state.rows(collection));
/** Name, value and remedy are told, and the exit code is the documented one. */
const expectExplained = (error: PortolanError, parts: Readonly<{ of: typeof PortolanError | typeof AuthenticationError | typeof ConfigurationError | typeof RecordRejectedError; code: string; says: RegExp; remedy: RegExp }>): void => {
  expect(error).toBeInstanceOf(parts.of);
  expect([error.code, error.message, error.remedy]).toEqual([parts.code, expect.stringMatching(parts.says), expect.stringMatching(parts.remedy)]);
};

describe('what Intercom refuses is explained', () => {
  test('a revoked token: exit code 3', async () => {
    rig = await intercomRig();
    rig.intercom.tokens.revoke();
    const error = await thrown(rig.at.count({ object: 'contact' }));
    expectExplained(error, { of: AuthenticationError, code: 'token-refused', says: /contacts\.list/u, remedy: /Copy the token .* anew.*region/u });
    expect(exitCodeOfError(error)).toBe(exitCode('authentication'));
  });

  test('a missing scope, by its name: exit code 3, in a check and in a run', async () => {
    rig = await intercomRig({ missingScopes: ['read_conversations', 'write_conversations'] });
    const results = await rig.at.check({ objects: ['contact', 'conversation'], createsFields: false });
    expect(results.find(({ name }) => name === 'reads-conversations')).toMatchObject({ result: 'failed', message: expect.stringContaining('read_conversations') as unknown, remedy: expect.stringMatching(/scope/u) as unknown });
    expect(exitCodeOfChecks(results)).toBe(exitCode('authentication'));
    const error = await thrown(rig.make('conversation', await opening()));
    expectExplained(error, { of: AuthenticationError, code: 'missing-scope', says: /write_conversations/u, remedy: /Developer Hub/u });
    expect(exitCodeOfError(error)).toBe(exitCode('authentication'));
  });

  test.each([
    ['read_write_users', {}, ['reads-contacts', 'reads-companies', 'writes-contacts', 'writes-companies']],
    ['read_conversations', {}, ['reads-conversations', 'reads-conversation-attributes']],
    ['write_conversations', {}, ['writes-conversations', 'writes-replies', 'writes-conversation-tags', 'writes-conversation-attributes']],
    ['read_tickets', { ticketType: 'Help desk' }, ['reads-tickets']],
    ['write_tickets', { ticketType: 'Help desk' }, ['writes-tickets', 'writes-ticket-replies', 'writes-ticket-attributes']],
    ['delete_conversations_and_metrics', { retainMetrics: 'no' }, ['writes-metrics']],
  ] as const)('the check tells before the run that scope %s is missing, by asking what can change nothing', async (scope, more, names) => {
    rig = await intercomRig({ missingScopes: [scope], existing: { contacts: 3, companies: 2, conversations: 2 }, tags: ['VIP'] }, more);
    const before = JSON.stringify(watched());
    const failed = (await rig.at.check({ objects: written, createsFields: true })).filter(({ result }) => result === 'failed');
    expect(failed.map(({ name }) => name)).toEqual(names);
    for (const one of failed) expect(one).toMatchObject({ kind: 'authentication', message: expect.stringContaining(scope) as unknown, remedy: expect.stringMatching(/Developer Hub/u) as unknown });
    expect(exitCodeOfChecks(failed)).toBe(exitCode('authentication'));
    rig.intercom.scopes.add(scope);
    expect((await rig.at.check({ objects: written, createsFields: true })).filter(({ result }) => result === 'failed')).toEqual([]);
    expect(JSON.stringify(watched())).toBe(before);
    expect(rig.intercom.state.sideEffects()).toEqual([]);
  });

  test('what a plan leaves out is not asked for: neither tickets, nor attributes, nor conversations', async () => {
    rig = await intercomRig({ missingScopes: ['read_tickets', 'write_tickets'] }, { ticketType: 'Help desk' });
    const mapped = written.filter((object) => !object.startsWith('ticket'));
    expect((await rig.at.check({ objects: written, mapped, createsFields: true, newFields: [] })).some(({ result, name }) => result === 'failed' || name.includes('ticket'))).toBe(false);
    rig.calls.length = 0;
    expect((await rig.at.check({ objects: written, mapped: ['contact'], createsFields: false, newFields: [] })).map(({ name }) => name).filter((name) => /^(?:reads|writes)-/u.test(name))).toEqual(['reads-contacts', 'reads-admins', 'reads-attributes', 'writes-contacts']);
  });

  test('a plan that does not include a part of the API (403 api_plan_restricted): exit code 3', async () => {
    rig = await intercomRig({ planRestricted: ['/conversations'] });
    const results = await rig.at.check({ objects: ['contact', 'conversation'], createsFields: false });
    expect(results.find(({ name }) => name === 'reads-conversations')).toMatchObject({ result: 'failed', remedy: expect.stringMatching(/plan does not include/u) as unknown });
    const error = await thrown(rig.make('conversation', await opening()));
    expectExplained(error, { of: AuthenticationError, code: 'plan-restricted', says: /Active subscription needed/u, remedy: /upgrade/u });
    expect(exitCodeOfError(error)).toBe(exitCode('authentication'));
  });

  test('the wrong region: exit code 2, with the right one', async () => {
    rig = await intercomRig({ region: 'EU' });
    const results = await (await rig.open({ region: 'us' })).check({ objects: ['contact'], createsFields: false });
    expect(results.find(({ name }) => name === 'region')).toMatchObject({ result: 'failed', message: expect.stringMatching(/region us, the workspace is in eu/u) as unknown, remedy: 'Set region to eu.' });
    expect(exitCodeOfChecks(results)).toBe(exitCode('usage'));
    const right = await (await rig.open({ region: 'eu' })).check({ objects: ['contact'], createsFields: false });
    expect(right.some(({ result }) => result === 'failed')).toBe(false);
  });

  test('an address that is no API: exit code 1, and nothing is taken for an answer', async () => {
    rig = await intercomRig();
    const at = await openIntercomDestination({ token: 't', url: rig.intercom.controlUrl }, { countCall: () => {}, log: () => {}, signal: new AbortController().signal, budget: { acquire: async () => {}, penalise: async () => {} } });
    const error = await thrown(at.count({ object: 'contact' }));
    expect(error.message).toContain('contacts.list');
    expect(error.remedy).toContain('Check the address');
    expect(exitCodeOfError(error)).toBe(exitCode('unexpected'));
  });

  test('a missing admin or team: the record waits, with what to do', async () => {
    rig = await intercomRig();
    const { id } = await rig.make('conversation', await opening());
    for (const [field, value] of [['admin_assignee_id', '4711'], ['team_assignee_id', '4712']] as const) {
      expectExplained(await thrown(rig.make('conversation_settings', settings(id, { [field]: value }))), { of: RecordRejectedError, code: 'person-not-found', says: /Assignee not found \(assignee_not_found\)/u, remedy: /invited again/u });
    }
    expect(await rig.at.match({ object: 'admin', field: 'email', values: ['nobody@desk.example'], ignoreCase: true })).toEqual([]);
    expect(await rig.at.match({ object: 'team', field: 'name', values: ['Nobody'], ignoreCase: true })).toEqual([]);
  });

  test('an unknown attribute of a conversation, a contact, a company, by its name', async () => {
    rig = await intercomRig();
    const { id } = await rig.make('conversation', await opening());
    for (const [object, values] of [
      ['conversation_settings', settings(id, { nowhere__c: 'x', title: 'T' })], ['contact', { role: 'user', external_id: 'x', nowhere__c: 'x' }], ['company', { company_id: 'x', nowhere__c: 'x' }],
    ] as const) expectExplained(await thrown(rig.make(object, values)), { of: RecordRejectedError, code: 'unknown-attribute', says: /nowhere__c/u, remedy: /Settings > Data/u });
    expect(rig.intercom.state.rows('conversations')).toMatchObject([{ title: null }]); // nothing of it was set
  });

  test('an attribute that somebody archived meanwhile', async () => {
    rig = await intercomRig();
    const made = await rig.make('attribute', rig.at.fieldRecord({ object: 'conversation_settings', name: 'stage__c', label: 'Stage', type: 'text' }));
    const { id } = await rig.make('conversation', await opening());
    await rig.make('conversation_settings', settings(id, { stage__c: 'New' })); // the attributes are known from here on
    const other = await rig.open();
    await other.delete({ object: 'attribute', ids: [made.id] });
    const second = await rig.make('conversation', { ...await opening(), body: 'Again' });
    expectExplained(await thrown(rig.make('conversation_settings', settings(second.id, { stage__c: 'New' }))), { of: RecordRejectedError, code: 'unknown-attribute', says: /stage__c/u, remedy: /make it again/iu });
  });

  test('the limit of attributes: said with what to archive', async () => {
    rig = await intercomRig();
    for (let at = 0; at < 250; at += 1) {
      const made = await fetch(`${rig.intercom.url}/data_attributes`, { method: 'POST', headers: { 'authorization': `Bearer ${rig.intercom.token}`, 'content-type': 'application/json', 'intercom-version': '2.16' }, body: JSON.stringify({ name: `taken ${at}`, model: 'contact', data_type: 'string' }) });
      await made.body?.cancel();
    }
    expectExplained(await thrown(rig.make('attribute', rig.at.fieldRecord({ object: 'contact', name: 'one_more', label: 'One more', type: 'text' }))), { of: RecordRejectedError, code: 'attribute-limit', says: /limit of 250/u, remedy: /archive some that nobody uses/u });
  }, 30_000);

  test('a name that a company\'s attribute has already', async () => {
    rig = await intercomRig();
    await rig.make('attribute', rig.at.fieldRecord({ object: 'company', name: 'Grade', label: 'Grade', type: 'text' }));
    expectExplained(await thrown(rig.make('attribute', rig.at.fieldRecord({ object: 'contact', name: 'grade', label: 'Grade', type: 'text' }))), { of: RecordRejectedError, code: 'name-taken', says: /You already have 'Grade'/u, remedy: /rename/u });
  });

  test('a development workspace: a warning before, and a contact that it archived is named', async () => {
    rig = await intercomRig({ development: true });
    expect((await rig.at.check({ objects: ['contact'], createsFields: false })).find(({ name }) => name === 'development-workspace')).toMatchObject({ result: 'warning', remedy: expect.stringContaining('20') as unknown });
    const first = await rig.contact();
    for (let at = 0; at < 20; at += 1) await rig.contact();
    expectExplained(await thrown(rig.make('conversation', { contact_id: first, body: 'It broke', created_at: null })), { of: RecordRejectedError, code: 'contact-gone', says: new RegExp(first, 'u'), remedy: /development workspace: it keeps 20 contacts/u });
  });

  test('no ticket type, or several to choose from: exit code 2, with those that are there', async () => {
    rig = await intercomRig();
    const ticket = { contact_id: await rig.contact(), title: 'T' };
    const error = await thrown(rig.make('ticket', ticket));
    expectExplained(error, { of: ConfigurationError, code: 'no-ticket-type', says: /it has none/u, remedy: /set ticketType/u });
    expect(exitCodeOfError(error)).toBe(exitCode('usage'));
    for (const [name, category] of [['Bugs', 'Customer'], ['Wishes', 'Customer'], ['Inside', 'Back-office']]) {
      await fetch(`${rig.intercom.url}/ticket_types`, { method: 'POST', headers: { 'authorization': `Bearer ${rig.intercom.token}`, 'content-type': 'application/json', 'intercom-version': '2.16' }, body: JSON.stringify({ name, category }) });
    }
    const withType = async (ticketType: string): Promise<PortolanError> => thrown((await rig.open({ ticketType })).create({ object: 'ticket', records: [{ key: 'k', values: ticket }] }));
    expectExplained(await withType('Help desk'), { of: ConfigurationError, code: 'no-ticket-type', says: /no ticket type "Help desk" \(it has "Bugs", "Wishes", "Inside"\)/u, remedy: /set ticketType/u });
    expectExplained(await withType('Inside'), { of: ConfigurationError, code: 'ticket-type-category', says: /Back-office/u, remedy: /category Customer/u });
    const chosen = await (await rig.open({ ticketType: 'wishes' })).create({ object: 'ticket', records: [{ key: 'k', values: ticket }] });
    expect(chosen[0]?.seen).toMatchObject({ title: 'T' });
  });
});
