import { companyId, companyName } from './companies.ts';
import type { Row } from './companies.ts';
import { personAt } from './contacts.ts';
import { dealId } from './deals.ts';
import { dirtOf, hostile } from './dirt.ts';
import { daysBefore } from './formats.ts';
import { ownerOf } from './owners.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

export const noteColumns = ['id', 'record_type', 'record_id', 'contact_email', 'company_name', 'body', 'format', 'author_email', 'created_at'] as const;

export interface Note {
  readonly id: string;
  readonly parent: 'contact' | 'company' | 'deal' | 'company-name' | 'unknown' | 'none';
  readonly format: 'text' | 'html' | 'markdown';
  /** Index of the contact the note is on. */
  readonly contact: number | null;
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

type Parent = Pick<Note, 'parent' | 'contact'> & Readonly<{ cells: Row }>;
const nothing: Parent = { parent: 'none', contact: null, cells: {} };

function onCompany(world: World, random: Random, nameOnly: boolean): Parent {
  const { companies, ids } = world.options;
  if (companies === 0) return nothing;
  const company = random.below(companies);
  const named = { company_name: companyName(world, company) };
  return nameOnly || !ids ? { parent: 'company-name', contact: null, cells: named }
    : { parent: 'company', contact: null, cells: { ...named, record_type: 'company', record_id: companyId(company) } };
}

function onContact(world: World, random: Random): Parent {
  const { contacts, dirt } = world.options;
  const start = contacts === 0 ? 0 : random.below(contacts);
  for (let step = 0; step < Math.min(contacts, 50); step += 1) {
    const contact = (start + step) % contacts;
    if (dirtOf('contacts', contact, dirt) !== null) continue; // its e-mail or id may lead nowhere
    const person = personAt(world, contact);
    return { parent: 'contact', contact, cells: { record_type: 'contact', record_id: person.id, contact_email: person.email } };
  }
  return nothing;
}

function parentOf(world: World, random: Random, dirt: ReturnType<typeof dirtOf<'notes'>>): Parent {
  const { deals, ids } = world.options;
  if (dirt === 'no-parent') return nothing;
  if (dirt === 'company-only') return onCompany(world, random, true);
  if (dirt === 'unknown-parent') return { parent: 'unknown', contact: null, cells: { record_type: 'contact', record_id: 'p0', contact_email: 'nobody@nowhere.example' } };
  const lot = random.next();
  if (lot < 0.2 && deals > 0 && ids) return { parent: 'deal', contact: null, cells: { record_type: 'deal', record_id: dealId(random.below(deals)) } };
  if (lot < 0.4) return onCompany(world, random, false);
  return onContact(world, random);
}

export function noteAt(world: World, index: number): Note {
  const random = world.random('note', index);
  const dirt = dirtOf('notes', index, world.options.dirt);
  const written = bodyOf(world, random);
  const parent = parentOf(world, random, dirt);
  const body = dirt === 'empty-body' ? '' : dirt === 'script' ? `${hostile.script}<img src=x onerror="alert(1)"> ${written.body}`
    : dirt === 'very-long' ? hostile.long(`${written.body} `) : written.body;
  const id = `n${index + 1}`;
  return {
    id, parent: parent.parent, contact: parent.contact, format: written.format,
    row: { id, ...parent.cells, body, format: written.format, author_email: ownerOf(world, random), created_at: dirt === 'bad-date' ? '31.02.2026 25:61' : world.formats.dateTime(daysBefore(1 + random.below(800) + random.next())) },
  };
}
