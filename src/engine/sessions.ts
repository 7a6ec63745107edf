import { setTimeout as pause } from 'node:timers/promises';
import type { CatalogField } from '../connector/catalog.ts';
import type { Connector } from '../connector/connector.ts';
import type { ConnectionContext } from '../connector/context.ts';
import type { DestinationConnection } from '../connector/destination.ts';
import { ConfigurationError } from '../connector/errors.ts';
import type { SourceConnection } from '../connector/source.ts';
import type { EngineDependencies } from './dependencies.ts';
import { FIELDS_MAPPING } from './fields-mapping.ts';
import { LookupMemory } from './load/gather-context.ts';
import type { Role } from './ports/projects.ts';
import { defaultBackoffMs, withRetriedReads } from './retry.ts';

/** The destination's fields of one object, by name. */
export type FieldsByName = ReadonlyMap<string, CatalogField>;

/**
 * Open connections of one piece of work (a command, a driver, a worker): each opened once, closed together,
 * every call counted under the run it was made for.
 */
export class Sessions {
  readonly #dependencies: EngineDependencies;
  readonly #signal: AbortSignal;
  readonly #sources = new Map<string, Promise<SourceConnection>>();
  readonly #destinations = new Map<string, Promise<DestinationConnection>>();
  readonly #fields = new Map<string, Promise<FieldsByName>>();
  readonly #lookups = new Map<string, LookupMemory>();
  #calls = new Map<string, { connection: string; endpoint: string; count: number }>();

  constructor(dependencies: EngineDependencies, signal: AbortSignal) {
    this.#dependencies = dependencies;
    this.#signal = signal;
  }

  /** @throws ConfigurationError when the project has no such connection yet. */
  source(projectId: string): Promise<SourceConnection> {
    return remember(this.#sources, projectId, async () => {
      const { connector, settings, context } = await this.#prepare(projectId, 'source');
      if (connector.openSource === undefined) throw wrongRole(connector.label, 'source');
      return connector.openSource(settings, context);
    });
  }

  /** @throws ConfigurationError when the project has no such connection yet. */
  destination(projectId: string): Promise<DestinationConnection> {
    return remember(this.#destinations, projectId, async () => {
      const { connector, settings, context } = await this.#prepare(projectId, 'destination');
      if (connector.openDestination === undefined) throw wrongRole(connector.label, 'destination');
      await this.#schemaSettled(projectId, connector.schemaSettleMs?.(settings) ?? 0);
      return withRetriedReads(await connector.openDestination(settings, context), { backoffMs: this.#dependencies.backoffMs ?? defaultBackoffMs, signal: this.#signal });
    });
  }

  /** Fields of a destination object as they are now; asked once until `forgetFields`. */
  fields(projectId: string, object: string): Promise<FieldsByName> {
    return remember(this.#fields, `${projectId}\u0000${object}`, async () => {
      const destination = await this.destination(projectId);
      return new Map((await destination.fields({ object })).map((field) => [field.name, field]));
    });
  }

  /** What look-ups of one run found at the project's destination: a later run asks anew. */
  lookups(runId: string): LookupMemory {
    const known = this.#lookups.get(runId) ?? new LookupMemory();
    if (!this.#lookups.has(runId)) this.#lookups.clear();
    this.#lookups.set(runId, known);
    return known;
  }

  /** After fields were created or removed at the destination. */
  forgetFields(): void {
    this.#fields.clear();
  }

  /** Adds the calls made since the last flush to the run's counts. */
  async flushCalls(runId: string): Promise<void> {
    const calls = [...this.#calls.values()];
    if (calls.length === 0) return;
    this.#calls = new Map();
    await this.#dependencies.store.countCalls({ runId, calls });
  }

  async close(): Promise<void> {
    const open = [...this.#sources.values(), ...this.#destinations.values()];
    this.#sources.clear();
    this.#destinations.clear();
    await Promise.allSettled(open.map(async (connection) => (await connection).close()));
  }

  /** Somebody died while fields were made or removed: his call may still be at work over there, and must meet no other. */
  async #schemaSettled(projectId: string, settleMs: number): Promise<void> {
    if (settleMs === 0) return;
    const sinceMs = await this.#dependencies.store.youngestOpenCallMs({ projectId, mapping: FIELDS_MAPPING });
    if (sinceMs === null || sinceMs >= settleMs) return;
    const waitMs = Math.ceil(settleMs - sinceMs);
    this.#dependencies.log?.('info', `An earlier call that changes fields may still be at work at the destination; waiting ${Math.ceil(waitMs / 1000)} s, until it is certainly over.`);
    await pause(waitMs, undefined, { signal: this.#signal });
  }

  async #prepare(projectId: string, role: Role): Promise<{ connector: Connector; settings: unknown; context: ConnectionContext }> {
    const { store, connectors, log, archiveFolder } = this.#dependencies;
    const stored = await store.loadConnection(projectId, role);
    if (stored === null) {
      const project = await store.projectById(projectId);
      throw new ConfigurationError({
        code: 'not-connected', message: `Project ${project.name} has no ${role} connection.`,
        remedy: `Connect it first: \`portolan connect ${project.name} ${role} --set <name>=<value>\``,
      });
    }
    const connector = connectors.find((candidate) => candidate.platform === stored.platform);
    if (connector === undefined) throw new ConfigurationError({ code: 'unknown-platform', message: `No connector for platform "${stored.platform}".`, remedy: `Known: ${connectors.map((each) => each.platform).join(', ')}.` });
    const settings = parseSettings(connector, { ...stored.settings, ...stored.secrets });
    const context: ConnectionContext = {
      countCall: (endpoint) => this.#count(role, endpoint),
      budget: store.budget({ connection: `${projectId}:${role}`, rates: connector.rates?.(settings) ?? {} }),
      log: log ?? (() => undefined),
      signal: this.#signal,
      ...(archiveFolder === undefined ? {} : { archiveFolder: archiveFolder((await store.projectById(projectId)).name) }),
    };
    return { connector, settings, context };
  }

  #count(connection: Role, endpoint: string): void {
    const key = `${connection}\u0000${endpoint}`;
    const entry = this.#calls.get(key);
    if (entry === undefined) this.#calls.set(key, { connection, endpoint, count: 1 });
    else entry.count += 1;
  }
}

/** Settings as the connector's own schema sees them. @throws ConfigurationError naming each wrong setting. */
function parseSettings(connector: Connector, settings: unknown): unknown {
  const parsed = connector.settingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`);
  throw new ConfigurationError({
    code: 'wrong-setting', message: `${connector.label} connection: ${problems.join('; ')}.`,
    remedy: `Settings: ${connector.settings.map((setting) => `${setting.name}${setting.required ? '' : ' (optional)'}`).join(', ')}.`,
  });
}

function remember<T>(map: Map<string, Promise<T>>, key: string, open: () => Promise<T>): Promise<T> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const opening = open();
  map.set(key, opening);
  // A failed attempt must not be remembered: the next call tries again.
  opening.catch(() => map.delete(key));
  return opening;
}

function wrongRole(label: string, role: Role): ConfigurationError {
  return new ConfigurationError({ code: 'wrong-role', message: `${label} cannot be used as a ${role}.`, remedy: 'Choose a route whose platforms have the wanted roles.' });
}
