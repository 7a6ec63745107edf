import { z } from 'zod';
import { operation, type App } from '../calls.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { ServerParts } from '../parts.ts';
import { refusal } from '../problem.ts';
import type { Retention } from '../retention.ts';
import { doneSchema } from '../schemas/access.ts';
import { addTargetSchema, madeTargetSchema, purgedSchema, purgeSchema, setAdviserSchema, setRetentionSchema, setSmtpSchema, settingsSchema } from '../schemas/settings.ts';
import type { Settings } from '../settings.ts';
import { projectNamed, projectParams } from './projects.ts';

const targetParams = z.strictObject({ id: z.uuid() });

/** What the owner of an installation sets: retention, mail, who is told, language model; and what is deleted for good. */
export function settingsApi(app: App, parts: ServerParts, { settings, notifier, retention }: Readonly<{ settings: Settings; notifier: Notifier; retention: Retention }>): void {
  const audit = (actor: string, action: string, details: Readonly<Record<string, string | number | boolean | null>>): Promise<void> => parts.store.audit({ projectId: null, actor, action, details });

  operation(app, { method: 'get', path: '/api/settings', tag: 'settings', summary: 'Settings of the installation; secrets are never given back', needs: 'administer', answer: settingsSchema }, async () => {
    const [days, due, smtp, adviser, targets] = await Promise.all([settings.retentionDays(), retention.due(), settings.mailServer(), settings.adviser(), notifier.targets()]);
    return {
      retention: { days, due: due.map(({ project, at }) => ({ project: project.name, at })) },
      smtp: smtp === null ? null : { host: smtp.host, port: smtp.port, security: smtp.security, user: smtp.user, from: smtp.from, passwordKept: smtp.password !== null },
      adviser: adviser === null ? null : { kind: adviser.kind, model: adviser.model, url: adviser.url, keyKept: adviser.apiKey !== null },
      targets: targets.map(({ id, kind, address, events, madeBy, madeAt, latest }) => ({
        id, kind, address, events: [...events], madeBy, madeAt,
        latest: latest.map((one) => ({ event: one.event, subject: one.subject, state: one.state, attempts: one.attempts, error: one.error, madeAt: one.madeAt, sentAt: one.sentAt })),
      })),
    };
  });

  operation(app, { method: 'put', path: '/api/settings/retention', tag: 'settings', summary: 'After how many days without a run a project is deleted by itself', needs: 'administer', body: setRetentionSchema, answer: doneSchema }, async ({ body, actor }) => {
    await settings.setRetentionDays(body.days, actor);
    await audit(actor, 'retention-set', { days: body.days });
    return { done: true };
  });

  operation(app, { method: 'put', path: '/api/settings/smtp', tag: 'settings', summary: 'The mail server that messages leave through', needs: 'administer', body: setSmtpSchema, answer: doneSchema }, async ({ body, actor }) => {
    const { password, ...server } = body;
    await settings.setMailServer({ server, password: password === '' ? null : password, by: actor });
    await audit(actor, 'mail-server-set', { host: server.host, port: server.port, security: server.security, from: server.from });
    return { done: true };
  });

  operation(app, { method: 'put', path: '/api/settings/adviser', tag: 'settings', summary: 'The language model that is asked about unsure fields when a plan is proposed', needs: 'administer', body: setAdviserSchema, answer: doneSchema }, async ({ body, actor }) => {
    const { apiKey, ...adviser } = body;
    if (adviser.kind === 'openai-compatible' && adviser.url === null) throw refusal(422, 'no-model-address', 'The language model has no address.', 'Give the base address of its API.', { url: 'give the base address of its API' });
    if (adviser.kind === 'anthropic' && (apiKey === '' || (apiKey === undefined && ((await settings.adviser())?.apiKey ?? null) === null))) throw refusal(422, 'no-adviser-key', 'There is no key for the language model.', 'Type its key.', { apiKey: 'this is needed' });
    await settings.setAdviser({ adviser, apiKey: apiKey === '' ? null : apiKey, by: actor });
    await audit(actor, 'adviser-set', { kind: adviser.kind, model: adviser.model, url: adviser.url });
    return { done: true };
  });

  for (const name of ['smtp', 'adviser'] as const) {
    operation(app, { method: 'delete', path: `/api/settings/${name}`, tag: 'settings', summary: name === 'smtp' ? 'Send no mail' : 'Ask no language model', needs: 'administer', answer: doneSchema }, async ({ actor }) => {
      if (await settings.remove(name)) await audit(actor, `${name}-removed`, {});
      return { done: true };
    });
  }

  operation(app, { method: 'post', path: '/api/settings/targets', tag: 'settings', summary: 'Tell somebody what happens to runs, by webhook or e-mail', needs: 'administer', body: addTargetSchema, answer: madeTargetSchema }, async ({ body, actor }) => {
    const key = await notifier.addTarget({ ...body, by: actor });
    await audit(actor, 'notification-target-made', { kind: body.kind, address: body.address, events: body.events.join(', ') });
    return { key };
  });

  operation(app, { method: 'delete', path: '/api/settings/targets/{id}', tag: 'settings', summary: 'Tell somebody no more', needs: 'administer', params: targetParams, answer: doneSchema }, async ({ params, actor }) => {
    if (!await notifier.removeTarget(params.id)) throw refusal(404, 'no-target', 'There is nobody of that name to tell.', 'Load the page again.');
    await audit(actor, 'notification-target-removed', { id: params.id });
    return { done: true };
  });

  operation(app, { method: 'post', path: '/api/settings/targets/{id}/test', tag: 'settings', summary: 'Send a test message now; says what came of it', needs: 'administer', params: targetParams, answer: doneSchema }, async ({ params }) => {
    await notifier.test(params.id);
    return { done: true };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/purge', tag: 'settings', summary: 'Delete everything kept of a project, and prove it; a rollback is impossible afterwards', needs: 'administer', params: projectParams, body: purgeSchema, answer: purgedSchema }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    if (body.confirm.trim() !== project.name) throw refusal(422, 'purge-not-confirmed', `'${body.confirm.trim()}' is not the project's name.`, 'Nothing was deleted.', { confirm: `type ${project.name}` });
    const { deleted, left } = await retention.purge(project, actor);
    return { deleted: { ...deleted }, left: { ...left } };
  });
}
