/**
 * How fast the generator writes InStream bundles, and that its memory does not grow with them: the highest resident set at
 * 200,000 contacts over that at 20,000, each in a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateBundle } from '../src/simulators/instream/bundle.ts';

const sizes = [20_000, 200_000] as const;

async function measure(contacts: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'portolan-bench-'));
  try {
    const started = performance.now();
    const { rows } = await generateBundle({ folder, seed: 1, contacts, dirt: 0.02 });
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    console.log(JSON.stringify({ contacts, rows: total, seconds: (performance.now() - started) / 1000, maximumRssMb: process.resourceUsage().maxRSS / 1024 }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const only = process.argv[2];
if (only !== undefined) {
  await measure(Number(only));
} else {
  const measured = sizes.map((contacts) => {
    const done = spawnSync(process.execPath, [import.meta.filename, String(contacts)], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`generating ${contacts} contacts failed: ${done.stderr}`);
    return JSON.parse(done.stdout) as { contacts: number; rows: number; seconds: number; maximumRssMb: number };
  });
  for (const one of measured) console.log(`${one.contacts} contacts, ${one.rows} rows: ${one.seconds.toFixed(1)} s, ${Math.round(one.rows / one.seconds)} rows/s, at most ${one.maximumRssMb.toFixed(0)} MB`);
  const [small, large] = measured;
  if (small !== undefined && large !== undefined) console.log(`memory at ten times the size: ${(large.maximumRssMb / small.maximumRssMb).toFixed(2)} x`);
}
