import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { isProcessGone, processIdentity } from './process-identity.ts';

it('takes this process for alive', () => {
  expect(isProcessGone(processIdentity())).toBe(false);
});

it('tells that a killed process of this host is gone', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  await once(child, 'spawn');
  const identity = `${hostname()}:${child.pid}`;
  expect(isProcessGone(identity)).toBe(false);
  child.kill('SIGKILL');
  await exited;
  expect(isProcessGone(identity)).toBe(true);
});

it.each(['elsewhere.example:1', `${hostname()}:`, `${hostname()}:nothing`, `${hostname()}:0`, `${hostname()}:-5`, ''])('never says that %j is gone', (identity) => {
  expect(isProcessGone(identity)).toBe(false);
});
