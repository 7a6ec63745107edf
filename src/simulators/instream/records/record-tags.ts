import { companyId } from './companies.ts';
import type { Row } from './companies.ts';
import { personAt } from './contacts.ts';
import { dealId } from './deals.ts';
import { dirtOf } from '../dirt.ts';
import { fateOf } from '../later.ts';
import type { Fate } from '../later.ts';
import { typedSpelling } from '../world.ts';
import type { World } from '../world.ts';

export const recordTagColumns = ['record_type', 'record_id', 'record_email', 'tag_name'] as const;

export interface RecordTag {
  readonly id: string;
  readonly contact: number | null;
  readonly deal: number | null;
  readonly record: string | null;
  readonly tag: string;
  readonly fate: Fate;
  readonly row: Row;
}

/**
 * Row `index` of record_tags.csv: three of five on contacts, one on a company, one on a deal; no pair twice but where that is the dirt.
 * Null where its turn falls on a record that is dirty itself, or without an id that could be named.
 */
export function recordTagAt(world: World, index: number): RecordTag | null {
  const { options, words } = world;
  const turn = index % 5;
  const [file, total] = turn < 3 ? ['contacts', options.contacts] as const : turn === 3 ? ['companies', options.companies] as const : ['deals', options.deals] as const;
  const ordinal = turn < 3 ? Math.floor(index / 5) * 3 + turn : Math.floor(index / 5);
  const target = total === 0 ? 0 : ordinal % total;
  const round = total === 0 ? 0 : Math.floor(ordinal / total);
  if (total === 0 || round >= words.tags.length || dirtOf(file, target, options.dirt) !== null || (turn >= 3 && !options.ids)) return null;
  const random = world.random('record tag', index);
  const dirt = dirtOf('record_tags', index, options.dirt);
  const first = world.random(`first tag of ${file}`, target).below(words.tags.length);
  const tag = dirt === 'empty-tag' ? '' : typedSpelling(words.tags[(first + round) % words.tags.length] ?? '', random);
  const cells: Row = turn < 3 ? { record_type: 'contact', record_id: personAt(world, target).id, record_email: personAt(world, target).email }
    : turn === 3 ? { record_type: 'company', record_id: companyId(target) } : { record_type: 'deal', record_id: dealId(target) };
  const unknown = dirt === 'unknown-record';
  return {
    id: `r${index + 1}`, contact: turn < 3 ? target : null, deal: turn === 4 ? target : null, record: unknown ? null : cells['record_id'] ?? null, tag,
    fate: fateOf(world, 'record tag', index, options.recordTags),
    row: { ...(unknown ? { record_type: 'contact', record_id: 'p0', record_email: 'nobody@nowhere.example' } : cells), tag_name: tag },
  };
}
