import { smallestContent } from '../words/content.ts';
import { attachmentCount } from '../mail/emails.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

const shares = new WeakMap<World, number>();

/** Bytes that each file and attachment has on average, so that all of the first export together have what was asked for. */
function shareOf(world: World, total: number): number {
  const known = shares.get(world);
  if (known !== undefined) return known;
  let count = world.options.files;
  for (let index = 0; index < world.options.emails; index += 1) count += attachmentCount(world, index);
  const share = count === 0 ? 0 : total / count;
  shares.set(world, share);
  return share;
}

/** Size of one file: 0.3 to 30 KB, or about its share of `attachmentBytes`, half of them smaller and half larger by turns. */
export function sizeOf(world: World, random: Random, ordinal: number): number {
  const total = world.options.attachmentBytes;
  if (total === undefined) return 300 + random.below(random.chance(0.2) ? 30_000 : 3_000);
  return Math.max(smallestContent, Math.round(shareOf(world, total) * (ordinal % 2 === 0 ? 0.75 : 1.25)));
}
