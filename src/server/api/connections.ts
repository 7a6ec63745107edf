import { z } from 'zod';
import type { Connector } from '../../connector/connector.ts';
import type { Catalog } from '../../connector/catalog.ts';
import { sandboxName } from '../../engine/sandbox.ts';
import type { Role, StoredConnection } from '../../engine/ports/projects.ts';
import { operation, type App } from '../calls.ts';
import type { LiveHub } from '../live.ts';
import type { ServerParts } from '../parts.ts';
import { refusal } from '../problem.ts';
import { checksSchema, connectionSchema, discoverySchema, projectName, saveConnectionSchema, type Connection, type Discovery } from '../schemas/projects.ts';
import { refuseUnfinished } from '../run-driver.ts';
import { projectNamed, projectParams } from './projects.ts';

const roleParams = z.strictObject({ project: projectName, role: z.enum(['source', 'destination', 'sandbox']) });
const sides = ['source', 'destination'] as const;

/** Connections, readiness checks, discovery. */
export function connectionsApi(app: App, parts: ServerParts, live: LiveHub): void {
  const { store, engine } = parts;

  operation(app, { method: 'get', path: '/api/projects/{project}/connections/{role}', tag: 'connect', summary: 'What a connection takes and what it has; secrets are never given back', needs: 'look', params: roleParams, answer: connectionSchema }, async ({ params }) => {
    const { connector, stored } = await connectionOf(params.project, params.role);
    return shown(connector, params.role, stored);
  });

  operation(app, { method: 'put', path: '/api/projects/{project}/connections/{role}', tag: 'connect', summary: 'Save a connection', needs: 'operate', params: roleParams, body: saveConnectionSchema, answer: connectionSchema }, async ({ params, body, actor }) => {
    if (params.role === 'sandbox') await makeShadow(params.project);
    const { project, role, connector, stored } = await connectionOf(params.project, params.role);
    await refuseUnfinished(parts, project);
    const known = new Map(connector.settings.map((setting) => [setting.name, setting]));
    const fields: Record<string, string> = {};
    const settings: Record<string, string> = { ...stored?.settings as Record<string, string> | undefined };
    const secrets: Record<string, string> = { ...stored?.secrets };
    for (const [name, value] of Object.entries(body.settings)) {
      if (known.get(name)?.secret !== false) fields[name] = known.has(name) ? 'this is a secret' : 'there is no such setting';
      else if (value.trim() === '') delete settings[name];
      else settings[name] = value.trim();
    }
    for (const [name, value] of Object.entries(body.secrets)) {
      if (known.get(name)?.secret !== true) fields[name] = known.has(name) ? 'this is no secret' : 'there is no such setting';
      else if (value === '') delete secrets[name];
      else secrets[name] = value;
    }
    for (const secret of Object.values(secrets)) parts.keepSecret(secret);
    for (const setting of connector.settings) if (setting.required && settings[setting.name] === undefined && secrets[setting.name] === undefined) fields[setting.name] ??= 'this is needed';
    const read = connector.settingsSchema.safeParse({ ...settings, ...secrets });
    for (const issue of read.success ? [] : read.error.issues) fields[String(issue.path[0] ?? connector.settings[0]?.name ?? '')] ??= parts.redact(issue.message);
    if (Object.keys(fields).length > 0) throw refusal(422, 'wrong-setting', `${connector.label} does not take these settings.`, 'Correct the fields that are marked.', fields);
    await store.saveConnection({ projectId: project.id, role, platform: connector.platform, settings, secrets });
    await store.audit({ projectId: project.id, actor, action: 'connection-saved', details: { role: params.role, platform: connector.platform, settings: Object.keys(settings), secrets: Object.keys(secrets) } });
    return shown(connector, params.role, await store.loadConnection(project.id, role));
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/checks', tag: 'connect', summary: 'Run the readiness checks of the sides that are connected; nothing is changed there', needs: 'edit', params: projectParams, body: z.strictObject({ roles: z.array(z.enum(sides)).min(1) }), answer: checksSchema }, async ({ params, body }) => {
    const project = await projectNamed(parts, params.project);
    const checks: z.input<typeof checksSchema>['checks'] = [];
    // One by one: a side that does not answer must not hide what the other says.
    for (const role of await connected(project.id, body.roles)) {
      try {
        const results = await engine.check({ project: project.name, roles: [role] });
        for (const { name, title, result, message, remedy } of results[role] ?? []) checks.push({ role, name, title, result, message: parts.redact(message), remedy: remedy === null ? null : parts.redact(remedy) });
      } catch (error) {
        const { message, remedy } = error as { readonly message: string; readonly remedy?: string | null };
        checks.push({ role, name: 'reachable', title: 'The connection answers', result: 'failed', message: parts.redact(message), remedy: (remedy ?? null) === null ? 'Correct the connection and check again.' : parts.redact(remedy ?? '') });
      }
    }
    return { checks };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/discovery', tag: 'connect', summary: 'Read what both sides hold; takes as long as reading takes', needs: 'operate', params: projectParams, body: z.strictObject({ roles: z.array(z.enum(sides)).min(1) }), answer: discoverySchema }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    const roles = await connected(project.id, body.roles);
    let said = 0;
    await engine.discover({ project: project.name, roles, onProgress: ({ role, subject, done }) => {
      if (performance.now() - said < 250) return;
      said = performance.now();
      live.say(project.name, { event: 'discovery', data: { role, subject, done } });
    } });
    await store.audit({ projectId: project.id, actor, action: 'discovered', details: { roles } });
    return discovered(project.id);
  });

  operation(app, { method: 'get', path: '/api/projects/{project}/discovery', tag: 'connect', summary: 'What was found on both sides', needs: 'look', params: projectParams, answer: discoverySchema },
    async ({ params }) => discovered((await projectNamed(parts, params.project)).id));

  /** `sandbox` is the destination of the shadow project, which is there once a sandbox was connected. */
  async function connectionOf(name: string, asked: Role | 'sandbox') {
    const owner = await projectNamed(parts, name);
    const role: Role = asked === 'sandbox' ? 'destination' : asked;
    const project = asked === 'sandbox' ? await store.findProject(sandboxName(name)) ?? owner : owner;
    const platform = parts.routes.find((route) => route.id === owner.route)?.[role];
    const connector = parts.connectors.find((candidate) => candidate.platform === platform);
    if (connector === undefined) throw refusal(404, 'no-connector', `This installation has no connector for the ${role} of '${name}'.`, 'Use the version of Portolan that the project was made with, or newer.');
    const stored = asked === 'sandbox' && project === owner ? null : await store.loadConnection(project.id, role);
    return { project, role, connector, stored: stored?.platform === platform ? stored : null };
  }

  async function makeShadow(name: string): Promise<void> {
    const owner = await projectNamed(parts, name);
    if ((await store.findProject(sandboxName(name))) === null) await store.createProject({ name: sandboxName(name), route: owner.route });
  }

  async function connected(projectId: string, asked: readonly Role[]): Promise<readonly Role[]> {
    const found: Role[] = [];
    for (const role of asked) {
      const connection = await store.loadConnection(projectId, role);
      if (connection === null) continue;
      for (const secret of Object.values(connection.secrets)) parts.keepSecret(secret);
      found.push(role);
    }
    if (found.length === 0) throw refusal(409, 'not-connected', `The ${asked.join(' and the ')} ${asked.length === 1 ? 'is' : 'are'} not connected yet.`, 'Fill in the connection and save it.');
    return found;
  }

  const labelOf = (platform: string): string => parts.connectors.find((connector) => connector.platform === platform)?.label ?? platform;

  async function discovered(projectId: string): Promise<Discovery> {
    const found: Discovery['sides'] = [];
    for (const role of sides) {
      const stored = await store.loadCatalog(projectId, role);
      if (stored !== null) found.push(sideOf(role, labelOf(stored.catalog.platform), stored.catalog, stored.discoveredAt));
    }
    return { sides: found };
  }
}

function shown(connector: Connector, role: Role | 'sandbox', stored: StoredConnection | null): Connection {
  return {
    role, platform: connector.platform, label: connector.label, saved: stored !== null,
    settings: connector.settings.map((setting) => ({
      name: setting.name, label: setting.label, secret: setting.secret, required: setting.required, help: setting.help, example: setting.example ?? null,
      isFile: setting.isFolder !== true && (setting.isPath ?? /^(path|file|folder|.*(Path|File|Folder))$/.test(setting.name)),
      value: setting.secret || stored?.settings[setting.name] === undefined ? null : String(stored.settings[setting.name]),
      kept: setting.secret && stored?.secrets[setting.name] !== undefined,
    })),
  };
}

function sideOf(role: Role, platformLabel: string, catalog: Catalog, discoveredAt: string): Discovery['sides'][number] {
  return {
    role, platform: catalog.platform, label: platformLabel, version: catalog.version, edition: catalog.edition, discoveredAt,
    limits: catalog.limits.map((limit) => ({ ...limit })), notes: catalog.notes.map(({ subject, level, message }) => ({ subject, level, message })),
    questions: catalog.questions.map(({ id, question }) => ({ id, question })),
    objects: catalog.objects.map((object) => ({
      name: object.name, label: object.label, count: object.count,
      fields: object.fields.map(({ name, label, type, required, custom, profile }) => ({
        name, label, type, required, custom, filled: profile?.filled ?? null, distinct: profile?.distinct ?? null, samples: [...profile?.samples ?? []],
        values: (profile?.values ?? []).toSorted((left, right) => right.count - left.count).slice(0, 8).map((one) => ({ ...one })),
      })),
    })),
  };
}
