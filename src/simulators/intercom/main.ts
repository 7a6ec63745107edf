import { parseArgs } from 'node:util';
import { VirtualClock } from './clock.ts';
import type { IntercomSimulatorOptions } from './options.ts';
import { startIntercomSimulator } from './start.ts';

/**
 * Stand-alone entry: `node src/simulators/intercom/main.ts [--port 0] [--seed 1] [--token intercom-token] [--region US] [--per-minute 10000] [--workspace-per-minute 25000]
 * [--admins a@b.example,c@d.example] [--teams Support,Billing] [--contacts 0] [--conversations 0] [--search-lag-ms 120000] [--latency-ms 0]
 * [--replies-per-15-s 60] [--default-version 2.11] [--attachment-folder path] [--attachments-held n] [--development] [--virtual-clock] [--state file]`. Admins are members of every team.
 * Prints one JSON line {url, downloadUrl, controlUrl, token, region}; ends when its standard input closes, or on SIGTERM or SIGINT.
 */
const { values } = parseArgs({
  options: {
    'port': { type: 'string', default: '0' }, 'seed': { type: 'string', default: '1' }, 'token': { type: 'string', default: 'intercom-token' }, 'region': { type: 'string', default: 'US' },
    'per-minute': { type: 'string', default: '10000' }, 'workspace-per-minute': { type: 'string', default: '25000' }, 'admins': { type: 'string' }, 'teams': { type: 'string' }, 'contacts': { type: 'string', default: '0' }, 'conversations': { type: 'string', default: '0' },
    'search-lag-ms': { type: 'string', default: '120000' }, 'latency-ms': { type: 'string' }, 'default-version': { type: 'string', default: '2.11' },
    'replies-per-15-s': { type: 'string', default: '60' }, 'attachment-folder': { type: 'string' }, 'attachments-held': { type: 'string' }, 'state': { type: 'string' }, 'development': { type: 'boolean', default: false }, 'virtual-clock': { type: 'boolean', default: false },
  },
});

const regions = ['US', 'EU', 'AU'] as const;
const region = regions.find((one) => one === values.region);
if (region === undefined) {
  console.error(`--region ${values.region}: expected one of ${regions.join(', ')}`);
  process.exit(2);
}
const named = (email: string): string => (email.split('@')[0] ?? email).split('.').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(' ');
const admins = values.admins?.split(',');
const options: IntercomSimulatorOptions = {
  port: Number(values.port), seed: Number(values.seed), token: values.token, region, appPerMinute: Number(values['per-minute']), workspacePerMinute: Number(values['workspace-per-minute']), searchLagMs: Number(values['search-lag-ms']),
  conversationThrottle: { replies: Number(values['replies-per-15-s']), windowMs: 15_000 },
  existing: { contacts: Number(values.contacts), conversations: Number(values.conversations) }, defaultVersion: values['default-version'], development: values.development,
  ...(admins === undefined ? {} : { admins: admins.map((email) => ({ email, name: named(email) })) }),
  ...(values.teams === undefined ? {} : { teams: values.teams.split(',').map((name) => ({ name, members: admins ?? [] })) }),
  ...(values['latency-ms'] === undefined ? {} : { latencyMs: Number(values['latency-ms']) }),
  ...(values['attachment-folder'] === undefined ? {} : { attachmentFolder: values['attachment-folder'] }),
  ...(values['attachments-held'] === undefined ? {} : { attachmentsHeld: Number(values['attachments-held']) }),
  ...(values.state === undefined ? {} : { stateFile: values.state }),
  ...(values['virtual-clock'] ? { clock: new VirtualClock(Date.now()) } : {}),
};
const simulator = await startIntercomSimulator(options);
const { url, downloadUrl, controlUrl, token } = simulator;
process.stdout.write(`${JSON.stringify({ url, downloadUrl, controlUrl, token, region })}\n`);

let ending = false;
const end = (): void => {
  if (ending) return;
  ending = true;
  void simulator.stop().then(() => process.exit(0));
};
process.stdin.on('end', end).on('close', end).on('error', end).resume();
process.on('SIGTERM', end);
process.on('SIGINT', end);
