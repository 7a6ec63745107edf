import { operation, requirePermission, type App } from '../calls.ts';
import type { ServerParts } from '../parts.ts';
import { refuseUnfinished, type RunDriver } from '../run-driver.ts';
import { runLine } from '../run-line.ts';
import { assignedOwnersSchema, assignOwnersSchema, ownersSchema } from '../schemas/owners.ts';
import { peopleOf } from '../suggestions.ts';
import { projectNamed, projectParams } from './projects.ts';

/** Owners of the source: who stands for them, and giving their records to somebody after the load. */
export function ownersApi(app: App, parts: ServerParts, driver: RunDriver): void {
  const { engine, store } = parts;

  operation(app, { method: 'get', path: '/api/projects/{project}/owners', tag: 'plan', summary: 'Owners that the records read in name, with counts and who stands for them', needs: 'look', params: projectParams, answer: ownersSchema }, async ({ params }) => {
    const project = await projectNamed(parts, params.project);
    const lookup = parts.routes.find((route) => route.id === project.route)?.owners;
    const catalog = await store.loadCatalog(project.id, 'destination');
    if (lookup === undefined) return { owners: null, people: [] };
    const rows = await store.latestPlan(project.id) === null ? [] : await engine.owners(project.name);
    return {
      people: catalog === null ? [] : peopleOf(catalog.catalog, lookup).map((one) => ({ ...one })),
      owners: rows.map(({ owner, name, records, currentUser, decision }) => ({ owner, name, records: { ...records }, currentUser, decision })),
    };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/owners', tag: 'plan', summary: 'Give the records of owners to users; only these records are written, and later runs hold to it. Needs the permission `approve` too', needs: 'operate', params: projectParams, body: assignOwnersSchema, answer: assignedOwnersSchema }, async ({ params, body, actor, identity }) => {
    requirePermission(identity, 'approve'); // the answers become part of the confirmed plan
    const project = await projectNamed(parts, params.project);
    await refuseUnfinished(parts, project);
    const lines = body.owners.map((one, index) => ({ line: index + 1, ...one }));
    const { run, assigned, refused, unchanged } = await engine.applyOwners({ project: project.name, lines, by: actor });
    if (run !== null) driver.drive(project, run, actor);
    return { run: run === null ? null : runLine(run), assigned: assigned.length, unchanged, refused: refused.map(({ owner, login, code, message, remedy }) => ({ owner, login, code, message, remedy })) };
  });
}
