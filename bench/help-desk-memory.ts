/**
 * `node bench/help-desk-memory.ts [--minutes <n>] [tickets…]`: highest resident size of a production run of Odoo Help Desk → Intercom with all messages and
 * attachments (one file in 1,500 has 25 MB, the mean some 180 kB; one ticket in 2,000 has more than 480 messages), for each number of tickets (default 1000
 * 10000), both simulators in processes of their own. The workspace's limit is lifted (60,000,000 calls a minute), the search knows everything at once, and the
 * bytes of the 500 newest attachments are held on disk. --minutes ends each run after so long and says how far it came: for sizes that would take hours.
 * Prints the highest size while each step of the run was at work.
 */
import { parseArgs } from 'node:util';
import type { RunReport } from '../src/engine/run-report.ts';
import { installation, runCommand } from './help-desk/installation.ts';

const { values: { minutes }, positionals } = parseArgs({ options: { minutes: { type: 'string' } }, allowPositionals: true });
const sizes = positionals.map(Number);
for (const tickets of sizes.length > 0 ? sizes : [1_000, 10_000]) {
  const desk = await installation({ tickets, perMinute: 60_000_000 });
  try {
    const { megabytes, seconds, code, out, errors, stages } = await desk.command(runCommand, minutes === undefined ? undefined : { minutes: Number(minutes) });
    const ended = code === 9 && minutes !== undefined;
    if (code !== 0 && code !== 6 && !ended) throw new Error(`the run ended with ${String(code)}:\n${errors}`);
    const calls = ended ? null : Object.values((JSON.parse(out) as RunReport).calls['destination'] ?? {}).reduce((sum, count) => sum + count, 0);
    const { odoo, intercom } = desk.simulators();
    console.log(`${String(tickets).padStart(6)} tickets   run ${String(megabytes).padStart(4)} MB  ${seconds.toFixed(0).padStart(5)} s  ${calls === null ? 'not to its end' : `${calls} calls (${(calls / seconds).toFixed(0)} a second)`}  exit ${String(code)}   simulators: Odoo ${odoo} MB, Intercom ${intercom} MB`);
    for (const stage of stages) console.log(`    ${String(stage.megabytes).padStart(4)} MB  ${stage.seconds.toFixed(0).padStart(5)} s  ${stage.progress}`);
  } finally {
    await desk.stop();
  }
}
