import { OpenAPIHono } from '@hono/zod-openapi';
import { getConnInfo } from '@hono/node-server/conninfo';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import type { Context } from 'hono';
import type { Accounts } from './accounts.ts';
import { accessApi } from './api/access.ts';
import { commentsApi } from './api/comments.ts';
import { connectionsApi } from './api/connections.ts';
import { cutOverApi } from './api/cut-over.ts';
import { demosApi } from './api/demos.ts';
import { downloadsApi } from './api/downloads.ts';
import { liveApi } from './api/live.ts';
import { linesApi } from './api/lines.ts';
import { ownersApi } from './api/owners.ts';
import { planApi } from './api/plan.ts';
import { projectsApi } from './api/projects.ts';
import { rollbackApi } from './api/rollback.ts';
import { runFiguresApi } from './api/run-figures.ts';
import { quarantineFileApi } from './api/quarantine-file.ts';
import { runsApi } from './api/runs.ts';
import { settingsApi } from './api/settings.ts';
import { documentApi, healthApi, metricsApi } from './api/standing.ts';
import { spotChecksApi } from './api/spot-checks.ts';
import { contentSecurityPolicy, openAssets } from './assets.ts';
import type { App, Env } from './calls.ts';
import type { DeltaScheduler } from './delta-scheduler.ts';
import type { Demos } from './demos.ts';
import { identify, requireCsrf, requireOwnOrigin } from './identity.ts';
import type { LiveHub } from './live.ts';
import type { Metrics } from './metrics.ts';
import type { Notifier } from './notify/notifier.ts';
import type { ServerParts } from './parts.ts';
import type { Retention } from './retention.ts';
import type { Settings } from './settings.ts';
import { planTurns } from './plan-turns.ts';
import { answerTo, refusal } from './problem.ts';
import type { RunDriver } from './run-driver.ts';
import { RunReports } from './run-reports.ts';

export interface AppParams {
  readonly parts: ServerParts;
  readonly accounts: Accounts;
  readonly live: LiveHub;
  readonly driver: RunDriver;
  readonly demos: Demos;
  readonly scheduler: DeltaScheduler;
  readonly settings: Settings;
  readonly notifier: Notifier;
  readonly retention: Retention;
  readonly metrics: Metrics;
  readonly firstRunCode: string;
  /** Addresses under which people reach it; the first is the one to print. */
  readonly origins: readonly string[];
  /** A proxy stands in front: it says who calls. */
  readonly behindProxy: boolean;
}

/** JSON bodies at most; uploads have a limit of their own. Bytes. */
const largestBody = 32 * 1024 ** 2;

/** The whole HTTP side of Portolan: API, its document, console, health and metrics. */
export function createApp(params: AppParams): App {
  const { parts, accounts, metrics } = params;
  const app: App = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return;
      const fields: Record<string, string> = Object.fromEntries(result.error.issues.map((issue) => [issue.path.join('.') || 'body', issue.message]).toReversed());
      throw refusal(422, 'wrong-input', `Not as expected: ${Object.entries(fields).map(([name, message]) => `${name}: ${message}`).join('; ')}.`, 'Correct the fields that are marked.', fields);
    },
  });
  const reports = new RunReports(parts.engine);
  const origins = new Set(params.origins.map((origin) => origin.toLowerCase()));
  const hosts = new Set([...origins].map((origin) => new URL(origin).host));

  app.use(async (context, next) => {
    const started = performance.now();
    await next();
    for (const [name, value] of Object.entries(securityHeaders)) context.header(name, value);
    if (!context.res.headers.has('content-security-policy')) context.header('content-security-policy', contentSecurityPolicy(null));
    if (params.origins[0]?.startsWith('https:') === true) context.header('strict-transport-security', 'max-age=31536000');
    if (context.req.path.startsWith('/api/') && !context.res.headers.has('cache-control')) context.header('cache-control', 'no-store');
    metrics.counted({ method: context.req.method, status: context.res.status, seconds: (performance.now() - started) / 1000 });
  });
  app.onError((error, context) => {
    const { status, problem, known } = answerTo(error, parts.redact);
    if (!known) parts.log('warning', `${context.req.method} ${context.req.path}: ${parts.redact(error.stack ?? String(error))}`);
    return context.json(problem, status);
  });
  healthApi(app, parts);
  app.use(async (context, next) => {
    requireOwnOrigin(context, origins, hosts);
    await next();
  });
  app.use('/api/*', compress({ threshold: 2048 }));
  app.use('/api/*', async (context, next) => {
    const upload = /\/uploads\//.test(context.req.path);
    if (upload) return next();
    return bodyLimit({ maxSize: largestBody, onError: () => { throw refusal(413, 'too-large', 'The request is larger than 32 MB.'); } })(context, next);
  });
  const who = (headers: Headers): ReturnType<typeof identify> => identify(headers, { accounts, people: parts.people, secret: parts.secret });
  const whoCalls = async (context: Context<Env>, next: () => Promise<void>): Promise<void> => {
    const { identity, cookies } = await who(context.req.raw.headers);
    requireCsrf(context, identity);
    context.set('identity', identity);
    for (const cookie of cookies) context.header('set-cookie', cookie, { append: true });
    await next();
  };
  app.use('/api/*', whoCalls);
  app.use('/metrics', whoCalls);
  metricsApi(app, metrics);

  accessApi(app, parts, { accounts, firstRunCode: params.firstRunCode, clientOf: (context) => clientOf(context as Context, params.behindProxy) });
  projectsApi(app, parts);
  demosApi(app, parts, params.demos);
  connectionsApi(app, parts, params.live);
  const turns = planTurns(parts.engine);
  planApi(app, parts, turns, () => params.settings.openAdviser());
  linesApi(app, parts, turns);
  commentsApi(app, parts);
  ownersApi(app, parts, params.driver);
  runsApi(app, parts, params.live, params.driver, reports);
  runFiguresApi(app, parts, reports);
  rollbackApi(app, parts);
  spotChecksApi(app, parts);
  cutOverApi(app, parts, params.scheduler);
  settingsApi(app, parts, params);
  quarantineFileApi(app, parts, params.driver);
  downloadsApi(app, parts);
  liveApi(app, parts, params.live, async (headers) => (await who(headers)).identity);

  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer', description: 'An API token, made in the console under People and tokens.' });
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: 'portolan.session_token', description: 'The session of a signed-in person; whatever changes something carries the header x-portolan-csrf as well.' });
  documentApi(app, parts.version);
  const assets = parts.assets === null ? null : openAssets(parts.assets);
  app.get('*', (context) => {
    if (assets === null) throw refusal(404, 'not-found', 'The console is not built here; the API is.', 'Run npm start, which builds it.');
    return assets(context);
  });
  return app;
}

const securityHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

/** Address of the caller. Behind a proxy the last entry of x-forwarded-for is the one that the proxy itself wrote. */
function clientOf(context: Context, behindProxy: boolean): string {
  const forwarded = behindProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded ?? getConnInfo(context).remote.address ?? 'unknown';
}
