import { AuthenticationError } from '../../../connector/errors.ts';
import { distinctTargets, ticketMessages, type HelpDesk } from './desk.ts';

/** The partners that the tickets name, and the companies above them: never the whole address book. Ids ascending. */
export interface PartnerScope { readonly partners: readonly number[]; readonly companies: readonly number[] }

/** Ids per look at the companies above; from 1,000 on Odoo gains nothing more (measured on 17). */
const idsPerCall = 1_000;

/** As customer, as author of a message, as follower. Agents are users, not customers: they come along only where a ticket is theirs. */
export async function partnerScope(desk: HelpDesk): Promise<PartnerScope> {
  const { client } = desk;
  const customers = await distinctTargets(client, 'helpdesk.ticket', [], 'partner_id');
  const authors = await distinctTargets(client, 'mail.message', ticketMessages, 'author_id');
  const followers = await followersOf(desk);
  const agents = await desk.agents();
  const partners = new Set([...customers, ...[...authors, ...followers].filter((id) => !agents.has(id))]);
  const companies = new Set<number>();
  const ids = ascending(partners);
  for (let at = 0; at < ids.length; at += idsPerCall) {
    const rows = await client.read('res.partner', 'search_read', { domain: [['id', 'in', ids.slice(at, at + idsPerCall)], ['parent_id', '!=', false]], fields: ['parent_id'], order: 'id' }) as readonly { readonly parent_id: unknown }[];
    for (const row of rows) if (Array.isArray(row.parent_id)) companies.add(Number(row.parent_id[0]));
  }
  return { partners: ids, companies: ascending(companies) };
}

/** Followers are not readable for everybody; without them the scope is that of customers and authors. */
async function followersOf({ client }: HelpDesk): Promise<ReadonlySet<number>> {
  try {
    return await distinctTargets(client, 'mail.followers', [['res_model', '=', 'helpdesk.ticket']], 'partner_id');
  } catch (error) {
    if (error instanceof AuthenticationError) return new Set();
    throw error;
  }
}

function ascending(ids: ReadonlySet<number>): readonly number[] {
  return [...ids].sort((left, right) => left - right);
}
