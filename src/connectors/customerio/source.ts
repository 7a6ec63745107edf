import type { ConnectionContext } from '../../connector/context.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import type { ReadRequest, SourceConnection, SourcePage } from '../../connector/source.ts';
import { discoverCustomerio } from './catalog.ts';
import { checkCustomerio } from './check.ts';
import { openClient } from './client.ts';
import { exportObjects } from './objects/exports.ts';
import { eventArchive, suppressedProfiles } from './files/archives.ts';
import { warehouse } from './files/warehouse.ts';
import { journeyObjects, openJourneys } from './journeys.ts';
import { optouts, suppressions } from './objects/consent.ts';
import { customObjects, relationships } from './objects/custom-objects.ts';
import { events } from './objects/events.ts';
import { listObject, lists, senderIdentities } from './objects/lists.ts';
import { messageBodies } from './objects/message-bodies.ts';
import { messages } from './objects/messages.ts';
import { nestedLists, nestedObject } from './objects/nested-lists.ts';
import { people } from './objects/people.ts';
import { readPages } from './read-pages.ts';
import { regionHosts, type CustomerioSettings, type Region } from './settings.ts';
import type { SourceObject } from './source-object.ts';

/**
 * Opens a Customer.io workspace as a source.
 * @param hosts addresses of the regions, which a test may replace
 * @throws AuthenticationError 'key-refused'; ConfigurationError 'no-file' for files that are named and not there
 */
export async function openCustomerioSource(settings: CustomerioSettings, context: ConnectionContext, hosts: Readonly<Record<Region, string>> = regionHosts): Promise<SourceConnection> {
  const client = await openClient(settings, context, hosts);
  const objects: readonly SourceObject[] = [
    ...lists.map((list) => listObject(client, list)), senderIdentities(client), ...nestedLists.map((list) => nestedObject(client, list)),
    people(client), optouts(client), suppressions(client), customObjects(client), relationships(client, settings.relationshipAttributes),
    messages(client, settings.messagesSince, Date.now), events(client, settings.eventTypes, settings.eventsSince),
    ...(settings.bodySample > 0 ? [messageBodies(client, settings.bodySample)] : []),
    ...exportObjects(client, settings, context),
    ...(settings.eventsPath === undefined ? [] : [await eventArchive(settings.eventsPath)]),
    ...(settings.warehousePath === undefined ? [] : await warehouse(settings.warehousePath)),
    ...(settings.suppressionPath === undefined ? [] : [await suppressedProfiles(settings.suppressionPath)]),
    ...(settings.journeysToken === undefined ? [] : journeyObjects(client, openJourneys({ token: settings.journeysToken, ...(settings.journeysUrl === undefined ? {} : { url: settings.journeysUrl }) }, client.region ?? 'us', context), settings)),
  ];

  async function* read(request: ReadRequest): AsyncGenerator<SourcePage> {
    const object = objects.find((one) => one.name === request.object);
    if (object === undefined) throw new ConfigurationError({ code: 'unknown-object', message: `Customer.io has no object ${JSON.stringify(request.object)} with these settings.`, remedy: `Use one of: ${objects.map((one) => one.name).join(', ')}.` });
    yield* readPages(object, request);
  }

  return {
    // Events of the last 30 days, bodies of the newest e-mails: what a later reading lacks has passed, and is not gone.
    capabilities: { modifiedSince: false, pageSize: 500, passing: ['event', 'message_body'] },
    check: () => checkCustomerio(client, settings),
    discover: (options) => discoverCustomerio(client, objects, settings, options?.onProgress),
    read,
    close: async () => {},
  };
}
