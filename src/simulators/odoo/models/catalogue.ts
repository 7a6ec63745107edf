import type { OdooSimulatorOptions, OdooVersion } from '../options.ts';
import type { ModelBehaviour } from '../orm/behaviour.ts';
import { magicFields, Registry, type Inheritance } from '../orm/registry.ts';
import { calendarModels } from '../schema/calendar-models.ts';
import { contactModels } from '../schema/contact-models.ts';
import { crmModels } from '../schema/crm-models.ts';
import { mailModels } from '../schema/mail-models.ts';
import { parseSchema, PLAIN_FIELD, type Field, type ModelSchema } from '../schema/parse-schema.ts';
import { enterpriseModels, ocaModels, ratingModels } from '../schema/helpdesk-models.ts';
import { optionLists } from '../schema/option-lists.ts';
import { technicalModels } from '../schema/technical-models.ts';
import { activityBehaviour } from './activity.ts';
import { attachmentBehaviour } from './attachment.ts';
import { mailBlacklistBehaviour, phoneBlacklistBehaviour } from './blacklist.ts';
import { attendeeBehaviour, eventBehaviour } from './calendar.ts';
import { compose } from './compose.ts';
import { customFieldBehaviour, selectionOptionBehaviour } from './custom-fields.ts';
import { ratingBehaviour, slaStatusBehaviour, ticketBehaviour } from './helpdesk.ts';
import { leadBehaviour } from './lead.ts';
import { mailQueueBehaviour } from './mail-queue.ts';
import { messageBehaviour } from './message.ts';
import { partnerBehaviour } from './partner.ts';
import { externalIdBehaviour, modelListBehaviour, parameterBehaviour } from './technical.ts';
import { threadBehaviour } from './thread.ts';
import { userBehaviour, userMethodsBefore18 } from './users.ts';
import { viewBehaviour } from './view.ts';
import { automationBehaviour, categoryBehaviour, companyBehaviour, cronBehaviour, currencyBehaviour, recordDefaults, stateBehaviour } from './small-models.ts';

const HELPDESK_THREAD = threadBehaviour({ model: 'helpdesk.ticket', createdText: 'Ticket created', tracked: ['stage_id', 'user_id', 'priority'], assigns: true });
const THREADS: { readonly [model: string]: ModelBehaviour } = {
  'res.partner': threadBehaviour({ model: 'res.partner', createdText: 'Contact created', tracked: ['name', 'email', 'phone', 'parent_id', 'user_id', 'vat'], assigns: true }),
  'crm.lead': threadBehaviour({
    model: 'crm.lead', createdText: 'Lead/Opportunity created', assigns: true,
    tracked: ['stage_id', 'user_id', 'team_id', 'partner_id', 'email_from', 'phone', 'expected_revenue', 'type', 'active', 'lost_reason', 'lost_reason_id'],
  }),
  'calendar.event': threadBehaviour({ model: 'calendar.event', createdText: 'Calendar Event created', tracked: ['start', 'stop', 'location', 'allday'], assigns: false }),
  'helpdesk.ticket': HELPDESK_THREAD,
  'crm.team': threadBehaviour({ model: 'crm.team', createdText: 'Sales Team created', tracked: [], assigns: false }),
};

function behaviours(version: OdooVersion): { readonly [model: string]: ModelBehaviour } {
  return {
    'res.partner': partnerBehaviour, 'res.users': version >= 18 ? userBehaviour : compose(userBehaviour, userMethodsBefore18),
    'res.partner.category': categoryBehaviour, 'res.company': companyBehaviour, 'res.currency': currencyBehaviour, 'res.country.state': stateBehaviour,
    'crm.lead': leadBehaviour, 'crm.stage': recordDefaults({ sequence: 1 }), 'crm.team': recordDefaults({ use_opportunities: true, sequence: 10 }),
    'mail.message': messageBehaviour, 'mail.mail': mailQueueBehaviour, 'mail.activity': activityBehaviour,
    'mail.activity.type': recordDefaults({ category: 'default', delay_unit: 'days', delay_from: 'previous_activity', chaining_type: 'suggest', sequence: 10 }),
    'mail.message.subtype': recordDefaults({ default: true, sequence: 1 }), 'mail.blacklist': mailBlacklistBehaviour, 'phone.blacklist': phoneBlacklistBehaviour,
    ...(version === 14 ? {} : { 'mail.template': recordDefaults({ active: true }) }),
    'helpdesk.ticket': ticketBehaviour, 'rating.rating': ratingBehaviour, 'helpdesk.sla.status': slaStatusBehaviour,
    'calendar.event': eventBehaviour, 'calendar.attendee': attendeeBehaviour,
    'ir.model': modelListBehaviour, 'ir.model.fields': customFieldBehaviour, 'ir.model.fields.selection': selectionOptionBehaviour,
    'ir.model.data': externalIdBehaviour, 'ir.attachment': attachmentBehaviour, 'ir.config_parameter': parameterBehaviour, 'base.automation': automationBehaviour, 'ir.cron': cronBehaviour,
    'ir.ui.view': viewBehaviour,
    'fetchmail.server': recordDefaults({ state: 'draft', server_type: version === 14 ? 'pop' : 'imap', attach: true, priority: 5 }),
    'ir.mail_server': recordDefaults({ smtp_port: 25, smtp_encryption: 'none', sequence: 10 }),
  };
}

const ORDERS: { readonly [model: string]: string } = {
  'res.users': 'login', 'res.country': 'name', 'res.country.state': 'code', 'res.currency': 'active desc, name', 'res.lang': 'active desc, name',
  'crm.lead': 'priority desc, id desc', 'crm.stage': 'sequence, name, id', 'crm.team': 'sequence asc, id desc', 'mail.message': 'id desc', 'mail.message.subtype': 'sequence, id',
  'mail.mail': 'id desc', 'mail.activity': 'date_deadline asc', 'mail.activity.type': 'sequence, id', 'calendar.event': 'start desc', 'ir.attachment': 'id desc',
  'ir.model': 'model', 'ir.model.fields': 'name', 'ir.model.fields.selection': 'sequence, id', 'ir.model.data': 'module, model, name', 'ir.module.module': 'name',
  'ir.config_parameter': 'key', 'helpdesk.ticket.stage': 'sequence, id', 'helpdesk.stage': 'sequence, id', 'helpdesk.ticket.team': 'sequence, id', 'helpdesk.team': 'sequence, name', 'rating.rating': 'write_date desc',
  'helpdesk.sla.status': 'deadline asc', 'helpdesk.tag': 'name', 'helpdesk.ticket.type': 'sequence',  'res.partner.category': 'name', 'ir.mail_server': 'sequence', 'ir.ui.view': 'priority, name, id',
};

/** Models whose rows hold another model's row as their own: its fields are theirs. */
const INHERITS: { readonly [model: string]: Inheritance } = {
  'res.users': { through: 'partner_id', model: 'res.partner' },
  'mail.mail': { through: 'mail_message_id', model: 'mail.message' },
};

function ticketOrder(model: string, { helpdesk }: OdooSimulatorOptions): string | null {
  if (model !== 'helpdesk.ticket') return null;
  return helpdesk?.dialect === 'oca' ? 'priority desc, sequence, number desc, id desc' : 'priority desc, id desc';
}

function helpdeskModels({ helpdesk }: OdooSimulatorOptions): string[] {
  return helpdesk ? [ratingModels, helpdesk.dialect === 'oca' ? ocaModels : enterpriseModels] : [];
}

/** Builds the models of one server; those of left-out modules are not there. */
export function buildRegistry(options: OdooSimulatorOptions): Registry {
  const { version } = options;
  const without = new Set(options.withoutModules);
  const lists = optionLists(version);
  const schemas = [contactModels, ...(without.has('crm') ? [] : [crmModels]), mailModels, ...helpdeskModels(options), ...(without.has('calendar') ? [] : [calendarModels]), technicalModels]
    .flatMap((text) => parseSchema(text, version, lists))
    .filter((schema) => schema.name !== 'base.automation' || !without.has('base_automation'));
  const names = new Set(schemas.map((schema) => schema.name));
  const registry = new Registry();
  const own = behaviours(version);
  for (const schema of schemas) {
    const parts = [THREADS[schema.name], own[schema.name]].filter((part) => part !== undefined);
    const inherits = INHERITS[schema.name] ?? null;
    const orderOfPartner = schema.name === 'res.partner' ? (version >= 17 ? 'complete_name asc, id desc' : 'display_name') : null;
    registry.add({
      name: schema.name, label: schema.label, order: orderOfPartner ?? ticketOrder(schema.name, options) ?? ORDERS[schema.name] ?? 'id', inherits, isThread: THREADS[schema.name] !== undefined,
      fields: fieldsOf(schema, names, inherits, schemas), behaviour: parts.length === 1 ? parts[0]! : compose(...parts),
    });
  }
  return registry;
}

function fieldsOf(schema: ModelSchema, names: ReadonlySet<string>, inherits: Inheritance | null, all: readonly ModelSchema[]): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const magic of magicFields()) fields.set(magic.name, { ...PLAIN_FIELD, ...magic, readonly: true });
  for (const field of schema.fields) if (field.relation === null || names.has(field.relation)) fields.set(field.name, field);
  const parent = inherits && all.find((other) => other.name === inherits.model);
  for (const field of parent?.fields ?? []) {
    if (fields.has(field.name) || (field.relation !== null && !names.has(field.relation))) continue;
    fields.set(field.name, { ...field, inheritedThrough: inherits!.through });
  }
  return fields;
}
