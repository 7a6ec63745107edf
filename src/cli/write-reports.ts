import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ConfigurationError } from '../connector/errors.ts';
import type { RunReport } from '../engine/run-report.ts';
import { quarantineCsv } from '../reports/quarantine-csv.ts';
import type { Project } from '../engine/ports/projects.ts';
import { scopeDocument } from '../reports/documents/scope.ts';
import { documentFiles, reportFiles, sheetFiles, type ReportFile, type ReportSheet } from '../reports/report-files.ts';
import { collectReportData, quarantinePages } from './collect-report-data.ts';
import { projectReports } from './report-folders.ts';
import type { Session } from './session.ts';
import type { CliStore } from './workspace.ts';

/** Where the reports of a run stand. Run ids are the store's own: none leads out of the folder. */
export function reportFolder(session: Session, project: string, runId: string): string {
  return join(projectReports(session.dataFolder, project), basename(runId));
}

/**
 * Writes all files of a run's report, each completely or not at all.
 * @returns the folder and the file names
 */
export async function writeReports(session: Session, report: RunReport, folder = reportFolder(session, report.project, report.run), sheets: readonly ReportSheet[] = []): Promise<Readonly<{ folder: string; files: readonly string[] }>> {
  const data = await collectReportData(session, report);
  const files = await reportFiles(data, sheets);
  try {
    await writeFiles(folder, files);
  } catch (error) {
    throw fileError(folder, error);
  }
  return { folder, files: files.map((file) => file.name) };
}

/** Writes the scope document of the current plan: what a customer signs before a production run. */
export async function writeScope(session: Session, project: Project, folder: string): Promise<readonly string[]> {
  const { engine, store } = await session.workspace();
  const { plan, stored } = await engine.currentPlan(project.name);
  const [source, destination] = await Promise.all([store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
  const document = scopeDocument({ plan, planHash: stored.hash, source: source?.catalog ?? null, destination: destination?.catalog ?? null, rows: session.registry.routes.find(({ id }) => id === project.route)?.rows });
  const files = await documentFiles(document, `Portolan · ${project.name} · plan version ${stored.version}`);
  await writeFiles(folder, files).catch((error: unknown) => { throw fileError(folder, error); });
  return files.map((file) => file.name);
}

/** Writes one sheet into a folder. */
export async function writeSheet(sheet: ReportSheet, about: string, folder: string): Promise<readonly string[]> {
  const files = await sheetFiles(sheet, about);
  await writeFiles(folder, files).catch((error: unknown) => { throw fileError(folder, error); });
  return files.map((file) => file.name);
}

export async function writeFiles(folder: string, files: readonly ReportFile[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const file of files) await whole(join(folder, file.name), (path) => writeFile(path, file.content, { mode: 0o600 }));
}

/** Streams the open quarantine into a file. Two passes: the columns are the fields of all records. */
export async function writeQuarantineCsv(store: Pick<CliStore, 'quarantine'>, params: Readonly<{ projectId: string; code: string | null }>, path: string): Promise<number> {
  let count = 0;
  const lines = async function* (): AsyncGenerator<string> {
    for await (const line of quarantineCsvLines(store, params)) {
      count += 1;
      yield line;
    }
  };
  await pipeline(Readable.from(lines()), createWriteStream(path, { mode: 0o600 }));
  return count - 1; // the header
}

/** Header and lines of the open quarantine. */
export function quarantineCsvLines(store: Pick<CliStore, 'quarantine'>, params: Readonly<{ projectId: string; code: string | null }>): AsyncGenerator<string> {
  return quarantineCsv(() => quarantinePages(store, { ...params, open: true }));
}

/** A file that cannot be written, as an error with a remedy. */
export function fileError(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const remedies: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk is full: free some space and run the command again', EACCES: 'give this user the right to write there, or choose another folder',
    EROFS: 'choose a folder that can be written to', ENOTDIR: 'a file stands where a folder is needed: choose another place', EEXIST: 'a file stands where a folder is needed: choose another place',
    ENOENT: 'the folder does not exist: make it first', EISDIR: 'name a file, not a folder',
  };
  const remedy = code === undefined ? undefined : remedies[code];
  return remedy === undefined ? error : new ConfigurationError({ code: 'cannot-write-file', message: `Cannot write ${path} (${code})`, remedy, cause: error });
}

async function whole(path: string, write: (path: string) => Promise<unknown>): Promise<void> {
  const draft = `${path}.part`;
  try {
    await write(draft);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
