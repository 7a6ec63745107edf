import { archivedView } from '../api/messages.ts';
import { attributesOf } from '../world/attributes.ts';
import { suppressedProfile } from '../world/consent.ts';
import { broadcasts, campaigns } from '../world/content.ts';
import { deliveryAt, firstDelivery, ownerIdentifiers } from '../world/deliveries.ts';
import type { Delivery } from '../world/deliveries.ts';
import { ulid } from '../world/events.ts';
import { cioIdOf, createdAt, emailOf, ghostCioId, isThere, userIdOf } from '../world/person.ts';
import { daySeconds, workspaceId } from '../world/world.ts';
import type { World } from '../world/world.ts';
import type { ColumnType, Row } from './table-writer.ts';

export interface WarehouseTable { readonly name: string; readonly columns: { readonly [name: string]: ColumnType }; readonly rows: (world: World) => Iterable<Row> }

const typed = (names: readonly string[], type: ColumnType): { readonly [name: string]: ColumnType } => Object.fromEntries(names.map((name) => [name, type]));
const columnsOf = (text: readonly string[], integers: readonly string[], flags: readonly string[] = []): { readonly [name: string]: ColumnType } => ({
  workspace_id: 'integer', ...typed(text, 'text'), ...typed(integers, 'integer'), ...typed(flags, 'flag'),
});
const inWorkspace = (row: Row): Row => ({ workspace_id: workspaceId, ...row });

/** Profiles that are gone have lost their identifiers, but not their row. */
function* people(world: World): Generator<Row> {
  for (let index = 0; index < world.slots; index += 1) {
    const there = isThere(world, index);
    yield inWorkspace({ customer_id: there ? userIdOf(world, index) : null, internal_customer_id: cioIdOf(index), deleted: !there, suppressed: false, created_at: createdAt(world, index), updated_at: world.anchor - daySeconds, email_addr: there ? emailOf(world, index) : null });
  }
  for (let at = 0; at < world.ghosts('suppressed'); at += 1) {
    const { suppressed_at: since } = suppressedProfile(world, at);
    yield inWorkspace({ customer_id: null, internal_customer_id: ghostCioId('suppressed', at), deleted: true, suppressed: true, created_at: since - 90 * daySeconds, updated_at: since, email_addr: null });
  }
}

/** A log of changes: of one person in ten, `plan` has an older value too, before or after the present one in the file. The last by timestamp wins. */
function* attributes(world: World): Generator<Row> {
  for (let index = 0; index < world.slots; index += 1) {
    if (!isThere(world, index)) continue;
    const older = inWorkspace({ internal_customer_id: cioIdOf(index), attribute_name: 'plan', attribute_value: 'trial of old', timestamp: createdAt(world, index) });
    if (index % 20 === 0) yield older;
    for (const [name, value] of Object.entries(attributesOf(world, index))) yield inWorkspace({ internal_customer_id: cioIdOf(index), attribute_name: name, attribute_value: value, timestamp: createdAt(world, index) + daySeconds });
    if (index % 20 === 10) yield older;
  }
}

/** Of one delivery in fifty there is a former state too, with a lower `seq_num`. */
function* deliveries(world: World): Generator<Row> {
  for (const [one, sequence] of all(world)) {
    const { source, owner } = one;
    const row = inWorkspace({
      delivery_id: one.id, internal_customer_id: ownerIdentifiers(world, owner)?.cio_id ?? null, subject_id: source.kind === 'campaign' ? `S${one.index}` : null, event_id: null, delivery_type: one.type,
      campaign_id: source.kind === 'campaign' ? source.id : null, action_id: source.action, newsletter_id: source.kind === 'newsletter' ? source.id : null, content_id: source.content, trigger_id: source.kind === 'broadcast' ? 1 : null,
      transactional_message_id: source.kind === 'transactional' ? source.id : null, created_at: one.created, seq_num: sequence * 2,
    });
    yield row;
    if (sequence % 50 === 25) yield { ...row, internal_customer_id: null, seq_num: sequence * 2 - 1 };
  }
}

function* all(world: World): Generator<readonly [Delivery, number]> {
  let sequence = 0;
  for (let index = world.sizes.deliveries - 1; index >= firstDelivery(world); index -= 1) {
    sequence += 1;
    yield [deliveryAt(world, index), sequence];
  }
}

/** What was really sent, in bulk: the only place. */
function* contents(world: World): Generator<Row> {
  for (const [one] of all(world)) {
    if (one.forgotten || one.isDraft) continue;
    const view = archivedView(one);
    const { source } = one;
    yield inWorkspace({
      delivery_id: one.id, campaign_id: source.kind === 'campaign' ? source.id : null, action_id: source.action, newsletter_id: source.kind === 'newsletter' ? source.id : null, content_id: source.content, type: one.type, from: view['from'], reply_to: null, bcc: null,
      recipient: view['recipient'], subject: view['subject'], body: view['body'], body_amp: null, body_plain: null, preheader: null, url: view['url'], method: view['request_method'], headers: null,
    });
  }
}

function* metrics(world: World): Generator<Row> {
  for (const [one, sequence] of all(world)) {
    for (const [metric, at] of Object.entries(one.metrics)) {
      if (metric === 'created' || metric.includes('_') || metric.includes(':')) continue;
      const clicked = metric === 'clicked';
      yield inWorkspace({
        event_id: ulid(at, 10 + metric.length, one.index), delivery_id: one.id, metric, reason: metric === 'bounced' ? '550 5.1.1 no such user' : null, link_id: clicked ? 1 : null, link_url: clicked ? 'https://tidewater-shop.example/offer' : null, created_at: at, seq_num: sequence,
        proxied: false, prefetched: one.metrics[`prefetch_${metric}`] !== undefined, machine: false, user_agent: null, email_client: null, inbox_domain: null, inbox_provider: null, mx_host: null,
      });
    }
  }
}

/** Journeys begun, and the steps passed: one step a journey. */
function* subjects(world: World): Generator<Row> {
  for (const [{ index, source, created, owner }, sequence] of all(world)) {
    if (source.kind === 'campaign') yield inWorkspace({ subject_name: `S${index}`, internal_customer_id: ownerIdentifiers(world, owner)?.cio_id ?? null, campaign_type: 'behavioral', campaign_id: source.id, event_id: null, trigger_id: null, started_campaign_at: created - 60, created_at: created - 60, seq_num: sequence });
  }
}

function* outputs(world: World): Generator<Row> {
  for (const [{ index, id, source, created, isDraft }, sequence] of all(world)) {
    if (source.kind === 'campaign') yield inWorkspace({ output_id: `O${index}`, subject_name: `S${index}`, output_type: 'message', action_id: source.action, explanation: null, delivery_id: id, draft: isDraft, link_tracked: true, split_test_index: null, delay_ends_at: null, branch_index: null, manual_segment_id: null, add_to_manual_segment: null, created_at: created, seq_num: sequence });
  }
}

const named = (idName: string, list: readonly { readonly id: number; readonly name: string }[]) => (world: World): Iterable<Row> => list.map(({ id, name }) => inWorkspace({ [idName]: id, name, topic_names: null, created_at: world.anchor - 500 * daySeconds, updated_at: world.anchor - 20 * daySeconds, version: 1 }));

/** The files of a data-warehouse sync. There are no custom events among them. */
export const warehouseTables: readonly WarehouseTable[] = [
  { name: 'people', columns: columnsOf(['customer_id', 'internal_customer_id', 'email_addr'], ['created_at', 'updated_at'], ['deleted', 'suppressed']), rows: people },
  { name: 'attributes', columns: columnsOf(['internal_customer_id', 'attribute_name', 'attribute_value'], ['timestamp']), rows: attributes },
  { name: 'deliveries', columns: columnsOf(['delivery_id', 'internal_customer_id', 'subject_id', 'event_id', 'delivery_type'], ['campaign_id', 'action_id', 'newsletter_id', 'content_id', 'trigger_id', 'transactional_message_id', 'created_at', 'seq_num']), rows: deliveries },
  { name: 'delivery_content', columns: columnsOf(['delivery_id', 'type', 'from', 'reply_to', 'bcc', 'recipient', 'subject', 'body', 'body_amp', 'body_plain', 'preheader', 'url', 'method', 'headers'], ['campaign_id', 'action_id', 'newsletter_id', 'content_id']), rows: contents },
  { name: 'metrics', columns: columnsOf(['event_id', 'delivery_id', 'metric', 'reason', 'link_url', 'user_agent', 'email_client', 'inbox_domain', 'inbox_provider', 'mx_host'], ['link_id', 'created_at', 'seq_num'], ['proxied', 'prefetched', 'machine']), rows: metrics },
  { name: 'subjects', columns: columnsOf(['subject_name', 'internal_customer_id', 'campaign_type', 'event_id'], ['campaign_id', 'trigger_id', 'started_campaign_at', 'created_at', 'seq_num']), rows: subjects },
  { name: 'outputs', columns: columnsOf(['output_id', 'subject_name', 'output_type', 'explanation', 'delivery_id'], ['action_id', 'split_test_index', 'delay_ends_at', 'branch_index', 'manual_segment_id', 'created_at', 'seq_num'], ['draft', 'link_tracked', 'add_to_manual_segment']), rows: outputs },
  { name: 'campaigns', columns: columnsOf(['name', 'topic_names'], ['campaign_id', 'created_at', 'updated_at', 'version']), rows: named('campaign_id', campaigns) },
  { name: 'broadcasts', columns: columnsOf(['name', 'topic_names'], ['broadcast_id', 'created_at', 'updated_at', 'version']), rows: named('broadcast_id', broadcasts) },
];
