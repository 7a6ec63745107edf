import { expect, test } from 'vitest';
import { doorFor, returnPath } from '../console/src/return-path.ts';

const origin = 'https://portolan.example';

test.each(['/p/acme/map', '/p/acme/decisions#queue-list', '/p/a%20b/file?x=1', '/'])('the door leads back to %s', (path) => {
  expect(returnPath(new URL(doorFor(path), origin).searchParams.get('from'), origin)).toBe(path);
});

test.each([null, '', 'p/acme', 'https://evil.example/', '//evil.example/', '/\\evil.example/', '/\t/evil.example/', 'javascript:alert(1)', '/..//evil.example/', '/sign-in', '/sign-in?from=/sign-in', '/first-run'])('and not to %j', (from) => {
  expect(returnPath(from, origin)).toBe('/');
});
