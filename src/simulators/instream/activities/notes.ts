import type { Row } from '../records/companies.ts';
import { dirtOf, hostile } from '../dirt.ts';
import { daysBefore } from '../files/formats.ts';
import { fateOf } from '../later.ts';
import type { Fate } from '../later.ts';
import { ownerOf } from '../records/owners.ts';
import { noParent, onCompany, onContact, onDeal, unknownParent } from '../records/parents.ts';
import type { Parent } from '../records/parents.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

export const noteColumns = ['id', 'record_type', 'record_id', 'contact_email', 'company_name', 'body', 'format', 'author_email', 'created_at'] as const;

export interface Note {
  readonly id: string;
  readonly parent: Parent;
  readonly format: 'text' | 'html' | 'markdown';
  readonly author: string;
  /** Wall-clock milliseconds; null where the cell holds no date. */
  readonly createdAt: number | null;
  readonly fate: Fate;
  readonly row: Row;
}

function bodyOf(world: World, random: Random): Readonly<{ body: string; format: Note['format'] }> {
  const { noteSentences } = world.words;
  const one = random.pick(noteSentences);
  const other = random.pick(noteSentences);
  switch (random.below(8)) {
    case 0: return { format: 'html', body: `<p>${one}</p><ul><li><b>${other}</b></li><li>a &lt; b &amp;&amp; c</li></ul>` };
    case 1: return { format: 'markdown', body: `## ${one}\n\n- **${other}**\n- [mapa](https://maps.example/1)` };
    case 2: return { format: 'text', body: `${one}\n\n${other}\r\nPS: ok` };
    case 3: return { format: 'text', body: `${one} 5 < 7 & 9 > 3, <b>nie html</b>` };
    case 4: return { format: 'text', body: `${one} 👍🏽 ${other} ☎️ 🇵🇱` };
    case 5: return { format: 'text', body: `"${one}" - 'powiedziała'; ${other}` };
    default: return { format: 'text', body: `${one} ${other}` };
  }
}

function parentOf(world: World, random: Random, dirt: ReturnType<typeof dirtOf<'notes'>>): Parent {
  if (dirt === 'no-parent') return noParent;
  if (dirt === 'company-only') return onCompany(world, random, true);
  if (dirt === 'unknown-parent') return unknownParent;
  const lot = random.next();
  const deal = lot < 0.2 ? onDeal(world, random) : null;
  if (deal !== null) return deal;
  if (lot < 0.4) return onCompany(world, random, false);
  return onContact(world, random);
}

export function noteAt(world: World, index: number): Note {
  const random = world.random('note', index);
  const dirt = dirtOf('notes', index, world.options.dirt);
  const written = bodyOf(world, random);
  const parent = parentOf(world, random, dirt);
  const fate = fateOf(world, 'note', index, world.options.notes);
  const addition = fate === 'changed' ? ` ${world.words.afterwards}` : '';
  const body = dirt === 'empty-body' ? '' : dirt === 'script' ? `${hostile.script}<img src=x onerror="alert(1)"> ${written.body}`
    : dirt === 'very-long' ? hostile.long(`${written.body} `) : written.body + addition;
  const id = `n${index + 1}`;
  const author = ownerOf(world, random);
  const created = daysBefore(1 + random.below(800) + random.next());
  return {
    id, parent, format: written.format, fate, author, createdAt: dirt === 'bad-date' ? null : created,
    row: { id, ...parent.cells, body, format: written.format, author_email: author, created_at: dirt === 'bad-date' ? '31.02.2026 25:61' : world.formats.dateTime(created) },
  };
}
