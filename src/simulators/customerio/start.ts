import type { IncomingMessage, ServerResponse } from 'node:http';
import { realClock, VirtualClock } from './clock.ts';
import { Listener } from './http/listener.ts';
import { expectationOf } from './expectation-of.ts';
import { Exports } from './exports.ts';
import { Faults } from './faults.ts';
import { answerApi, json, send } from './http/api-door.ts';
import type { Serving } from './http/api-door.ts';
import { answerControl } from './http/control.ts';
import { answerDownload } from './http/downloads.ts';
import { answerJourneys } from './http/journeys-door.ts';
import type { JourneysAccess } from './http/journeys-door.ts';
import type { CustomerioSimulatorOptions } from './options.ts';
import { RateLimits } from './rate-limits.ts';
import type { CustomerioSimulator } from './simulator.ts';
import { workspaceId, World } from './world/world.ts';

const trackCredentials = { siteId: 'track-site', apiKey: 'track-key' } as const;

/** The other data plane knows no key of this one: it answers as to a bad key, without a hint. */
async function answerOtherRegion(request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  send(response, json(401, { errors: [{ detail: 'unauthorized', status: '401' }] }));
}

/** The only read of the Track API: which region a workspace is in. */
function trackDoor(region: 'us' | 'eu') {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const expected = `Basic ${Buffer.from(`${trackCredentials.siteId}:${trackCredentials.apiKey}`).toString('base64')}`;
    if (request.headers.authorization !== expected) return send(response, json(401, { meta: { error: 'Unauthorized request' } }));
    if (request.method !== 'GET' || request.url !== '/api/v1/accounts/region') return send(response, json(404, { meta: { error: 'not found' } }));
    return send(response, json(200, { url: region === 'us' ? 'track.customer.example' : 'track-eu.customer.example', region, environment_id: workspaceId }));
  };
}

/** What the doors stand before, and the listeners themselves: nothing is open yet. */
function build(options: CustomerioSimulatorOptions) {
  const clock = options.clock ?? realClock;
  const world = new World(options, clock.now());
  const { rateWindow, bodyDay } = world.unknowns;
  const limits = new RateLimits({ perSecond: options.perSecond ?? 10, otherCallersPerSecond: options.otherCallersPerSecond ?? 0, bodiesPerDay: options.bodiesPerDay ?? 100, rateWindow, bodyDay });
  const serving: Serving = {
    world, clock, limits, faults: new Faults(world.seed), exports: new Exports(options.exportPolls ?? 2), keys: new Set([options.apiKey ?? 'customerio-app-key']),
    missingScopes: new Set(options.missingScopes), latencyMs: options.latencyMs ?? 0, answers: new Map(), urls: { downloads: '' },
  };
  const access: JourneysAccess = { enabled: options.journeys ?? false, serviceToken: options.serviceToken ?? 'sa_live_reader', sideEffects: [] };
  const leaked = { count: 0 };
  const listeners = {
    own: new Listener((request, response) => answerApi(serving, request, response)), other: new Listener(answerOtherRegion), track: new Listener(trackDoor(options.region ?? 'us')),
    journeys: new Listener((request, response) => answerJourneys(serving, access, request, response)), downloads: new Listener((request, response) => answerDownload(serving, () => { leaked.count += 1; }, request, response)),
  };
  return { clock, world, serving, access, leaked, listeners };
}

/**
 * Starts a stand-in for a Customer.io workspace on 127.0.0.1: real HTTP, the limits, shapes and quirks of the App API as far as they are
 * known (`unknowns.ts` has the others). Records are made from the seed when somebody asks for them: none is held.
 * @example
 * const customerio = await startCustomerioSimulator({ people: 3_000, region: 'eu' });
 * // … talk to customerio.url with `Authorization: Bearer ${customerio.apiKey}` …
 * await customerio.stop();
 * @throws RangeError for a size that cannot be
 */
export async function startCustomerioSimulator(options: CustomerioSimulatorOptions = {}): Promise<CustomerioSimulator> {
  const { clock, world, serving, access, leaked, listeners } = build(options);
  const { own, other, track, journeys, downloads } = listeners;
  const region = options.region ?? 'us';
  const apiKey = options.apiKey ?? 'customerio-app-key';
  const all = Object.values(listeners);
  await Promise.all(all.map((one) => one.open()));
  serving.urls.downloads = downloads.url;
  const simulator = {
    url: own.url, regions: region === 'us' ? { us: own.url, eu: other.url } : { us: other.url, eu: own.url }, trackUrl: track.url, journeysUrl: journeys.url, downloadUrl: downloads.url,
    apiKey, serviceToken: access.serviceToken, trackCredentials, region, clock, world, faults: serving.faults,
    state: {
      answers: () => Object.fromEntries(serving.answers), seconds: () => serving.limits.seconds.map((one) => ({ ...one })), exportsCreated: () => serving.exports.jobs.length,
      leakedKeys: () => leaked.count, journeysSideEffects: () => [...access.sideEffects],
    },
    expectation: () => expectationOf(world, Math.floor(clock.now() / 1_000)), become: (later: Parameters<World['become']>[0]) => world.become(later),
    keys: { revoke: () => { serving.keys.delete(apiKey); }, restore: () => { serving.keys.add(apiKey); } },
    scopes: { remove: (path: string) => { serving.missingScopes.add(path); }, add: (path: string) => { serving.missingScopes.delete(path); } },
    exports: { failNext: () => { serving.exports.failNext = true; } }, listener: { stop: () => own.close(), start: () => own.open() },
  };
  const control = new Listener((request, response) => answerControl(simulator, request, response));
  await control.open();
  return {
    ...simulator, controlUrl: control.url,
    stop: async () => {
      if (clock instanceof VirtualClock) clock.stop();
      await Promise.all([...all, control].map((one) => one.close()));
    },
  };
}
