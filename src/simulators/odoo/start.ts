import { seed } from './data/seed.ts';
import { Faults } from './faults.ts';
import { Authentication } from './http/authentication.ts';
import { openControl } from './http/control.ts';
import { Listener, type CallCounts } from './http/listener.ts';
import { doorsOf } from './http/router.ts';
import { Services } from './http/services.ts';
import { buildRegistry } from './models/catalogue.ts';
import { ODOO_VERSIONS, type OdooSimulatorOptions } from './options.ts';
import { Environment, type ServerState } from './orm/environment.ts';
import { records } from './orm/records.ts';
import type { OdooSimulator } from './simulator.ts';
import { loadSnapshot, saveSnapshot } from './snapshot.ts';
import { stateView } from './state-view.ts';
import { Database } from './store/database.ts';
import { FileStore } from './store/file-store.ts';

const REQUEST_LIMIT = 128 * 1024 * 1024;

/**
 * Starts a stand-in for an Odoo server on 127.0.0.1: real HTTP, the doors, faults and quirks of the chosen version, data in memory.
 * @example
 * const odoo = await startOdooSimulator({ version: 17 });
 * // … talk to odoo.url with odoo.database, odoo.user, odoo.password …
 * await odoo.stop();
 * @throws Error for an unknown version, module or currency
 */
export async function startOdooSimulator(options: OdooSimulatorOptions): Promise<OdooSimulator> {
  if (!ODOO_VERSIONS.includes(options.version)) throw new Error(`Odoo version ${String(options.version)} is not simulated; use one of ${ODOO_VERSIONS.join(', ')}`);
  const database = options.database ?? 'simulated';
  const state = newState(options);
  seed(new Environment(state, 1, {}, 'jsonrpc', true), options);
  if (options.stateFile !== undefined) loadSnapshot(state, options.stateFile);
  const authentication = new Authentication(state, database);
  const services = new Services(state, authentication, database, options.listDatabases ?? true);
  const faults = new Faults(options.seed ?? 1);
  const calls: CallCounts = new Map();
  const listener = new Listener({
    parts: { state, services, authentication, database, doors: options.doors ?? doorsOf(options.version) }, faults, calls,
    maxBodyBytes: (path) => options.maxBodyBytes ?? (options.version === 14 || (options.version >= 19 && !path.startsWith('/xmlrpc')) ? Infinity : REQUEST_LIMIT),
  }, options.port ?? 0);
  await listener.open();
  const simulator = {
    version: options.version,
    url: `http://127.0.0.1:${listener.port}`,
    database,
    user: options.user ?? 'admin',
    password: options.password ?? 'admin',
    apiKey: state.secrets.get(2)!.apiKey,
    faults,
    state: stateView(state, calls),
    listener: { stop: () => listener.close(), start: () => listener.open() },
  };
  const control = await openControl(simulator);
  return { ...simulator, controlUrl: control.url, stop: async () => { await Promise.all([listener.close(), control.close()]); if (options.stateFile !== undefined) saveSnapshot(state, options.stateFile); state.files.close(); } };
}

function newState(options: OdooSimulatorOptions): ServerState {
  return {
    version: options.version, database: new Database(), files: new FileStore(), registry: buildRegistry(options), records, sentMails: [], causedMails: [], mailServer: options.mailServer ?? false,
    now: options.now ?? (() => new Date()), secrets: new Map(), revokedKeys: new Set(), diskFull: false, brokenRecords: new Map(), schemaChanged: false,
    leadScore: { won: 0, lost: 0 }, automationWrites: new Map(), automationMails: new Set(),
  };
}
