import type { MatchSchema } from '../../src/proposal/match/schema.ts';
import { erpDestinations } from './destinations/erp.ts';
import { otherDestinations } from './destinations/support-and-crm.ts';
import { meanings, typeOfValues } from './meanings.ts';
import { commerceEnglish } from './sources/commerce-english.ts';
import { crmEnglish } from './sources/crm-english.ts';
import { crmEnglishMore } from './sources/crm-english-more.ts';
import { exportsFrench } from './sources/exports-french.ts';
import { exportsGeneric } from './sources/exports-generic.ts';
import { exportsGerman } from './sources/exports-german.ts';
import { exportsPolish } from './sources/exports-polish.ts';
import { exportsSpanish } from './sources/exports-spanish.ts';
import { heldEnglish } from './sources/held-english.ts';
import { heldEnglishMore } from './sources/held-english-more.ts';
import { heldLanguages } from './sources/held-languages.ts';
import { heldSpanishPolish } from './sources/held-spanish-polish.ts';
import { heldNovember } from './sources/held-november.ts';
import { unseenEnglish } from './sources/unseen-english.ts';
import { unseenLanguages } from './sources/unseen-languages.ts';
import { serviceEnglish } from './sources/service-english.ts';
import { random, samples } from './values.ts';

/** One source against one destination, with the truth. */
export interface Case {
  readonly id: string;
  readonly vendor: string;
  readonly language: string;
  readonly source: MatchSchema;
  readonly destination: MatchSchema;
  /** Per source field, in order. `target` null = no counterpart; `accepted` holds every answer that counts as right. */
  readonly truth: readonly { readonly target: string | null; readonly accepted: readonly (string | null)[] }[];
}

interface SourceField { readonly name: string; readonly label: string; readonly meaning: string; readonly values: string; readonly type: string }
interface Source { readonly vendor: string; readonly object: string; readonly kind: string; readonly language: string; readonly fields: readonly SourceField[] }
interface Destination { readonly model: string; readonly kinds: readonly string[]; readonly schema: MatchSchema; readonly truth: ReadonlyMap<string, { readonly target: string | null; readonly accepted: readonly (string | null)[] }> }

const blocks = (text: string): readonly { readonly head: readonly string[]; readonly lines: readonly (readonly string[])[] }[] =>
  text.split('\n# ').slice(1).map((block) => {
    const [head = '', ...lines] = block.split('\n');
    return { head: head.trim().split(' '), lines: lines.map((line) => line.trim()).filter((line) => line !== '').map((line) => line.split('|').map((cell) => cell.trim())) };
  });

/** A stable number from a text, so that a block's samples do not depend on the blocks before it. */
const seedOf = (text: string): number => [...text].reduce((sum, sign) => (Math.imul(sum, 31) + (sign.codePointAt(0) ?? 0)) >>> 0, 7);

function readSources(): readonly Source[] {
  const texts = [crmEnglish, crmEnglishMore, serviceEnglish, exportsGerman, exportsFrench, exportsSpanish, exportsPolish, exportsGeneric, unseenEnglish, unseenLanguages, heldEnglish, heldLanguages, commerceEnglish, heldEnglishMore, heldSpanishPolish, heldNovember];
  return texts.flatMap(blocks).map(({ head: [vendor = '', object = '', kind = '', language = ''], lines }) => ({
    vendor: vendor.replace(/^(sheet|zoho|pipedrive)\d$/, '$1'), object, kind, language,
    fields: lines.map((cells) => {
      const [name = '', label = '', short = '', given] = cells.length === 2 ? [cells[0], cells[0], cells[1]] : cells;
      const meaning = short.startsWith('-:') ? '-' : short;
      const values = short.startsWith('-:') ? short.slice(2) : given;
      const known = meanings.get(meaning);
      if (meaning !== '-' && known === undefined) throw new RangeError(`${vendor} ${object}: "${name}" has the unknown meaning "${meaning}"`);
      const kindOfValues = (values === undefined ? undefined : meanings.get(values)?.values ?? values) ?? known?.values;
      if (kindOfValues === undefined) throw new RangeError(`${vendor} ${object}: "${name}" needs its values`);
      // Of an organisation, the company's name is its own name; of a person, it is where they work.
      return { name, label, meaning: meaning === 'company' && kind === 'organisation' ? 'orgname' : meaning, values: kindOfValues, type: values === undefined ? known?.type ?? 'string' : typeOfValues(values) };
    }),
  }));
}

function readDestinations(): readonly Destination[] {
  return [erpDestinations, otherDestinations].flatMap(blocks).map(({ head: [model = '', ...kinds], lines }) => {
    const next = random(seedOf(model));
    const entries = new Map<string, { target: string | null; accepted: (string | null)[] }>();
    const fields = lines.map(([field = '', label = '', type = '', values = '', listed = '']) => {
      const name = `${model}.${field}`;
      for (const token of listed.split(' ').filter((part) => part !== '')) {
        const meaning = token.replace(/[~?]$/, '');
        if (!meanings.has(meaning)) throw new RangeError(`${name} lists the unknown meaning "${meaning}"`);
        const entry = entries.get(meaning) ?? { target: null, accepted: [] };
        entry.accepted.push(name);
        if (!token.endsWith('?')) entry.target = name;
        if (token.endsWith('~')) entry.accepted.push(null);
        entries.set(meaning, entry);
      }
      return { name, label, type: type.replace('!', ''), readonly: type.endsWith('!'), samples: samples({ kind: values, language: 'en', count: 6, next }), description: '', options: [], model };
    });
    for (const entry of entries.values()) if (entry.target === null && !entry.accepted.includes(null)) entry.accepted.push(null);
    return { model, kinds, schema: { title: '', fields }, truth: entries };
  });
}

/** All cases: every source against every destination of its kind. */
export function readCases(): readonly Case[] {
  const destinations = readDestinations();
  return readSources().flatMap((source) => {
    const next = random(seedOf(`${source.vendor} ${source.object} ${source.language}`));
    const schema: MatchSchema = {
      title: '', fields: source.fields.map((field) => ({
        name: field.name, label: field.label, type: field.type, readonly: false, description: '', options: [], model: '',
        samples: samples({ kind: field.values, language: source.language, count: 5 + Math.floor(next() * 8), next }),
      })),
    };
    return destinations.filter(({ kinds }) => kinds.includes(source.kind)).map((destination) => ({
      id: `${source.vendor}-${source.object}-${source.language}__${destination.model}`, vendor: source.vendor, language: source.language, source: schema, destination: destination.schema,
      truth: source.fields.map(({ meaning }) => destination.truth.get(meaning) ?? { target: null, accepted: [null] }),
    }));
  });
}
