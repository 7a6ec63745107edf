import { describe, expect, test } from 'vitest';
import { decisionValues } from '../decision-values.ts';
import { transforms } from './registry.ts';

describe.each(transforms)('$name', ({ examples, prepare }) => {
  test.each(examples)('$parameters turns $input into $output$failure', async (example) => {
    const decisions = decisionValues({
      decisions: Object.entries(example.decisions ?? {}).map(([id, answer]) => ({ id, question: '', options: [], recommendation: null, answer: answer as never, reason: '' })),
    });
    const result = await prepare(example.parameters, decisions)(example.input, { record: example.record ?? {}, links: {}, facts: {} });
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
