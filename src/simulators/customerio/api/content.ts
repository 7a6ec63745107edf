import { param } from '../call.ts';
import type { Call, Json } from '../call.ts';
import { cursor, limitOf, listOf, nextOf, positionOf } from '../paging.ts';
import { notFound } from '../problem.ts';
import { actionView, broadcasts, broadcastTriggers, campaigns, campaignView, contentViews, newsletterOf, newsletterView, transactionalContents, transactionals, transactionalView } from '../world/content.ts';
import type { Campaign, Newsletter, Transactional } from '../world/content.ts';

type Kind = 'campaign' | 'broadcast';
const listsOf = { campaign: campaigns, broadcast: broadcasts } as const satisfies { readonly [kind in Kind]: readonly Campaign[] };

function required<T extends { readonly id: number }>(call: Call, list: readonly T[], name: string): T {
  const found = list.find(({ id }) => String(id) === param(call, 'id'));
  if (found === undefined) throw notFound(`${name} not found`);
  return found;
}

/** Whole lists in one answer. */
export const listCampaigns = (kind: Kind) => (call: Call): Json => ({ [`${kind}s`]: listsOf[kind].map((one) => campaignView(call.world, one)) });
export const getCampaign = (kind: Kind) => (call: Call): Json => ({ [kind]: campaignView(call.world, required(call, listsOf[kind], kind)) });

/** Message and webhook steps only: no delays, branches, exits. Ids are texts, whatever the specification says. */
export function listActions(kind: Kind) {
  return (call: Call): Json => {
    const one = required(call, listsOf[kind], kind);
    const from = positionOf<number>(call, `${kind} actions`, 0);
    const size = 10;
    return { actions: listOf(call, one.actions.slice(from, from + size).map((action) => actionView(call.world, one.id, action, `${kind}_id`))), ...nextOf(call, from + size < one.actions.length ? cursor(`${kind} actions`, from + size) : null) };
  };
}

export const getAction = (kind: Kind) => (call: Call): Json => {
  const one = required(call, listsOf[kind], kind);
  const action = one.actions.find(({ id }) => String(id) === param(call, 'action'));
  if (action === undefined) throw notFound('action not found');
  return { action: actionView(call.world, one.id, action, `${kind}_id`) };
};

export const listTriggers = (call: Call): Json => ({ triggers: broadcastTriggers(call.world, required(call, broadcasts, 'broadcast').id) });

export function listNewsletters(call: Call): Json {
  const { world } = call;
  const from = positionOf<number>(call, 'newsletters', 1);
  const limit = limitOf(call, 50, 100);
  const all = Array.from({ length: Math.max(0, Math.min(limit, world.sizes.newsletters - from + 1)) }, (_, at) => newsletterView(world, newsletterOf(world, from + at)));
  return { newsletters: listOf(call, all), ...nextOf(call, from + limit <= world.sizes.newsletters ? cursor('newsletters', from + limit) : null) };
}

function letterOf(call: Call): Newsletter {
  const id = Number(param(call, 'id'));
  if (!Number.isSafeInteger(id) || id < 1 || id > call.world.sizes.newsletters) throw notFound('newsletter not found');
  return newsletterOf(call.world, id);
}

export const getNewsletter = (call: Call): Json => ({ newsletter: newsletterView(call.world, letterOf(call)) });
/** One per language, or per arm of a test. */
export const listContents = (call: Call): Json => ({ contents: contentViews(letterOf(call)) });
export const listTestGroups = (call: Call): Json => ({ test_groups: listOf(call, letterOf(call).id % 4 === 0 ? [{ id: `${letterOf(call).id}-test`, label: 'Arms', content_ids: letterOf(call).contents.map(({ id }) => id), winner: false, winner_id: 0 }] : []) });

const transactionalOf = (call: Call): Transactional => required(call, transactionals, 'transactional message');
/** The key is `messages`, though deliveries are called so too. */
export const listTransactionals = (call: Call): Json => ({ messages: transactionals.map((one) => transactionalView(call.world, one)) });
export const getTransactional = (call: Call): Json => ({ message: transactionalView(call.world, transactionalOf(call)) });
export const listTransactionalContents = (call: Call): Json => ({ contents: transactionalContents(call.world, transactionalOf(call)) });
