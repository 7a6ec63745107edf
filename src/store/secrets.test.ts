import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEncryptionKey, secretBox } from './secrets.ts';

let folder = '';
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'portolan-key-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the encryption key', () => {
  it('is made on first use, for its owner only, and stays', () => {
    const dataFolder = join(folder, 'fresh');
    const key = readEncryptionKey({ dataFolder, environmentKey: null });
    expect(key).toHaveLength(32);
    expect(statSync(join(dataFolder, 'portolan.key')).mode & 0o777).toBe(0o600);
    expect(readEncryptionKey({ dataFolder, environmentKey: null })).toEqual(key);
    expect(readdirSync(dataFolder)).toEqual(['portolan.key']);
  });

  it('comes from the environment where it is set there', () => {
    const key = randomBytes(32);
    expect(readEncryptionKey({ dataFolder: '/nonexistent', environmentKey: `${key.toString('base64')}\n` })).toEqual(key);
  });

  it('is refused when others may read its file, or when it is no key', () => {
    const dataFolder = join(folder, 'open');
    readEncryptionKey({ dataFolder, environmentKey: null });
    chmodSync(join(dataFolder, 'portolan.key'), 0o640);
    expect(() => readEncryptionKey({ dataFolder, environmentKey: null })).toThrow(expect.objectContaining({ code: 'key-file-open-to-others', remedy: expect.stringContaining('chmod 600') }));
    chmodSync(join(dataFolder, 'portolan.key'), 0o600);
    writeFileSync(join(dataFolder, 'portolan.key'), 'c2hvcnQ=');
    expect(() => readEncryptionKey({ dataFolder, environmentKey: null })).toThrow(expect.objectContaining({ code: 'bad-key' }));
    expect(() => readEncryptionKey({ dataFolder, environmentKey: 'not base64!' })).toThrow(expect.objectContaining({ code: 'bad-key' }));
  });
});

describe('a sealed secret', () => {
  it('opens to what was sealed, and never looks the same twice', () => {
    const box = secretBox(randomBytes(32));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, context) => {
      const sealed = box.seal(text, context);
      expect(box.open(sealed, context)).toBe(text);
      expect(box.seal(text, context)).not.toBe(sealed);
    }));
  });

  it('does not open with another key, in another place, or changed', () => {
    const box = secretBox(randomBytes(32));
    const sealed = box.seal('secret', 'here');
    const changed = Buffer.from(sealed, 'base64');
    changed[changed.length - 1]! ^= 1;
    for (const open of [() => secretBox(randomBytes(32)).open(sealed, 'here'), () => box.open(sealed, 'there'), () => box.open(changed.toString('base64'), 'here'), () => box.open('', 'here')]) {
      expect(open).toThrow(expect.objectContaining({ name: 'ConfigurationError', code: 'wrong-key' }));
    }
  });
});
