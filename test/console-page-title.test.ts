import { expect, test } from 'vitest';
import { titleOf } from '../console/src/page-title.ts';

test.each([
  ['/', 'Projects · Portolan'], ['/settings', 'Settings · Portolan'], ['/settings/', 'Settings · Portolan'], ['/sign-in', 'Sign in · Portolan'],
  ['/p/acme', 'Project · acme · Portolan'], ['/p/acme/map', 'Map · acme · Portolan'], ['/p/acme~sandbox/run', 'Run · acme~sandbox · Portolan'], ['/p/acme%7Esandbox/run', 'Run · acme~sandbox · Portolan'], ['/p/acme/overview', 'There is no such page · Portolan'],
  ['/p/acme/nowhere', 'There is no such page · Portolan'], ['/nowhere', 'There is no such page · Portolan'], ['/p/%E0%A4%A', 'Project · %E0%A4%A · Portolan'],
])('the page at %s is called %s', (path, title) => { expect(titleOf(path)).toBe(title); });
