import { describe, expect, test } from 'vitest';
import { decisionValues } from '../compiled/decision-values.ts';
import { checkStep, compileStep } from '../compiled/compile-step.ts';
import { transforms } from './registry.ts';

describe.each(transforms)('$name', (transform) => {
  test.each(transform.examples)('$parameters turns $input into $output$failure', async (example) => {
    const decisions = decisionValues({
      decisions: Object.entries(example.decisions ?? {}).map(([id, answer]) => ({ id, question: '', options: [], recommendation: null, answer: answer as never, reason: '' })),
    });
    const step = example.parameters === undefined ? transform.name : { [transform.name]: example.parameters as never };
    expect(checkStep(step, decisions).problems).toEqual([]);
    const result = await compileStep(step, transform, decisions).run(example.input, { record: example.record ?? {}, links: {}, facts: {} });
    if (example.failure !== undefined) {
      expect(result.failure).toMatchObject({ code: example.failure, message: expect.stringMatching(/./), remedy: expect.stringMatching(/\.$/) });
      return;
    }
    expect(result.failure).toBeUndefined();
    if (result.failure) return;
    expect(result.value).toEqual(example.output);
    if (example.warning === undefined) expect(result.warning).toBeUndefined();
    else expect(result.warning).toContain(example.warning);
  });
});
