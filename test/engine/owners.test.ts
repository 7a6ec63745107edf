import { describe, expect, test } from 'vitest';
import { memoryRecord } from '../../src/connector/testing/memory-source.ts';
import type { SourceRecord } from '../../src/connector/source.ts';
import { expectClean } from '../support/reports.ts';
import { field, line, mapping, objectOf, withEngineRigs, type EngineRig, type RigParams } from '../support/engine-rig.ts';

const rigs = withEngineRigs();
const text = (name: string) => field(name, 'text');
const contact = (at: number, owner: string): SourceRecord => memoryRecord('contact', `c${at}`, { name: `Person ${at}`, owner });

/** Twelve contacts: four of Ada's (a user), four of Bo's and four of Cy's, whom no user answers to. */
function params(contacts: readonly SourceRecord[]): RigParams {
  return {
    source: { objects: [objectOf('owner', text('email'), text('name')), objectOf('contact', text('id'), text('name'), text('owner'))], records: { contact: contacts, owner: [memoryRecord('owner', 'o1', { email: 'ada@acme.example', name: 'Ada' })] } },
    destination: [objectOf('user', text('login')), objectOf('person', text('name'), field('user', 'reference', { relatedObject: 'user' }))],
    capabilities: { batchSize: { create: 5, update: 5, read: 5, delete: 5 }, concurrency: 1 },
    owners: { object: 'owner', email: 'email', name: 'name', mapping: 'owners', through: ['owners'], field: 'login', decision: 'owner', unassigned: '(unassigned)' },
    plan: {
      keys: { owner: [{ kind: 'email', from: 'email', normalise: 'email' }] },
      links: [{ object: 'contact', name: 'owner', to: 'owner', by: [{ kind: 'email', from: 'owner', normalise: 'email' }] }],
      derived: [{ object: 'owner', key: { kind: 'email' }, from: [{ object: 'contact', fields: { email: 'owner' } }] }],
      mappings: [
        mapping('owners', 'owner', 'user', [line('login', 'email')], { identity: { match: [{ field: 'login', ignoreCase: true }], create: false, whenUnmatched: 'no-user' } }),
        mapping('people', 'contact', 'person', [line('name', 'name'), { to: 'user', link: 'owner', through: ['owners'], whenMissing: 'empty', status: 'proposed', confidence: 1, reason: 'of the test' }]),
      ],
    },
  };
}

async function loaded(): Promise<{ rig: EngineRig; contacts: SourceRecord[]; users: { [login: string]: string }; userOf: (person: string) => string | null }> {
  const contacts = Array.from({ length: 12 }, (_, at) => contact(at, ['ada@acme.example', 'bo@acme.example', 'Cy@acme.example'][at % 3] ?? ''));
  const rig = await rigs.start(params(contacts));
  const made = await rig.memory.create({ object: 'user', records: ['ada@acme.example', 'boss', 'cyril', 'twin', 'Twin'].map((login) => ({ key: `before-${login}`, values: { login } })) });
  const users = Object.fromEntries(made.map(({ key, id }) => [key.slice(7), id]));
  await rig.planned();
  expectClean(await rig.run());
  return { rig, contacts, users, userOf: (person) => (rig.memory.rows('person').find((row) => row.values['name'] === person)?.values['user'] ?? null) as string | null };
}

async function apply(rig: EngineRig, ...lines: readonly (readonly [owner: string, login: string])[]) {
  const answer = await rig.engine.applyOwners({ project: rig.project, lines: lines.map(([owner, login], at) => ({ line: at + 2, owner, login })), by: 'ada' });
  return { ...answer, report: answer.run === null ? null : await rig.engine.driveRun({ runId: answer.run.id }) };
}

describe('owners', () => {
  test('are listed with their records, their user and what was decided', async () => {
    const { rig } = await loaded();
    expect(await rig.engine.owners(rig.project)).toMatchObject([
      { owner: 'ada@acme.example', name: 'Ada', records: { contact: 4 }, currentUser: 'ada@acme.example', decision: null },
      { owner: 'bo@acme.example', name: '', records: { contact: 4 }, currentUser: null },
      { owner: 'Cy@acme.example', records: { contact: 4 }, currentUser: null },
    ]);
  });

  test('get their records later: only those are written, bad lines are named and the rest is done, and later runs keep it', async () => {
    const { rig, users, userOf } = await loaded();
    const before = { ...rig.memory.calls };
    const first = await apply(rig, ['bo@acme.example', 'boss'], ['nobody@acme.example', 'boss'], ['cy@ACME.example', 'cyrill'], ['bo@acme.example', 'cyril'], ['ada@acme.example', 'twin'], ['no such owner', ''], ['Cy@acme.example', ''], ['', '']);
    expect(first.assigned).toEqual([{ owner: 'bo@acme.example', login: 'boss' }]);
    expect(first.refused.map(({ line: number, code }) => [number, code])).toEqual([[3, 'unknown-owner'], [4, 'unknown-login'], [5, 'repeated-owner'], [6, 'ambiguous-login'], [7, 'unknown-owner']]);
    if (first.report === null) throw new Error('no run');
    expectClean(first.report);
    expect([first.report.status, first.report.written]).toEqual(['succeeded', 4]);
    expect(rig.memory.calls['update']).toBe((before['update'] ?? 0) + 1);
    expect([userOf('Person 1'), userOf('Person 0'), userOf('Person 2')]).toEqual([users['boss'], users['ada@acme.example'], null]);
    expect((await rig.engine.owners(rig.project)).find((row) => row.owner === 'bo@acme.example')).toMatchObject({ currentUser: 'boss', decision: 'boss' });

    expect((await rig.run()).written).toBe(0);
    expect((await rig.run('delta')).written).toBe(0);
    const again = await apply(rig, ['bo@acme.example', 'boss']);
    expect([again.run, again.unchanged]).toEqual([null, 1]);

    const second = await apply(rig, ['Cy@acme.example', 'CYRIL'], ['bo@acme.example', '-'], ['ada@acme.example', 'boss']);
    expect([second.refused, second.report?.written]).toEqual([[], 12]);
    expect([userOf('Person 0'), userOf('Person 1'), userOf('Person 2')]).toEqual([users['boss'], null, users['cyril']]);
    // Proposed again, the plan still knows.
    await rig.engine.propose({ project: rig.project });
    await rig.engine.confirmPlan({ project: rig.project, by: 'test', acceptRecommendations: true });
    expect((await rig.run('delta', { thorough: true })).written).toBe(0);
    expect(userOf('Person 2')).toBe(users['cyril']);

    const undone = await rig.run('rollback');
    expect(undone.rollback).toMatchObject({ identical: true, residue: [] });
    expect(rig.memory.rows('user')).toHaveLength(5);
  });

  test('never take back what people re-assigned themselves', async () => {
    const { rig, users, userOf } = await loaded();
    rig.memory.touch('person', rig.memory.rows('person').find((row) => row.values['name'] === 'Person 1')?.id ?? '', { user: users['cyril'] ?? '' });
    const { report } = await apply(rig, ['bo@acme.example', 'boss']);
    expect(report?.phases.find((phase) => phase.mapping === 'people')).toMatchObject({ updated: 3, quarantined: { 'changed-at-destination': 1 } });
    expect([userOf('Person 1'), userOf('Person 4')]).toEqual([users['cyril'], users['boss']]);
  });

  test('new records of an assigned owner go to that user in the next delta', async () => {
    const { rig, contacts, users, userOf } = await loaded();
    await apply(rig, ['bo@acme.example', 'boss']);
    contacts.push(contact(30, 'BO@acme.example'));
    const report = await rig.run('delta');
    expectClean(report);
    expect([report.written, userOf('Person 30')]).toEqual([1, users['boss']]);
  });
});
