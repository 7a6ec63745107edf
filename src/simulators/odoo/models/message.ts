import type { ModelBehaviour, Operation } from '../orm/behaviour.ts';
import { createRecords } from '../orm/create.ts';
import type { Environment } from '../orm/environment.ts';
import { nameOfRow } from '../orm/names.ts';
import { checkRowRights, hasModelRight } from '../orm/rights.ts';
import { missingRecords } from '../orm/constraint-texts.ts';
import { keyError } from '../python-errors.ts';
import type { Draft, Row } from '../store/row.ts';
import { withChanges } from '../orm/write.ts';
import { formatAddress } from './text-forms.ts';

/** Messages of the chatter: everything about a past message can be set; nothing is sent. */
export const messageBehaviour: ModelBehaviour = {
  defaults: (env) => ({ message_type: env.version === 14 ? 'email' : 'comment', date: env.now, body: '' }),
  beforeCreate: (env, draft, given) => {
    const model = draft['model'] as string | undefined;
    const id = draft['res_id'] as number | undefined;
    if (model !== undefined && id !== undefined) {
      if (!env.hasModel(model)) throw keyError(model);
      if (!env.table(model).has(id)) throw missingRecords(env, model, [id]);
      if (env.version < 19 && draft['record_name'] === undefined) draft['record_name'] = nameOfRow(env, model, env.row(model, id)!);
    }
    if (env.version >= 19) delete draft['record_name'];
    if (draft['message_type'] === 'user_notification' && env.version < 19 && given.has('message_type')) throw keyError('user_notification');
    const partner = env.row('res.partner', env.partnerId());
    if (!given.has('author_id')) draft['author_id'] = partner?.id;
    if (!given.has('email_from')) draft['email_from'] = formatted(env, given.has('author_id') ? env.row('res.partner', draft['author_id']) : partner);
    // A body given as false is written as the word.
    if (env.version === 14 && given.has('body') && draft['body'] === undefined) draft['body'] = '<p>False</p>';
    draft['message_id'] ??= `<${Math.trunc(Number(draft['id']) * 7919)}.${env.timestamp.replace(/\D/gu, '')}-openerp-${String(id ?? 'private')}-${model ?? ''}@simulator>`;
    if (!given.has('reply_to')) draft['reply_to'] = formatted(env, partner);
  },
  afterCreate: (env, rows) => {
    for (const row of rows) {
      if (String(row['body'] ?? '').includes('data:image')) extractImages(env, row);
    }
  },
  displayName: (env, row) => String(row['record_name'] ?? (row['model'] === undefined ? `mail.message,${row.id}` : recordName(env, row))),
  computed: {
    record_name: (env, row) => (env.version >= 19 ? recordName(env, row) : row['record_name']),
    tracking_value_ids: () => [],
  },
  allowed: (env, row, operation) => mayTouch(env, row, operation),
};

function recordName(env: Environment, row: Row): string | undefined {
  const model = row['model'] as string | undefined;
  const record = model !== undefined && env.hasModel(model) ? env.row(model, row['res_id']) : undefined;
  return record && nameOfRow(env, model!, record);
}

function formatted(env: Environment, partner: Row | undefined): string | undefined {
  return partner?.['email'] === undefined ? undefined : formatAddress(env.version, partner['name'] as string | undefined, partner['email'] as string);
}

/** A message belongs to those who may read (or, to add one or take one away, write) the record it hangs on. */
export function mayTouch(env: Environment, row: Row | Draft, operation: Operation): boolean {
  const model = (row['model'] ?? row['res_model']) as string | undefined;
  const id = row['res_id'];
  if (model === undefined || id === undefined || !env.hasModel(model)) {
    if (operation === 'unlink') return false; // nobody but Odoo itself (14: an administrator's call was refused)
    return row['create_uid'] === env.uid || operation === 'read' || operation === 'create';
  }
  const needed = operation === 'read' ? 'read' : 'write';
  if (!mayUseModel(env, model, needed)) return false;
  if (env.model(model).behaviour.allowed === undefined) return true;
  try {
    checkRowRights(env, model, [id as number], needed);
    return true;
  } catch {
    return false;
  }
}

const KNOWN = new WeakMap<Environment, Map<string, boolean>>();

/** Asked for every row of a page: worked out once per call. */
function mayUseModel(env: Environment, model: string, operation: 'read' | 'write'): boolean {
  let known = KNOWN.get(env);
  if (!known) KNOWN.set(env, known = new Map());
  const key = `${operation} ${model}`;
  let may = known.get(key);
  if (may === undefined) known.set(key, may = hasModelRight(env, model, operation));
  return may;
}

/** Images inside a body become attachments of the message, with an address of their own (measured on 14). */
function extractImages(env: Environment, row: Row): void {
  const made: number[] = [];
  const body = String(row['body']).replace(/(["'])data:(image\/[a-z+.-]+);base64,([^"']+)\1(?:\s+alt="([^"]*)")?/giu, (_all, quote: string, type: string, data: string, alt: string | undefined) => {
    const name = alt === undefined || alt === '' ? `image${made.length}` : alt;
    const token = `00000000-0000-4000-8000-${(row.id * 1000 + made.length).toString(16).padStart(12, '0')}`;
    const [id] = createRecords(env.sudo(), 'ir.attachment', [{ name, datas: data, mimetype: type, res_model: row['model'] ?? false, res_id: row['res_id'] ?? false, access_token: token }]);
    made.push(id!);
    return `${quote}/web/image/${id}?access_token=${token}${quote} alt="${name}"`;
  });
  if (made.length === 0) return;
  const attachments = [...((row['attachment_ids'] as readonly number[] | undefined) ?? []), ...made];
  env.table('mail.message').put(withChanges(env.row('mail.message', row.id)!, { body, attachment_ids: attachments }));
}
