/** `npm test [-- file…]`: every test but those of the real Odoo. The last line of the output is the counts line. */
import { countsLine } from './counts.mjs';
import { runVitest } from './vitest.mjs';

const counts = await runVitest(process.argv.slice(2));
console.log(countsLine(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
