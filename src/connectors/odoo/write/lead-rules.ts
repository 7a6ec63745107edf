import type { Rejection } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';

type Values = { [name: string]: Json };

/** Fields of a lead that Odoo writes through to its partner when both are given and differ. */
const syncedWithPartner = ['email_from', 'phone', 'mobile'] as const;

/**
 * LEAD ↔ PARTNER SYNC [14 17 18 19]: a lead created with partner_id and another e-mail or phone OVERWRITES the partner's.
 * The fields are left out then; the lead takes them from the partner. A lead whose e-mail differs keeps the partner's.
 */
export function withoutPartnerSync(values: JsonObject): JsonObject {
  if (typeof values['partner_id'] !== 'string' && typeof values['partner_id'] !== 'number') return values;
  const kept: Values = { ...values };
  for (const name of syncedWithPartner) delete kept[name];
  return kept;
}

/**
 * Won and lost, the way each version wants them, where the plan does not give a probability itself:
 * lost = active false AND probability 0 (without the 0 Odoo computes a value from statistics);
 * won = a won stage AND probability 100 (also when archived: without the 100 Odoo 19 refuses it).
 */
export function withOutcome(values: JsonObject, wonStageIds: ReadonlySet<string>): JsonObject {
  const given = values['probability'] !== undefined && values['probability'] !== null;
  if (given) return values;
  if (isWon(values, wonStageIds)) return { ...values, probability: '100' };
  return values['active'] === false ? { ...values, probability: '0' } : values;
}

/** Odoo 19 refuses a won lead with any other probability, with a text about lost leads; we say it in our words and name the record. */
export function wonProbabilityRejection(index: number, values: JsonObject, wonStageIds: ReadonlySet<string>): Rejection | null {
  const given = values['probability'];
  if (given === undefined || given === null || !isWon(values, wonStageIds) || Number(given) === 100) return null;
  return { index, code: 'won-needs-probability-100', field: 'probability', message: `A lead in a won stage must have probability 100 on this Odoo, not ${String(given)}.` };
}

function isWon(values: JsonObject, wonStageIds: ReadonlySet<string>): boolean {
  return values['stage_id'] !== undefined && values['stage_id'] !== null && wonStageIds.has(String(values['stage_id']));
}

/** A lost reason on an active lead would be a contradiction that Odoo keeps silently. */
export function lostReasonRejection(index: number, values: JsonObject): Rejection | null {
  const reason = values['lost_reason_id'] ?? values['lost_reason'];
  if (reason === undefined || reason === null || values['active'] === false) return null;
  return { index, code: 'lost-reason-on-open-lead', field: values['lost_reason'] === undefined ? 'lost_reason_id' : 'lost_reason', message: 'A lost reason stands on a lead that is not lost (active is not false).' };
}

/** Ids of the stages that mean "won". */
export async function readWonStages(client: OdooClient): Promise<ReadonlySet<string>> {
  const rows = await client.searchRead('crm.stage', [['is_won', '=', true]], ['id']);
  return new Set(rows.map((row) => String(row['id'])));
}
