import { AuthenticationError, ConfigurationError, FatalError, RecordRejectedError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { withLeads } from './partner-leads.ts';

/** One record and what is written to it. */
export interface Writing { readonly id: number; readonly vals: JsonObject }

/**
 * Wizards with a list of links to records of a model, on every Odoo from 14 to 19: the link command `(1, id, values)` writes the values
 * to that record. Nothing is linked and the wizard is never run; Odoo clears it away after an hour.
 */
const wizards: Readonly<Record<string, { readonly model: string; readonly field: string }>> = {
  'crm.lead': { model: 'crm.merge.opportunity', field: 'opportunity_ids' },
  'res.partner': { model: 'base.partner.merge.automatic.wizard', field: 'partner_ids' },
};

/** Records of one call: as many as an update has. */
export const recordsTogether = 500;

/** Models for which this user may not make the wizard, or has none. */
const refused = new WeakMap<OdooClient, Set<string>>();

/**
 * Writes to each record what differs at it, and nothing else, in one call and one transaction, where `write` takes the same values for all
 * of its records, and `load` the same fields.
 * @param writings in this order; a record may come twice, for what must be written after the rest of it
 * @returns false = nothing was written: there is no such way for this model or user, or Odoo refused without naming the record
 */
export async function writeTogether(client: OdooClient, model: string, writings: readonly Writing[]): Promise<boolean> {
  const wizard = wizards[model];
  const known = refused.get(client) ?? new Set<string>();
  refused.set(client, known);
  if (wizard === undefined || known.has(model)) return false;
  const complete = model === 'res.partner' ? await withLeads(client, writings) : writings;
  try {
    await client.write(wizard.model, 'create', { vals_list: [{ [wizard.field]: complete.map(({ id, vals }): Json => [1, id, vals]) }] });
    return true;
  } catch (error) {
    if (error instanceof AuthenticationError || error instanceof ConfigurationError || error instanceof FatalError) known.add(model);
    else if (!(error instanceof RecordRejectedError)) throw error;
    return false;
  }
}
