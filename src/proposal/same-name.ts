import type { CatalogField, CatalogObject } from '../connector/catalog.ts';
import type { FieldMatch } from './match/match-schemas.ts';
import { isGeneric } from './memory/memory.ts';
import { matchNames } from './name-match.ts';

/** How sure an equal name makes it, between a customer's field and one that people made for themselves. */
const SURE = 0.93;

/**
 * Fields that people made on both sides mean the same under an equal name, also where no vocabulary knows it: "Order number" and
 * "order_number". General names ("Type", "Status") are no proof, nor is a name that several have; a field that memory or a model named goes before it. Pure.
 * @param params.named destination fields that people made for themselves
 */
export function sameNameFirst(matches: ReadonlyMap<string, FieldMatch>, params: Readonly<{ fields: readonly CatalogField[]; destinationObject: CatalogObject; named: ReadonlySet<string> }>): ReadonlyMap<string, FieldMatch> {
  const targets = params.destinationObject.fields.filter(({ name }) => params.named.has(name));
  if (targets.length === 0) return matches;
  const settled = new Map(matches);
  for (const field of params.fields) {
    const match = matches.get(field.name);
    // That another workspace had no such field says nothing against one that is there.
    if (match === undefined || (match.decidedBy !== undefined && match.target !== null) || isGeneric(field.label)) continue;
    const alike = targets.filter((target) => matchNames(field, target, []) !== null);
    const [target] = alike;
    if (target === undefined || alike.length > 1 || (match.target === target.name && match.confidence >= SURE)) continue;
    const { meaning: _ofTheOther, decidedBy: _before, ...rest } = match;
    settled.set(field.name, {
      ...rest, target: target.name, confidence: SURE, autoAccept: false, sharedWith: [], ranked: [target.name, ...match.ranked.filter((name) => name !== target.name)], reasons: [`same name as "${target.label}", which people made there`, ...match.reasons.slice(0, -1)],
    });
  }
  return settled;
}
