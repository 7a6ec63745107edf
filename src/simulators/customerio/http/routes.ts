import { listActivities } from '../api/activities.ts';
import { listChannels, listOptouts, listSuppressions, listTopics, searchSuppression } from '../api/consent.ts';
import { getAction, getCampaign, getNewsletter, getTransactional, listActions, listCampaigns, listContents, listNewsletters, listTestGroups, listTransactionalContents, listTransactionals, listTriggers } from '../api/content.ts';
import { downloadExport, exportDeliveries, exportPeople, getExport, listExports } from '../api/exports.ts';
import { archivedMessage, getMessage, listMessages, messagesOf } from '../api/messages.ts';
import { campaignMetrics } from '../api/metrics.ts';
import { attributesOfObject, listObjectTypes, relationshipsOfObject, searchObjects } from '../api/objects.ts';
import { activitiesOfOne, attributesOfPerson, batchAttributes, messagesOfPerson, optoutsOfPerson, peopleByEmail, relationshipsOfPerson, searchPeople, segmentsOfPerson, subscriptionsOfPerson } from '../api/people.ts';
import { countSegment, getSegment, listSegments, membership, usedBy } from '../api/segments.ts';
import { collectionContent, getDesignEmail, listCollections, listDesignEmails, listReportingWebhooks, listSenders, listSnippets, listWorkspaces } from '../api/workspace.ts';
import type { Handler } from '../call.ts';

export interface Route {
  /** 'GET /v1/segments/:id/membership': also its name in faults and counts. */
  readonly name: string;
  readonly handler: Handler;
}

/** In the order in which they are tried: fixed words before `:id`. */
const rows: readonly (readonly [name: string, handler: Handler])[] = [
  ['GET /v1/workspaces', listWorkspaces],
  ['POST /v1/customers', searchPeople], ['GET /v1/customers', peopleByEmail], ['POST /v1/customers/attributes', batchAttributes], ['GET /v1/customers/:id/attributes', attributesOfPerson], ['GET /v1/customers/:id/segments', segmentsOfPerson],
  ['GET /v1/customers/:id/messages', messagesOfPerson], ['GET /v1/customers/:id/activities', activitiesOfOne], ['GET /v1/customers/:id/relationships', relationshipsOfPerson],
  ['GET /v1/customers/:id/subscription_preferences', subscriptionsOfPerson], ['GET /v1/customers/:id/optouts', optoutsOfPerson],
  ['GET /v1/optouts', listOptouts], ['GET /v1/subscription_topics', listTopics], ['GET /v1/subscription_channels', listChannels], ['GET /v1/esp/suppression/:category', listSuppressions], ['GET /v1/esp/search_suppression/:email', searchSuppression],
  ['GET /v1/exports', listExports], ['POST /v1/exports/customers', exportPeople], ['POST /v1/exports/deliveries', exportDeliveries], ['GET /v1/exports/:id', getExport], ['GET /v1/exports/:id/download', downloadExport],
  ['GET /v1/activities', listActivities],
  ['GET /v1/segments', listSegments], ['GET /v1/segments/:id', getSegment], ['GET /v1/segments/:id/customer_count', countSegment], ['GET /v1/segments/:id/membership', membership], ['GET /v1/segments/:id/used_by', usedBy],
  ['GET /v1/campaigns', listCampaigns('campaign')], ['GET /v1/campaigns/:id', getCampaign('campaign')], ['GET /v1/campaigns/:id/actions', listActions('campaign')], ['GET /v1/campaigns/:id/actions/:action', getAction('campaign')],
  ['GET /v1/campaigns/:id/messages', messagesOf('campaign')], ['GET /v1/campaigns/:id/metrics', campaignMetrics('campaign')],
  ['GET /v1/broadcasts', listCampaigns('broadcast')], ['GET /v1/broadcasts/:id', getCampaign('broadcast')], ['GET /v1/broadcasts/:id/actions', listActions('broadcast')], ['GET /v1/broadcasts/:id/actions/:action', getAction('broadcast')],
  ['GET /v1/broadcasts/:id/messages', messagesOf('broadcast')], ['GET /v1/broadcasts/:id/metrics', campaignMetrics('broadcast')], ['GET /v1/broadcasts/:id/triggers', listTriggers],
  ['GET /v1/newsletters', listNewsletters], ['GET /v1/newsletters/:id', getNewsletter], ['GET /v1/newsletters/:id/contents', listContents], ['GET /v1/newsletters/:id/test_groups', listTestGroups],
  ['GET /v1/newsletters/:id/messages', messagesOf('newsletter')], ['GET /v1/newsletters/:id/metrics', campaignMetrics('newsletter')],
  ['GET /v1/transactional', listTransactionals], ['GET /v1/transactional/:id', getTransactional], ['GET /v1/transactional/:id/contents', listTransactionalContents], ['GET /v1/transactional/:id/content', listTransactionalContents],
  ['GET /v1/transactional/:id/messages', messagesOf('transactional')], ['GET /v1/transactional/:id/deliveries', messagesOf('transactional')], ['GET /v1/transactional/:id/metrics', campaignMetrics('transactional')],
  ['GET /v1/messages', listMessages], ['GET /v1/messages/:id', getMessage], ['GET /v1/messages/:id/archived_message', archivedMessage],
  ['GET /v1/object_types', listObjectTypes], ['POST /v1/objects', searchObjects], ['GET /v1/objects/:type/:id/attributes', attributesOfObject], ['GET /v1/objects/:type/:id/relationships', relationshipsOfObject],
  ['GET /v1/sender_identities', listSenders], ['GET /v1/snippets', listSnippets], ['GET /v1/collections', listCollections], ['GET /v1/collections/:id/content', collectionContent], ['GET /v1/reporting_webhooks', listReportingWebhooks],
  ['GET /v1/design_studio/emails', listDesignEmails], ['GET /v1/design_studio/emails/:id', getDesignEmail],
];

const patterns = rows.map(([name, handler]) => {
  const [method = '', path = ''] = name.split(' ');
  return { route: { name, handler } satisfies Route, method, parts: path.split('/').slice(1) };
});

/** The route of a request and what stands in the place of its `:words`; null where there is none. */
export function routeOf(method: string, path: string): Readonly<{ route: Route; params: { readonly [name: string]: string } }> | null {
  const given = path.split('/').slice(1);
  for (const { route, method: own, parts } of patterns) {
    if (own !== method || parts.length !== given.length || !parts.every((part, index) => part.startsWith(':') || part === given[index])) continue;
    return { route, params: Object.fromEntries(parts.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), decoded(given[index] ?? '')]] : []))) };
  }
  return null;
}

/** A '+' that was not encoded is a blank to the service, so that nobody is found. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return part;
  }
}
