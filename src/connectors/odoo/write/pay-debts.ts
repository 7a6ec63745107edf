import { payFollowers } from './activities.ts';
import type { OdooClient } from '../client.ts';
import { vacateCompanies } from './first-child.ts';
import { payMeetings } from './meetings.ts';
import { payLeadDates } from './unfinished.ts';

/** Models whose records may owe something after their creation (`debts.ts`), with how it is paid. */
const payments: Readonly<Record<string, (client: OdooClient, names: ReadonlySet<string>, justMade: boolean) => Promise<void>>> = {
  'crm.lead': payLeadDates,
  'res.partner': vacateCompanies,
  'calendar.event': payMeetings,
  'mail.activity': payFollowers,
};

/** Does what the records of these names (`externalIdName`) still owe. Nothing for models and versions without debts. `justMade`: by this very call, so that all stands that they hang on. */
export async function payDebts(client: OdooClient, model: string, names: ReadonlySet<string>, justMade = false): Promise<void> {
  if (model === 'crm.lead' && !client.traits.leadDatesNeedSecondWrite) return; // such debts are never made there
  await payments[model]?.(client, names, justMade);
}
