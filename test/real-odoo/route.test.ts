import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateBundle } from '../../src/simulators/instream/bundle.ts';
import type { BundleExpectation } from '../../src/simulators/instream/expectation.ts';
import { killedAfter, portolan, type Portolan } from '../support/portolan.ts';
import { changingCalls, expectClean, phaseOf } from '../support/reports.ts';
import { freshOdoo, type RealOdoo } from './odoo.ts';

/** The route through the command line on a real Odoo 14, at the size that issue 2 asks for. About three minutes on two cores. */
describe('InStream into a real Odoo 14', () => {
  const production = ['run', 'acme', '--mode', 'production', '--yes', '--confirm-destination', '127.0.0.1'] as const;
  let folder = '';
  let odoo: RealOdoo;
  let cli: Portolan;
  let expectation: BundleExpectation;
  let before: unknown;
  let lastPartner = 0; // before the load

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portolan-real-'));
    odoo = await freshOdoo({ cron: true });
    expectation = await generateBundle({ folder: join(folder, 'export'), contacts: 2000, companies: 300, deals: 500, notes: 3000, seed: 14 });
    cli = portolan({ PORTOLAN_HOME: join(folder, 'home'), ODOO_PASSWORD: odoo.password });
    before = await contents();
    [{ lastPartner } = { lastPartner: 0 }] = await odoo.sql<{ lastPartner: number }>('select max(id) as "lastPartner" from res_partner');
  });
  afterAll(async () => {
    await odoo.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Rows of the touched tables as Odoo's own database has them; sequences and logs aside. */
  const contents = async (): Promise<unknown> => {
    const counts = await odoo.sql(`select (select count(*) from res_partner)::int as partners, (select count(*) from crm_lead)::int as leads, (select count(*) from crm_stage)::int as stages,
      (select count(*) from crm_tag)::int as tags, (select count(*) from res_partner_category)::int as categories, (select count(*) from crm_lost_reason)::int as reasons,
      (select count(*) from mail_message)::int as messages, (select count(*) from mail_followers)::int as followers, (select count(*) from mail_activity)::int as activities,
      (select count(*) from ir_model_fields)::int as fields, (select count(*) from ir_model_data)::int as external_ids, (select count(*) from ir_attachment where res_model in ('res.partner', 'crm.lead', 'mail.message'))::int as attachments,
      (select md5(string_agg(id || name, ',' order by id)) from res_partner) as partner_names`);
    return counts[0];
  };
  const done = async (...args: readonly string[]): Promise<void> => {
    const { code, err } = await cli.run(...args);
    expect([code, code === 0 ? '' : err], args.join(' ')).toEqual([0, '']);
  };

  test('is planned without a write', async () => {
    await done('init', 'acme', '--route', 'instream-to-odoo-crm');
    await done('connect', 'acme', 'source', '--set', `path=${join(folder, 'export')}`);
    await done('connect', 'acme', 'destination', '--set', `url=${odoo.url}`, '--set', `database=${odoo.database}`, '--set', `user=${odoo.user}`, '--secret-env', 'password=ODOO_PASSWORD');
    await done('check', 'acme');
    await done('discover', 'acme');
    await done('propose', 'acme');
    await done('plan', 'confirm', 'acme', '--accept-recommendations');
    expect(await contents()).toEqual(before);
  });

  test('is loaded over five kills of the command and a restart of Odoo: balanced, verified, nothing doubled', async () => {
    let last = await killedAfter(cli, 3000, production);
    for (const delayMs of [4500, 2000, 5000, 3500]) {
      if (last.signal === 'SIGKILL') last = await killedAfter(cli, delayMs, ['resume', 'acme', '--yes']);
    }
    expect(last.signal).toBe('SIGKILL'); // it was still at work

    const { child, ended } = cli.start('resume', 'acme', '--yes', '--json');
    await pause(4000);
    expect(child.exitCode).toBe(null); // still at work
    await odoo.stop();
    await pause(4000);
    await odoo.start();
    const { code, out, err } = await ended;
    const report = code === 9 ? await cli.json('resume', 'acme', '--yes') : JSON.parse(out);
    expect(report.status, err).toBe('succeeded');
    expectClean(report);

    const { contacts, deals, records, tags, memberships } = expectation;
    expect(Object.keys(memberships).length).toBeGreaterThan(0);
    const [counted] = await odoo.sql(`select
      (select count(*) from crm_lead where type = 'lead')::int as leads, (select count(*) from crm_lead where type = 'opportunity')::int as opportunities,
      (select count(*) from crm_lead where type = 'opportunity' and probability = 100)::int as won, (select count(*) from crm_lead where type = 'opportunity' and not active)::int as lost,
      (select round(sum(coalesce(nullif(expected_revenue, 0), x_instream_amount)::numeric) * 100)::float8 from crm_lead where type = 'opportunity') as amount,
      (select count(*) from res_partner where x_instream_id is not null and not is_company)::int as people, (select count(*) from res_partner where is_company and id > $1)::int as companies,
      (select count(*) from mail_message where message_id like '%@portolan.invalid>')::int as notes, (select count(distinct message_id) from mail_message where message_id like '%@portolan.invalid>')::int as distinct_notes,
      (select count(*) from crm_tag)::int as tags`, [lastPartner]);
    expect(counted).toEqual({
      leads: (records['contacts.csv'] ?? 0) - contacts.onAnyDeal, opportunities: records['deals.csv'], won: deals.won, lost: deals.lost + deals.archived, amount: deals.amountHundredths['PLN'] ?? 0,
      people: contacts.onAnyDeal, companies: (records['companies.csv'] ?? 0) + contacts.companiesOnlyNamed, notes: records['notes.csv'], distinct_notes: records['notes.csv'], tags: tags.distinct,
    });
    expect(phaseOf(report, 'fields').created).toBeGreaterThan(40);
  });

  test('has its notes in the order of their dates on every record', async () => {
    const wrong = await odoo.sql(`select * from (select model, res_id, id, date, lag(date) over (partition by model, res_id order by id) as earlier
      from mail_message where message_id like '%@portolan.invalid>') as ordered where date < earlier limit 5`);
    expect(wrong).toEqual([]);
  });

  test('sent nothing and queued nothing', async () => {
    expect(await odoo.sql(`select (select count(*) from mail_mail)::int as mails, (select count(*) from mail_message_res_partner_needaction_rel)::int as notifications, (select count(*) from mail_activity)::int as activities`))
      .toEqual([{ mails: 0, notifications: 0, activities: 0 }]);
  });

  test('writes nothing a second time', async () => {
    const loaded = await contents();
    const again = await cli.json(...production);
    expectClean(again);
    expect([again.status, again.written, changingCalls(again)]).toEqual(['succeeded', 0, []]);
    expect(await contents()).toEqual(loaded);
  });

  test('is rolled back without a trace, over a kill', async () => {
    const killed = await killedAfter(cli, 4000, ['rollback', 'acme', '--yes']);
    const back = killed.signal === 'SIGKILL' ? await cli.json('resume', 'acme', '--yes') : await cli.json('report', 'acme');
    expect(back.rollback).toMatchObject({ identical: true, residue: [], differences: [] });
    expect(await contents()).toEqual(before);
  });
});
