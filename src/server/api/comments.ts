import { z } from 'zod';
import { operation, type App } from '../calls.ts';
import { lineNames } from '../line-names.ts';
import type { ServerParts } from '../parts.ts';
import { refusal } from '../problem.ts';
import { doneSchema } from '../schemas/access.ts';
import { commentSchema, commentsSchema, newCommentSchema } from '../schemas/lines.ts';
import { projectName } from '../schemas/projects.ts';
import { projectNamed, projectParams } from './projects.ts';

/** What people remark about lines of the plan. A remark changes no plan, so that a confirmed one stays confirmed. */
export function commentsApi(app: App, parts: ServerParts): void {
  const { engine, store, people } = parts;

  operation(app, { method: 'get', path: '/api/projects/{project}/plan/comments', tag: 'plan', summary: 'Remarks about lines of the plan', needs: 'look', params: projectParams, answer: commentsSchema }, async ({ params, actor }) => {
    const project = await projectNamed(parts, params.project);
    const [comments, stored] = await Promise.all([people.comments.list(project.id), store.latestPlan(project.id)]);
    if (comments.length === 0 || stored === null) return { comments: [] };
    const keys = new Map([...lineNames((await engine.currentPlan(project.name)).plan)].map(([key, name]) => [name, key]));
    return { comments: comments.map(({ line, ...comment }) => ({ ...comment, key: keys.get(line) ?? null, mine: comment.author === actor })) };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/plan/comments', tag: 'plan', summary: 'Remark something about a line', needs: 'edit', params: projectParams, body: newCommentSchema, answer: commentSchema }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    const line = lineNames((await engine.currentPlan(project.name)).plan).get(body.key);
    if (line === undefined) throw refusal(404, 'no-line', `The plan has no line '${body.key}'.`, 'Load the page again.');
    const { line: _, ...comment } = await people.comments.add({ projectId: project.id, line, author: actor, text: body.text });
    return { ...comment, key: body.key, mine: true };
  });

  operation(app, { method: 'delete', path: '/api/projects/{project}/plan/comments/{id}', tag: 'plan', summary: 'Take a remark away: one\'s own, or as owner anybody\'s', needs: 'edit', params: z.strictObject({ project: projectName, id: z.uuid() }), answer: doneSchema }, async ({ params, actor, identity }) => {
    const project = await projectNamed(parts, params.project);
    if (!(await people.comments.remove({ projectId: project.id, id: params.id, author: identity?.role === 'owner' ? null : actor }))) throw refusal(404, 'no-comment', 'There is no such remark of yours.', 'Load the page again.');
    return { done: true };
  });
}
