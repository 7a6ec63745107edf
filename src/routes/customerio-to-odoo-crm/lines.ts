import type { Catalog, CatalogField, CatalogObject } from '../../connector/catalog.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import type { Condition, FieldLine, Mapping, SchemaLine } from '../../plan/plan.ts';
import type { Places } from './places.ts';

/** What every mapping of the route is made from. */
export interface RouteInput {
  readonly source: Catalog;
  readonly destination: Catalog;
  /** Answers of decisions that shape the plan. */
  readonly answers: { readonly [decisionId: string]: Json };
  readonly region: string; // two letters, for phone numbers without a country code
  /** Types of objects that may be companies, the most likely first. */
  readonly types: readonly ObjectType[];
  /** Where attributes go: of people and objects to partners, of people to leads. */
  readonly places: { readonly person: Places; readonly object: Places; readonly lead: Places };
}
export interface ObjectType { readonly id: string; readonly name: string; readonly looksLikeCompany: boolean }

export function objectOf(catalog: Catalog, name: string): CatalogObject | undefined {
  return catalog.objects.find((object) => object.name === name);
}

export function sourceField(input: RouteInput, object: string, name: string): CatalogField | undefined {
  return objectOf(input.source, object)?.fields.find((field) => field.name === name);
}

/** '12 of 60 people (20 %)'; null where one of the two is not known. */
export function shareOf({ source }: Pick<RouteInput, 'source'>, members: unknown): string | null {
  const everybody = Number(source.facts['people'] ?? objectOf(source, 'person')?.count ?? 0);
  return typeof members === 'number' && everybody > 0 ? `${members} of ${everybody} people (${Math.round(1000 * members / everybody) / 10} %)` : null;
}

/** Rows of a short list (segments, campaigns …) that discovery kept; empty where there are none. */
export function listOf(source: Catalog, name: string): readonly JsonObject[] {
  const lists = (source.facts['lists'] ?? {}) as { readonly [name: string]: readonly JsonObject[] };
  return lists[name] ?? [];
}

/** The judged part of what the route itself vouches for. */
export const byRoute = (reason: string): Pick<Mapping, 'status' | 'confidence' | 'reason'> => ({ status: 'proposed', confidence: 1, reason });

/** A line of a mapping; `to`, a reason, and whatever makes the value. */
export function line(to: string, reason: string, more: Partial<Omit<FieldLine, 'to' | 'reason'>>): FieldLine {
  return { to, ...byRoute(reason), ...more };
}

type Draft = Omit<Mapping, 'leftOut' | 'status' | 'confidence' | 'identity'> & Readonly<{
  identity?: Mapping['identity'];
  /** Fields that links, conditions and other mappings care for. */
  used?: readonly string[];
  /** Another mapping of the same object answers for the fields that this one does not read. */
  partial?: boolean;
}>;

/** A mapping of lines whose fields both sides have; what no line reads is left out with a reason. */
export function mapping(input: RouteInput, draft: Draft): Mapping {
  const { used = [], partial = false, ...rest } = draft;
  const listed = objectOf(input.source, draft.source)?.fields;
  const own = (listed ?? []).map((field) => field.name);
  const known = listed === undefined ? null : new Set(['$id', ...own]);
  const writable = objectOf(input.destination, draft.destination)?.fields;
  const fits = (one: FieldLine): boolean => [one.from ?? []].flat().every((name) => known === null || known.has(name)) && (one.to.startsWith('x_') || writable === undefined || writable.some((field) => field.name === one.to));
  const fields = rest.fields.filter(fits);
  const read = new Set([...fields.flatMap((one) => [one.from ?? []].flat()), ...used]);
  const leftOut = partial ? [] : own.filter((name) => !read.has(name)).map((from) => ({ from, ...byRoute(`${draft.destination} has no place for it.`) }));
  return { ...rest, identity: rest.identity ?? {}, fields, leftOut, ...byRoute(rest.reason) };
}

/** The record of the person that something is about went in as a partner. */
export const personIsPartner: Condition = { link: 'person', state: 'found', through: 'contacts' };

const ownFields: { readonly [name: string]: readonly [label: string, type: SchemaLine['type'], help: string] } = {
  x_customerio_id: ['Customer.io ID', 'text', 'cio_id of the person, or type and id of the object.'],
  x_cio_person_key: ['Customer.io person', 'text', 'What tells the person apart: the e-mail where duplicates become one, else the cio_id.'],
  x_cio_attributes: ['Customer.io attributes', 'longText', 'All attributes as they stood, as JSON.'],
  x_cio_devices: ['Devices', 'longText', 'Platform, model and last use of devices as JSON; never their push tokens.'],
  x_cio_created_at: ['Created in Customer.io', 'datetime', 'Odoo sets its own creation date.'],
  x_cio_unsubscribed: ['Unsubscribed from everything', 'boolean', 'The address is on Odoo\'s blacklist too.'],
  x_cio_topics_off: ['Topics unsubscribed', 'text', 'Numbers of subscription topics that the person left; see the consent report.'],
  x_cio_topics_on: ['Topics subscribed', 'text', 'Numbers of subscription topics that the person chose.'],
  x_cio_timezone: ['Time zone', 'text', 'Time zone as it stood in Customer.io.'],
  x_cio_language: ['Language', 'text', 'Language as it stood in Customer.io; Odoo takes only languages that are installed.'],
  x_cio_score: ['Lead score', 'text', 'Score as it stood in Customer.io.'],
  x_cio_event: ['Event', 'text', 'Name of the event in Customer.io.'],
  x_cio_id: ['Customer.io record', 'text', 'Id of the event or delivery.'],
  x_cio_channel: ['Channel', 'text', 'email, sms, push, whatsapp, in_app, slack, webhook.'],
  x_cio_status: ['Delivery status', 'text', 'State as Customer.io words it.'],
  x_cio_metrics: ['Delivery metrics', 'longText', 'Time of every metric (sent, delivered, opened, clicked …) as JSON.'],
  x_cio_events: ['Events', 'integer', 'How many events the digest holds.'],
  x_cio_mailing: ['Sent with', 'text', 'Newsletter or broadcast with its time and the number of its recipients.'],
  x_cio_links: ['Links clicked', 'longText', 'Links that were clicked, by the warehouse sync.'],
  x_cio_log_links: ['Log: links clicked', 'longText', 'Links that were clicked, by the warehouse sync.'],
  x_cio_subject_liquid: ['Subject in Liquid', 'text', 'Subject as it stood in Customer.io.'],
  x_cio_body_liquid: ['Body in Liquid', 'longText', 'Body as it stood in Customer.io.'],
  x_cio_liquid_left: ['Liquid to convert', 'longText', 'Placeholders that Odoo does not read, one on a line.'],
  x_sms_channel: ['SMS', 'boolean', 'The message was a text message.'],
  x_push_notification: ['Push', 'boolean', 'The message was a push notification; no token is kept.'],
  x_content_redacted: ['Content redacted', 'boolean', 'Customer.io did not keep the content.'],
  x_cio_log_id: ['Log: Customer.io delivery', 'text', 'Id of the delivery.'],
  x_cio_log_status: ['Log: delivery status', 'text', 'State as Customer.io words it.'],
  x_cio_log_metrics: ['Log: delivery metrics', 'longText', 'Time of every metric as JSON.'],
  x_cio_log_channel: ['Log: channel', 'text', 'Channel of the delivery.'],
  x_cio_trigger: ['Trigger', 'text', 'Name by which Customer.io was asked to send the message.'],
  x_cio_to_unsubscribed: ['Also to unsubscribed', 'boolean', 'Customer.io sent it to people who had unsubscribed, too.'],
  x_cio_liquid: ['Holds Liquid', 'boolean', 'Subject or body still hold placeholders of Customer.io that Odoo does not read: convert them before use.'],
  x_portolan_key: ['Portolan key', 'text', 'Under this key the record was loaded; it makes loading exactly-once and fast.'],
};

/** Schema line of one of the route's own fields. @throws Error for a name the table lacks: a mistake in the route. */
export function ownFieldLine(object: string, name: string): SchemaLine {
  const own = ownFields[name];
  if (own === undefined) throw new Error(`The route writes ${name} without describing it.`);
  const [label, type, help] = own;
  return { object, name, label, type, help, ...byRoute(help) };
}

export function isOwnField(name: string): boolean {
  return ownFields[name] !== undefined;
}
