import type { Random } from '../random.ts';
import type { World } from '../world.ts';

const invented = ['magda.kos@sales.example', 'piotr.sowa@sales.example', 'ines.grey@sales.example'] as const;
/** Owns records, but left the company: stands in no owners.csv. */
const former = 'former.colleague@sales.example';

export function ownerList(world: World): readonly Readonly<{ id: string; name: string; email: string; active: boolean }>[] {
  return [...world.options.knownOwners, ...invented].map((email, index) => ({
    id: `u${index + 1}`, email, active: email !== invented[2],
    name: (email.split('@')[0] ?? email).split('.').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(' '),
  }));
}

/** About half to the owners known at the destination, the rest to unknown ones, 4 % to nobody, 2 % to somebody who left. */
export function ownerOf(world: World, random: Random): string {
  const lot = random.next();
  if (lot < 0.04) return '';
  if (lot < 0.06) return former;
  const known = world.options.knownOwners;
  return known.length > 0 && lot < 0.55 ? random.pick(known) : random.pick(invented);
}
