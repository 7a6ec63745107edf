import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { groupsBy, openDebts, settleDebts, type Debt } from './debts.ts';
import { externalIdName } from './keys.ts';
import type { StandingTables } from '../read/standing-tables.ts';

/**
 * mail.activity makes its user a follower of the record, whatever the context [14, measured]. Where he was none before, he is
 * taken off again; until then the activity owes it (`debts.ts`, `unfollow=<partner id>~model=crm-lead~record=<id>`).
 */
interface Draft { readonly key: string; readonly values: JsonObject }

/** Activities whose user would be made a follower: key → debt. `models`: model names by ir.model id. */
export async function followersOwed(client: OdooClient, standing: StandingTables, drafts: readonly Draft[], models: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const users = [...new Set(drafts.map(({ values }) => Number(values['user_id'])).filter((id) => Number.isInteger(id) && id > 0))];
  if (users.length === 0) return new Map();
  const held = standing.held('res.users');
  const rows = held !== null && users.every((id) => held.some((row) => row['id'] === id)) ? held : await client.searchRead('res.users', [['id', 'in', users], ['active', 'in', [true, false]]], ['partner_id']);
  const partnerOf = new Map(rows.map((row) => [String(row['id']), idOf(row['partner_id'])]));
  const places = drafts.flatMap(({ key, values }) => {
    const model = models.get(String(values['res_model_id']));
    const partner = partnerOf.get(String(values['user_id']));
    return model === undefined || partner === undefined ? [] : [{ key, model, record: Number(values['res_id']), partner }];
  });
  const follows = await followersAmong(client, places);
  // Asked last: an activity that an earlier call made has made its follower too, and keeps its external id, debt included.
  const owing = new Set((await openDebts(client, 'mail.activity', null)).map((debt) => debt.name));
  const owed = places.filter(({ key, model, record, partner }) => !follows({ model, record, partner }) || owing.has(externalIdName('mail.activity', key)));
  return new Map(owed.map(({ key, model, record, partner }) => [key, { unfollow: String(partner), model: model.replaceAll('.', '-'), record: String(record) }]));
}

/** Somebody, and a record that he follows or may come to follow. */
export interface Following { readonly model: string; readonly record: number; readonly partner: number }

/** Which of them follow their record: one call for each model. */
export async function followersAmong(client: OdooClient, places: readonly Following[]): Promise<(place: Following) => boolean> {
  const textOf = ({ model, record, partner }: Following): string => `${model}/${record}/${partner}`;
  const following = new Set<string>();
  for (const group of groupsBy(places, ({ model }) => model)) {
    const found = await client.searchRead('mail.followers', [['res_model', '=', group[0].model], ['res_id', 'in', [...new Set(group.map(({ record }) => record))]], ['partner_id', 'in', [...new Set(group.map(({ partner }) => partner))]]], ['res_id', 'partner_id']);
    for (const row of found) following.add(textOf({ model: group[0].model, record: Number(row['res_id']), partner: idOf(row['partner_id']) }));
  }
  return (place) => following.has(textOf(place));
}

/** Takes the followers off again that the activities of these names have made. */
export async function payFollowers(client: OdooClient, names: ReadonlySet<string>, justMade: boolean): Promise<void> {
  const debts = await openDebts(client, 'mail.activity', names);
  if (debts.length === 0) return;
  const partnerIn = (debt: Debt): number => Number(debt.parts.get('unfollow'));
  // After a crash the activity and its record may have been deleted by somebody since.
  const [placed, others] = justMade ? [debts, []] : [[], debts];
  const rows = others.length === 0 ? [] : await client.searchRead('mail.activity', [['id', 'in', others.map((debt) => debt.recordId)]], ['res_model', 'res_id']);
  const placeOf = new Map(rows.map((row) => [Number(row['id']), row]));
  const places = [
    ...placed.map((debt) => ({ model: String(debt.parts.get('model')).replaceAll('-', '.'), record: Number(debt.parts.get('record')), partner: partnerIn(debt) })),
    ...others.flatMap((debt) => {
      const row = placeOf.get(debt.recordId);
      return row === undefined ? [] : [{ model: String(row['res_model']), record: Number(row['res_id']), partner: partnerIn(debt) }];
    }),
  ];
  for (const group of groupsBy(places, ({ model, partner }) => `${model}/${partner}`)) {
    await client.write(group[0].model, 'message_unsubscribe', { ids: [...new Set(group.map(({ record }) => record))], partner_ids: [group[0].partner] });
  }
  await settleDebts(client, 'mail.activity', debts);
}

/** Id of a many2one as `read` gives it. */
export function idOf(value: Json | undefined): number {
  return Array.isArray(value) ? Number((value as readonly Json[])[0]) : Number(value);
}
