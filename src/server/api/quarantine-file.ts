import { quarantineCorrections } from '../../reports/quarantine-corrections.ts';
import { operation, type App } from '../calls.ts';
import type { ServerParts } from '../parts.ts';
import { refuseUnfinished, type RunDriver } from '../run-driver.ts';
import { runLine } from '../run-line.ts';
import { quarantineFileAnswerSchema, quarantineFileSchema } from '../schemas/quarantine-file.ts';
import { projectNamed, projectParams } from './projects.ts';

/** The corrected CSV of held-back records, as the command line takes it. */
export function quarantineFileApi(app: App, parts: ServerParts, driver: RunDriver): void {
  operation(app, { method: 'post', path: '/api/projects/{project}/quarantine/file', tag: 'runs', summary: 'Read a corrected CSV of held-back records: look what is in it, or load it again in a new run', needs: 'operate', params: projectParams, body: quarantineFileSchema, answer: quarantineFileAnswerSchema }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    const { corrections, unreadable } = await quarantineCorrections({ store: parts.store, projectId: project.id, text: body.csv, name: `The file '${body.name}'` });
    const answer = { records: corrections.length, corrected: corrections.filter((one) => Object.keys(one.fields).length > 0).length, unreadable: [...unreadable] };
    if (!body.start) return { ...answer, run: null };
    await refuseUnfinished(parts, project);
    const run = await parts.engine.retryQuarantine({ project: project.name, corrections, by: actor });
    driver.drive(project, run, actor);
    return { ...answer, run: runLine(run) };
  });
}
