/**
 * `node bench/help-desk-memory.ts [tickets…]`: highest resident size of a production run of Odoo Help Desk → Intercom with all messages and attachments
 * (one file in 1,500 has 25 MB, the mean some 180 kB; one ticket in 2,000 has more than 480 messages), for each number of tickets (default 1000 10000), both
 * simulators in processes of their own, attachments of the workspace on disk, no rate limit.
 */
import type { RunReport } from '../src/engine/run-report.ts';
import { installation, runCommand } from './help-desk/installation.ts';

const sizes = process.argv.slice(2).map(Number);
for (const tickets of sizes.length > 0 ? sizes : [1_000, 10_000]) {
  const desk = await installation({ tickets, perMinute: 60_000_000 });
  try {
    const { megabytes, seconds, code, out, errors } = await desk.command(...runCommand);
    if (code !== 0 && code !== 6) throw new Error(`the run ended with ${String(code)}:\n${errors}`);
    const report = JSON.parse(out) as RunReport;
    const calls = Object.values(report.calls['destination'] ?? {}).reduce((sum, count) => sum + count, 0);
    const { odoo, intercom } = desk.simulators();
    console.log(`${String(tickets).padStart(6)} tickets   run ${String(megabytes).padStart(4)} MB  ${seconds.toFixed(0).padStart(5)} s  ${calls} calls (${(calls / seconds).toFixed(0)} a second)  exit ${String(code)}   simulators: Odoo ${odoo} MB, Intercom ${intercom} MB`);
  } finally {
    await desk.stop();
  }
}
