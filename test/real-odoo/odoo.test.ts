import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshOdoo } from './odoo.ts';
import type { RealOdoo } from './odoo.ts';

async function call(odoo: RealOdoo, service: string, method: string, args: readonly unknown[]): Promise<unknown> {
  const response = await fetch(`${odoo.url}/jsonrpc`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: { service, method, args } }),
  });
  const answer = (await response.json()) as { result?: unknown; error?: { data?: { message?: string } } };
  if (answer.error) throw new Error(answer.error.data?.message ?? 'Odoo error');
  return answer.result;
}

describe('the real Odoo of the test runs', () => {
  let odoo: RealOdoo;
  beforeAll(async () => { odoo = await freshOdoo(); });
  afterAll(async () => { await odoo.close(); });

  test('is version 14 and lets admin in', async () => {
    const version = (await call(odoo, 'common', 'version', [])) as { server_version: string };
    expect(version.server_version).toMatch(/^14\.0/);
    expect(await call(odoo, 'common', 'login', [odoo.database, odoo.user, odoo.password])).toBeTypeOf('number');
  });

  test('starts without leads, and with an empty mail queue', async () => {
    expect(await odoo.sql('select (select count(*) from crm_lead)::int as leads, (select count(*) from mail_mail)::int as mails'))
      .toEqual([{ leads: 0, mails: 0 }]);
  });

  test('keeps its data over a kill and answers on the same address again', async () => {
    const uid = await call(odoo, 'common', 'login', [odoo.database, odoo.user, odoo.password]);
    await call(odoo, 'object', 'execute_kw', [odoo.database, uid, odoo.password, 'res.partner', 'create', [{ name: 'Ala Kotowska' }]]);
    await odoo.kill();
    await expect(fetch(odoo.url)).rejects.toThrow('fetch failed');
    await odoo.start();
    expect(await call(odoo, 'object', 'execute_kw', [odoo.database, uid, odoo.password, 'res.partner', 'search_count', [[['name', '=', 'Ala Kotowska']]]])).toBe(1);
  });

  test('gives every caller a database of its own', async () => {
    const other = await freshOdoo();
    try {
      expect(other.database).not.toBe(odoo.database);
      expect(await other.sql("select count(*)::int as n from res_partner where name = 'Ala Kotowska'")).toEqual([{ n: 0 }]);
    } finally {
      await other.close();
    }
  });
});
