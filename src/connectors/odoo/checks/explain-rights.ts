import { AuthenticationError, RecordRejectedError } from '../../../connector/errors.ts';
import type { OdooClient } from '../client.ts';
import { readRights, type Rights } from './rights.ts';

/**
 * Odoo answers a missing right on the model and a record rule on one record alike (AccessError), and inside `load` both are
 * mere messages. The model's rights tell them apart: without the right the run must stop, with it single records are held back.
 */
export async function explainingRights<Answer>(client: OdooClient, model: string, operation: keyof Rights, run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    const denied = error instanceof AuthenticationError && error.code === 'missing-right';
    const refused = error instanceof RecordRejectedError && ['refused', 'delete-refused'].includes(error.code);
    if (!denied && !refused) throw error;
    const allowed = (await readRights(client, model))[operation];
    if (denied && allowed) {
      throw new RecordRejectedError({ code: 'record-rule', message: `${model}: a record rule keeps this user from writing one of the records.`, remedy: 'Use an administrator, or a user who may see all records: a Sales user may write only his own and unassigned leads.', rejections: [], cause: error });
    }
    if (refused && !allowed) {
      throw new AuthenticationError({ code: 'missing-right', message: `The Odoo user may not ${operation} ${model}.`, remedy: 'Give the user the right, or use an administrator for the migration.', cause: error });
    }
    throw error;
  }
}
