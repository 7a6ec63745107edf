import { parseArgs } from 'node:util';
import type { OdooVersion } from './options.ts';
import { startOdooSimulator } from './start.ts';

/**
 * Stand-alone entry: `node src/simulators/odoo/main.ts --version 17 [--port 0] [--seed 1] [--database name] [--user admin] [--password admin]
 * [--currency EUR] [--mail-server] [--state file]
 * [--helpdesk enterprise|oca] [--tickets 1000]`. Prints one JSON line {url, controlUrl, database, user, password, apiKey, version};
 * ends when its standard input closes, or on SIGTERM or SIGINT.
 */
const { values } = parseArgs({
  options: {
    'version': { type: 'string', default: '17' }, 'port': { type: 'string', default: '0' }, 'seed': { type: 'string', default: '1' }, 'database': { type: 'string' },
    'user': { type: 'string' }, 'password': { type: 'string' }, 'currency': { type: 'string' }, 'mail-server': { type: 'boolean', default: false },
    'state': { type: 'string' }, 'helpdesk': { type: 'string' }, 'tickets': { type: 'string', default: '0' },
  },
});

function dialectOf(text: string): 'enterprise' | 'oca' {
  if (text !== 'enterprise' && text !== 'oca') throw new Error(`--helpdesk ${text}: use enterprise or oca`);
  return text;
}

const simulator = await startOdooSimulator({
  version: Number(values.version) as OdooVersion, port: Number(values.port), seed: Number(values.seed), mailServer: values['mail-server'],
  ...(values.helpdesk === undefined ? {} : { helpdesk: { dialect: dialectOf(values.helpdesk), tickets: Number(values.tickets), seed: Number(values.seed) } }),
  ...(values.state === undefined ? {} : { stateFile: values.state }),
  ...(values.database === undefined ? {} : { database: values.database }),
  ...(values.user === undefined ? {} : { user: values.user }),
  ...(values.password === undefined ? {} : { password: values.password }),
  ...(values.currency === undefined ? {} : { companyCurrency: values.currency }),
});
const { url, controlUrl, database, user, password, apiKey, version } = simulator;
process.stdout.write(`${JSON.stringify({ url, controlUrl, database, user, password, apiKey, version })}\n`);

let ending = false;
const end = (): void => {
  if (ending) return;
  ending = true;
  void simulator.stop().then(() => process.exit(0));
};
process.stdin.on('end', end).on('close', end).on('error', end).resume();
process.on('SIGTERM', end);
process.on('SIGINT', end);
