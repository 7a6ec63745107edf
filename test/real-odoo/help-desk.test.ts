import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { intercomConnector } from '../../src/connectors/intercom/connector.ts';
import { odooConnector } from '../../src/connectors/odoo/connector.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Engine } from '../../src/engine/api.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import { odooHelpdeskToIntercom } from '../../src/routes/odoo-helpdesk-to-intercom/route.ts';
import type { IntercomSimulator } from '../../src/simulators/intercom/simulator.ts';
import { startIntercomSimulator } from '../../src/simulators/intercom/start.ts';
import { openQueue } from '../../src/work/queue.ts';
import type { WorkQueue } from '../../src/engine/ports/work.ts';
import { startValidatingProxy, type ValidatingProxy } from '../intercom/validating-proxy.ts';
import { conversationOf, rows, said, second, textOf } from '../support/filled-desk.ts';
import { expectClean, phaseOf } from '../support/reports.ts';
import { withTestStore } from '../support/store.ts';
import { leadsAsTickets, type LeadsAsTickets } from './leads-as-tickets.ts';
import { odooCalls } from './odoo-calls.ts';
import { freshOdoo, type RealOdoo } from './odoo.ts';

/** People, messages, tracking, followers and files of a real Odoo, read as those of tickets and moved to a simulated Intercom. */
describe('threads of a real Odoo 14 to Intercom', () => {
  const tests = withTestStore();
  const project = `real-desk-${process.pid}`;
  const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const large = Buffer.alloc(3 * 1024 * 1024, 'Portolan ');
  let queue: WorkQueue;
  let odoo: RealOdoo;
  let front: LeadsAsTickets;
  let intercom: IntercomSimulator;
  let proxy: ValidatingProxy;
  let engine: Engine;
  let agentPartner = 0;
  let messages = 0;

  beforeAll(async () => {
    queue = await openQueue({ store: tests.store });
    odoo = await freshOdoo();
    front = await leadsAsTickets(odoo.url);
    intercom = await startIntercomSimulator({ searchLagMs: 0, conversationThrottle: { replies: 1_000_000, windowMs: 1000 }, admins: [{ name: 'Migration', email: 'migration@desk.example' }, { name: 'Ines', email: 'ines@desk.example' }], teams: [{ name: 'Sales' }] });
    proxy = await startValidatingProxy(intercom.url);
    messages = await fill();
    engine = createEngine({ store: tests.store, queue, connectors: [odooConnector, intercomConnector], routes: [odooHelpdeskToIntercom], backoffMs: () => 1 });
    const { id: projectId } = await tests.store.createProject({ name: project, route: odooHelpdeskToIntercom.id });
    await tests.store.saveConnection({ projectId, role: 'source', platform: 'odoo', settings: { url: front.url, database: odoo.database, user: odoo.user }, secrets: { password: odoo.password } });
    await tests.store.saveConnection({ projectId, role: 'destination', platform: 'intercom', settings: { url: proxy.url, settleSeconds: '0' }, secrets: { token: intercom.token } });
  });
  afterAll(async () => {
    await queue.close();
    await proxy.stop();
    await intercom.stop();
    await front.stop();
    await odoo.close();
  });

  /** Two customers, an agent who has left, and three leads. @returns messages of the leads */
  async function fill(): Promise<number> {
    const { addUsers, call } = odooCalls(odoo);
    await addUsers(['ines@desk.example']);
    const [ines] = await call<{ id: number; partner_id: [number, string] }[]>('res.users', 'search_read', [[['login', '=', 'ines@desk.example']], ['partner_id']]);
    agentPartner = ines?.partner_id[0] ?? 0;
    const one = async (model: string, values: object): Promise<number> => [await call<number | number[]>(model, 'create', [[values]], { context: { mail_create_nolog: true, mail_create_nosubscribe: true } })].flat()[0] ?? 0;
    const company = await one('res.partner', { name: 'Larkspur Hotels', is_company: true });
    const ada = await one('res.partner', { name: 'Ada Novak', email: 'ada@larkspur.example', parent_id: company });
    const finn = await one('res.partner', { name: 'Finn Berg', email: 'finn@larkspur.example' });
    const [closing] = await call<number[]>('crm.stage', 'search', [[['is_won', '=', true]]]);
    await call('crm.stage', 'write', [[closing], { fold: true }]);
    const tag = await one('crm.tag', { name: 'Invoice' });
    const lead = (name: string, values: object): Promise<number> => one('crm.lead', { name, type: 'opportunity', user_id: ines?.id, description: 'Help, please.', ...values });
    const invoice = await lead('Invoice is wrong', { partner_id: ada, tag_ids: [[6, 0, [tag]]] });
    const quiet = await lead('A question', { partner_id: finn });
    const archived = await lead('An old one', { partner_id: finn, active: false });
    const [comment, note] = await Promise.all(['mail.mt_comment', 'mail.mt_note'].map(async (name) => (await call<[string, number]>('ir.model.data', 'xmlid_to_res_model_res_id', [name]))[1]));
    const file = (name: string, bytes: Buffer, more: object): Promise<number> => one('ir.attachment', { name, type: 'binary', datas: bytes.toString('base64'), ...more });
    const inline = await file('shot.png', picture, { res_model: 'crm.lead', res_id: invoice });
    const film = await file('film.bin', large, { res_model: 'crm.lead', res_id: invoice });
    const say = (id: number, author: number, date: string, body: string, more: object = {}): Promise<number> => one('mail.message', { model: 'crm.lead', res_id: id, author_id: author, date, body, message_type: 'comment', subtype_id: comment, ...more });
    await say(invoice, ada, '2021-03-01 10:00:00', `<p>Please look.</p><p><img src="/web/image/${inline}?access_token=x" alt="shot.png"></p>`, { message_type: 'email', attachment_ids: [[6, 0, [inline, film]]] });
    await say(invoice, agentPartner, '2021-03-01 11:00:00', '<p>We do.</p>');
    await say(invoice, agentPartner, '2021-03-01 11:30:00', '<p>She is <b>right</b>.</p>', { subtype_id: note });
    await say(archived, finn, '2019-05-05 05:05:05', '<p>Thanks &amp; bye.</p>');
    await call('crm.lead', 'message_subscribe', [[invoice]], { partner_ids: [finn] });
    await call('crm.lead', 'write', [[invoice], { stage_id: closing }]); // a log line, and a mark of what changed
    await call('res.users', 'write', [[ines?.id], { active: false }]); // who has left is still the author
    const [{ n } = { n: 0 }] = await odoo.sql<{ n: number }>(`select count(*)::int as n from mail_message where model = 'crm.lead' and res_id in (${invoice}, ${quiet}, ${archived})`);
    return n;
  }

  test('are read whole, with authors, dates, notes and files as they are, and a rollback leaves the workspace as it was', async () => {
    await engine.discover({ project, roles: ['source', 'destination'] });
    await engine.propose({ project });
    await engine.decide({ project, answers: { 'workflows-off': 'off' }, by: 'test' });
    await engine.confirmPlan({ project, by: 'test', acceptRecommendations: true });
    const drive = async (mode: 'production' | 'rollback'): Promise<RunReport> => {
      const { id: runId } = await engine.startRun({ project, mode, settings: mode === 'production' ? { approveGates: true } : {}, by: 'test' });
      return engine.driveRun({ runId });
    };
    const report = await drive('production');
    expectClean(report);
    expect(phaseOf(report, 'conversations')).toMatchObject({ read: 3, created: 3, skipped: {}, quarantined: {} });
    expect(phaseOf(report, 'parts').read).toBe(messages);

    const desk = { intercom };
    const contacts = new Map(rows(desk, 'contacts').map((one) => [one.email, one]));
    expect([...contacts.keys()].map(String).toSorted()).toEqual(['ada@larkspur.example', 'finn@larkspur.example']);
    const admins = new Map(rows(desk, 'admins').map((one) => [one.email, one.id]));
    const invoice = conversationOf(desk, 'Invoice is wrong');
    expect([invoice.state, Object.keys(invoice.tags).length, textOf(invoice.source as never)]).toEqual(['closed', 1, expect.stringContaining('Help, please.')]);
    expect(said(invoice).filter(({ createdAt }) => createdAt < Date.UTC(2022, 0) / 1000).map((part) => [part.createdAt, part.type, String(part.author.id), textOf(part).trim()])).toEqual([
      [second('2021-03-01 10:00:00'), 'comment', String(contacts.get('ada@larkspur.example')?.id), expect.stringMatching(/^Please look\.\s*\[image: shot\.png\]$/u)],
      [second('2021-03-01 11:00:00'), 'comment', String(admins.get('ines@desk.example')), 'We do.'],
      [second('2021-03-01 11:30:00'), 'note', String(admins.get('ines@desk.example')), 'She is right.'],
    ]);
    const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    expect(invoice.parts.flatMap(({ attachments }) => attachments.map(({ name, sha256 }) => `${name} ${sha256 ?? ''}`)).toSorted()).toEqual([`film.bin ${digest(large)}`, `shot.png ${digest(picture)}`]);
    expect(invoice.attributes['followers__c']).toEqual(expect.stringContaining('finn@larkspur.example'));
    expect(said(conversationOf(desk, 'An old one')).map((part) => [part.createdAt, textOf(part)])).toContainEqual([second('2019-05-05 05:05:05'), 'Thanks & bye.']);

    const again = await drive('production');
    expect([again.status, again.written]).toEqual([report.status, 0]);
    const back = await drive('rollback');
    expect(back.rollback).toMatchObject({ identical: true, kept: 0 });
    expect([...proxy.complaints]).toEqual([]);
  });
});
