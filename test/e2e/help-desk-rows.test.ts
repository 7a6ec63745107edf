import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withDesks, type DeskByHand } from '../support/desk-by-hand.ts';
import { expectClean, phaseOf } from '../support/reports.ts';

const desks = withDesks();

interface Part { readonly id: number; readonly type: string; readonly body: string | null; readonly createdAt: number; readonly redacted?: boolean; readonly author: Readonly<{ type: string; id: number | string }>; readonly attachments: readonly { readonly name: string; readonly sha256?: string }[] }
interface Conversation { readonly id: number; readonly title: string | null; readonly state: string; readonly snoozedUntil: number | null; readonly adminAssignee: number; readonly teamAssignee: number; readonly contacts: readonly string[]; readonly tags: object; readonly attributes: Readonly<Record<string, unknown>>; readonly source: Readonly<{ body: string }>; readonly parts: readonly Part[] }
const rows = <T>(desk: DeskByHand, collection: Parameters<DeskByHand['intercom']['state']['rows']>[0]): readonly T[] => desk.intercom.state.rows(collection) as unknown as readonly T[];
const conversationOf = (desk: DeskByHand, title: string): Conversation => {
  const found = rows<Conversation>(desk, 'conversations').find((one) => one.title === title);
  if (found === undefined) throw new Error(`no conversation "${title}": ${rows<Conversation>(desk, 'conversations').map((one) => one.title).join(', ')}`);
  return found;
};
const said = (conversation: Conversation): readonly Part[] => conversation.parts.filter((part) => (part.body ?? '') !== '');
const textOf = (part: Part | undefined): string => (part?.body ?? '').replaceAll(/<br\s*\/?>/gu, '\n').replaceAll(/<[^>]*>/gu, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const second = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`) / 1000;

/** A desk with one of everything that the rows of the route speak of. */
async function filled(dialect: 'enterprise' | 'oca', params: Parameters<typeof desks.start>[0] = {}) {
  const desk = await desks.start({ dialect, ...params });
  const { create, say, attach, call, model } = desk;
  const company = await create('res.partner', { name: 'Larkspur Hotels', is_company: true });
  const ada = await create('res.partner', { name: 'Ada Novak', email: 'ada@larkspur.example', phone: '+48 22 123 45 67', street: 'Long Street 1', city: 'Gdynia', parent_id: company });
  const twin = await create('res.partner', { name: 'A. Novak', email: 'ADA@larkspur.example' });
  const silent = await create('res.partner', { name: 'Silent Customer' });
  const finn = await create('res.partner', { name: 'Finn Follower', email: 'finn@larkspur.example' });
  await create('res.partner', { name: 'Nobody of a ticket', email: 'outside@larkspur.example' });
  const stages = new Map((await call<{ id: number; name: string }[]>(model('stage'), 'search_read', [[], ['name']])).map((row) => [row.name, row.id]));
  const [open, closed, held] = dialect === 'enterprise' ? ['In Progress', 'Solved', 'On Hold'] : ['In Progress', 'Done', 'Awaiting'];
  const teams = new Map((await call<{ id: number; name: string }[]>(model('team'), 'search_read', [[], ['name']], { context: { active_test: false } })).map((row) => [row.name, row.id]));
  const tags = new Map((await call<{ id: number; name: string }[]>(model('tag'), 'search_read', [[], ['name']])).map((row) => [row.name, row.id]));
  const users = new Map((await call<{ id: number; login: string; partner_id: [number] }[]>('res.users', 'search_read', [[], ['login', 'partner_id']], { context: { active_test: false } })).map((row) => [row.login, row]));
  const agent = (at: number): { readonly id: number; readonly partner_id: [number] } => users.get(`agent.${at}@helpdesk.example`) as never;
  const ticket = (name: string, values: object, as?: string): Promise<number> => create('helpdesk.ticket', { name, stage_id: stages.get(open ?? ''), team_id: teams.get('Support'), user_id: agent(1).id, description: '<p>Help.</p>', ...values }, as);

  const first = await ticket('Invoice is wrong', {
    partner_id: ada, stage_id: stages.get(closed ?? ''), priority: '3', tag_ids: [[6, 0, [tags.get('Billing'), tags.get('billing'), tags.get('VIP')]]],
    description: '<p>The total is <b>wrong</b>.</p><p>Prices &lt; 100</p>', x_studio_order_reference: 'SO17', x_studio_severity: 'major', x_studio_quantity: 4, x_studio_visit_date: '2024-03-05',
  });
  await create('mail.followers', { res_model: 'helpdesk.ticket', res_id: first, partner_id: finn });
  const customer = await say(first, ada, '<p>Please look.</p>', { date: '2024-03-01 10:00:00', message_type: 'email' });
  const answer = await say(first, agent(1).partner_id[0], '<p>We do.</p>', { date: '2024-03-01 11:00:00' });
  const note = await say(first, agent(2).partner_id[0], '<p>He is right.</p>', { note: true, date: '2024-03-01 11:30:00' });
  const former = await create('res.partner', { name: 'Former Colleague', email: 'gone@helpdesk.example' });
  await say(first, former, '<p>As I said.</p>', { note: true, date: '2024-03-01 12:00:00' });
  await say(first, finn, '<p>I agree.</p>', { date: '2024-03-01 12:30:00' });
  const files = await Promise.all(Array.from({ length: 12 }, (_none, at) => attach(first, `picture ${at}.png`, Buffer.from(`picture ${at}`))));
  const blocked = await attach(first, 'setup.exe', Buffer.from('MZ program'));
  const large = await attach(first, 'film.mp4', Buffer.alloc(5 * 1024 * 1024 + 1, 7));
  await say(first, ada, '<p>Here they are.</p>', { date: '2024-03-01 13:00:00', attachment_ids: [[6, 0, [...files, blocked, large]]] });
  const opened = await ticket('Opened by staff', { partner_id: twin, description: '<p>He called.</p>' }, 'erna@desk.example');
  await ticket('Without address', { partner_id: silent });
  await ticket('Without partner', {});
  const parked = await ticket('Parked', { partner_id: finn, stage_id: stages.get(held ?? ''), team_id: teams.get('Old returns desk'), user_id: agent(12).id });
  await create('rating.rating', { res_model: 'helpdesk.ticket', res_id: first, rating: 5, feedback: 'Quick', consumed: true, partner_id: ada, res_model_id: (await call<number[]>('ir.model', 'search', [[['model', '=', 'helpdesk.ticket']]]))[0] }).catch(() => 0);
  return { desk, ids: { ada, twin, first, customer, answer, note, opened, parked, finn }, stages, teams, agent, held: held ?? '', closed: closed ?? '', open: open ?? '' };
}

describe.each(['enterprise', 'oca'] as const)('each row of the route, from a help desk of the kind %s', (dialect) => {
  test('tickets, people, messages, files, tags, attributes, states, assignment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portolan-left-out-'));
    try {
      const { desk, held } = await filled(dialect, { settings: { archiveFolder: folder } });
      await desk.planned({ [`stage-state:${held}`]: 'snoozed', 'snoozed-until': '2098-01-01T00:00:00Z', 'file-cap': 5 * 1024 * 1024 });
      const report = await desk.run();
      expectClean(report);
      const invoice = conversationOf(desk, 'Invoice is wrong');
      const admins = new Map(rows<{ id: number; email: string }>(desk, 'admins').map((one) => [one.email, one.id]));
      const contacts = new Map(rows<{ id: string; email: string | null; name: string }>(desk, 'contacts').map((one) => [one.email ?? one.name, one]));
      // HI-01, HI-09, HI-11: title, body as text, attributes, state
      expect(textOf({ body: invoice.source.body } as Part)).toMatch(/^\[opened by staff: Administrator\]\s*The total is wrong\.\s*Prices < 100$/u);
      expect(invoice.attributes).toMatchObject({ priority__c: 'Urgent', order_reference__c: 'SO17', severity__c: expect.stringMatching(/major/iu), quantity__c: 4, followers__c: expect.stringContaining('finn@larkspur.example') });
      expect(invoice.state).toBe('closed');
      expect(invoice.adminAssignee).toBe(admins.get('agent.1@helpdesk.example'));
      // HI-02: order, dates, authors
      const spoken = said(invoice).filter((part) => part.createdAt < Date.UTC(2025, 0, 1) / 1000).toSorted((a, b) => a.createdAt - b.createdAt || a.id - b.id);
      expect(spoken.slice(0, 5).map((part) => [part.createdAt, part.type, textOf(part)])).toEqual([
        [second('2024-03-01 10:00:00'), 'comment', 'Please look.'], [second('2024-03-01 11:00:00'), 'comment', 'We do.'], [second('2024-03-01 11:30:00'), 'note', 'He is right.'],
        [second('2024-03-01 12:00:00'), 'note', '[Former Colleague]\nAs I said.'], [second('2024-03-01 12:30:00'), 'comment', '[Finn Follower]\nI agree.'],
      ]);
      expect(spoken.slice(0, 5).map((part) => String(part.author.id))).toEqual([contacts.get('ada@larkspur.example')?.id, admins.get('agent.1@helpdesk.example'), admins.get('agent.2@helpdesk.example'), admins.get('migration@desk.example'), contacts.get('ada@larkspur.example')?.id].map(String));
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
      const described = said(invoice).map(textOf).filter((text) => text.startsWith('[file not moved]'));
      const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
      expect(described.find((text) => text.includes('setup.exe'))).toContain(`SHA-256 ${digest(Buffer.from('MZ program'))}`);
      expect(described.find((text) => text.includes('film.mp4'))).toContain(`SHA-256 ${digest(Buffer.alloc(5 * 1024 * 1024 + 1, 7))}`);
      expect(readdirSync(folder).map((name) => name.slice(17)).toSorted()).toEqual(['film.mp4', 'setup.exe']);
      // opened by staff; snoozed; a team and an agent that Intercom lacks
      expect(textOf({ body: conversationOf(desk, 'Opened by staff').source.body } as Part)).toMatch(/^\[opened by staff: Erna Agent\]\s*He called\.$/u);
      const parked = conversationOf(desk, 'Parked');
      expect([parked.state, parked.snoozedUntil]).toEqual(['snoozed', Date.UTC(2098, 0, 1) / 1000]);
      expect([parked.teamAssignee, parked.adminAssignee]).toEqual([0, admins.get('migration@desk.example')]);
      expect(phaseOf(report, 'teams').skipped).toMatchObject({ 'no-team': 2 });
      expect(desk.intercom.state.sideEffects().filter(({ kind }) => kind === 'customer-notified')).toEqual([]);
      expect((await desk.run()).written).toBe(0);
      const everything = await desk.run('production', { only: 'verify' });
      expect(everything.verification).toMatchObject({ mismatch: 0, unreadable: 0 });
      const back = await desk.run('rollback');
      expect(back.rollback).toMatchObject({ identical: true, kept: 0, residue: [] });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 240_000);
});
