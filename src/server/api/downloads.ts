import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from 'hono';
import { ZipFile } from 'yazl';
import { requirePermission, type App, type Env } from '../calls.ts';
import type { ReportFile } from '../../reports/report-files.ts';
import type { ServerParts } from '../parts.ts';
import { refusal } from '../problem.ts';
import { uploadsOf } from '../uploads.ts';
import { projectNamed } from './projects.ts';

/** Largest export that may be uploaded, in bytes; larger ones are put on the server's disk and named by their path. */
const largestUpload = 20 * 1024 ** 3;

/** What is no JSON: documents to download, an export to upload. */
export function downloadsApi(app: App, parts: ServerParts): void {
  app.get('/api/projects/:project/handoff.zip', async (context) => {
    requirePermission(context.get('identity'), 'look');
    const project = await projectNamed(parts, context.req.param('project'));
    return zipAnswer(context, `${project.name}-handoff.zip`, await parts.handoffFiles(project.name));
  });

  app.get('/api/projects/:project/runs/:run/report.zip', async (context) => {
    requirePermission(context.get('identity'), 'look');
    const project = await projectNamed(parts, context.req.param('project'));
    const run = /^[0-9a-f-]{36}$/.test(context.req.param('run')) ? await parts.store.run(context.req.param('run')) : null;
    if (run === null || run.projectId !== project.id) throw refusal(404, 'no-run', `Project '${project.name}' has no such run.`, 'Choose one from the list of runs.');
    return zipAnswer(context, `${project.name}-${run.mode}-${run.id.slice(0, 8)}.zip`, await parts.reportFiles(await parts.engine.report(run.id)));
  });

  app.get('/api/projects/:project/quarantine.csv', async (context) => {
    requirePermission(context.get('identity'), 'look');
    const project = await projectNamed(parts, context.req.param('project'));
    return fileAnswer(context, `${project.name}-quarantine.csv`, 'text/csv; charset=utf-8', Readable.from(parts.quarantineCsv(project.id)));
  });

  // The body is the file itself, so that it streams to the disk and is never held whole.
  app.put('/api/projects/:project/uploads/:name', async (context) => {
    requirePermission(context.get('identity'), 'operate');
    const project = await projectNamed(parts, context.req.param('project'));
    const name = context.req.param('name');
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
    await parts.store.audit({ projectId: project.id, actor: context.get('identity')?.actor ?? '', action: 'file-uploaded', details: { name, bytes } });
    return context.json({ path, bytes });
  });
}

function zipAnswer(context: Context<Env>, name: string, files: readonly ReportFile[]): Response {
  const zip = new ZipFile();
  for (const file of files) zip.addBuffer(Buffer.from(file.content), file.name);
  zip.end();
  return fileAnswer(context, name, 'application/zip', zip.outputStream as Readable);
}

function fileAnswer(context: Context<Env>, name: string, type: string, stream: Readable): Response {
  return context.body(Readable.toWeb(stream) as ReadableStream, 200, { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' });
}
