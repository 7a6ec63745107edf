import { expect, test } from 'vitest';
import { archivedAt } from '../support/archived.ts';
import { withDesks } from '../support/desk-by-hand.ts';
import { fillDesk, rows } from '../support/filled-desk.ts';
import { expectClean } from '../support/reports.ts';

const desks = withDesks();

test('a contact that the run brought back from the archive is adopted, and listed by the rollback, also where the answer to that call is lost', async () => {
  const desk = await desks.start();
  await fillDesk(desk, 'enterprise');
  const known = await desk.ask('POST', '/contacts', { role: 'user', email: 'ada@larkspur.example', name: 'Ada, long gone' });
  await desk.ask('POST', `/contacts/${String(known['id'])}/archive`);
  await desk.planned();
  desk.intercom.faults.add({ kind: 'reset-after-commit', route: 'POST /contacts/:id/unarchive', times: 1 });
  const report = await desk.run();
  expectClean(report);
  expect(desk.intercom.faults.list()).toEqual([]); // it did strike
  const contact = rows(desk, 'contacts').find(({ email }) => email === 'ada@larkspur.example');
  expect(contact).toMatchObject({ id: known['id'], name: 'Ada, long gone', archived: false });
  const dry = await desk.run('rollback', { dryRun: true });
  const back = await desk.run('rollback');
  for (const { rollback } of [dry, back]) {
    // Two partners have her address: each of them leads to the contact.
    const left = rollback?.residue.filter(({ reason }) => reason === 'brought-back') ?? [];
    expect(left.map(({ mapping, reason, details }) => [mapping, reason, details['object'], details['id']])).toEqual(Array.from({ length: 2 }, () => ['contacts', 'brought-back', 'contact', known['id']]));
    // The note stays with a contact that was there before; nothing else is kept.
    expect(rollback?.residue.filter(({ reason }) => reason !== 'archived' && reason !== 'brought-back').every(({ mapping }) => mapping === 'rating-notes')).toBe(true);
  }
  expect(back.rollback).toMatchObject({ identical: false, differences: ['contact: 0 records before, 1 now'] });
  expect(back.rollback?.residue.filter(({ reason }) => reason === 'archived')).toHaveLength(archivedAt(desk.intercom).length);
  // It keeps what it had before; everybody else is gone.
  expect(rows(desk, 'contacts').filter((one) => !('deletedAt' in one) || one.deletedAt === null).map(({ id, name }) => [id, name])).toEqual([[known['id'], 'Ada, long gone']]);
}, 500_000);
