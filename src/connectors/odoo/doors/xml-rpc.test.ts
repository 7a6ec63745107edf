import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../connector/json.ts';
import { cleanText } from '../values/clean-text.ts';
import { decodeAnswer, encodeCall } from './xml-rpc-codec.ts';
import { faultName, isFaultAfterCommit, XmlRpcFault } from './xml-rpc-fault.ts';

const answer = (value: string): string => `<?xml version='1.0'?><methodResponse><params><param>${value}</param></params></methodResponse>`;
const fault = (code: string, text: string): string => `<?xml version='1.0'?><methodResponse><fault><value><struct><member><name>faultCode</name><value>${code}</value></member><member><name>faultString</name><value><string>${text}</string></value></member></struct></value></fault></methodResponse>`;
const thrown = (text: string): XmlRpcFault => {
  try {
    decodeAnswer(text);
  } catch (error) {
    if (error instanceof XmlRpcFault) return error;
    throw error;
  }
  throw new Error('no fault');
};

describe('XML-RPC', () => {
  it('writes and reads back any value', () => {
    const text = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)).map(cleanText);
    const value = fc.letrec<{ any: Json }>((tie) => ({
      any: fc.oneof({ maxDepth: 3 }, fc.constant(null), fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0), text, fc.array(tie('any')), fc.dictionary(text, tie('any'), { noNullPrototype: true })),
    })).any;
    fc.assert(fc.property(value, (one) => {
      const call = encodeCall('m', [one]);
      const inner = /<param>(.*)<\/param>/su.exec(call)?.[1] ?? '';
      expect(decodeAnswer(answer(inner))).toEqual(JSON.parse(JSON.stringify(one)));
    }), { numRuns: 300 });
  });

  it('reads untyped values as texts and keeps their blanks', () => {
    expect(decodeAnswer(answer('<value> a &amp; b </value>'))).toBe(' a & b ');
    expect(decodeAnswer(answer('<value></value>'))).toBe('');
    expect(decodeAnswer(answer('<value><array><data>\n<value><int>1</int></value>\n<value>x</value>\n</data></array></value>'))).toEqual([1, 'x']);
  });

  it('reads a page in which another client stored characters that are not XML', () => {
    expect(decodeAnswer(answer('<value><string>a\uFFFEb\u0001c&#x1;d&#65535;e</string></value>'))).toBe('abcde');
  });

  it('does not take a cut-off answer for a whole one', () => {
    const whole = answer('<value><array><data><value><int>1</int></value></data></array></value>');
    for (let length = 0; length < whole.length - 1; length += 7) expect(() => decodeAnswer(whole.slice(0, length))).toThrow(/not a whole|unclosed|document must contain|unexpected end/iu);
  });

  it('names the exception behind each fault code', () => {
    const traceback = 'Traceback (most recent call last):\n  File &quot;x.py&quot;, line 1\nValueError: Invalid field &apos;zzz&apos; on model &apos;res.partner&apos;\n';
    expect(faultName(thrown(fault('<int>1</int>', traceback)))).toEqual({ name: 'builtins.ValueError', message: "Invalid field 'zzz' on model 'res.partner'" });
    expect(faultName(thrown(fault('<int>1</int>', 'Traceback:\n  x\npsycopg2.errors.SerializationFailure: could not serialize access\nLINE 1\n')))).toMatchObject({ name: 'psycopg2.errors.SerializationFailure' });
    expect(faultName(thrown(fault('<int>1</int>', 'Traceback:\n  x\npsycopg2.OperationalError: FATAL:  database &quot;x&quot; does not exist\n\n')))).toEqual({ name: 'psycopg2.OperationalError', message: 'FATAL:  database "x" does not exist' });
    expect(faultName(thrown(fault('<int>2</int>', 'Object no.model doesn&apos;t exist'))).name).toBe('odoo.exceptions.UserError');
    expect(faultName(thrown(fault('<int>2</int>', 'Record does not exist or has been deleted.\n(Record: res.partner(9,), User: 2)'))).name).toBe('odoo.exceptions.MissingError');
    expect(faultName(thrown(fault('<int>3</int>', 'Access Denied'))).name).toBe('odoo.exceptions.AccessDenied');
    expect(faultName(thrown(fault('<int>4</int>', 'no'))).name).toBe('odoo.exceptions.AccessError');
  });

  it('knows a fault that came after the commit', () => {
    expect(isFaultAfterCommit(thrown(fault('<int>1</int>', 'Traceback\n  x\nTypeError: cannot marshal None unless allow_none is enabled\n')))).toBe(true);
    expect(isFaultAfterCommit(thrown(fault('<int>1</int>', 'Traceback\n  x\nTypeError: cannot marshal &lt;class &apos;odoo.api.mail.activity&apos;&gt; objects\n')))).toBe(true);
    expect(isFaultAfterCommit(thrown(fault('<int>1</int>', 'Traceback\n  x\nTypeError: unsupported operand\n')))).toBe(false);
  });
});
