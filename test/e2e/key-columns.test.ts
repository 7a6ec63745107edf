import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Decision, Plan } from '../../src/plan/plan.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { withMigrations } from '../support/migration.ts';
import { rowsWhere } from '../support/odoo-state.ts';
import { portolan, type Portolan } from '../support/portolan.ts';
import { expectClean } from '../support/reports.ts';

const migrations = withMigrations();
let folder = '';
let cli: Portolan;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-key-columns-'));
  cli = portolan({ PORTOLAN_HOME: join(folder, 'home'), DATABASE_URL: migrations.tests.store.url, ODOO_PASSWORD: 'admin' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const contacts = (name: string): string => `${name};E-mail;Company\nAda Lind;ada@larkspur.example;Larkspur Ltd\nJan Nowak;jan@brama.example;Brama sp. z o.o.\nEva Horn;eva@tern.example;\n`;
const companies = (name: string, first = ['Larkspur Ltd', 'Brama sp. z o.o.', 'Tern & Sons Ltd']): string => `${name};NIP;Website;Ref 2\n${first[0]};5260250995;www.larkspur.example;LSP\n${first[1]};7740001454;www.brama.example;BRM\n${first[2]};;www.tern.example;TRN\n`;

async function proposed(name: string, files: Readonly<Record<string, string>>): Promise<{ readonly odoo: OdooSimulator; readonly decisions: () => Promise<readonly Decision[]> }> {
  const odoo = await migrations.simulator({ version: 17, companyCurrency: 'PLN' });
  mkdirSync(join(folder, name));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text);
  for (const args of [
    ['init', name, '--route', 'instream-to-odoo-crm'], ['connect', name, 'source', '--set', `path=${join(folder, name)}`],
    ['connect', name, 'destination', '--set', `url=${odoo.url}`, '--set', `database=${odoo.database}`, '--set', `user=${odoo.user}`, '--secret-env', 'password=ODOO_PASSWORD'], ['discover', name], ['propose', name],
  ]) expect(await cli.run(...args), args.join(' ')).toMatchObject({ code: 0 });
  return { odoo, decisions: async () => (JSON.parse((await cli.run('plan', 'show', name, '--json')).out) as Plan).decisions.filter(({ id }) => id.startsWith('key-column:')) };
}

const namesOf = (odoo: OdooSimulator): readonly string[] => rowsWhere(odoo, 'res.partner', (row) => row['is_company'] === true && row['x_portolan_key'] !== false && row['website'] !== undefined && row['website'] !== false).map((row) => String(row['name'])).toSorted();
const run = ['--mode', 'production', '--yes', '--confirm-destination', '127.0.0.1'] as const;

test('columns of names that no list knows are proposed by what they hold, and the migration goes through with what was proposed', async () => {
  const { odoo, decisions } = await proposed('by-values', { 'companies.csv': companies('Kolumna 7'), 'contacts.csv': contacts('Wpis') });
  const asked = await decisions();
  expect(asked.map(({ id, recommendation }) => [id, recommendation])).toEqual([['key-column:company:name', 'cf:Kolumna 7'], ['key-column:contact:full_name', 'cf:Wpis']]);
  expect(asked[0]).toMatchObject({ question: expect.stringContaining('none of the 3 records can go in'), reason: expect.stringMatching(/\d+ % of 3 values look like names of companies.*\d+ % sure/u), options: expect.arrayContaining([expect.objectContaining({ value: 'cf:Kolumna 7', effect: expect.stringContaining('"Larkspur Ltd"') })]) });
  expect(await cli.run('plan', 'confirm', 'by-values', '--accept-recommendations')).toMatchObject({ code: 0 });
  const report = await cli.json('run', 'by-values', ...run);
  expectClean(report);
  expect(namesOf(odoo)).toEqual(['Brama sp. z o.o.', 'Larkspur Ltd', 'Tern & Sons Ltd']);
  // Companies that contacts name are the listed ones, not twins of them.
  expect(rowsWhere(odoo, 'res.partner', (row) => row['is_company'] === true && row['name'] === 'Larkspur Ltd')).toHaveLength(1);
  expect(rowsWhere(odoo, 'crm.lead', () => true).map((row) => String(row['name'])).toSorted()).toEqual(['Ada Lind', 'Eva Horn', 'Jan Nowak']);

  // Once companies are in, another column is refused; after a rollback it is free.
  const late = await cli.run('decide', 'by-values', '--set', 'key-column:company:name=cf:Ref 2');
  expect([late.code, late.err]).toEqual([2, expect.stringMatching(/can no longer be changed[\s\S]*companies \(3\)[\s\S]*portolan rollback by-values/u)]);
  await cli.json('rollback', 'by-values', '--yes');
  expect(await cli.run('decide', 'by-values', '--set', 'key-column:company:name=cf:Ref 2')).toMatchObject({ code: 0 });
}, 240_000);

test('where neither header nor values tell, the plan asks, cannot be confirmed without an answer, and can with one', async () => {
  const { decisions } = await proposed('by-person', { 'companies.csv': companies('Qwx', ['A7', 'B7', 'C7']), 'contacts.csv': contacts('Name') });
  expect((await decisions()).map(({ id, recommendation, answer }) => [id, recommendation, answer])).toEqual([['key-column:company:name', null, null]]);
  const refused = await cli.run('plan', 'confirm', 'by-person', '--accept-recommendations');
  expect(refused.code).toBe(5);
  for (const words of ['key-column:company:name', 'name of the company', 'a person must choose', 'portolan decide by-person']) expect(refused.err).toContain(words);
  expect(await cli.run('decide', 'by-person', '--set', 'key-column:company:name=cf:Ref 2')).toMatchObject({ code: 0 });
  expect(await cli.run('plan', 'confirm', 'by-person', '--accept-recommendations')).toMatchObject({ code: 0 });
  const { mappings } = JSON.parse((await cli.run('plan', 'show', 'by-person', '--json')).out) as Plan;
  expect(mappings.find(({ id }) => id === 'companies')?.fields.find(({ to }) => to === 'name')).toMatchObject({ from: 'cf:Ref 2', status: 'confirmed', reason: expect.stringContaining('Read from "Ref 2"') });
}, 240_000);
