import { afterEach, beforeEach, expect, it } from 'vitest';
import { startStandIn } from '../../adviser/stand-in.ts';
import { exampleLine, exampleMapping, examplePlan } from '../../plan/example-plan.ts';
import { commandBench, type CommandBench } from '../testing/run-command.ts';

let bench: CommandBench;
beforeEach(async () => {
  bench = await commandBench();
  await bench.run('init', 'acme', '--route', 'alpha-to-beta');
  const judged = { status: 'proposed' as const, confidence: 0.99, reason: 'r' };
  bench.installation.plan = examplePlan({
    schema: [{ object: 'partner', name: 'x_shoe', label: 'Shoe', type: 'text', ...judged }],
    mappings: [exampleMapping({
      fields: [exampleLine('name', { confidence: 1 }), exampleLine('ref', { from: 'cf:Key', confidence: 0.91, reason: 'confirmed in project old on 2026-01-02: ref', alternatives: ['comment', 'barcode'] }), exampleLine('x_shoe', { from: 'cf:Shoe', confidence: 1 }), exampleLine('city', { status: 'confirmed', confidence: 0.2 })],
      leftOut: [{ from: 'updated_at', ...judged }],
    })],
  });
});
afterEach(() => bench.remove());

it('says per object what stands, what a person should look at and what has no counterpart', async () => {
  const { code, out } = await bench.run('propose', 'acme');
  expect(code).toBe(0);
  expect(out).toMatch(/people +contact +partner +2 +1 +1 +1\n/);
  expect(out).toContain('2 lines auto-accepted, 1 to review, 2 columns without a counterpart (1 into new fields, 1 left out); 1 new fields in all');
  expect(JSON.parse((await bench.run('propose', 'acme', '--json')).out)).toMatchObject({ counts: [{ mapping: 'people', accepted: 2, toReview: 1, newFields: 1, leftOut: 1 }], advice: null });
});

it('uses memory unless it is switched off, and no language model unless one is named', async () => {
  await bench.run('propose', 'acme');
  await bench.run('propose', 'acme', '--no-memory');
  bench.env['PORTOLAN_MEMORY'] = 'off';
  await bench.run('propose', 'acme');
  expect(bench.installation.calls.filter(([name]) => name === 'propose').map(([, params]) => params)).toEqual([{ project: 'acme', memory: true }, { project: 'acme', memory: false }, { project: 'acme', memory: false }]);
  const server = await startStandIn();
  try {
    expect(await bench.run('propose', 'acme', '--adviser', 'openai-compatible:m', '--adviser-url', server.url)).toMatchObject({ code: 0 });
    expect(bench.installation.calls.at(-1)).toMatchObject(['propose', { adviser: { model: { id: `m at ${new URL(server.url).host}` } } }]);
    expect(await bench.run('propose', 'acme', '--adviser', 'openai-compatible:m')).toMatchObject({ code: 2, err: expect.stringContaining('no address') });
  } finally {
    await server.close();
  }
});

it('shows the reason, the confidence and the alternatives of every line, the least sure first', async () => {
  const { out } = await bench.run('plan', 'show', 'acme', '--reasons');
  expect(out).toMatch(/cf:Key → ref +91 % +proposed +comment, barcode +confirmed in project old on 2026-01-02: ref/);
  expect(out.indexOf('city')).toBeLessThan(out.indexOf('cf:Key'));
  expect(out).toMatch(/updated_at → \(left out\)/);
  expect((await bench.run('plan', 'show', 'acme')).out).toMatch(/alternatives: \[ ?comment, barcode ?\]/);
  expect(await bench.run('plan', 'show', 'acme', '--reasons', 'nothing')).toMatchObject({ code: 2, err: expect.stringContaining('people') });
});
