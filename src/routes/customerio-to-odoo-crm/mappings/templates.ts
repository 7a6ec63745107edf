import type { FieldLine, Mapping } from '../../../plan/plan.ts';
import { line, listOf, mapping, objectOf, type RouteInput } from '../lines.ts';

/** Fields of partners whose value is a record, by the field of that record that people read. */
const readAs: { readonly [field: string]: string } = { country_id: 'country_id.name', parent_id: 'parent_id.name' };

/**
 * Liquid's variables of a person and the field of the partner that has the value, by the lines that load it: those that take one
 * attribute as it is.
 */
export function liquidVariables(contacts: Pick<Mapping, 'fields'>): Readonly<Record<string, string>> {
  const own: Record<string, string> = { 'customer.email': 'object.email', 'customer.id': 'object.ref', 'customer.cio_id': 'object.x_customerio_id' };
  for (const { to, from, when } of contacts.fields) {
    if (typeof from !== 'string' || !from.startsWith('attr.') || (when !== undefined && !(to in readAs)) || to === 'lang') continue;
    own[`customer.${from.replace(/^attr\./u, '')}`] ??= `object.${readAs[to] ?? to}`;
  }
  return own;
}

/** CO-07: templates of transactional messages. They are archived where Odoo can archive templates, and named so that nobody takes them for Odoo's own. */
export function templatesMapping(input: RouteInput, contacts: Pick<Mapping, 'fields'>): Mapping[] {
  if (objectOf(input.source, 'transactional_content') === undefined) return [];
  const isOld = Number.parseInt(input.destination.version ?? '17', 10) < 15;
  const texts = JSON.stringify(listOf(input.source, 'transactional_content'));
  // Those that the templates name; all where discovery did not keep every template.
  const isWhole = listOf(input.source, 'transactional_content').length === objectOf(input.source, 'transactional_content')?.count;
  const variables = Object.fromEntries(Object.entries(liquidVariables(contacts)).filter(([name]) => !isWhole || texts.includes(name.replace(/^customer\./u, ''))));
  const liquid = (form: string, give?: string): FieldLine['transforms'] => [{ liquid: { form, variables, ...(give === undefined ? {} : { give }) } }];
  const [text, html] = isOld ? ['mako', 'mako'] as const : ['inline', 'qweb'] as const;
  return [mapping(input, {
    id: 'templates', source: 'transactional_content', destination: 'mail.template', phase: 'templates', reason: 'Templates of transactional messages: simple variables of the person as placeholders of Odoo, everything else in Liquid as it is.', used: ['id', 'transactional_message_id', 'from_id', 'sender_identity_id'],
    fields: [
      line('name', 'The name, marked.', { link: 'message', give: 'name', transforms: [{ prefix: '[Customer.io] ' }], required: true }),
      line('model_id', 'Placeholders are those of contacts.', { constant: 'base.model_res_partner', lookup: { object: 'ir.model', by: 'external_id' }, whenMissing: 'empty' }),
      line('subject', 'Simple variables converted, other Liquid as it is.', { from: 'subject', transforms: ['trim', ...liquid(text) ?? []] }), line('body_html', 'Simple variables converted, other Liquid as it is.', { from: 'body', transforms: liquid(html) ?? [] }),
      line('x_cio_subject_liquid', 'As it stood.', { from: 'subject', transforms: ['trim'] }), line('x_cio_body_liquid', 'As it stood.', { from: 'body', transforms: ['trim'] }),
      line('x_cio_liquid', 'Whether something is left to convert.', { from: ['subject', 'body'], transforms: liquid(html, 'isLeft') ?? [] }), line('x_cio_liquid_left', 'What is left to convert.', { from: ['subject', 'body'], transforms: liquid(html, 'left') ?? [] }),
      line('email_from', 'Sender.', { from: 'from', transforms: ['trim'] }), line('reply_to', 'Address for replies.', { from: 'reply_to', transforms: ['trim'] }), line('active', 'Nothing can send it before somebody has converted and activated it (Odoo 14 cannot archive templates).', { constant: false }), line('auto_delete', 'Nothing is deleted.', { constant: false }),
      line('x_cio_trigger', 'Name by which it was asked for.', { link: 'message', give: 'trigger_name', transforms: ['trim'] }), line('x_cio_to_unsubscribed', 'Went to unsubscribed people too.', { link: 'message', give: 'send_to_unsubscribed' }), line('x_content_redacted', 'Its sent content was not kept.', { link: 'message', give: 'hide_message_body' }),
    ],
  })];
}
