import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runDemo } from './demo.ts';
import { commandBench } from './testing/run-command.ts';

it('a demo of a route that has none names those there are, and touches nothing', async () => {
  const bench = await commandBench();
  const { code, err } = await bench.run('demo', '--route', 'odoo-helpdesk-to-intercomm');
  expect(code).toBe(2);
  expect(err).toMatch(/There is no demo of the route 'odoo-helpdesk-to-intercomm'[^]*did you mean 'odoo-helpdesk-to-intercom'\?[^]*instream-to-odoo-crm/u);
  await bench.remove();
});

it('a folder that no demo made is never emptied', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-demo-'));
  await writeFile(join(folder, 'kept.txt'), 'kept');
  await expect(runDemo({ io: { cwd: folder } } as Parameters<typeof runDemo>[0], { folder, route: 'odoo-helpdesk-to-intercom' })).rejects.toMatchObject({ code: 'demo-folder-in-use' });
  await rm(folder, { recursive: true });
});
