import type { CreateRequest } from '../../../connector/destination.ts';
import { AuthenticationError, RecordRejectedError, type Rejection } from '../../../connector/errors.ts';
import type { JsonObject } from '../../../connector/json.ts';

/**
 * A view that this Odoo refuses (another add-on has changed the form, the user may not write views) must not stop a run: its fields
 * are there and filled, only not shown. The record is refused with what a person can do.
 */
export async function explainingViews<Answer>(request: CreateRequest, run: () => Promise<Answer>): Promise<Answer> {
  if (request.object !== 'ir.ui.view') return run();
  try {
    return await run();
  } catch (error) {
    const denied = error instanceof AuthenticationError && error.code === 'missing-right';
    if (!denied && !(error instanceof RecordRejectedError)) throw error;
    const named = error instanceof RecordRejectedError ? error.rejections : [];
    if (!denied && named.length === 0 && request.records.length > 1) throw error; // the engine finds the one by splitting
    const reason = denied ? 'this user may not write views' : null;
    const all = named.length > 0 ? named : request.records.map((_, index): Rejection => ({ index, code: 'refused', message: reason ?? error.message }));
    const rejections = all.map((rejection) => ({ ...rejection, code: 'view-refused', message: `${byHand(request.records[rejection.index]?.values ?? {})} Odoo says: ${rejection.message}` }));
    throw new RecordRejectedError({ code: 'view-refused', message: `ir.ui.view: ${rejections.length} of ${request.records.length} views refused; first: ${rejections[0]?.message ?? ''}`, rejections, cause: error });
  }
}

function byHand(values: JsonObject): string {
  const text = String(values['arch_base'] ?? values['arch'] ?? values['arch_db'] ?? '');
  const names = [...text.matchAll(/<field name="(\w+)"/gu)].map((match) => match[1]);
  return `The new fields of ${String(values['model'] ?? 'a model')} hold their values, but are not shown. Add them to the form by hand (Settings > Technical > User Interface > Views, or Studio): ${names.join(', ')}.`;
}
