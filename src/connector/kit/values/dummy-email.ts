/** Domains (or their last part) that no mail is ever delivered to, and words people fill in. */
const emptyWords = new Set(['example', 'test', 'brak', 'none', 'noemail', 'nomail', 'bezmaila', 'brakmaila', 'invalid', 'localhost', 'nieznany', 'unknown', 'dummy', 'fake', 'na', 'null']);
const freeMail = new Set(['gmail', 'wp', 'onet', 'o2', 'interia', 'outlook', 'hotmail', 'yahoo', 'icloud', 'op', 'poczta', 'gazeta', 'tlen', 'vp', 'live', 'proton', 'protonmail', 'me', 'hey', 'aol']);

export type DummyEmailReason = 'domain-without-dot' | 'placeholder-domain' | 'placeholder-local-part' | 'random-at-random';

/** Letters and digits without a vowel pattern that a name has: at least 8 characters, digits between letters, or hardly a vowel. */
function looksRandom(part: string): boolean {
  if (part.length < 8 || !/^[a-z0-9]+$/.test(part)) return false;
  const changes = part.match(/[a-z](?=\d)|\d(?=[a-z])/g)?.length ?? 0;
  const letters = part.replace(/\d/g, '');
  const vowels = letters.match(/[aeiouy]/g)?.length ?? 0;
  return changes >= 3 || (letters.length >= 8 && vowels / letters.length < 0.15);
}

/**
 * Says why an address looks made up. InStream gave people without an address a unique made-up one, so these must be
 * confirmed and dropped before anything can mail them. Pure and offline: no look-ups.
 * @param email one address, any case.
 * @returns the reason, or null when nothing speaks against the address.
 */
export function dummyEmailReason(email: string): DummyEmailReason | null {
  const address = email.trim().toLowerCase();
  const at = address.lastIndexOf('@');
  if (at < 1) return null; // no address at all: another trouble than a made-up one
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (!domain.includes('.')) return 'domain-without-dot';
  const labels = domain.split('.');
  const name = labels.at(-2) ?? '';
  // The top-level names .example and .test, and hosts below example.org, are what invented demonstration data is made of; a person fills in `example.com` or `test.pl`.
  const last = labels.at(-1) ?? '';
  if ((labels.length === 2 && emptyWords.has(name.replace(/-/g, ''))) || (emptyWords.has(last) && last !== 'example' && last !== 'test')) return 'placeholder-domain';
  if (/^(?:brak|none|noemail|no-?email|brak-?maila|nieznany|unknown|dummy|fake)\d*$/.test(local)) return 'placeholder-local-part';
  if (looksRandom(local) && looksRandom(name) && !freeMail.has(name)) return 'random-at-random';
  return null;
}
