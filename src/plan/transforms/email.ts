import { z } from 'zod';
import type { Json } from '../../connector/json.ts';
import { addressesIn } from '../values/email-addresses.ts';
import { quote } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const parameters = z.strictObject({
  several: z.enum(['first', 'all']).default('first').describe('`first`: one address, the others are a loss; `all`: a list.'),
  invalid: z.enum(['keep', 'empty', 'quarantine']).default('keep').describe('What becomes of text that is no address.'),
}).prefault({});

export const email = defineTransform({
  name: 'email', summary: 'E-mail address in its plain form: without name and `mailto:`, lower case. Text that is no address is kept with a warning.',
  input: 'text', output: 'email', parameters, takesLists: true,
  examples: [
    { input: 'Ada Nowak <Ada.Nowak@Example.COM>', output: 'ada.nowak@example.com' },
    { input: 'mailto:ada@example.com', output: 'ada@example.com' },
    { input: 'ada@example.com; biuro@example.com', output: 'ada@example.com' },
    { parameters: { several: 'all' }, input: 'ada@example.com, biuro@example.com', output: ['ada@example.com', 'biuro@example.com'] },
    { input: 'ada(at)example', output: 'ada(at)example', warning: 'not an e-mail address' },
    { parameters: { invalid: 'empty' }, input: 'brak', output: null, warning: 'not an e-mail address' },
    { parameters: { invalid: 'quarantine' }, input: 'brak', failure: 'bad-email' },
  ],
  prepare: ({ several, invalid }) => (value) => {
    const { addresses, rest } = addressesIn(value);
    const wrong = rest.length > 0 ? `${rest.map(quote).join(', ')} is not an e-mail address` : null;
    if (wrong !== null && invalid === 'quarantine') return { failure: { code: 'bad-email', message: wrong, remedy: 'Correct the address, or let the line keep or empty such text (`invalid`).' } };
    const [head, ...others] = addresses;
    if (head === undefined) {
      const kept: Json = invalid === 'keep' ? rest.join(', ') : null;
      return { value: kept === '' ? null : kept, ...(wrong === null ? {} : { warning: `${wrong}: ${kept === null ? 'left empty' : 'kept as it is'}` }) };
    }
    const dropped = wrong === null ? {} : { warning: `${wrong}: left out` };
    if (several === 'all') return { value: addresses, ...dropped };
    return others.length > 0
      ? { value: head, ...dropped, loss: `${others.length} further address${others.length > 1 ? 'es' : ''} not kept in this field` }
      : { value: head, ...dropped };
  },
});
