/**
 * The field matcher: quality on vendors never seen, and time for 100 fields against 200. Writes docs/reference/proposal-benchmark.md.
 * `npm run bench -- proposal`
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { matchSchemas } from '../src/proposal/match/match-schemas.ts';
import { readCases } from './proposal/cases.ts';
import { benchmarkReport } from './proposal/report.ts';

const cases = readCases();
const report = benchmarkReport(cases);
writeFileSync(path.resolve(import.meta.dirname, '../docs/reference/proposal-benchmark.md'), report);
console.log(report.split('\n').slice(4, 10).join('\n'));

// 100 fields of several vendors against 200 of several destinations; names made different, so that nothing is remembered from the run before.
const fields = cases.flatMap(({ source }) => source.fields);
const targets = [...new Map(cases.map(({ destination }) => [destination.fields[0]?.model, destination])).values()].flatMap(({ fields: each }) => each);
const times: number[] = [];
for (let run = 0; run < 60; run += 1) {
  const source = { title: '', fields: Array.from({ length: 100 }, (_, at) => fields[(run * 100 + at * 7) % fields.length]).filter((field) => field !== undefined) };
  const destination = { title: '', fields: targets.slice(0, 200) };
  const started = process.threadCpuUsage();
  matchSchemas({ source, destination });
  const used = process.threadCpuUsage(started);
  times.push((used.user + used.system) / 1000);
}
times.sort((left, right) => left - right);
console.log(`100 × ${Math.min(200, targets.length)} fields: median ${times[30]?.toFixed(0)} ms, worst ${times.at(-1)?.toFixed(0)} ms of processor time of one thread`);
