import { z } from 'zod';
import { dummyEmailReason } from '../../connector/kit/values/dummy-email.ts';
import type { DummyEmailReason } from '../../connector/kit/values/dummy-email.ts';
import { plainText, quote } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const words: { readonly [reason in DummyEmailReason]: string } = {
  'domain-without-dot': 'its domain has no dot', 'placeholder-domain': 'its domain is a placeholder',
  'placeholder-local-part': 'the part before the @ is a placeholder', 'random-at-random': 'random letters stand on both sides of the @',
};

const parameters = z.strictObject({
  extraDomains: z.array(z.string()).default([]).describe('Further domains whose addresses are made up.'),
}).prefault({});

export const dropDummyEmail = defineTransform({
  name: 'dropDummyEmail', summary: 'Empties made-up e-mail addresses, so that nobody is ever mailed there; says why.', input: 'email', output: 'email', parameters,
  examples: [
    { input: 'ada@firma-nowak.pl', output: 'ada@firma-nowak.pl' },
    { input: 'brak@brak.pl', output: null, warning: 'made up' },
    { parameters: { extraDomains: ['nomail.local'] }, input: 'x1@nomail.local', output: null, warning: 'made up' },
  ],
  prepare: ({ extraDomains }) => {
    const domains = extraDomains.map((domain) => domain.toLowerCase());
    return (value) => {
      const text = plainText(value) ?? '';
      const lowered = text.toLowerCase();
      const code = dummyEmailReason(text);
      const reason = code !== null ? words[code] : domains.some((domain) => lowered.endsWith(`@${domain}`)) ? 'its domain is listed as made up' : null;
      return reason === null ? { value } : { value: null, warning: `${quote(text)} looks made up (${reason}): left empty` };
    };
  },
});
