import { param } from '../call.ts';
import type { Call, Json } from '../call.ts';
import { cursor, limitOf, nextOf, positionOf } from '../paging.ts';
import { notFound } from '../problem.ts';
import { collectionRows, senderIdentities, snippets } from '../world/content.ts';
import { objectCount, objectTypes } from '../world/objects.ts';
import { isThere } from '../world/person.ts';
import { daySeconds, workspaceId } from '../world/world.ts';
import type { World } from '../world/world.ts';

/** People that are there; counting them after changes looks at each slot once. */
function countPeople(world: World): number {
  if (world.later === null) return world.sizes.people;
  let count = 0;
  for (let index = 0; index < world.slots; index += 1) if (isThere(world, index)) count += 1;
  return count;
}

/** All workspaces of the account, though the key is good for one. */
export function listWorkspaces({ world }: Call): Json {
  const objects = objectTypes.reduce((sum, { id }) => sum + objectCount(world, id), 0);
  return {
    workspaces: [
      { id: workspaceId, name: 'Tidewater Shop', messages_sent: world.sizes.deliveries, billable_messages_sent: world.sizes.deliveries, people: countPeople(world), objects, object_types: objectTypes.length },
      { id: workspaceId + 1, name: 'Tidewater Sandbox', messages_sent: 0, billable_messages_sent: 0, people: 3, objects: 0, object_types: 0 },
    ],
  };
}

/** `hidden=true` gives the hidden ones alone. There is a `next` after the last one too: it leads to an empty page. */
export function listSenders(call: Call): Json {
  const wanted = call.query.get('hidden') === 'true';
  const all = senderIdentities(call.world).filter(({ hidden }) => hidden === wanted);
  const from = positionOf<number>(call, 'senders', 0);
  const limit = limitOf(call, 50, 100);
  const shown = all.slice(from, from + limit);
  return { sender_identities: shown, ...nextOf(call, shown.length === 0 ? null : cursor('senders', from + shown.length)) };
}

export const listSnippets = ({ world }: Call): Json => ({ snippets: snippets(world) });

const collection = ({ world }: Call): Json => ({ id: 1, name: 'Products', schema: ['sku', 'title', 'price'], bytes: JSON.stringify(collectionRows).length, rows: collectionRows.length, created_at: world.anchor - 200 * daySeconds, updated_at: world.anchor - 100 * daySeconds });
export const listCollections = (call: Call): Json => ({ collections: [collection(call)] });
export function collectionContent(call: Call): unknown {
  if (param(call, 'id') !== '1') throw notFound('collection not found');
  return collectionRows;
}

/** The second endpoint's address carries a secret. */
export const listReportingWebhooks = (): Json => ({
  reporting_webhooks: [
    { id: 1, name: 'Warehouse', endpoint: 'https://in.tidewater-shop.example/cio?token=invented-secret', events: ['email_sent', 'email_opened'], disabled: false, full_resolution: true, with_content: false },
  ],
});

export const listDesignEmails = ({ world }: Call): Json => ({ emails: [{ id: 'ds-1', name: 'Master layout', is_template: true, created_at: world.anchor - 80 * daySeconds, updated_at: world.anchor - 10 * daySeconds }] });
export function getDesignEmail(call: Call): Json {
  if (param(call, 'id') !== 'ds-1') throw notFound('email not found');
  return { email: { id: 'ds-1', name: 'Master layout', content: { subject: 'Hi {{customer.first_name}}', preheader_text: '', html: '<p>{{snippets.footer}}</p>', text: '', amp: '' }, envelope: { from_id: 1, to: '{{customer.email}}' } } };
}
