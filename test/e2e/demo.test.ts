import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { portolan } from '../support/portolan.ts';

/** What it promises at the least; the numbers in a promise are counted by the demo. */
const promises = [
  /every readiness check passed or warned$/u, /the plan was confirmed$/u, /a sample of sixty records went in/u, /kept {4}every phase adds up$/u, /[1-9]\d*,\d{3} fields read back, none differs$/u,
  /an owner was assigned after the load: Odoo counts [1-9]\d* more/u, /a second run wrote nothing$/u, /the delta wrote [1-9]\d* records/u, /the rollback took [1-9]\d* records back and left the destination as it was$/u,
];

/** As a person starts it, on an embedded database of its own. */
test('the demo of InStream to Odoo CRM runs from init to rollback and keeps every promise', async () => {
  const place = mkdtempSync(join(tmpdir(), 'portolan-demo-run-'));
  try {
    const { code, out, err } = await portolan({ PORTOLAN_HOME: join(place, 'none') }).run('demo', '--folder', join(place, 'demo'));
    const verdicts = `${out}\n${err}`.split('\n').filter((line) => /^(?:kept|BROKEN) /u.test(line));
    expect(verdicts.filter((line) => !line.startsWith('kept ')), err.slice(-2000)).toEqual([]);
    for (const wanted of promises) expect(verdicts.filter((line) => wanted.test(line)), String(wanted)).toHaveLength(1);
    expect(code).toBe(0);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}, 900_000);
