import { customerioConnector } from '../../src/connectors/customerio/connector.ts';
import { odooConnector } from '../../src/connectors/odoo/connector.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { customerioToOdooCrm } from '../../src/routes/customerio-to-odoo-crm/route.ts';
import { openStore } from '../../src/store/postgres-store.ts';
import { openQueue } from '../../src/work/queue.ts';

/** Starts a production run and drives it, in a process that is there to be killed; the limit of calls a second is lifted. Arguments: database URL, key in hexadecimal digits, project. Prints the run's id. */
const [, , databaseUrl = '', key = '', project = ''] = process.argv;
const store = await openStore({ dataFolder: '/nonexistent', databaseUrl, encryptionKey: Buffer.from(key, 'hex') });
const queue = await openQueue({ store });
const engine = createEngine({ store, queue, connectors: [{ ...customerioConnector, rates: () => ({ calls: { perSecond: 100_000, burst: 100_000 } }) }, odooConnector], routes: [customerioToOdooCrm], log: () => {} });
const run = await engine.startRun({ project, mode: 'production', settings: { approveGates: true }, by: 'test' });
console.log(run.id);
await engine.driveRun({ runId: run.id });
await queue.close();
await store.close();
