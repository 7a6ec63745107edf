import type { Json } from '../../connector/json.ts';

/**
 * Which records of a model count as records of people. ir.model.fields also lists the thousands of fields of the modules, and a
 * field added to res.partner appears a second time for res.users (state base): only manual ones are made and taken away.
 */
export function countedDomain(model: string): Json {
  return model === 'ir.model.fields' ? [['state', '=', 'manual']] : [];
}
