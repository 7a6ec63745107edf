import { param } from '../call.ts';
import type { Call, Json } from '../call.ts';
import type { ExportJob } from '../exports.ts';
import { csvLine } from '../files/csv-line.ts';
import { badRequest, unprocessable } from '../problem.ts';
import { attributeOf } from '../world/attributes.ts';
import { deliveryAt, deliveryAtOrBefore, metricNames, ownerIdentifiers } from '../world/deliveries.ts';
import type { Delivery } from '../world/deliveries.ts';
import { createdAt, identifiersOf, isThere } from '../world/person.ts';
import { daySeconds } from '../world/world.ts';
import { personFilter } from './person-filter.ts';

const viewOf = (job: ExportJob): Json => ({
  id: job.id, deduplicate_id: `${job.id}:${job.createdAt}`, type: job.type, failed: job.status === 'failed', description: job.description, downloads: job.downloads, user_id: 1, user_email: 'ines@tidewater-shop.example',
  total: job.status === 'done' ? job.total : 0, status: job.status, created_at: job.createdAt, updated_at: job.createdAt,
});

function namesOf(given: unknown): readonly string[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given) || given.some((name) => typeof name !== 'string')) throw badRequest('attributes must be a list of names', '/attributes');
  return given as readonly string[];
}

const columnNames = { snake: ['cio_id', 'id', 'email', 'created_at'], words: ['Customer.io ID', 'ID', 'Email', 'Created at'] } as const;

/** `POST /v1/exports/customers`: `filters` is required. */
export function exportPeople(call: Call): Json {
  const { world, body } = call;
  if (body['filters'] === undefined) throw unprocessable('filters is required', '/filters');
  const test = personFilter(body['filters'], '/filters');
  const attributes = namesOf(body['attributes']);
  function* people(): Generator<number> {
    for (let index = 0; index < world.slots; index += 1) if (isThere(world, index) && test(world, index)) yield index;
  }
  function* lines(): Generator<string> {
    yield csvLine([...columnNames[world.unknowns.exportColumns], ...attributes]);
    for (const index of people()) {
      const { cio_id: cioId, id, email } = identifiersOf(world, index);
      yield csvLine([cioId, id ?? '', email ?? '', String(createdAt(world, index)), ...attributes.map((name) => attributeOf(world, index, name) ?? '')]);
    }
  }
  const total = people().reduce((sum) => sum + 1, 0);
  return { export: viewOf(call.exports.add({ type: 'customers', description: 'Customers', createdAt: call.now, total, lines })) };
}

const sources = ['newsletter_id', 'campaign_id', 'transactional_message_id', 'action_id'] as const;
const deliveryColumns = {
  snake: ['delivery_id', 'customer_id', 'cio_id', 'recipient', 'subject', 'created'], words: ['Delivery ID', 'Customer ID', 'Customer.io ID', 'Email', 'Subject', 'Created'],
} as const;

/** `POST /v1/exports/deliveries`: of exactly one newsletter, campaign, transactional message or action; at most 12 months, clipped from `end`. */
export function exportDeliveries(call: Call): Json {
  const { world, body } = call;
  const given = sources.filter((name) => body[name] !== undefined && body[name] !== null);
  const [source] = given;
  if (source === undefined || given.length > 1) throw unprocessable(`exactly one of ${sources.join(', ')} is required`);
  const wanted = String(body[source]);
  const isWanted = (one: Delivery): boolean => (source === 'action_id' ? String(one.source.action) === wanted : `${one.source.kind}_id` === source.replace('_message', '') && String(one.source.id) === wanted);
  const metric = typeof body['metric'] === 'string' ? body['metric'] : null;
  const end = typeof body['end'] === 'number' ? body['end'] : call.now;
  const begin = Math.max(typeof body['start'] === 'number' ? body['start'] : end - 183 * daySeconds, end - 365 * daySeconds);
  const attributes = namesOf(body['attributes']);
  function* deliveries(): Generator<Delivery> {
    for (let index = deliveryAtOrBefore(world, end); index < world.sizes.deliveries; index += 1) {
      const one = deliveryAt(world, index);
      if (one.created < begin) return;
      if (isWanted(one) && (metric === null || one.metrics[metric] !== undefined) && one.isDraft === (body['drafts'] === true)) yield one;
    }
  }
  function* lines(): Generator<string> {
    yield csvLine([...deliveryColumns[world.unknowns.exportColumns], ...metricNames, ...attributes]);
    for (const one of deliveries()) {
      const { owner } = one;
      const identifiers = ownerIdentifiers(world, owner);
      yield csvLine([one.id, identifiers?.id ?? '', identifiers?.cio_id ?? '', one.recipient ?? '', one.subject ?? '', String(one.created), ...metricNames.map((name) => String(one.metrics[name] ?? '')), ...attributes.map((name) => (owner.kind === 'person' ? attributeOf(world, owner.index, name) ?? '' : ''))]);
    }
  }
  const total = deliveries().reduce((sum) => sum + 1, 0);
  return { export: viewOf(call.exports.add({ type: 'deliveries', description: `Deliveries of ${source} ${wanted}`, createdAt: call.now, total, lines })) };
}

export const listExports = (call: Call): Json => ({ exports: call.exports.jobs.map(viewOf) });
export const getExport = (call: Call): Json => ({ export: viewOf(call.exports.poll(param(call, 'id'))) });
export const downloadExport = (call: Call): Json => ({ url: `${call.downloadUrl}/exports/${call.exports.link(param(call, 'id'), call.now)}?X-Signature=invented` });
