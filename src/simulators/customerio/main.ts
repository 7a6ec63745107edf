import { parseArgs } from 'node:util';
import { VirtualClock } from './clock.ts';
import { writeCustomerioFiles } from './files/write-files.ts';
import { startCustomerioSimulator } from './start.ts';

/**
 * Stand-alone entry: `node src/simulators/customerio/main.ts [--seed 1] [--region us] [--people 500] [--companies n] [--events n] [--deliveries n]
 * [--extra-attributes 12] [--newsletters 9] [--anchor unix-seconds] [--key customerio-app-key] [--per-second 10] [--others-per-second 0]
 * [--latency-ms 0] [--journeys] [--virtual-clock] [--files folder]`.
 * `--files` writes event archives, warehouse files and the suppression list of the same workspace first.
 * Prints one JSON line {url, regions, trackUrl, journeysUrl, downloadUrl, controlUrl, apiKey, serviceToken, region}; ends when its standard input closes, or on SIGTERM or SIGINT.
 */
const { values } = parseArgs({
  options: {
    'seed': { type: 'string', default: '1' }, 'region': { type: 'string', default: 'us' }, 'people': { type: 'string', default: '500' }, 'companies': { type: 'string' }, 'events': { type: 'string' }, 'deliveries': { type: 'string' },
    'extra-attributes': { type: 'string' }, 'newsletters': { type: 'string' }, 'anchor': { type: 'string' }, 'key': { type: 'string', default: 'customerio-app-key' }, 'per-second': { type: 'string', default: '10' }, 'others-per-second': { type: 'string', default: '0' },
    'latency-ms': { type: 'string', default: '0' }, 'journeys': { type: 'boolean', default: false }, 'virtual-clock': { type: 'boolean', default: false }, 'files': { type: 'string' },
  },
});

const region = (['us', 'eu'] as const).find((one) => one === values.region);
if (region === undefined) {
  console.error(`--region ${values.region}: expected us or eu`);
  process.exit(2);
}
const given = (name: 'companies' | 'events' | 'deliveries' | 'extra-attributes' | 'newsletters' | 'anchor', option: string): { readonly [option: string]: number } => (values[name] === undefined ? {} : { [option]: Number(values[name]) });
const simulator = await startCustomerioSimulator({
  seed: Number(values.seed), region, people: Number(values.people), apiKey: values.key, perSecond: Number(values['per-second']), otherCallersPerSecond: Number(values['others-per-second']), latencyMs: Number(values['latency-ms']), journeys: values.journeys,
  ...given('companies', 'companies'), ...given('events', 'events'), ...given('deliveries', 'deliveries'), ...given('extra-attributes', 'extraAttributes'), ...given('newsletters', 'newsletters'), ...given('anchor', 'anchor'),
  ...(values['virtual-clock'] ? { clock: new VirtualClock(Date.now()) } : {}),
});
if (values.files !== undefined) await writeCustomerioFiles({ world: simulator.world, folder: values.files });
const { url, regions, trackUrl, journeysUrl, downloadUrl, controlUrl, apiKey, serviceToken } = simulator;
process.stdout.write(`${JSON.stringify({ url, regions, trackUrl, journeysUrl, downloadUrl, controlUrl, apiKey, serviceToken, region })}\n`);

let ending = false;
const end = (): void => {
  if (ending) return;
  ending = true;
  void simulator.stop().then(() => process.exit(0));
};
process.stdin.on('end', end).on('close', end).on('error', end).resume();
process.on('SIGTERM', end);
process.on('SIGINT', end);
