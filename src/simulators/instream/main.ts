import { parseArgs } from 'node:util';
import { generateBundle } from './bundle.ts';
import { mutate } from './later.ts';

/**
 * Stand-alone entry: `node src/simulators/instream/main.ts --zip export.zip [--contacts 100] [--seed 7] [--later]` writes the export of a Polish
 * company, or with `--later` what it exports some days after. Prints one JSON line {zip}.
 */
const { values } = parseArgs({ options: { zip: { type: 'string' }, contacts: { type: 'string', default: '100' }, seed: { type: 'string', default: '7' }, later: { type: 'boolean', default: false } } });
if (values.zip === undefined) {
  console.error('--zip: say where to write the export');
  process.exit(2);
}
const contacts = Number(values.contacts);
const account = {
  zip: values.zip, seed: Number(values.seed), contacts, companies: Math.ceil(contacts * 0.15), deals: Math.ceil(contacts * 0.27), notes: contacts, language: 'pl', encoding: 'windows-1250', dirt: 0.03, knownOwners: [],
} as const;
await generateBundle(values.later ? mutate(account, { changed: 0.03, removed: 0.01, added: 0.02 }) : account);
process.stdout.write(`${JSON.stringify({ zip: values.zip })}\n`);
