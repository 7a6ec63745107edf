import type { Catalog } from '../../connector/catalog.ts';
import type { Json } from '../../connector/json.ts';
import type { Decision, SchemaLine } from '../../plan/plan.ts';
import { attributeLines } from './attributes.ts';
import { counted, objectOf, type RouteInput } from './lines.ts';
import type { Target } from './target.ts';

const ID = 'attributes-by-hand';
/** What Intercom calls the types when a person makes an attribute. */
const typeWords: Partial<Record<SchemaLine['type'], string>> = { selection: 'list', integer: 'number', decimal: 'decimal number', boolean: 'true or false', datetime: 'date and time' };

/** Below 2.16 no call makes attributes of conversations; those of contacts, companies and tickets are made in every version. */
function isByHand(destination: Catalog, target: Target): boolean {
  return destination.facts['conversationAttributesByHand'] === true && target.kind === 'conversations';
}

/** Attributes that tickets need, that no call makes and that nobody has made: each with its type and options, for a person to make. */
export function attributesByHand(input: RouteInput): readonly string[] {
  const { destination, target } = input;
  if (!isByHand(destination, target)) return [];
  const there = new Set(objectOf(destination, target.attributesOf)?.fields.map(({ name }) => name));
  return attributeLines({ ...input, leavesOut: false }).filter((line) => line.object === target.attributesOf && !there.has(line.name))
    .map(({ name, type, options }) => `${name} (${typeWords[type] ?? 'text'}${options === undefined ? '' : `: ${options.map(({ label }) => label).join(', ')}`})`);
}

/** As the decision was answered, else as recommended. */
export function leavesOut(destination: Catalog, target: Target, answer: Json | undefined): boolean {
  return isByHand(destination, target) && answer !== 'make';
}

/** What becomes of them; another answer makes other lines. */
export function byHandDecision(input: RouteInput): Decision[] {
  const missing = attributesByHand(input);
  if (missing.length === 0) return [];
  const all = missing.join('; ');
  return [{
    id: ID, shapes: true, recommendation: 'leave-out', answer: null,
    question: `This version of Intercom's API makes no attributes of conversations, and ${counted(missing.length, 'attribute')} that tickets need ${missing.length === 1 ? 'is' : 'are'} not there. What becomes of what they would hold?`,
    options: [
      { value: 'leave-out', label: 'Leave out', effect: `Not moved, a declared loss: ${all}. Title, state, tags and assignment go in.` },
      { value: 'make', label: 'Made by hand', effect: `A person makes them in Intercom (Settings > Data > Conversations) with exactly these names, types and options: ${all}. A production run is refused until they are there.` },
    ],
    reason: 'Nothing waits. Those that a person makes are filled, before the load or after it: discover and propose again. With version 2.16 of the API Portolan makes them itself.',
  }];
}
