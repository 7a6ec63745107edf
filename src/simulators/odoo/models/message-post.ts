import type { MethodCall } from '../orm/behaviour.ts';
import { createRecords } from '../orm/create.ts';
import type { Environment } from '../orm/environment.ts';
import { attachedTo } from '../orm/hierarchy.ts';
import { typeError, userError } from '../python-errors.ts';
import { queueMail, subtypeId } from './chatter.ts';

/**
 * `message_post`: writes a message and mails it to the followers at once when its subtype is public.
 * A plain body is escaped on 17 and later unless `body_is_html`; on 14 it is HTML. Gives the id (19: a list).
 */
export function postMessage(env: Environment, call: MethodCall): unknown {
  const given = call.arguments;
  if (call.ids.length !== 1) throw userError(`Expected singleton: ${call.model}(${call.ids.join(', ')})`);
  if (env.version === 14 && 'body_is_html' in given) throw typeError("message_post() got an unexpected keyword argument 'body_is_html'");
  const author = (given['author_id'] as number | undefined) ?? env.partnerId();
  const email = env.row('res.partner', author)?.['email'];
  if (email === undefined && given['email_from'] === undefined) throw userError("Unable to send message, please configure the sender's email address.");
  const body = String(given['body'] ?? '');
  const html = env.version === 14 || given['body_is_html'] === true ? body : `<p>${body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`;
  const subtype = typeof given['subtype_id'] === 'number' ? given['subtype_id'] : subtypeId(env, typeof given['subtype_xmlid'] === 'string' ? given['subtype_xmlid'] : 'mail.mt_note');
  const id = call.ids[0]!;
  const [message] = createRecords(env, 'mail.message', [{
    model: call.model, res_id: id, body: html, author_id: author, message_type: given['message_type'] ?? 'notification',
    ...(env.version === 14 && given['subtype_xmlid'] === undefined && given['subtype_id'] === undefined ? {} : { subtype_id: subtype }),
    ...pick(given, ['subject', 'date', 'email_from', 'parent_id', 'attachment_ids', 'partner_ids']),
  }]);
  if (subtype === subtypeId(env, 'mail.mt_comment')) notifyFollowers(env, call.model, id, message!, author);
  return env.version >= 19 ? [message] : message;
}

function notifyFollowers(env: Environment, model: string, id: number, message: number, author: number): void {
  for (const follower of attachedTo(env, 'mail.followers', { model, id })) {
    const partner = env.row('mail.followers', follower)!['partner_id'] as number;
    if (partner !== author) queueMail(env, { reason: 'message', partner, model, resId: id, message, immediate: true });
  }
}

function pick(values: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]));
}
