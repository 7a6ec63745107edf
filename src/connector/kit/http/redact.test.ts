import { describe, expect, it } from 'vitest';
import { makeRedactor, redactHeaders, redacted, redactUrl } from './redact.ts';

describe('redaction', () => {
  it('hides a secret in every spelling', () => {
    const hide = makeRedactor(['p@ss "word"']);
    const spellings = ['p@ss "word"', encodeURIComponent('p@ss "word"'), Buffer.from('p@ss "word"').toString('base64'), JSON.stringify({ a: 'p@ss "word"' })];
    for (const spelling of spellings) expect(hide(`before ${spelling} after`)).not.toMatch(/p@ss|p%40ss|cEBzcy/u);
  });
  it('hides credentials and secret parameters of URLs inside texts', () => {
    expect(makeRedactor([])('see https://user:pw1234@host.example/x?token=abc&page=2 now')).toBe(`see https://host.example/x?token=${encodeURIComponent(redacted).replaceAll('%20', '+')}&page=2 now`);
    expect(redactUrl('no url')).toBe('no url');
  });
  it('leaves short words and plain texts alone', () => {
    expect(makeRedactor(['a'])('a banana')).toBe('a banana');
  });
  it('hides authorisation headers', () => {
    expect(redactHeaders({ Authorization: 'bearer x', Accept: '*/*' })).toEqual({ Authorization: redacted, Accept: '*/*' });
  });
});
