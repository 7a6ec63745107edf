import { expect, it } from 'vitest';
import { SecretKeeper } from './secrets.ts';

it('hides secrets, also within addresses and other text, and leaves words alone that a short one is part of', () => {
  const secrets = new SecretKeeper();
  for (const secret of ['admin', 'a longer secret', 'abc']) secrets.add(secret);
  expect(secrets.redact('admin is wrong: "admin", password=admin, https://x:admin@host/')).toBe('[secret] is wrong: "[secret]", password=[secret], https://x:[secret]@host/');
  expect(secrets.redact('ask an administrator about abc')).toBe('ask an administrator about abc');
  expect(secrets.redact('xa longer secretx and a%20longer%20secret')).toBe('x[secret]x and [secret]');
});
