/** `npm run bench [-- name…]`: runs the benchmarks in bench/, all or the named ones, one after the other, each in a process of its own. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './vitest.mjs';

const known = readdirSync(path.join(root, 'bench')).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3)).sort();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are: ${known.join(', ')}`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : known) {
  console.log(`\n== ${name}`);
  const done = spawnSync(process.execPath, ['--expose-gc', path.join(root, 'bench', `${name}.ts`)], { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) process.exitCode = 1;
}
