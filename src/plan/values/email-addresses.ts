import type { Json } from '../../connector/json.ts';
import { entriesOf } from './multi-value.ts';

const address = /^[^\s@<>(),;:"\\]+@[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;
const simple = /^[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/;

/**
 * The addresses in a cell, in order, without repetition: lower case, NFC, freed of names, brackets and `mailto:`.
 * @returns `rest`: the entries that hold no address.
 */
export function addressesIn(value: Json): { readonly addresses: readonly string[]; readonly rest: readonly string[] } {
  if (typeof value === 'string' && simple.test(value) && !value.includes('-.') && !value.includes('.-') && !value.includes('@-')) return { addresses: [value], rest: [] };
  const addresses = new Set<string>();
  const rest: string[] = [];
  for (const entry of entriesOf(value, { comma: false })) {
    // A comma may divide addresses or stand in a name: "Nowak, Ada <ada@example.com>".
    const candidates = (entry.match(/@/g)?.length ?? 0) > 1 ? entry.split(/[,\s]+(?=[^,]*@)/) : [entry];
    for (const candidate of candidates) {
      const found = bareAddress(candidate);
      if (found !== null) addresses.add(found);
      else if (candidate.trim() !== '') rest.push(candidate.trim());
    }
  }
  return { addresses: [...addresses], rest };
}

/** One address in its plain form, or null where the text is none. */
function bareAddress(text: string): string | null {
  const bracket = /<([^<>]*)>\s*$/.exec(text);
  const bare = (bracket?.[1] ?? text).trim().replace(/^mailto:/i, '').replace(/\?.*$/s, '').replace(/^[<("']+|[>)"',.]+$/g, '').normalize('NFC').toLowerCase();
  return bare.length <= 254 && address.test(bare) ? bare : null;
}
