import { describe, expect, it } from 'vitest';
import type { FieldFinding, StoredFinding } from '../engine/ports/verification.ts';
import { runReportSchema } from '../engine/run-report.ts';
import { collectReportData } from './collect-report-data.ts';
import type { Session } from './session.ts';

const report = runReportSchema.parse({
  run: 'r1', project: 'acme', route: 'alpha-to-beta', mode: 'production', planHash: 'h1', status: 'succeeded', startedAt: '2026-01-01T00:00:00Z', finishedAt: null, error: null, phases: [],
  verification: { records: 0, fields: 0, exact: 0, equalAfterNormalisation: 0, declaredLossy: 0, mismatch: 0, unreadable: 0 }, quarantine: [], losses: [], calls: {}, written: 0,
});

function findingsOf(kind: FieldFinding['class'], count: number, written = 'a'): StoredFinding[] {
  return Array.from({ length: count }, (_none, at) => ({ id: `${kind}${String(at).padStart(6, '0')}`, phase: 'load', mapping: 'people', sourceId: String(at), destinationId: String(at), field: 'name', class: kind, written, found: null }));
}

function sessionWith(findings: readonly StoredFinding[], held: number): Session {
  const entries = Array.from({ length: held }, (_none, at) => ({ id: String(at).padStart(6, '0'), mapping: 'people', data: { name: 'x' }, raw: 'x' }));
  const page = <Row extends { id: string }>(rows: readonly Row[], { after, limit }: { after?: string | null; limit: number }): readonly Row[] => rows.filter(({ id }) => after === null || after === undefined || id > after).slice(0, limit);
  const store = {
    findProject: async () => ({ id: 'p1' }), planByHash: async () => null, loadCatalog: async () => null, verificationCounts: async () => [], verificationFields: async () => [],
    findings: async (params: { class: string; after?: string | null; limit: number }) => page(findings.filter((finding) => finding.class === params.class), params),
    quarantine: async (params: { after: string | null; limit: number }) => page(entries, params),
  };
  return { workspace: async () => ({ store }), registry: { routes: [] } } as unknown as Session;
}

describe('the data of a report', () => {
  it('has what differs before what was declared as a loss, however much of that there is', async () => {
    const { findings } = await collectReportData(sessionWith([...findingsOf('declaredLossy', 3_000), ...findingsOf('mismatch', 2), ...findingsOf('unreadable', 1)], 0), report);
    expect(findings.items.slice(0, 4).map((finding) => finding.class)).toEqual(['mismatch', 'mismatch', 'unreadable', 'declaredLossy']);
    expect({ listed: findings.items.length, complete: findings.complete }).toEqual({ listed: 2_000, complete: false });
    for (const _walk of [1, 2]) expect((await Array.fromAsync(findings.pages())).flat()).toHaveLength(3_003);
  });

  it('lists the first of what is held back, without their fields, and has all of it in its pages', async () => {
    const { quarantine } = await collectReportData(sessionWith([], 2_001), report);
    expect({ listed: quarantine.items.length, complete: quarantine.complete }).toEqual({ listed: 2_000, complete: false });
    expect(quarantine.items[0]).not.toHaveProperty('data');
    const all = (await Array.fromAsync(quarantine.pages())).flat();
    expect([all.length, new Set(all.map(({ id }) => id)).size, all[2_000]?.data]).toEqual([2_001, 2_001, { name: 'x' }]);
    expect((await collectReportData(sessionWith([], 2_000), report)).quarantine.complete).toBe(true);
  });

  it('cuts long values in what is listed, not in the pages', async () => {
    const { findings } = await collectReportData(sessionWith(findingsOf('mismatch', 1, 'w'.repeat(5_000)), 0), report);
    expect(findings.items[0]?.written).toBe(`${'w'.repeat(2_000)}… (3,000 more characters)`);
    expect((await Array.fromAsync(findings.pages()))[0]?.[0]?.written).toHaveLength(5_000);
  });
});
