import { realClock, VirtualClock } from './clock.ts';
import { Faults } from './faults.ts';
import { answerApi } from './http/api-door.ts';
import type { Serving } from './http/api-door.ts';
import { answerControl } from './http/control.ts';
import { answerDownload } from './http/downloads.ts';
import { Listener } from './http/listener.ts';
import type { IntercomSimulatorOptions } from './options.ts';
import { randomFrom } from './random.ts';
import { RateLimits } from './rate-limits.ts';
import { seed } from './seed.ts';
import type { IntercomSimulator } from './simulator.ts';
import { loadSnapshot, saveSnapshot } from './snapshot.ts';
import { stateView } from './state-view.ts';
import { Workspace } from './workspace.ts';

/**
 * Starts a stand-in for an Intercom workspace on 127.0.0.1: real HTTP, the limits, texts and quirks of the REST API as far as they are known
 * (`unknowns.ts` has the others), data in memory.
 * @example
 * const intercom = await startIntercomSimulator({ appPerMinute: 1_000 });
 * // … talk to intercom.url with `Authorization: Bearer ${intercom.token}` and `Intercom-Version: 2.16` …
 * await intercom.stop();
 * @throws RangeError for a time zone that does not exist
 */
export async function startIntercomSimulator(options: IntercomSimulatorOptions = {}): Promise<IntercomSimulator> {
  const clock = options.clock ?? realClock;
  const workspace = new Workspace(options, clock);
  seed(workspace);
  if (options.stateFile !== undefined) loadSnapshot(workspace, options.stateFile);
  const token = options.token ?? 'intercom-token';
  const limits = new RateLimits({ appPerMinute: options.appPerMinute ?? 10_000, workspacePerMinute: options.workspacePerMinute ?? 25_000, otherAppsPerMinute: options.otherAppsPerMinute ?? 0 });
  const serving: Serving = { workspace, limits, faults: new Faults(randomFrom(options.seed ?? 1)), tokens: new Set([token]), answers: new Map(), urls: { api: '', downloads: '' } };
  let leaked = 0;
  const api = new Listener((request, response) => answerApi(serving, request, response), options.port ?? 0);
  const downloads = new Listener(async (request, response) => answerDownload(workspace, () => { leaked += 1; }, request, response));
  await Promise.all([api.open(), downloads.open()]);
  Object.assign(serving.urls, { api: api.url, downloads: downloads.url });
  const simulator = {
    url: api.url, downloadUrl: downloads.url, token, region: options.region ?? 'US' as const, clock, faults: serving.faults,
    state: stateView(workspace, limits, serving.answers, () => leaked),
    tokens: { revoke: () => { serving.tokens.delete(token); }, restore: () => { serving.tokens.add(token); } },
    scopes: { remove: (scope: string) => { workspace.missingScopes.add(scope); }, add: (scope: string) => { workspace.missingScopes.delete(scope); } },
    people: {
      addTeam: (name: string) => { workspace.teams.push({ id: 5_018_000 + workspace.teams.length, name, adminIds: [] }); },
      addAdmin: ({ name, email }: Readonly<{ name: string; email: string }>) => { workspace.admins.push({ id: 991_268_000 + workspace.admins.length, name, email, hasInboxSeat: true, teamIds: [] }); },
    },
    listener: { stop: () => api.close(), start: () => api.open() },
  };
  const control = new Listener((request, response) => answerControl(simulator, request, response));
  await control.open();
  return {
    ...simulator, controlUrl: control.url,
    stop: async () => {
      if (clock instanceof VirtualClock) clock.stop();
      await Promise.all([api.close(), downloads.close(), control.close()]);
      if (options.stateFile !== undefined) saveSnapshot(workspace, options.stateFile);
    },
  };
}
