import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { ConfigurationError } from '../connector/errors.ts';
import { openAccounts } from './accounts.ts';
import { createApp } from './app.ts';
import { DeltaScheduler } from './delta-scheduler.ts';
import { Demos } from './demos.ts';
import { IdleMemory } from './idle-memory.ts';
import { LiveHub } from './live.ts';
import { openMetrics } from './metrics.ts';
import type { ServerOptions, ServerParts } from './parts.ts';
import { Notifier } from './notify/notifier.ts';
import { Retention } from './retention.ts';
import { RunDriver } from './run-driver.ts';
import { Settings } from './settings.ts';

export interface RunningServer {
  /** The address to open in a browser. */
  readonly url: string;
  /** Asked for when the owner's account is made; printed by whoever started the server, and nowhere else. */
  readonly firstRunCode: string;
  /** Stops listening, and lets runs come to rest: they go on with the next start. */
  close(): Promise<void>;
}

/**
 * Starts the server and goes on with the runs that it drove when it stopped.
 * @throws ConfigurationError 'cannot-listen' when the port is taken or the address is not this machine's
 */
export async function startServer(parts: ServerParts, options: ServerOptions): Promise<RunningServer> {
  const live = new LiveHub(parts.store, (id) => new Map(parts.routes.find((route) => route.id === id)?.phases.map((phase) => [phase.name, phase.label])));
  const driver = new RunDriver(parts, live);
  const demos = new Demos(parts);
  const scheduler = new DeltaScheduler(parts, driver);
  driver.onRest((project, run) => scheduler.rested(project, run));
  const metrics = openMetrics({ drivenRuns: () => driver.running, liveStreams: () => live.streams });
  // Requests that come before the port is known are asked to come again.
  let answer = (_request: Request, _env: HttpBindings): Response | Promise<Response> => new Response(null, { status: 503, headers: { 'retry-after': '1' } });
  const server = createAdaptorServer({ fetch: (request, env) => answer(request, env as HttpBindings) });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(options, error)));
    server.listen(options.port, options.host, resolve);
  });
  try {
    return await serve();
  } catch (error) {
    // The port does not outlive a start that failed.
    await new Promise<void>((resolve) => { server.close(() => resolve()); if ('closeAllConnections' in server) server.closeAllConnections(); });
    throw error;
  }

  async function serve(): Promise<RunningServer> {
    const { port } = server.address() as AddressInfo;
    const origins = originsOf(options, port);
    const url = origins[0] ?? '';
    const firstRunCode = randomBytes(9).toString('base64url');
    const settings = new Settings(parts);
    const notifier = new Notifier(parts, settings, url);
    driver.onRest((project, run) => notifier.rested(project, run));
    const retention = new Retention(parts, settings, demos, scheduler);
    const accounts = openAccounts({ people: parts.people, secret: parts.secret, url });
    const app = createApp({ parts, accounts, live, driver, demos, scheduler, settings, notifier, retention, metrics, firstRunCode, origins, behindProxy: options.publicUrl !== null });
    const idle = new IdleMemory(() => driver.running > 0);
    driver.onRest(async () => idle.touched());
    answer = (request, env) => {
      idle.touched();
      return app.fetch(request, env);
    };
    const close = async (): Promise<void> => {
      const closed = new Promise<void>((resolve) => { server.close(() => resolve()); });
      idle.close();
      live.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await retention.close();
      await scheduler.close();
      await driver.close();
      await notifier.close();
      await demos.close();
      await closed;
    };
    try {
      await demos.resumeAll();
      await driver.resumeAll();
      await scheduler.resumeAll();
      notifier.start();
      retention.start();
    } catch (error) {
      await close().catch(() => undefined); // nor do simulators and runs
      throw error;
    }
    return { url, firstRunCode, close };
  }
}

/** The addresses that lead here. A name other than these is refused: it could be a foreign page's that points to this machine. */
function originsOf(options: ServerOptions, port: number): readonly string[] {
  const listened = options.host === '0.0.0.0' || options.host === '::' ? [] : [`http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`];
  const local = [`http://127.0.0.1:${port}`, `http://localhost:${port}`, `http://[::1]:${port}`];
  return [...new Set([...(options.publicUrl === null ? [] : [new URL(options.publicUrl).origin]), ...listened, ...local])];
}

function cannotListen(options: ServerOptions, error: NodeJS.ErrnoException): ConfigurationError {
  const remedies: Readonly<Record<string, string>> = { EADDRINUSE: 'give another one with --port, or stop what uses it (perhaps another portolan serve)', EACCES: 'use a port above 1023', EADDRNOTAVAIL: 'give an address of this machine with --host' };
  return new ConfigurationError({ code: 'cannot-listen', message: `Cannot listen on ${options.host}, port ${options.port} (${error.code ?? error.message})`, remedy: remedies[error.code ?? ''] ?? 'give another --host or --port', cause: error });
}
