import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const bin = resolve('bin/portolan');
let folder: string;

interface Ended { readonly code: number; readonly out: string; readonly err: string }
function run(command: string, args: readonly string[], env: Record<string, string>): Promise<Ended> {
  return new Promise((done) => {
    execFile(command, args, { env, cwd: folder }, (error, out, err) => done({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err }));
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-bin-'));
  // An old Node comes first on the PATH: it tells its version and refuses everything else.
  await writeFile(join(folder, 'node'), '#!/bin/sh\n[ "$1" = --version ] && echo v20.20.2 && exit 0\necho "old node was used" >&2\nexit 77\n');
  await chmod(join(folder, 'node'), 0o755);
  await symlink(bin, join(folder, 'first'));
  await symlink('first', join(folder, 'portolan'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('bin/portolan', () => {
  const oldNodeFirst = (): Record<string, string> => ({ PATH: `${folder}:/usr/bin:/bin`, HOME: folder });

  it('finds a new enough Node although the machine\'s own is too old, also through symbolic links', async () => {
    const { code, out, err } = await run(join(folder, 'portolan'), ['--help'], oldNodeFirst());
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Usage: portolan');
  });

  it('runs with the machine\'s own PATH', async () => {
    const { code, out } = await run(bin, ['--version'], { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: folder });
    expect([code, out.trim()]).toEqual([0, '0.1.0']);
  });

  it('takes the Node of PORTOLAN_NODE, and hands arguments and exit code through', async () => {
    const env = { PATH: '/usr/bin:/bin', HOME: folder, PORTOLAN_NODE: process.execPath };
    const { code, err } = await run(bin, ['status', 'a b', '--nonsense option'], env);
    expect(code).toBe(2);
    expect(err).toContain("unknown option '--nonsense option'");
  });

  it('says what to do where there is no Node at all', async () => {
    const lonely = join(folder, 'lonely/bin/portolan');
    const copy = await run('/bin/sh', ['-c', `mkdir -p ${dirname(lonely)} && cp ${bin} ${lonely}`], { PATH: '/usr/bin:/bin' });
    expect(copy.code).toBe(0);
    const { code, err } = await run(lonely, ['--help'], oldNodeFirst());
    expect(code).toBe(2);
    expect(err).toMatch(/no Node 22\.18 or newer[\s\S]*npm install/);
  });
});
