import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fstatSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../connector/errors.ts';
import { folderError } from './embedded/trouble.ts';

const keyFileName = 'portolan.key';
const keyBytes = 32;

/**
 * Reads the key that encrypts connection secrets: from PORTOLAN_KEY where that is set, else from `portolan.key` in
 * the data folder, which is made on first use.
 * @param params.environmentKey value of PORTOLAN_KEY (base64 of 32 bytes); null = not set.
 * @throws ConfigurationError 'bad-key', 'key-file-open-to-others'.
 */
export function readEncryptionKey(params: Readonly<{ dataFolder: string; environmentKey: string | null }>): Buffer {
  if (params.environmentKey !== null) return parseKey(params.environmentKey, 'PORTOLAN_KEY');
  const path = join(params.dataFolder, keyFileName);
  try {
    if (!existsSync(path)) makeKeyFile(params.dataFolder, path);
    const file = openSync(path, 'r');
    try {
      const mode = fstatSync(file).mode & 0o777;
      if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
        throw new ConfigurationError({
          code: 'key-file-open-to-others', message: `The key file ${path} may be read by others (mode ${mode.toString(8)}).`,
          remedy: `Run: chmod 600 ${path} - and if others had access to this machine, enter the connections' secrets anew with a new key.`,
        });
      }
      return parseKey(readFileSync(file, 'utf8'), path);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw error instanceof ConfigurationError ? error : folderError(params.dataFolder, error);
  }
}

/** Writes a new key beside and links it into place: of two processes one wins, and neither reads half a file. */
function makeKeyFile(dataFolder: string, path: string): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(keyBytes).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function parseKey(text: string, origin: string): Buffer {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  if (key.length === keyBytes && /^[A-Za-z0-9+/_-]+={0,2}$/.test(trimmed)) return key;
  throw new ConfigurationError({
    code: 'bad-key', message: `The encryption key of ${origin} is not base64 of ${keyBytes} bytes (it decodes to ${key.length}).`,
    remedy: 'Make one with `openssl rand -base64 32`; existing connections need the key they were saved with.',
  });
}

/** Encrypts and decrypts the secrets of connections. */
export interface SecretBox {
  /** @param context bound to the text: a secret copied into another row does not open. */
  seal(text: string, context: string): string;
  /** @throws ConfigurationError 'wrong-key'. */
  open(sealed: string, context: string): string;
}

/** AES-256-GCM with a fresh 12-byte nonce per secret. Sealed form: base64 of version byte 1, nonce, tag, cipher text. */
export function secretBox(key: Buffer): SecretBox {
  return {
    seal(text, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64');
      try {
        if (bytes[0] !== 1 || bytes.length < 29) throw new Error('unknown format of a sealed secret');
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13), { authTagLength: 16 })
          .setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(13, 29));
        return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new ConfigurationError({
          code: 'wrong-key', message: `The saved secrets of ${context} do not open with this encryption key.`,
          remedy: 'Set PORTOLAN_KEY (or restore portolan.key in the data folder) to the key they were saved with, or connect again to enter the secrets anew.',
          cause,
        });
      }
    },
  };
}
