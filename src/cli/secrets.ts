/** A secret such as `admin` is hidden where it stands alone: within another word it would make nonsense of "administrator". */
const shortWord = /^[\p{L}\p{N}]{1,7}$/u;

/** The secrets this process has seen; error texts and log lines are passed through `redact` before anybody reads them. */
export class SecretKeeper {
  readonly #secrets = new Set<string>();

  /** Shorter ones would hide half of every sentence and are no secrets. */
  add(secret: string): void {
    if (secret.length < 4) return;
    this.#secrets.add(secret);
    this.#secrets.add(encodeURIComponent(secret));
    this.#secrets.add(JSON.stringify(secret).slice(1, -1));
  }

  /** The text with every known secret, and every password within an address, replaced by `[secret]`. */
  redact(text: string): string {
    let result = text.replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi, '$1:[secret]@');
    for (const secret of [...this.#secrets].sort((a, b) => b.length - a.length)) result = shortWord.test(secret) ? result.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}])${secret}(?![\\p{L}\\p{N}])`, 'gu'), '[secret]') : result.replaceAll(secret, '[secret]');
    return result;
  }
}
