/** `npm run check`: types, lint, dead code and the import rule; all of them, also when one fails. Last line: the counts. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { countsLine } from './counts.mjs';
import { root } from './vitest.mjs';

const bin = (name) => path.join(root, 'node_modules', ...name);
const checks = [
  { name: 'types', args: [bin(['typescript', 'bin', 'tsc']), '--project', '.'] },
  { name: 'types of the console', args: [bin(['typescript', 'bin', 'tsc']), '--project', 'console'] },
  { name: 'lint', args: [bin(['oxlint', 'bin', 'oxlint']), '--type-aware', '--deny-warnings'] },
  { name: 'dead code', args: [bin(['knip', 'bin', 'knip.js'])] },
  { name: 'import rule', args: [bin(['vitest', 'vitest.mjs']), 'run', '--reporter=dot', 'test/architecture.test.ts'] },
];

const counts = { passed: 0, failed: 0, skipped: 0 };
for (const check of checks) {
  const started = performance.now();
  const done = spawnSync(process.execPath, check.args, { cwd: root, stdio: 'inherit' });
  const ok = done.status === 0;
  counts[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${check.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
console.log(countsLine(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
