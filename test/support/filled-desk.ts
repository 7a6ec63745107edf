import type { Collection } from '../../src/simulators/intercom/simulator.ts';
import type { DeskByHand } from './desk-by-hand.ts';

export interface Part { readonly id: number; readonly type: string; readonly body: string | null; readonly createdAt: number; readonly redacted?: boolean; readonly author: Readonly<{ type: string; id: number | string }>; readonly attachments: readonly { readonly name: string; readonly sha256?: string }[] }
export interface Conversation { readonly id: number; readonly title: string | null; readonly deletedAt: number | null; readonly state: string; readonly snoozedUntil: number | null; readonly adminAssignee: number; readonly teamAssignee: number; readonly contacts: readonly string[]; readonly tags: object; readonly attributes: Readonly<Record<string, unknown>>; readonly source: Readonly<{ body: string }>; readonly parts: readonly Part[] }
interface Ticket { readonly id: number; readonly attributes: Readonly<Record<string, unknown>>; readonly stateId: string; readonly adminAssignee: number; readonly teamAssignee: number; readonly tags: object; readonly deletedAt: number | null; readonly parts: readonly Part[] }
interface Contact { readonly id: string; readonly email: string | null; readonly name: string; readonly phone: string | null; readonly attributes: Readonly<Record<string, unknown>> }
interface Shapes extends Record<Collection, object> { conversations: Conversation; tickets: Ticket; contacts: Contact; admins: Readonly<{ id: number; email: string }>; teams: Readonly<{ id: number; name: string }> }
export const rows = <Name extends Collection>(desk: Pick<DeskByHand, 'intercom'>, collection: Name): readonly Shapes[Name][] => desk.intercom.state.rows(collection) as unknown as readonly Shapes[Name][];
export const conversationOf = (desk: Pick<DeskByHand, 'intercom'>, title: string): Conversation => {
  const found = rows(desk, 'conversations').find((one) => one.title === title);
  if (found === undefined) throw new Error(`no conversation "${title}": ${rows(desk, 'conversations').map((one) => one.title).join(', ')}`);
  return found;
};
export const said = (conversation: Conversation): readonly Part[] => conversation.parts.filter((part) => (part.body ?? '') !== '');
export const textOf = (part: Part | undefined): string => (part?.body ?? '').replaceAll(/<br\s*\/?>/gu, '\n').replaceAll(/<[^>]*>/gu, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
export const second = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`) / 1000;

/** Fills a desk with one of everything that the rows of the route speak of. */
export async function fillDesk(desk: DeskByHand, dialect: 'enterprise' | 'oca') {
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
  await say(first, ada, `<p>Here they are.</p><p><img src="/web/image/${files[0] ?? 0}?access_token=x" alt="picture 0.png"></p>`, { date: '2024-03-01 13:00:00', attachment_ids: [[6, 0, [...files, blocked, large]]] });
  const due = { deadline: '2024-03-02 12:00:00', met: '2024-03-01 11:00:00' };
  if (dialect === 'enterprise') await create('helpdesk.sla.status', { ticket_id: first, sla_id: (await call<number[]>('helpdesk.sla', 'search', [[]]))[0], deadline: due.deadline, reached_datetime: due.met });
  else await call('helpdesk.ticket', 'write', [[first], { sla_deadline: due.deadline, closed_date: due.met }]);
  await create('mail.message', { model: 'helpdesk.ticket', res_id: first, body: '<p>Stage changed</p>', message_type: 'notification', subtype_id: 2, author_id: agent(1).partner_id[0], date: '2024-03-01 14:00:00' });
  const opened = await ticket('Opened by staff', { partner_id: twin, description: '<p>He called.</p>' }, 'erna@desk.example');
  await ticket('Without address', { partner_id: silent });
  await ticket('Without partner', {});
  const parked = await ticket('Parked', { partner_id: finn, stage_id: stages.get(held ?? ''), team_id: teams.get('Old returns desk'), user_id: agent(12).id });
  // Mail whose author Odoo does not know; the addresses are known.
  await say(parked, null, '<p>By mail, from a customer.</p>', { email_from: '"Finn Follower" <FINN@larkspur.example>', date: '2024-03-03 10:00:00', message_type: 'email' });
  await say(parked, null, '<p>By mail, from an agent.</p>', { email_from: 'agent.1@helpdesk.example', date: '2024-03-03 11:00:00', message_type: 'email' });
  await create('rating.rating', { res_model: 'helpdesk.ticket', res_id: first, rating: 5, feedback: 'Quick', consumed: true, partner_id: ada, res_model_id: (await call<number[]>('ir.model', 'search', [[['model', '=', 'helpdesk.ticket']]]))[0] });
  return { ids: { ada, twin, first, customer, answer, note, opened, parked, finn }, stages, teams, agent, held: held ?? '', closed: closed ?? '', open: open ?? '' };
}
