import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from 'hono';
import { z } from 'zod';
import type { App, Env } from '../calls.ts';
import type { ReportFile } from '../../reports/report-files.ts';
import type { ServerParts } from '../parts.ts';
import { refusal } from '../problem.ts';
import { anyProjectName } from '../schemas/projects.ts';
import { uploadedSchema, type Uploaded } from '../schemas/uploads.ts';
import { streamOperation } from '../stream-calls.ts';
import { uploadsOf } from '../uploads.ts';
import { zipOf } from '../zip-of.ts';
import { projectNamed, projectParams } from './projects.ts';
import { runNamed, runParams } from './runs.ts';

/** Largest export that may be uploaded, in bytes; larger ones are put on the server's disk and named by their path. */
const largestUpload = 20 * 1024 ** 3;

/** The name is judged by its own sentence below. */
const uploadParams = z.strictObject({ project: anyProjectName, name: z.string() });
const zip = (description: string) => ({ 200: { type: 'application/zip', description } });

/** What is no JSON: documents to download, an export to upload. */
export function downloadsApi(app: App, parts: ServerParts): void {
  streamOperation(app, { method: 'get', path: '/api/projects/{project}/handoff.zip', tag: 'sign-off', summary: 'The hand-off pack', needs: 'look', params: projectParams, answers: zip('The pack as files.') }, async ({ params, context }) => {
    const project = await projectNamed(parts, params.project);
    return zipAnswer(context, `${project.name}-handoff.zip`, await parts.handoffFiles(project.name));
  });

  streamOperation(app, { method: 'get', path: '/api/projects/{project}/runs/{run}/report.zip', tag: 'runs', summary: 'The report of a run', needs: 'look', params: runParams, answers: zip('The report as files.') }, async ({ params, context }) => {
    const { project, run } = await runNamed(parts, params);
    return zipAnswer(context, `${project.name}-${run.mode}-${run.id.slice(0, 8)}.zip`, await parts.reportFiles(await parts.engine.report(run.id)));
  });

  streamOperation(app, {
    method: 'get', path: '/api/projects/{project}/quarantine.csv', tag: 'runs', summary: 'Records held back, to correct in a spreadsheet', needs: 'look', params: projectParams, answers: { 200: { type: 'text/csv', description: 'One line per record, UTF-8.' } },
  }, async ({ params, context }) => {
    const project = await projectNamed(parts, params.project);
    return fileAnswer(context, `${project.name}-quarantine.csv`, 'text/csv; charset=utf-8', Readable.from(parts.quarantineCsv(project.id)));
  });

  // The body is the file itself, so that it streams to the disk and is never held whole.
  streamOperation(app, {
    method: 'put', path: '/api/projects/{project}/uploads/{name}', tag: 'connect', summary: 'Upload an export; the answer has the path that a connection takes', needs: 'operate', params: uploadParams,
    body: { type: 'application/octet-stream', description: 'The file itself, at most 20 GB.' }, answers: { 200: { type: 'application/json', description: 'It is kept.', schema: uploadedSchema } },
  }, async ({ params, actor, context }) => {
    const project = await projectNamed(parts, params.project);
    const { name } = params;
    if (!/^[\p{L}\p{N}][\p{L}\p{N} ._()-]{0,150}$/u.test(name) || name.endsWith('.part')) throw refusal(422, 'wrong-file-name', 'The file name has characters that are not taken.', 'Rename the file: letters, digits, blanks, dots and dashes.');
    const { body } = context.req.raw;
    if (body === null) throw refusal(422, 'no-file', 'There is no file in the request.', 'Choose a file.');
    const folder = uploadsOf(parts.dataFolder, project.id);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, name);
    let bytes = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        done(bytes > largestUpload ? refusal(413, 'file-too-large', 'The file is larger than 20 GB.', 'Put it on the server\'s disk and give its path.') : null, chunk);
      },
    });
    try {
      await pipeline(Readable.fromWeb(body), counted, createWriteStream(`${path}.part`, { mode: 0o600 }));
      await rename(`${path}.part`, path);
    } catch (error) {
      await rm(`${path}.part`, { force: true });
      throw error;
    }
    await parts.store.audit({ projectId: project.id, actor, action: 'file-uploaded', details: { name, bytes } });
    return context.json({ path, bytes } satisfies Uploaded);
  });
}

function zipAnswer(context: Context<Env>, name: string, files: readonly ReportFile[]): Response {
  return fileAnswer(context, name, 'application/zip', zipOf(files));
}

function fileAnswer(context: Context<Env>, name: string, type: string, stream: Readable): Response {
  return context.body(Readable.toWeb(stream) as ReadableStream, 200, { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' });
}
