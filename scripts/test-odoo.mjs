/**
 * `npm run test:odoo [-- file…]`: the conformance suite and the routes on a real Odoo 14 from Debian's packages.
 * Builds it once (test/real-odoo/build.sh), starts a PostgreSQL and an Odoo of this run, stops both at the end.
 * Where it cannot be built (not root, not Debian, packages gone) it says so and counts one skipped suite.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { countsLine } from './counts.mjs';
import { root, runVitest } from './vitest.mjs';

const folder = process.env.PORTOLAN_ODOO14_DIR ?? path.join(process.env.XDG_CACHE_HOME ?? '/var/cache', 'portolan-odoo14');

/** Resolves to null when the tree is ready, to the reason when this machine cannot have one; throws when the build broke. */
async function build() {
  if (process.platform !== 'linux') return `a real Odoo needs Debian Linux, this is ${process.platform}`;
  const child = spawn(path.join(root, 'test/real-odoo/build.sh'), [folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  let lastLine = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    process.stderr.write(text);
    lastLine = text.trimEnd().split('\n').at(-1) ?? lastLine;
  });
  const code = await new Promise((resolve, reject) => { child.once('error', reject); child.once('close', resolve); });
  if (code === 0) return null;
  if (code === 75) return lastLine;
  throw new Error(`test/real-odoo/build.sh ended with ${code}: ${lastLine}`);
}

async function run() {
  const reason = await build();
  if (reason !== null) {
    console.log(`\nskipped: ${reason}\nNothing was tested on a real Odoo.\n`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const { startLab } = await import('../test/real-odoo/odoo-lab.ts');
  const { freshOdoo, labVariable } = await import('../test/real-odoo/odoo.ts');
  const { lab, stop } = await startLab(folder);
  let odoo = null;
  try {
    process.env[labVariable] = JSON.stringify(lab);
    odoo = await freshOdoo();
    if (stopped) return { passed: 0, failed: 1, skipped: 0 };
    return await runVitest(['--config', 'vitest.real-odoo.config.ts', ...process.argv.slice(2)],
      { ODOO_URL: odoo.url, ODOO_DATABASE: odoo.database, ODOO_USER: odoo.user, ODOO_PASSWORD: odoo.password });
  } finally {
    await odoo?.close();
    await stop();
  }
}

// runVitest passes the signal on; this process stays until it has stopped Odoo and PostgreSQL.
let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { stopped = true; process.exitCode = 1; });
const counts = await run();
console.log(countsLine(counts));
if (counts.failed > 0) process.exitCode = 1;
