import type { Row } from '../store/row.ts';
import { externalKey } from './checks.ts';
import { createRecords } from './create.ts';
import type { Environment } from './environment.ts';
import { storeChanges } from './write.ts';

/** The ir.model.data row of 'module.name'. */
export function findExternalId(env: Environment, name: string): Row | undefined {
  const [id] = env.table('ir.model.data').withKey('complete name', name, externalKey);
  return id === undefined ? undefined : env.table('ir.model.data').get(id);
}

/** Points 'module.name' at a record; a name whose record is gone is taken over. */
export function bindExternalId(env: Environment, name: string, model: string, id: number): void {
  const known = findExternalId(env, name);
  const sudo = env.sudo();
  if (known) {
    storeChanges(sudo, env.model('ir.model.data'), known.id, { model, res_id: id });
    return;
  }
  const dot = name.indexOf('.');
  createRecords(sudo, 'ir.model.data', [{ module: name.slice(0, dot), name: name.slice(dot + 1), model, res_id: id }]);
}
