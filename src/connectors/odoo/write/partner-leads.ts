import { AuthenticationError, ConfigurationError, FatalError, RecordRejectedError } from '../../../connector/errors.ts';
import type { JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import type { Writing } from './write-together.ts';

/** Fields of a partner that go on to its leads, with the fields there [14-19]. */
const goingOn = { email: 'email_from', phone: 'phone' } as const;
const names = Object.keys(goingOn) as readonly (keyof typeof goingOn)[];

/** Whether writing this to a partner changes its leads. */
export function reachesLeads(vals: JsonObject): boolean {
  return names.some((name) => typeof vals[name] === 'string' && vals[name] !== '');
}

/**
 * E-mail and phone of a partner are computed at its leads when the call is over and its context gone: Odoo posts a note on each lead that
 * says what changed, whatever the context of the write was (14, measured: always after `write`, at times after `load`). Written to the
 * leads in the same call, there is nothing left to compute.
 */
export async function withLeads(client: OdooClient, writings: readonly Writing[]): Promise<readonly Writing[]> {
  const reaching = writings.filter(({ vals }) => reachesLeads(vals));
  if (reaching.length === 0) return writings;
  const rows = await leadsOf(client, reaching.map(({ id }) => id));
  return writings.map((one) => {
    const commands = rows.flatMap((row) => {
      if (Number((row['partner_id'] as readonly unknown[] | false || [])[0]) !== one.id) return [];
      const vals = Object.fromEntries(names.flatMap((name) => (reachesLeads({ [name]: one.vals[name] ?? null }) && row[goingOn[name]] !== one.vals[name] ? [[goingOn[name], one.vals[name] ?? null]] : [])));
      return Object.keys(vals).length === 0 ? [] : [[1, Number(row['id']), vals]];
    });
    return commands.length === 0 ? one : { id: one.id, vals: { ...one.vals, opportunity_ids: commands } };
  });
}

/** None where there is no CRM, or this user may not see it. */
async function leadsOf(client: OdooClient, partners: readonly number[]): Promise<readonly JsonObject[]> {
  try {
    return await client.searchRead('crm.lead', [['partner_id', 'in', [...partners]]], ['partner_id', ...Object.values(goingOn)]);
  } catch (error) {
    if (error instanceof AuthenticationError || error instanceof ConfigurationError || error instanceof FatalError || error instanceof RecordRejectedError) return [];
    throw error;
  }
}
