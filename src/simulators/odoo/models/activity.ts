import type { ModelBehaviour } from '../orm/behaviour.ts';
import { createRecords } from '../orm/create.ts';
import { Environment } from '../orm/environment.ts';
import { displayName, nameOfRow } from '../orm/names.ts';
import { missingRecords } from '../orm/constraint-texts.ts';
import { deleteRecords } from '../orm/unlink.ts';
import { withChanges } from '../orm/write.ts';
import { attributeError, userError, validationError } from '../python-errors.ts';
import type { Row } from '../store/row.ts';
import { mayTouch } from './message.ts';
import { follow, logMessage, queueMail, subtypeId } from './chatter.ts';

/** Activities: `res_model_id` names the model; done ones are deleted up to 18 and kept from 19 on. */
export const activityBehaviour: ModelBehaviour = {
  // 19 leaves an omitted user empty; the others take the caller.
  defaults: (env) => ({ date_deadline: env.today, ...(env.version >= 19 ? {} : { user_id: env.uid }) }),
  beforeCreate: (env, draft) => {
    const model = env.row('ir.model', draft['res_model_id'])?.['model'] as string | undefined;
    draft['res_model'] = model;
    if (model === undefined && env.version >= 19 && draft['user_id'] === undefined) throw validationError('Activities must be assigned if not attached to a document');
    if (model === undefined || draft['res_id'] === undefined) return;
    const record = env.row(model, draft['res_id']);
    if (!record) throw missingRecords(env, model, [draft['res_id'] as number]);
    draft['res_name'] = nameOfRow(env, model, record);
  },
  afterCreate: (env, rows) => {
    for (const row of rows) checkAssignee(env, row);
    for (const row of rows) subscribe(env, row);
    if (env.flag('mail_activity_quick_update')) return;
    for (const row of rows) tellAssignee(env, row);
  },
  // Related and stored: follows the id of the model, also when an activity is moved to another record.
  beforeWrite: (env, row, changes) => {
    if (!('res_model_id' in changes) && !('res_id' in changes)) return;
    const model = env.row('ir.model', 'res_model_id' in changes ? changes['res_model_id'] : row['res_model_id'])?.['model'] as string | undefined;
    const record = model === undefined ? undefined : env.row(model, ('res_id' in changes ? changes['res_id'] : row['res_id']) ?? 0);
    changes['res_model'] = model;
    changes['res_name'] = model === undefined || !record ? undefined : nameOfRow(env, model, record);
  },
  afterWrite: (env, before, after) => {
    if (before['user_id'] === after['user_id']) return;
    checkAssignee(env, after);
    subscribe(env, after);
    if (!env.flag('mail_activity_quick_update')) tellAssignee(env, after);
  },
  computed: {
    state: (env, row) => {
      if (row['active'] !== true && env.version >= 17) return 'done';
      const deadline = String(row['date_deadline'] ?? '');
      return deadline < env.today ? 'overdue' : deadline === env.today ? 'today' : 'planned';
    },
  },
  displayName: (env, row) => String(row['summary'] ?? env.row('mail.activity.type', row['activity_type_id'])?.['name'] ?? `mail.activity,${row.id}`),
  allowed: (env, row, operation) => (operation !== 'create' && row['user_id'] === env.uid) || mayTouch(env, row, operation),
  methods: {
    action_feedback: {
      on: 'records', parameters: ['feedback=', 'attachment_ids='],
      run: (env, { ids, arguments: given }) => {
        const messages = ids.map((id) => finish(env, id, given['feedback']));
        return env.version === 14 && messages.length === 0 ? false : messages[0] ?? false;
      },
    },
    action_done: { on: 'records', parameters: [], run: (env, { ids }) => ids.map((id) => finish(env, id, undefined))[0] ?? false },
  },
};

/** On 14 nobody gets an activity on a record that he may not read, quiet keys or not; `automated` ones are not checked (measured; gone in 17). */
function checkAssignee(env: Environment, row: Row): void {
  const [user, model] = [row['user_id'] as number | undefined, row['res_model'] as string | undefined];
  if (env.version !== 14 || user === undefined || user === env.uid || user === 1 || model === undefined || row['automated'] === true) return;
  if (!mayTouch(new Environment(env.server, user, {}, env.door), row, 'read')) throw userError(`Assigned user ${displayName(env, 'res.users', user)} has no access to the document and is not able to handle this activity.`);
}

/** The assignee follows the record in any case, quiet keys or not, also the caller himself (measured on 14). */
function subscribe(env: Environment, row: Row): void {
  const model = row['res_model'] as string | undefined;
  if (model === undefined || row['user_id'] === undefined || row['res_id'] === undefined) return;
  if (!env.model(model).isThread) throw attributeError(`'${model}' object has no attribute 'message_subscribe'`);
  follow(env, model, row['res_id'] as number, env.partnerId(row['user_id'] as number));
}

function tellAssignee(env: Environment, row: Row): void {
  const user = row['user_id'] as number | undefined;
  const model = row['res_model'] as string | undefined;
  if (user === undefined || user === env.uid || model === undefined || row['res_id'] === undefined) return;
  const partner = env.partnerId(user);
  const resId = row['res_id'] as number;
  const message = logMessage(env, model, resId, `${activityBehaviour.displayName!(env, row)}: assigned to you`);
  queueMail(env, { reason: 'activity', partner, model, resId, message, immediate: true });
}

function finish(env: Environment, id: number, feedback: unknown): number {
  const row = env.row('mail.activity', id);
  if (!row) throw missingRecords(env, 'mail.activity', [id]);
  const [message] = createRecords(env, 'mail.message', [{
    model: row['res_model'], res_id: row['res_id'], message_type: 'notification', subtype_id: subtypeId(env, 'mail.mt_activities'),
    mail_activity_type_id: row['activity_type_id'] ?? false, body: `<div><p>${activityBehaviour.displayName!(env, row)} done</p>${typeof feedback === 'string' ? `<div>${escapeHtml(feedback)}</div>` : ''}</div>`,
  }]);
  if (env.version >= 19) {
    env.table('mail.activity').put(withChanges(row, { active: undefined, date_done: env.today, feedback: typeof feedback === 'string' ? feedback : undefined }));
  } else deleteRecords(env, 'mail.activity', [id]);
  return message!;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
