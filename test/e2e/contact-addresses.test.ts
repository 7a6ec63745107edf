import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withMigrations } from '../support/migration.ts';
import { rowsWhere } from '../support/odoo-state.ts';
import { portolan, type Portolan } from '../support/portolan.ts';
import { changingCalls, expectClean } from '../support/reports.ts';

const migrations = withMigrations();
let folder = '';
let cli: Portolan;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-addresses-'));
  cli = portolan({ PORTOLAN_HOME: join(folder, 'home'), DATABASE_URL: migrations.tests.store.url, ODOO_PASSWORD: 'admin' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = ['--mode', 'production', '--yes', '--confirm-destination', '127.0.0.1'] as const;

/** Under a company Odoo gives its address to whoever has none: that is no mismatch, and nothing that a second run would undo. */
test.each([14, 19] as const)('a contact without an address is at the company\'s, one with its own keeps it: Odoo %i', async (version) => {
  const odoo = await migrations.simulator({ version, companyCurrency: 'PLN' });
  const name = `addresses-${version}`;
  const exported = join(folder, name);
  const write = (street: string): void => {
    mkdirSync(exported, { recursive: true });
    writeFileSync(join(exported, 'companies.csv'), `id;name;street;zip;city;country\nc1;Brama sp. z o.o.;${street};00-001;Warszawa;Polska\nc2;Larkspur Ltd;;;;\n`);
    writeFileSync(join(exported, 'contacts.csv'), 'id;first_name;last_name;email;company_id;street;zip;city;country\np1;Ada;Lind;ada@brama.example;c1;;;;\np2;Jan;Nowak;jan@brama.example;c1;Krótka 2;30-002;Kraków;Polska\np3;Eva;Horn;eva@larkspur.example;c2;;;;\np4;Ola;Sowa;ola@sowa.example;;Leśna 3;;Gdynia;\np5;Iga;Mak;iga@brama.example;c1;;;;Polska\n');
    writeFileSync(join(exported, 'deals.csv'), `id;title;contact_id;pipeline;stage;status;value\n${[1, 2, 3, 4, 5].map((at) => `d${at};Deal ${at};p${at};Main;Talk;open;100`).join('\n')}\n`);
  };
  write('Długa 1');
  for (const args of [
    ['init', name, '--route', 'instream-to-odoo-crm'], ['connect', name, 'source', '--set', `path=${exported}`],
    ['connect', name, 'destination', '--set', `url=${odoo.url}`, '--set', `database=${odoo.database}`, '--set', `user=${odoo.user}`, '--secret-env', 'password=ODOO_PASSWORD'], ['discover', name], ['propose', name], ['plan', 'confirm', name, '--accept-recommendations'],
  ]) expect(await cli.run(...args), args.join(' ')).toMatchObject({ code: 0 });
  const report = await cli.json('run', name, ...run);
  expectClean(report);
  const streets = (): Readonly<Record<string, unknown>> => Object.fromEntries(rowsWhere(odoo, 'res.partner', (row) => ['Ada Lind', 'Jan Nowak', 'Eva Horn', 'Ola Sowa', 'Iga Mak'].includes(String(row['name']))).map((row) => [String(row['name']), row['street'] ?? false]));
  expect(streets()).toEqual({ 'Ada Lind': 'Długa 1', 'Jan Nowak': 'Krótka 2', 'Eva Horn': false, 'Ola Sowa': 'Leśna 3', 'Iga Mak': expect.anything() });
  const again = await cli.json('run', name, ...run);
  expectClean(again);
  expect([again.written, changingCalls(again)]).toEqual([0, []]);

  // The company moves: those at its address move with it, and nobody is in conflict.
  write('Nowa 7');
  const delta = await cli.json('delta', name, '--yes', '--confirm-destination', '127.0.0.1');
  expectClean(delta);
  expect(streets()).toMatchObject({ 'Ada Lind': 'Nowa 7', 'Jan Nowak': 'Krótka 2' });
  // The dry run lists each record with its place; the rollback after it does no more and no less.
  const dry = await cli.json<{ readonly records: { readonly listed: readonly object[] } }>('rollback', name, '--dry-run', '--list', '2');
  expect(dry.records).toMatchObject({ complete: false, fates: expect.arrayContaining([{ mapping: 'companies', fate: 'removed', records: 2 }, { mapping: 'deals', fate: 'removed', records: 5 }]) });
  expect(dry.records.listed).toEqual(expect.arrayContaining([expect.objectContaining({ mapping: 'companies', sourceId: 'c1', fate: 'removed', details: { label: 'Brama sp. z o.o.' }, address: expect.stringMatching(/\/web#id=\d+&model=res\.partner&view_type=form$/) })]));
  expect(streets()).toMatchObject({ 'Ada Lind': 'Nowa 7' });
  expect((await cli.json('rollback', name, '--yes')).rollback).toMatchObject({ identical: true, residue: [] });
}, 480_000);
