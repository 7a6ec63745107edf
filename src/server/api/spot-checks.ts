import { z } from 'zod';
import { operation, type App } from '../calls.ts';
import type { ServerParts } from '../parts.ts';
import { refusal } from '../problem.ts';
import { doneSchema } from '../schemas/access.ts';
import { anyProjectName } from '../schemas/projects.ts';
import { diffsSchema, drawSchema, markSchema, signSchema, spotCheckSchema, spotChecksSchema } from '../schemas/runs.ts';
import { spotCheckStore, type SpotCheck } from '../../store/spot-checks.ts';
import { projectNamed, projectParams } from './projects.ts';
import { runNamed, runParams } from './runs.ts';

const sheetParams = z.strictObject({ project: anyProjectName, sheet: z.uuid() });
/** Records of a field-level diff in one answer: each is read at the destination. */
const diffPage = 100;

/** What was written against what was meant: of a run, and of a sheet that people tick and sign. */
export function spotChecksApi(app: App, parts: ServerParts): void {
  const { store, engine } = parts;
  const sheets = spotCheckStore(parts.people.database);

  operation(app, { method: 'get', path: '/api/projects/{project}/runs/{run}/diff', tag: 'runs', summary: `What a run wrote against what was meant, field by field; reads at the destination, ${diffPage} records an answer`, needs: 'look', params: runParams, query: z.strictObject({ after: z.coerce.number().int().min(0).max(100_000_000).optional().describe('`next` of the answer before.') }), answer: diffsSchema }, async ({ params, query }) => {
    const { project, run } = await runNamed(parts, params);
    const skip = query.after ?? 0;
    const { records, written } = await engine.compareRecords({ project: project.name, runId: run.id, choice: { kind: 'all', limit: diffPage, skip } });
    const next = skip + records.length;
    return documentOf({ records, written, next: records.length === 0 || next >= written ? null : next });
  });

  operation(app, { method: 'get', path: '/api/projects/{project}/spot-checks', tag: 'sign-off', summary: 'Spot-check sheets, newest first', needs: 'look', params: projectParams, answer: spotChecksSchema },
    async ({ params }) => ({ sheets: (await sheets.list((await projectNamed(parts, params.project)).id)).map((sheet) => ({ ...sheet })) }));

  operation(app, { method: 'post', path: '/api/projects/{project}/spot-checks', tag: 'sign-off', summary: 'Draw records by chance and read them at the destination', needs: 'edit', params: projectParams, body: drawSchema, answer: spotCheckSchema }, async ({ params, body, actor }) => {
    const { project } = body.run === null ? { project: await projectNamed(parts, params.project) } : await runNamed(parts, { project: params.project, run: body.run });
    const connection = await store.loadConnection(project.id, 'destination');
    const seed = crypto.randomUUID();
    const { records, written } = await engine.compareRecords({ project: project.name, runId: body.run, choice: { kind: 'random', count: body.records, seed } });
    if (records.length === 0) throw refusal(409, 'nothing-written', `Project '${project.name}' has written nothing that could be checked.`, 'Start a sample or a run first.');
    const id = await sheets.add({ projectId: project.id, runId: body.run, seed, destination: connection === null ? '' : parts.hostOf(connection), written, records, by: actor });
    await store.audit({ projectId: project.id, actor, action: 'spot-check-drawn', details: { sheet: id, records: records.length, run: body.run } });
    return documentOf(await sheetOf(project.id, id));
  });

  operation(app, { method: 'get', path: '/api/projects/{project}/spot-checks/{sheet}', tag: 'sign-off', summary: 'One sheet with its records and what people said of them', needs: 'look', params: sheetParams, answer: spotCheckSchema },
    async ({ params }) => documentOf(await sheetOf((await projectNamed(parts, params.project)).id, params.sheet)));

  operation(app, { method: 'patch', path: '/api/projects/{project}/spot-checks/{sheet}', tag: 'sign-off', summary: 'Tick or cross one record of a sheet, with a comment', needs: 'edit', params: sheetParams, body: markSchema, answer: doneSchema }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    const sheet = await sheetOf(project.id, params.sheet);
    if (!await sheets.mark({ projectId: project.id, id: sheet.id, ...body, by: actor })) throw sheet.verdict === null ? refusal(404, 'no-record', `The sheet has no record ${body.position + 1}.`) : signedAlready(sheet);
    return { done: true };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/spot-checks/{sheet}/signature', tag: 'sign-off', summary: 'Sign a sheet on which every record is ticked or crossed; it cannot be changed afterwards', needs: 'approve', params: sheetParams, body: signSchema, answer: doneSchema }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    const sheet = await sheetOf(project.id, params.sheet);
    if (sheet.verdict !== null) throw signedAlready(sheet);
    if (!await sheets.sign({ projectId: project.id, id: sheet.id, verdict: body.verdict, name: body.name.trim(), remark: body.remark.trim(), by: actor })) throw refusal(409, 'not-all-checked', `${sheet.count - sheet.marked} of ${sheet.count} records ${sheet.count - sheet.marked === 1 ? 'is' : 'are'} neither ticked nor crossed.`, 'Look at each record first.');
    await store.audit({ projectId: project.id, actor, action: 'spot-check-signed', details: { sheet: sheet.id, verdict: body.verdict, name: body.name.trim(), wrong: sheet.wrong } });
    return { done: true };
  });

  async function sheetOf(projectId: string, id: string): Promise<SpotCheck> {
    const sheet = await sheets.get(projectId, id);
    if (sheet === null) throw refusal(404, 'no-sheet', 'There is no such spot-check sheet.', 'Choose one from the list.');
    return sheet;
  }
}

function signedAlready(sheet: SpotCheck): ReturnType<typeof refusal> {
  return refusal(409, 'signed', `The sheet was signed by ${sheet.signedName ?? ''} and stays as it is.`, 'Draw another one.');
}

/** The same as a document whose lists may be written to, as the schemas have them. */
const documentOf = <Value>(value: Value): Mutable<Value> => value as Mutable<Value>;
type Mutable<Value> = Value extends readonly (infer Item)[] ? Mutable<Item>[] : Value extends object ? { -readonly [Name in keyof Value]: Mutable<Value[Name]> } : Value;
