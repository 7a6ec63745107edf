import type { Environment } from '../orm/environment.ts';
import { attachedTo } from '../orm/hierarchy.ts';
import { deleteRecords } from '../orm/unlink.ts';
import type { Row } from '../store/row.ts';

/** Writing `active: false` deletes the open activities of the record, archived before or not (13 to 18 by their source). */
export function dropActivities(env: Environment, model: string, after: Row, given: ReadonlySet<string>): void {
  if (!given.has('active') || after['active'] === true || !env.hasModel('mail.activity')) return;
  const open = attachedTo(env, 'mail.activity', { model, id: after.id });
  if (open.length > 0) deleteRecords(env.sudo(), 'mail.activity', [...open]);
}
