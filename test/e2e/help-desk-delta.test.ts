import { describe, expect, test } from 'vitest';
import { withDesks } from '../support/desk-by-hand.ts';
import { conversationOf, fillDesk, rows, said, textOf, type Part } from '../support/filled-desk.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const desks = withDesks();

describe('a help desk on which people work on after the load', () => {
  test('a delta brings new messages and keeps closed conversations closed, corrects edited ones, redacts deleted ones, follows stage, tags and teams', async () => {
    const desk = await desks.start();
    const { ids, open, held } = await fillDesk(desk, 'enterprise');
    await desk.planned({ 'deleted-records': 'delete', 'partner-without-email': 'import' });
    expectClean(await desk.run());
    const parts = (): readonly Part[] => said(conversationOf(desk, 'Invoice is wrong'));
    const before = parts().length;
    expect(conversationOf(desk, 'Invoice is wrong').state).toBe('closed');

    await desk.call('mail.message', 'write', [[ids.answer], { body: '<p>We do, by Friday.</p>' }]);
    await desk.call('mail.message', 'unlink', [[ids.note]]);
    await desk.say(ids.first, ids.ada, '<p>Thank you!</p>', { date: '2024-03-02 09:00:00' });
    await desk.call('helpdesk.ticket', 'write', [[ids.parked], { stage_id: (await desk.call<number[]>(desk.model('stage'), 'search', [[['name', '=', open]]]))[0], name: 'Parked no more', user_id: (await desk.call<number[]>('res.users', 'search', [[['login', '=', 'agent.2@helpdesk.example']]]))[0] }]);
    await desk.call('helpdesk.ticket', 'write', [[ids.opened], { description: '<p>He called twice.</p>' }]);
    desk.intercom.people.addTeam('Old returns desk');
    const delta = await desk.run('delta');
    expectClean(delta);

    const invoice = conversationOf(desk, 'Invoice is wrong');
    expect(invoice.state).toBe('closed');
    expect(parts().filter((part) => textOf(part) === 'Thank you!')).toHaveLength(1);
    expect(parts().filter((part) => textOf(part).includes('We do, by Friday.')).map((part) => part.type)).toEqual(['note']);
    expect(parts().filter((part) => textOf(part) === 'We do.')).toHaveLength(1);
    expect(parts().find((part) => part.redacted === true)).toMatchObject({ type: 'note' });
    expect(parts().some((part) => textOf(part) === 'He is right.')).toBe(false);
    expect(parts().length).toBe(before + 2);
    const parked = conversationOf(desk, 'Parked no more');
    const teams = new Map(rows(desk, 'teams').map((team) => [team.name, team.id]));
    const admins = new Map(rows(desk, 'admins').map((admin) => [admin.email, admin.id]));
    expect([parked.state, parked.teamAssignee, parked.adminAssignee]).toEqual(['open', teams.get('Old returns desk'), admins.get('agent.2@helpdesk.example')]);
    expect(said(conversationOf(desk, 'Opened by staff')).some((part) => part.type === 'note' && textOf(part).includes('He called twice.'))).toBe(true);
    expect(desk.intercom.state.sideEffects().filter(({ kind }) => kind === 'customer-notified')).toEqual([]);
    expect((await desk.run('delta')).written).toBe(0);
    expect((await desk.run('production', { only: 'verify' })).verification).toMatchObject({ mismatch: 0, unreadable: 0 });
    void held;

    // A ticket that is gone at the source: its conversation goes as decided, unless somebody has answered there.
    const answered = conversationOf(desk, 'Parked no more');
    await desk.ask('POST', `/conversations/${answered.id}/reply`, { message_type: 'comment', type: 'admin', admin_id: String(admins.get('agent.1@helpdesk.example')), body: 'By hand', skip_notifications: true });
    await desk.call('helpdesk.ticket', 'unlink', [[ids.parked, ids.opened]]);
    const gone = await desk.run('delta');
    expect(gone.phases.filter((phase) => !phase.balanced)).toEqual([]);
    const left = rows(desk, 'conversations').filter((one) => one.deletedAt === null).map((one) => one.title);
    expect(left).toContain('Parked no more');
    expect(left).not.toContain('Opened by staff');

    const back = await desk.run('rollback');
    expect(back.rollback?.residue.map(({ mapping }) => mapping).toSorted()).toEqual(expect.arrayContaining(['conversations']));
  }, 500_000);

  test('a contact that was there is adopted, filled in, and given back; its note is the residue', async () => {
    const desk = await desks.start();
    await fillDesk(desk, 'enterprise');
    const there = await desk.ask('POST', '/contacts', { role: 'user', email: 'ada@larkspur.example', name: 'Ada of old' });
    await desk.planned({ 'partner-without-email': 'leave-out' });
    const report = await desk.run();
    expectClean(report);
    const adopted = rows(desk, 'contacts').find((one) => one.id === there['id']);
    expect(adopted).toMatchObject({ name: 'Ada of old', phone: '+48221234567' });
    expect(adopted?.attributes['address__c']).toContain('Gdynia');
    const back = await desk.run('rollback');
    const after = rows(desk, 'contacts').find((one) => one.id === there['id']);
    expect(after).toMatchObject({ name: 'Ada of old', phone: null });
    expect(desk.intercom.state.count('contacts')).toBe(1);
    expect(desk.intercom.state.count('conversations')).toBe(0);
    expect(back.rollback?.residue.filter(({ reason }) => reason !== 'archived').map(({ mapping, reason }) => `${mapping} ${reason}`)).toEqual(rows(desk, 'notes').length === 0 ? [] : ['rating-notes refused-by-destination']);
    expect(new Set(back.rollback?.residue.filter(({ reason }) => reason === 'archived').map(({ mapping }) => mapping))).toEqual(new Set(['companies', 'fields'])); // Intercom deletes neither
    expect(phaseOf(report, 'contacts').updated + phaseOf(report, 'contacts').matched).toBe(1);
  }, 500_000);

  test('agents without an admin are assigned later, over their tickets alone; messages keep their author; a thread beyond 500 parts is verified whole, its files too', async () => {
    const desk = await desks.start();
    const { ids } = await fillDesk(desk, 'enterprise');
    const many = await Promise.all(Array.from({ length: 51 }, (_none, at) => desk.attach(ids.parked, `page ${at}.txt`, Buffer.from(`page ${at}`))));
    await desk.say(ids.parked, ids.finn, '<p>All pages.</p>', { attachment_ids: [[6, 0, many]] });
    // More messages than Intercom shows, and files from before them: the ticket's own and one that cannot go in.
    await desk.attach(ids.opened, 'plan.txt', Buffer.from('the plan'));
    await desk.attach(ids.opened, 'setup.exe', Buffer.from('MZ'));
    const now = new Date().toISOString().slice(0, 19).replace('T', ' ');
    await desk.call('mail.message', 'create', [Array.from({ length: 505 }, (_none, at) => ({ model: 'helpdesk.ticket', res_id: ids.opened, message_type: 'comment', subtype_id: 1, author_id: ids.ada, body: `<p>Line ${at}</p>`, date: now }))]);
    await desk.planned();
    const loaded = await desk.run();
    expectClean(loaded);
    expect(loaded.verification).toMatchObject({ mismatch: 0, unreadable: 0 });
    expect(loaded.verification.fromAnswers).toBeGreaterThan(505);
    const [plan, program] = said(conversationOf(desk, 'Opened by staff')).slice(-2);
    expect([plan?.attachments.map(({ name }) => name), textOf(plan)]).toEqual([['plan.txt'], expect.stringMatching(/^\(files of the ticket\)\s*\[moved to the end of the conversation; sent \d{4}-.*Z\]$/u)]);
    expect(textOf(program)).toMatch(/^\[file not moved\] setup\.exe.*moved to the end/su);
    expect((await desk.run('production', { only: 'verify' })).verification).toMatchObject({ mismatch: 0, unreadable: 0 });
    expect(phaseOf(loaded, 'parts').quarantined).toMatchObject({ 'too-many-files': 1 }); // five replies take fifty; nothing of the rest is dropped in silence
    const admins = new Map(rows(desk, 'admins').map((admin) => [admin.email, admin.id]));
    expect(conversationOf(desk, 'Parked').adminAssignee).toBe(admins.get('migration@desk.example'));
    const row = (await desk.engine.owners(desk.project)).find(({ owner }) => owner === 'agent.12@helpdesk.example');
    expect(row?.records).toMatchObject({ ticket: 1 });
    const applied = await desk.engine.applyOwners({ project: desk.project, lines: [{ line: 2, owner: 'agent.12@helpdesk.example', login: 'agent.2@helpdesk.example' }, { line: 3, owner: 'nobody@x.example', login: 'agent.2@helpdesk.example' }], by: 'test' });
    expect(applied.refused.map(({ code }) => code)).toEqual(['unknown-owner']);
    const report = await desk.drive(applied.run?.id ?? '');
    expectClean(report);
    expect(conversationOf(desk, 'Parked').adminAssignee).toBe(admins.get('agent.2@helpdesk.example'));
    expect(report.written).toBe(1);
  }, 500_000);

  test('tickets of a missing team wait where that was decided, and go in once the team was made; followers take part where that was decided', async () => {
    const desk = await desks.start();
    const { ids } = await fillDesk(desk, 'enterprise');
    await desk.planned({ 'missing-teams': 'hold', followers: 'participants', 'unmatched-people': 'fallback' });
    const report = await desk.run();
    expect(phaseOf(report, 'settings').quarantined).toMatchObject({ 'team-not-found': 1 });
    const contacts = new Map(rows(desk, 'contacts').map((one) => [one.email, one.id]));
    expect([...conversationOf(desk, 'Invoice is wrong').contacts].toSorted()).toEqual(['ada@larkspur.example', 'finn@larkspur.example'].map((email) => contacts.get(email) ?? '').toSorted());
    desk.intercom.people.addTeam('Old returns desk');
    // An address for the partner without one, and a partner for the ticket without one, as a person writes them into the file of the quarantine.
    const held = await desks.tests.store.quarantine({ projectId: desk.projectId, open: true, code: null, limit: 100, after: null });
    const fieldsOf: Readonly<Record<string, object>> = { 'no-email': { email: 'silent@larkspur.example' }, 'no-partner': { partner_id: String(ids.ada) } };
    const corrections = held.flatMap(({ id, code }) => (fieldsOf[code] === undefined ? [] : [{ id, fields: fieldsOf[code] as Readonly<Record<string, string>> }]));
    expect(corrections).toHaveLength(2);
    const retried = await desk.drive((await desk.engine.retryQuarantine({ project: desk.project, corrections, by: 'test' })).id);
    expect([conversationOf(desk, 'Without address').contacts, conversationOf(desk, 'Without partner').contacts].flat()).toEqual([rows(desk, 'contacts').find(({ email }) => email === 'silent@larkspur.example')?.id, contacts.get('ada@larkspur.example')]);
    expect(phaseOf(retried, 'settings').quarantined['team-not-found']).toBeUndefined();
    const team = rows(desk, 'teams').find(({ name }) => name === 'Old returns desk');
    expect(conversationOf(desk, 'Parked').teamAssignee).toBe(team?.id);
  }, 500_000);
});
