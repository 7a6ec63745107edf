import { operation, type App } from '../calls.ts';
import type { Demos } from '../demos.ts';
import type { ServerParts } from '../parts.ts';
import { refuseUnfinished } from '../run-driver.ts';
import { doneSchema } from '../schemas/access.ts';
import { demosSchema, makeDemoSchema, projectSchema } from '../schemas/projects.ts';
import { projectInfo, projectNamed, projectParams } from './projects.ts';

/** Projects to try things with: both sides are simulators of this installation. */
export function demosApi(app: App, parts: ServerParts, demos: Demos): void {
  operation(app, { method: 'get', path: '/api/demos', tag: 'projects', summary: 'Routes of which a demo project can be made', needs: 'look', answer: demosSchema },
    async () => ({ routes: parts.routes.filter(({ id }) => demos.routes.includes(id)).map(({ id, label }) => ({ id, label })) }));

  operation(app, { method: 'post', path: '/api/demos', tag: 'projects', summary: 'Make a demo project: starts simulators of both sides on this machine and connects them', needs: 'operate', body: makeDemoSchema, answer: projectSchema },
    async ({ body, actor }) => projectInfo(parts, await demos.make(body.route, actor)));

  operation(app, { method: 'post', path: '/api/projects/{project}/demo/later', tag: 'projects', summary: 'Of a demo: let some days pass at the made-up source, for a delta to find', needs: 'operate', params: projectParams, answer: doneSchema }, async ({ params, actor }) => {
    const project = await projectNamed(parts, params.project);
    await refuseUnfinished(parts, project);
    await demos.later(project, actor);
    return { done: true };
  });
}
