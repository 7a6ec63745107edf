import { InvalidArgumentError } from 'commander';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../../package.json' with { type: 'json' };
import { sandboxName } from '../../engine/sandbox.ts';
import { handoffFiles } from '../../reports/handoff-files.ts';
import { reportFiles } from '../../reports/report-files.ts';
import { cutOverStages } from '../../reports/documents/cut-over-stages.ts';
import type { ServerParts } from '../../server/parts.ts';
import { uploadsOf } from '../../server/uploads.ts';
import { collectCutOver, collectHandoff } from '../collect-handoff.ts';
import { collectReportData } from '../collect-report-data.ts';
import { examples, type RegisterCommand } from '../command-host.ts';
import { SPOT_CHECK_RECORDS, sheetsOfRun } from '../compared-sheets.ts';
import { demoHost } from '../demo/demo-host.ts';
import { hostOf } from '../destination-host.ts';
import { gateObjections } from '../gate-objections.ts';
import { projectOf, say, type Session } from '../session.ts';
import { projectReports } from '../report-folders.ts';
import { quarantineCsvLines, reportFolder, writeReports } from '../write-reports.ts';

const defaultPort = 4600;
const builtConsole = fileURLToPath(new URL('../../../console/dist', import.meta.url));

interface ServeOptions { readonly host: string; readonly port: number; readonly publicUrl?: string }

export const serveCommand: RegisterCommand = (program, host) => {
  program.command('serve').description('open the web console and the HTTP API; runs started there go on when the browser is closed')
    .option('--host <address>', 'address to listen on; others than 127.0.0.1 let other machines in', '127.0.0.1')
    .option('--port <n>', 'port; 0 takes any free one', portNumber, defaultPort)
    .option('--public-url <url>', 'address that people type, where a proxy stands in front: https://portolan.example.com', publicUrl)
    .addHelpText('after', `\nThe first time it prints a code, with which the owner's account is made in the browser.\n${examples('serve', 'serve --port 8080', 'serve --public-url https://portolan.example.com')}`)
    .action(host.action(async (session, command) => {
      const options = command.opts<ServeOptions>();
      const parts = await serverParts(session);
      const { startServer } = await import('../../server/server.ts');
      const server = await startServer(parts, { host: options.host, port: options.port, publicUrl: options.publicUrl ?? null });
      const stopped = new Promise<void>((resolve) => {
        const stopListening = session.io.onInterrupt(() => {
          stopListening();
          say(session, 'stopping; runs under way go on with the next start');
          resolve();
        });
      });
      const firstRun = (await parts.people.countUsers()) === 0;
      session.io.out(session.json ? `${JSON.stringify({ url: server.url, ...(firstRun ? { firstRunCode: server.firstRunCode } : {}) })}\n`
        : firstRun ? `Portolan: make the owner's account at ${server.url}/first-run#code=${server.firstRunCode}\n` : `Portolan: ${server.url}\n`);
      if (parts.assets === null) say(session, 'the console is not built here, so that only the API answers; npm start builds it');
      if (!isLocal(options.host) && options.publicUrl?.startsWith('https:') !== true) say(session, `warning: ${options.host} can be reached from other machines, and nothing encrypts what goes over the wire: put a proxy with HTTPS in front and give --public-url`);
      say(session, 'stop with Ctrl-C');
      await stopped;
      await server.close();
    }));
};

/** Puts together what the server is made of: this installation's engine and store, and the reports of the command line. */
async function serverParts(session: Session): Promise<ServerParts> {
  const workspace = await session.workspace();
  const { engine, store } = workspace;
  const { people, secret, openSchedules } = workspace.openConsole();
  return {
    engine, store, people, secret, connectors: session.registry.connectors, routes: session.registry.routes, version: packageJson.version,
    dataFolder: session.dataFolder, assets: existsSync(join(builtConsole, 'index.html')) ? builtConsole : null,
    hostOf, keepSecret: (value) => session.secrets.add(value), redact: (text) => session.secrets.redact(text),
    gateObjections: (report, phases) => gateObjections(store, report, phases),
    writeReports: async (report) => void await writeReports(session, report, reportFolder(session, report.project, report.run), await sheetsOfRun(session, report)),
    reportFiles: async (report) => reportFiles(await collectReportData(session, report), await sheetsOfRun(session, report)),
    handoffFiles: async (name) => {
      const project = await projectOf(session, name);
      const { documents, sheets, about, runs } = await collectHandoff(session, project, { count: SPOT_CHECK_RECORDS, seed: null });
      return handoffFiles({ project: project.name, about, documents, sheets, runs });
    },
    quarantineCsv: (projectId) => quarantineCsvLines(store, { projectId, code: null }),
    cutOverStages: async (name) => {
      const state = await collectCutOver(session, await projectOf(session, name));
      return state === null ? [] : cutOverStages(state);
    },
    openSchedules,
    removeFiles: async (project) => {
      for (const name of [project.name, sandboxName(project.name)]) await rm(projectReports(session.dataFolder, name), { recursive: true, force: true });
      await rm(uploadsOf(session.dataFolder, project.id), { recursive: true, force: true });
    },
    openAdviser: async (settings) => {
      const [{ openLanguageModel }, { fileCache }] = await Promise.all([import('../../adviser/open-language-model.ts'), import('../../adviser/file-cache.ts')]);
      return { model: openLanguageModel(settings), cache: fileCache(join(session.dataFolder, 'adviser')) };
    },
    demos: demoHost,
    log: (level, message) => { if (level !== 'debug') say(session, level === 'warning' ? `warning: ${message}` : message); },
  };
}

function isLocal(address: string): boolean {
  return /^(127\.|localhost$|::1$)/.test(address);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Give a number from 0 to 65535.');
  return port;
}

function publicUrl(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) throw new InvalidArgumentError('Write an address with http:// or https://.');
  return text;
}
