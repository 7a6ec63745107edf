import { encoderFor } from './files/encoding.ts';
import type { Encoder } from './files/encoding.ts';
import { formatsOf } from './files/formats.ts';
import type { Formats } from './files/formats.ts';
import type { BundleOptions } from './options.ts';
import { randomFor } from './random.ts';
import type { Random } from './random.ts';
import type { Vocabulary } from './words/vocabulary.ts';
import { vocabularies } from './words/vocabularies.ts';

/** Everything that the makers of single records need; no state. */
export interface World {
  readonly options: BundleOptions;
  readonly words: Vocabulary;
  readonly formats: Formats;
  readonly encoder: Encoder;
  random(topic: string, index: number): Random;
}

export function worldOf(options: BundleOptions): World {
  return {
    options, words: vocabularies[options.language], formats: formatsOf(options), encoder: encoderFor(options.encoding),
    random: (topic, index) => randomFor(options.seed, topic, index),
  };
}

/** Contacts of this export: those of the first one and those added since. */
export function contactTotal({ options }: World): number {
  return options.contacts + (options.later?.addedContacts ?? 0);
}

export function companyTotal({ options }: World): number {
  return options.companies + (options.later?.addedCompanies ?? 0);
}

export function dealTotal({ options }: World): number {
  return options.deals + (options.later?.addedDeals ?? 0);
}

/** Whether a record of the first export differs in this later one. */
export function isChanged(world: World, topic: 'contact' | 'company' | 'deal', index: number): boolean {
  const first = { contact: world.options.contacts, company: world.options.companies, deal: world.options.deals }[topic];
  return world.options.later !== undefined && index < first && world.random(`changed ${topic}`, index).chance(world.options.later.changed);
}

/** One of the list, and the spelling that somebody typed: other case, stray spaces. */
export function typedTag(world: World, random: Random): string {
  return typedSpelling(random.pick(world.words.tags), random);
}

export function typedSpelling(tag: string, random: Random): string {
  switch (random.below(6)) {
    case 0: return tag.toUpperCase();
    case 1: return tag.toLowerCase();
    case 2: return `${tag} `;
    case 3: return tag.replace(' ', '  ');
    default: return tag;
  }
}

/** Joined the way multi-value cells are: `;`, or `|` where `;` parts the columns. */
export function joined(world: World, values: readonly string[]): string {
  return values.join(world.options.delimiter === ';' ? '|' : ';');
}

export function phoneNumber(world: World, random: Random): string {
  const digits = (count: number): string => Array.from({ length: count }, () => random.below(10)).join('');
  if (world.options.language === 'en') return `${world.words.phonePrefix} 7700 900${digits(3)}`; // a range kept for fiction
  const local = [`5${digits(2)}`, digits(3), digits(3)];
  switch (random.below(4)) {
    case 0: return local.join('');
    case 1: return local.join('-');
    case 2: return `${world.words.phonePrefix} ${local.join(' ')}`;
    default: return local.join(' ');
  }
}
