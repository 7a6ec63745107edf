import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { odooHelpdeskToIntercom } from '../../src/routes/odoo-helpdesk-to-intercom/route.ts';
import { archivedAt, listedAsArchived } from '../support/archived.ts';
import { makeAttributesByHand } from '../support/attributes-by-hand.ts';
import { withDesks } from '../support/desk-by-hand.ts';
import { conversationOf, fillDesk, rows, said, second, textOf, type Part } from '../support/filled-desk.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const desks = withDesks();

describe.each([['enterprise', '2.16'], ['oca', '2.16'], ['enterprise', '2.15']] as const)('each row of the route, from a help desk of the kind %s, to version %s of the API', (dialect, version) => {
  test('tickets, people, messages, files, tags, attributes, states, assignment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portolan-left-out-'));
    try {
      const desk = await desks.start({ dialect, settings: { archiveFolder: folder, version } });
      const { held } = await fillDesk(desk, dialect);
      const byHand = version === '2.15'; // a person makes the attributes of conversations first
      if (byHand) await desk.planned({ 'attributes-by-hand': 'make' });
      if (byHand) expect(await makeAttributesByHand(desk)).toContain('stage_name__c');
      await desk.planned({ [`stage-state:${held}`]: 'snoozed', 'snoozed-until': '2098-01-01T00:00:00Z', 'file-cap': 5 * 1024 * 1024, tracking: dialect === 'oca' ? 'digest' : 'off' });
      const report = await desk.run();
      expectClean(report);
      const invoice = conversationOf(desk, 'Invoice is wrong');
      const admins = new Map(rows(desk, 'admins').map((one) => [one.email, one.id]));
      const contacts = new Map(rows(desk, 'contacts').map((one) => [one.email ?? one.name, one]));
      // HI-01, HI-09, HI-11: title, body as text, attributes, state
      expect(textOf({ body: invoice.source.body } as Part)).toMatch(/^\[opened by staff: Administrator\]\s*The total is wrong\.\s*Prices < 100$/u);
      expect(invoice.attributes).toMatchObject({ priority__c: 'Urgent', order_reference__c: 'SO17', severity__c: expect.stringMatching(/major/iu), quantity__c: 4, followers__c: expect.stringContaining('finn@larkspur.example') });
      expect(invoice.state).toBe('closed');
      expect(invoice.adminAssignee).toBe(admins.get('agent.1@helpdesk.example'));
      // HI-06: how it stood against its policy
      expect(invoice.attributes).toMatchObject({ sla_status__c: 'met', sla_violated__c: false, sla_deadline__c: Date.UTC(2024, 2, 2, 12) / 1000, sla_reached_at__c: Date.UTC(2024, 2, 1, 11) / 1000 });
      // HI-02: order, dates, authors
      const spoken = said(invoice).filter((part) => part.createdAt < Date.UTC(2025, 0, 1) / 1000).toSorted((a, b) => a.createdAt - b.createdAt || a.id - b.id);
      expect(spoken.slice(0, 5).map((part) => [part.createdAt, part.type, textOf(part)])).toEqual([
        [second('2024-03-01 10:00:00'), 'comment', 'Please look.'], [second('2024-03-01 11:00:00'), 'comment', 'We do.'], [second('2024-03-01 11:30:00'), 'note', 'He is right.'],
        [second('2024-03-01 12:00:00'), 'note', '[Former Colleague]\nAs I said.'], [second('2024-03-01 12:30:00'), 'comment', '[Finn Follower]\nI agree.'],
      ]);
      expect(spoken.slice(0, 5).map((part) => String(part.author.id))).toEqual([contacts.get('ada@larkspur.example')?.id, admins.get('agent.1@helpdesk.example'), admins.get('agent.2@helpdesk.example'), admins.get('migration@desk.example'), contacts.get('ada@larkspur.example')?.id].map(String));
      expect(said(invoice).filter((part) => /Stage changed|\(changes without details\)/u.test(textOf(part))).map((part) => part.type)).toEqual(dialect === 'oca' ? ['note'] : []);
      // HI-03: only people of tickets, one of two with one address, nobody without
      expect([...contacts.keys()].toSorted()).toEqual(['ada@larkspur.example', 'finn@larkspur.example', 'gone@helpdesk.example']);
      expect(phaseOf(report, 'contacts').merged).toBe(1);
      expect(phaseOf(report, 'contacts').quarantined).toMatchObject({ 'no-email': 1 });
      expect(phaseOf(report, 'conversations').quarantined).toMatchObject({ 'no-partner': 1, 'link-not-loaded': 1 });
      // HI-07: tags that differ in case are one
      expect(Object.keys(invoice.tags)).toHaveLength(2);
      expect(phaseOf(report, 'tags').merged).toBe(1);
      // HI-10: ten files with the message, two in a further reply, the others described
      const withFiles = said(invoice).filter((part) => part.attachments.length > 0).map((part) => part.attachments.length);
      expect(withFiles.toSorted((a, b) => b - a)).toEqual([10, 2]);
      expect(textOf(said(invoice).find((part) => part.attachments.length === 10))).toMatch(/^Here they are\.\s*\[image: picture 0\.png\]$/u);
      const described = said(invoice).map(textOf).filter((text) => text.startsWith('[file not moved]'));
      const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
      expect(described.find((text) => text.includes('setup.exe'))).toContain(`SHA-256 ${digest(Buffer.from('MZ program'))}`);
      expect(described.find((text) => text.includes('film.mp4'))).toContain(`SHA-256 ${digest(Buffer.alloc(5 * 1024 * 1024 + 1, 7))}`);
      expect(readdirSync(folder).map((name) => name.slice(17)).toSorted()).toEqual(['film.mp4', 'setup.exe']);
      // opened by staff; snoozed; a team and an agent that Intercom lacks
      expect(textOf({ body: conversationOf(desk, 'Opened by staff').source.body } as Part)).toMatch(/^\[opened by staff: Erna Agent\]\s*He called\.$/u);
      const parked = conversationOf(desk, 'Parked');
      expect([parked.state, parked.snoozedUntil]).toEqual(['snoozed', Date.UTC(2098, 0, 1) / 1000]);
      expect(parked.attributes).toMatchObject({ original_assignee__c: expect.stringMatching(/\w/u) as unknown, original_odoo_active__c: false }); // HI-05
      expect(invoice.attributes['original_odoo_active__c']).toBe(true);
      expect(said(parked).slice(0, 2).map((part) => [part.type, String(part.author.id), textOf(part)])).toEqual([['comment', String(contacts.get('finn@larkspur.example')?.id), 'By mail, from a customer.'], ['comment', String(admins.get('agent.1@helpdesk.example')), 'By mail, from an agent.']]);
      expect([parked.teamAssignee, parked.adminAssignee]).toEqual([0, admins.get('migration@desk.example')]);
      expect(phaseOf(report, 'teams').skipped).toMatchObject({ 'no-team': 2 });
      // HI-08: ratings on the contact, in a note and on the conversation
      const rater = rows(desk, 'contacts').find((one) => one.email === 'ada@larkspur.example');
      expect([rater?.attributes['rating_value__c'], rater?.attributes['rating_average__c'], invoice.attributes['conversation_rating__c']].map(String)).toEqual(['5', '5', '5']);
      expect(rows(desk, 'notes').map((one) => textOf(one as unknown as Part))).toEqual([expect.stringMatching(/^Rating 5: Quick \(\d{4}-.*, ticket \S+\)$/u)]);
      // Every gotcha that names a check has it, and the documents tell what the run did.
      const checks = await desk.engine.check({ project: desk.project, roles: ['source', 'destination'] });
      const names = new Set([...checks.source ?? [], ...checks.destination ?? []].map(({ name }) => name));
      expect(odooHelpdeskToIntercom.gotchas.flatMap(({ check }) => (check === null || names.has(check) ? [] : [check]))).toEqual([]);
      const documents = new Map(odooHelpdeskToIntercom.handoff?.documents(await desk.engine.handoffInput({ project: desk.project, runId: report.run })).map((one) => [one.id, one]));
      const cells = (id: string, at: string): readonly unknown[] => (documents.get(id)?.sections.find((one) => one.id === at)?.rows ?? []).map((row) => row[0]);
      expect(cells('attachment-exceptions', 'files').toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(['film.mp4', 'setup.exe']);
      expect(cells('csat-mapping', 'ratings')).toHaveLength(1);
      expect(rows(desk, 'notes').map((one) => textOf(one as unknown as Part))[0]).toContain(`ticket ${String(invoice.attributes['original_ticket_id__c'])})`); // one number everywhere
      expect(documents.get('configuration')?.sections.find(({ id }) => id === 'teams')?.rows.map((row) => row[5])).toContain(dialect === 'oca' ? 'by hand' : 'same number of open tickets each');
      expect(cells('configuration', 'provisioning')).toContain('Old returns desk');
      expect(cells('owners', 'agents').length).toBeGreaterThan(2);
      expect(cells('sla-inventory', 'policies').length).toBeGreaterThan(1);
      expect(desk.intercom.state.sideEffects().filter(({ kind }) => kind === 'customer-notified')).toEqual([]);
      expect((await desk.run()).written).toBe(0);
      const everything = await desk.run('production', { only: 'verify' });
      expect(everything.verification).toMatchObject({ mismatch: 0, unreadable: 0 });
      const back = await desk.run('rollback');
      expect(back.rollback).toMatchObject({ identical: true, kept: 0 });
      expect(listedAsArchived(back)).toEqual(archivedAt(desk.intercom));
      expect(archivedAt(desk.intercom).length).toBeGreaterThan(5);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 500_000);
});
