import type { Catalog, CatalogField, CatalogObject } from '../../connector/catalog.ts';
import { fold } from '../../plan/values/fold.ts';
import type { Decision } from '../../plan/plan.ts';
import { proposeObjects } from '../../proposal/values-and-people/propose-objects.ts';
import { proposeValueMap } from '../../proposal/values-and-people/propose-value-map.ts';
import type { Meaning } from './status-words.ts';

const percent = (probability: number): string => `${Math.round(probability * 100)} %`;
/** Below this a proposal is not worth a person's look. */
const LEAST = 0.6;

const meanings = [{ value: 'open', label: 'Open' }, { value: 'won', label: 'Won' }, { value: 'lost', label: 'Lost' }] as const;

/** What a status or stage most likely means, in five languages; null = nothing speaks for a meaning. */
export function likelyMeaning(text: string): { readonly meaning: Meaning; readonly words: string } | null {
  const [found] = proposeValueMap({ values: [text], options: meanings });
  const meaning = meanings.find(({ value }) => value === found?.target)?.value;
  // Letters that merely look alike ("Opel", "open") say nothing here.
  if (found === undefined || meaning === undefined || found.probability < 0.9) return null;
  return { meaning, words: `"${text}" reads as ${meaning} (${percent(found.probability)}: ${found.reason}).` };
}

/** Names of the stages of Odoo. */
export function destinationStages(destination: Catalog): readonly string[] {
  return ((destination.facts['stages'] ?? []) as unknown as readonly { readonly name: string }[]).map(({ name }) => name);
}

/** IO-04: stages of the export that a stage of Odoo seems to mean under another name. Equal names are one stage without a question. */
export function stagePlaces(source: Catalog, destination: Catalog): readonly Decision[] {
  const existing = destinationStages(destination);
  const known = new Set(existing.map((name) => fold(name)));
  const stages = ['stageOutcomes', 'stages'].flatMap((fact) => (source.facts[fact] ?? []) as unknown as readonly { readonly stage: string }[]).map(({ stage }) => stage).filter((name) => name !== '' && !known.has(fold(name)));
  const distinct = [...new Map(stages.map((name) => [fold(name), name])).values()];
  return proposeValueMap({ values: distinct, options: existing.map((name) => ({ value: name, label: name })) }).flatMap(({ value, target, probability, reason }): Decision[] => (target === null || probability < LEAST ? [] : [{
    id: `stage-place:${value}`, question: `Stage "${value}": a stage of its own in Odoo, or one that is there?`,
    options: [
      { value, label: 'A stage of its own', effect: `The stage "${value}" is made.` },
      ...existing.toSorted((left, right) => Number(right === target) - Number(left === target)).map((name) => ({ value: name, label: name === target ? `${name} (${percent(probability)})` : name, effect: `Its opportunities stand in "${name}" beside those that are there.` })),
    ],
    recommendation: value, answer: null, reason: `It may be Odoo's "${target}" (${percent(probability)}: ${reason}); a stage of its own loses nothing.`,
  }]));
}

/** What rows of a file may become; the rest of Odoo's objects are vocabularies and links. */
const principal = new Set(['res.partner', 'crm.lead', 'mail.message', 'calendar.event', 'mail.activity']);
const COULD_BE = 0.25;

/** Files of the bundle that nobody knows: what their rows could be. They are not read until they are named. */
export function unknownFiles(source: Catalog, destination: Catalog): readonly Decision[] {
  const places = destination.objects.filter(({ name }) => principal.has(name));
  return source.notes.filter(({ code }) => code === 'unknown-file').map((note): Decision => {
    const object = objectOfFile(note.subject, (note.details?.['columns'] ?? []) as readonly string[], (note.details?.['samples'] ?? []) as readonly (readonly string[])[]);
    const likely = object.fields.length === 0 ? [] : (proposeObjects({ sources: [object], destinations: places })[0]?.ranked ?? []).filter(({ probability }) => probability >= COULD_BE).slice(0, 3);
    const could = likely.map(({ destination: name, probability, reason }) => `${labelOf(destination, name)} (${name}, ${percent(probability)}: ${reason})`);
    return {
      id: `unknown-file:${note.subject}`, question: `${note.subject} is not read, since neither its name nor its columns tell what it holds. Is it left out?`,
      options: [{ value: 'leave-out', label: 'Leave it out', effect: 'None of its rows are moved.' }], recommendation: 'leave-out', answer: null,
      reason: `${could.length === 0 ? 'It looks like nothing that Odoo has.' : `It could be ${could.join('; or ')}.`} To have it read, name it after what it holds (contacts.csv, companies.csv, deals.csv, …) or list it in manifest.json, and discover again.`,
      evidence: [`columns: ${object.fields.slice(0, 12).map(({ name }) => name).join(', ')}`],
    };
  });
}

const labelOf = (catalog: Catalog, name: string): string => catalog.objects.find((object) => object.name === name)?.label ?? name;

/** The file as an object, by its header and first rows. */
function objectOfFile(name: string, columns: readonly string[], rows: readonly (readonly string[])[]): CatalogObject {
  const fields = columns.map((column, at): CatalogField => {
    const samples = rows.map((row) => row[at] ?? '').filter((cell) => cell !== '');
    return { name: column, label: column, type: 'unknown', required: false, readonly: false, custom: true, profile: { filled: rows.length === 0 ? 0 : samples.length / rows.length, distinct: new Set(samples).size, samples, typeConfidence: 0 } };
  });
  const stem = name.replace(/^.*\//, '').replace(/\.[a-z]+$/i, '');
  return { name: stem, label: stem, count: null, fields };
}
