import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomFrom } from './faults.ts';
import { startRaw, xmlCall, faultOf, json2, type RawClient } from './testing/raw-client.ts';

/** What fetch says when the connection ends without a whole answer, or the answer is a page of HTML. */
const NO_ANSWER = /fetch failed|terminated|not valid JSON/u;

let client: RawClient;
beforeEach(async () => { client = await startRaw(19, { automationRules: [{ name: 'Colour', model: 'res.partner', trigger: 'on_create', write: { color: 5 } }, { name: 'Off', model: 'res.partner', trigger: 'on_create', active: false, write: { color: 9 } }] }); });
afterEach(() => client.odoo.stop());

const create = (name: string): Promise<unknown> => client.call('res.partner', 'create', [{ name }]);
const named = (name: string): number => client.odoo.state.rows('res.partner').filter((row) => row['name'] === name).length;
const status = async (): Promise<{ status: number; retryAfter: string | null }> => {
  const response = await json2(client.odoo, 'res.partner/search_count', { domain: [] });
  return { status: response.status, retryAfter: response.headers.get('retry-after') };
};

describe('faults', () => {
  it('reset the connection before the call is made', async () => {
    client.odoo.faults.add({ kind: 'reset-before-commit', nth: 2, method: 'create' });
    await create('one');
    await expect(create('two')).rejects.toThrow(NO_ANSWER);
    await create('three');
    expect([named('one'), named('two'), named('three')]).toEqual([1, 0, 1]);
  });

  it('reset the connection after the call was committed', async () => {
    client.odoo.faults.add({ kind: 'reset-after-commit', times: 1, writesOnly: true });
    expect(await client.call('res.partner', 'search_count', [[]])).toBeGreaterThan(0);
    await expect(create('kept')).rejects.toThrow(NO_ANSWER);
    expect(named('kept')).toBe(1);
    await create('next');
  });

  it('cut the answer in the middle', async () => {
    client.odoo.faults.add({ kind: 'truncated-answer', times: 1 });
    await expect(create('cut')).rejects.toThrow(NO_ANSWER);
    expect(named('cut')).toBe(1);
  });

  it('kill a worker: closed without a reply, nothing stored', async () => {
    client.odoo.faults.add({ kind: 'worker-killed', times: 1, delayMs: 5 });
    await expect(create('killed')).rejects.toThrow(NO_ANSWER);
    expect(named('killed')).toBe(0);
  });

  it('undo a new field with the worker that made it', async () => {
    const [model] = await client.call<number[]>('ir.model', 'search', [[['model', '=', 'res.partner']]]);
    client.odoo.faults.add({ kind: 'worker-killed', times: 1 });
    await expect(client.call('ir.model.fields', 'create', [{ name: 'x_lost', model_id: model, ttype: 'char', field_description: 'L' }])).rejects.toThrow(NO_ANSWER);
    expect(await client.call('res.partner', 'fields_get', [['x_lost']])).toEqual({});
  });

  it('answer with a status of a proxy, before or after the call', async () => {
    client.odoo.faults.add({ kind: 'http-status', status: 502, times: 1 });
    expect((await status()).status).toBe(502);
    client.odoo.faults.add({ kind: 'http-status', status: 504, times: 1, afterCommit: true });
    await expect(create('behind the proxy')).rejects.toThrow(NO_ANSWER);
    expect(named('behind the proxy')).toBe(1);
  });

  it('limit the rate in windows', async () => {
    client.odoo.faults.add({ kind: 'rate-limit', calls: 2, windowMs: 60_000, retryAfterSeconds: 7 });
    const answers = [await status(), await status(), await status()];
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 429]);
    expect(answers[2]!.retryAfter).toBe('7');
    client.odoo.faults.clear();
    expect((await status()).status).toBe(200);
  });

  it('answer late', async () => {
    client.odoo.faults.add({ kind: 'slow', delayMs: 60, times: 1 });
    const before = performance.now();
    await status();
    expect(performance.now() - before).toBeGreaterThan(50);
  });

  it('fill the disk: writes fail as psycopg2 DiskFull, reads go on, nothing is left', async () => {
    const id = client.odoo.faults.add({ kind: 'disk-full' });
    expect((await client.fail('res.partner', 'create', [{ name: 'full' }])).name).toBe('psycopg2.errors.DiskFull');
    expect(faultOf(await xmlCall(client.odoo, 'res.partner', 'create', [{ name: 'full' }]))).toMatchObject({ code: '1', message: expect.stringContaining('No space left on device') });
    expect((await status()).status).toBe(200);
    client.odoo.faults.remove(id);
    await create('room again');
    expect([named('full'), named('room again')]).toEqual([0, 1]);
  });

  it('strike with a chance that the seed decides', async () => {
    const [a, b] = [randomFrom(7), randomFrom(7)];
    const drawn = Array.from({ length: 1000 }, () => a());
    expect(drawn).toEqual(Array.from({ length: 1000 }, () => b()));
    expect(drawn.filter((value) => value < 0.3).length).toBeGreaterThan(250);
    client.odoo.faults.add({ kind: 'http-status', probability: 0.5 });
    const statuses = await Promise.all(Array.from({ length: 40 }, status));
    const failed = statuses.filter((answer) => answer.status === 503).length;
    expect(failed).toBeGreaterThan(8);
    expect(failed).toBeLessThan(32);
  });

  it('take the server off the network and back, with its data', async () => {
    await create('before');
    await client.odoo.listener.stop();
    await expect(create('during')).rejects.toThrow(NO_ANSWER);
    await client.odoo.listener.start();
    await create('after');
    expect([named('before'), named('during'), named('after')]).toEqual([1, 0, 1]);
  });
});

describe('automation rules', () => {
  it('fire on every create over the API when they are active, tracking_disable or not', async () => {
    const id = await client.call<number>('res.partner', 'create', [{ name: 'A' }], { context: { tracking_disable: true } });
    expect(await client.call('res.partner', 'read', [[id], ['color']])).toMatchObject([{ color: 5 }]);
    expect(await client.call('base.automation', 'search_read', [[], ['name', 'model_id']])).toMatchObject([{ name: 'Colour' }]);
  });
});

describe('the control port', () => {
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> =>
    (await fetch(`${client.odoo.controlUrl}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).json();

  it('switches faults, keys and the listener, and shows the state', async () => {
    const { id } = (await control('POST', '/faults', { kind: 'http-status', status: 500 })) as { id: number };
    expect((await status()).status).toBe(500);
    expect(await control('GET', '/faults')).toMatchObject([{ id, hits: 1 }]);
    await control('DELETE', `/faults/${id}`);
    expect((await status()).status).toBe(200);
    await control('POST', '/keys/revoke', { login: 'admin' });
    expect((await status()).status).toBe(401);
    await control('POST', '/keys/restore', { login: 'admin' });
    await create('seen');
    expect(await control('GET', '/state/rows?model=res.partner')).toContainEqual(expect.objectContaining({ name: 'seen' }));
    expect(await control('GET', '/state/count?model=crm.stage')).toBe(4);
    expect(await control('GET', '/state/calls')).toMatchObject({ 'res.partner.create': 1 });
    await control('POST', '/listener/stop');
    await expect(status()).rejects.toThrow(NO_ANSWER);
    await control('POST', '/listener/start');
    expect((await status()).status).toBe(200);
    expect(await control('GET', '/nonsense')).toMatchObject({ error: expect.stringContaining('/nonsense') });
  });
});

describe('the stand-alone entry', () => {
  it('prints its address, answers, and ends when its input closes', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--version', '18', '--database', 'mine'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const address = JSON.parse(line) as { url: string; database: string; version: number };
    expect(address).toMatchObject({ database: 'mine', version: 18 });
    expect((await fetch(`${address.url}/jsonrpc`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"params":{"service":"common","method":"version","args":[]}}' })).status).toBe(200);
    child.stdin.end();
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  });
});

describe('left-out modules', () => {
  it('have no models, and show as not installed', async () => {
    const bare = await startRaw(17, { withoutModules: ['crm', 'calendar', 'base_automation'] });
    expect((await bare.fail('crm.lead', 'search', [[]])).message).toBe("Object crm.lead doesn't exist");
    expect((await bare.fail('base.automation', 'search', [[]])).message).toContain("doesn't exist");
    expect(await bare.call('ir.module.module', 'search_read', [[['name', '=', 'crm']], ['state']])).toMatchObject([{ state: 'uninstalled' }]);
    const id = await bare.call<number>('res.partner', 'create', [{ name: 'P' }]);
    await bare.call('res.partner', 'write', [[id], { email: 'x@y.test' }]);
    await bare.call('res.partner', 'unlink', [[id]]);
    await bare.odoo.stop();
  });
});
