import type { UpdateRequest } from '../../../connector/destination.ts';
import type { Json } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { toRecordIds } from '../read/read.ts';
import { followersAmong, idOf, payFollowers, type Following } from './activities.ts';
import { debtId, openDebts } from './debts.ts';
import { externalIdModule } from './keys.ts';

/** Somebody who would be made a follower: of which record, by which activity. */
interface Subscription extends Following { readonly activity: number }

/**
 * Changes activities without making anybody a follower: who gets an activity is subscribed to its record, whatever the context, and
 * would be mailed what is said there later [14: `mail.activity.write`]. Where he was no follower before, he is taken off again; until
 * then the activity owes it (`debts.ts`), and the next attempt pays what this one could not.
 */
export async function withoutFollowers(client: OdooClient, changes: UpdateRequest['changes'], write: () => Promise<void>): Promise<void> {
  const users = new Map(changes.flatMap(({ id, values }) => (Number(values['user_id'] ?? 0) > 0 ? toRecordIds([id]).map((activity) => [activity, Number(values['user_id'])] as const) : [])));
  if (users.size === 0) return write();
  const left = (await openDebts(client, 'mail.activity', null)).filter(({ recordId }) => users.has(recordId));
  if (left.length > 0) await payFollowers(client, new Set(left.map(({ name }) => name)), false);
  const names = await oweAll(client, await subscriptions(client, users));
  try {
    await write();
  } finally {
    if (names.size > 0) await payFollowers(client, names, true);
  }
}

/** Whom these new users of activities make followers of what. */
async function subscriptions(client: OdooClient, users: ReadonlyMap<number, number>): Promise<readonly Subscription[]> {
  const activities = await client.searchRead('mail.activity', [['id', 'in', [...users.keys()]]], ['res_model', 'res_id', 'user_id']);
  const moved = activities.filter((row) => idOf(row['user_id']) !== users.get(Number(row['id'])));
  if (moved.length === 0) return [];
  const rows = await client.searchRead('res.users', [['id', 'in', [...new Set(moved.map((row) => users.get(Number(row['id'])) ?? 0))]], ['active', 'in', [true, false]]], ['partner_id']);
  const partnerOf = new Map(rows.map((row) => [Number(row['id']), idOf(row['partner_id'])]));
  const wanted = moved.map((row): Subscription => ({ activity: Number(row['id']), model: String(row['res_model']), record: Number(row['res_id']), partner: partnerOf.get(users.get(Number(row['id'])) ?? 0) ?? 0 }));
  const follows = await followersAmong(client, wanted);
  return wanted.filter((one) => one.partner > 0 && !follows(one));
}

/** Notes on the activities that these followers are to be taken off again. @returns the names of their external ids */
async function oweAll(client: OdooClient, owed: readonly Subscription[]): Promise<ReadonlySet<string>> {
  if (owed.length === 0) return new Set();
  const rows = await client.searchRead('ir.model.data', [['module', '=', externalIdModule], ['model', '=', 'mail.activity'], ['res_id', 'in', owed.map(({ activity }) => activity)]], ['name', 'res_id']);
  const nameOf = new Map(rows.map((row) => [Number(row['res_id']), String(row['name'])]));
  const named = owed.flatMap((one) => { const name = nameOf.get(one.activity); return name === undefined ? [] : [{ ...one, name }]; }); // only activities that we made are changed
  const debts = named.map(({ activity, name, model, record, partner }): Json => {
    const [module = '', ...rest] = debtId(name, { unfollow: String(partner), model: model.replaceAll('.', '-'), record: String(record) }).split('.');
    return { module, name: rest.join('.'), model: 'mail.activity', res_id: activity };
  });
  if (debts.length > 0) await client.write('ir.model.data', 'create', { vals_list: debts });
  return new Set(named.map(({ name }) => name));
}
