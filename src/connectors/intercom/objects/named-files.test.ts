import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RetriableError } from '../../../connector/errors.ts';
import type { JsonObject } from '../../../connector/json.ts';
import { describeFiles } from './named-files.ts';

let folder = '';
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'portolan-named-files-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bytes = Buffer.from('MZ program');
const file = (name: string): JsonObject => ({ $file: 'ir.attachment/7', name, mimeType: null, size: bytes.length, sha1: null, sha256: null });
const opener = async function* (): AsyncGenerator<Uint8Array> { yield bytes; };
const sha256 = createHash('sha256').update(bytes).digest('hex');
const line = `SHA-256 ${sha256}, SHA-1 ${createHash('sha1').update(bytes).digest('hex')}, ${bytes.length} bytes`;

test('bytes are kept under their digest and name, readable by the owner only, by several at once, under a name that the disk takes', async () => {
  const kept = join(folder, 'reports', 'desk', 'left-out-files');
  const long = `${'ż'.repeat(200)}.exe`;
  const lines = await Promise.all([describeFiles(file('setup.exe'), opener, kept), describeFiles(file('setup.exe'), opener, kept), describeFiles([file('../../etc/up.exe'), file(long)], opener, kept)]);
  expect(lines).toEqual([[line], [line], [line, line]]);
  const prefix = sha256.slice(0, 16);
  expect(readdirSync(kept).toSorted()).toEqual([`${prefix}-setup.exe`, `${prefix}-up.exe`, `${prefix}-${[...long].slice(-50).join('')}`].toSorted());
  expect(readFileSync(join(kept, `${prefix}-setup.exe`))).toEqual(bytes);
  expect([statSync(kept).mode & 0o777, statSync(join(kept, `${prefix}-setup.exe`)).mode & 0o777]).toEqual([0o700, 0o600]);
});

test('a disk that does not take them is named, with what to do; an error of where they come from stays its own', async () => {
  writeFileSync(join(folder, 'taken'), '');
  await expect(describeFiles(file('setup.exe'), opener, join(folder, 'taken'))).rejects.toMatchObject({ code: 'cannot-keep-file', message: expect.stringContaining('setup.exe'), remedy: expect.stringContaining('archiveFolder') });
  const broken = async function* (): AsyncGenerator<Uint8Array> { yield bytes; throw new RetriableError({ code: 'gone-away', message: 'The source broke off.' }); };
  await expect(describeFiles(file('setup.exe'), broken, folder)).rejects.toMatchObject({ code: 'gone-away' });
  expect(readdirSync(folder)).toEqual(['taken']);
});
