import { addressesIn } from './email-addresses.ts';
import { fold } from './fold.ts';
import { entriesOf } from './multi-value.ts';
import type { KeyPart } from '../plan.ts';

export type KeyNormaliser = KeyPart['normalise'];

/**
 * The comparable forms of one value: none where it is empty or not of that kind, several where an e-mail cell holds
 * several addresses.
 * - exact: trimmed, NFC · fold: see `fold` · email: bare address in lower case · domain: host without `www.`, of an
 *   e-mail address the part after `@` · digits: digits only, for VAT and phone numbers
 */
export function normaliseKey(value: string, how: KeyNormaliser): readonly string[] {
  switch (how) {
    case 'exact': return filled(value.trim().normalize('NFC'));
    case 'fold': return filled(fold(value));
    case 'email': return addressesIn(value).addresses;
    case 'digits': return filled(value.replace(/\D/g, ''));
    case 'domain': return entriesOf(value, { comma: false }).flatMap(domainOf);
  }
}

const filled = (text: string): readonly string[] => (text === '' ? [] : [text]);

function domainOf(text: string): readonly string[] {
  const bare = text.trim().toLowerCase().replace(/^mailto:/, '');
  const host = /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?(?:[^/?#@]*@)?([^/?#:@>]+)/.exec(bare)?.[1]?.replace(/^www\d?\./, '').replace(/\.$/, '') ?? '';
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(host) ? [host] : [];
}
